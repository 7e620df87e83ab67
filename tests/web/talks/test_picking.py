"""Questions picked from the bank for a prepared talk: narrowed, several at once, each in its place."""

import re

import pytest

from tests.web.one_customer import alice, story
from tests.web.talks.test_plans import fields
from wendu.discovery.actions import drop_plan
from wendu.discovery.models import PlanQuestion
from wendu.kernel.clock import now

__all__ = ["alice", "story"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
KEY = re.compile(r'name="pick" value="([^"]+)"')


def url(story):
    return f"/talks/{story.plan.uuid}/questions/"


def asked(story):
    return [
        (each.kind, each.source)
        for each in story.plan.questions.filter(source__contains="changeover").order_by("place")
    ]


def offered(client, story, query=""):
    return KEY.findall(client.get(url(story) + query).content.decode())


def test_m68_the_bank_is_offered_by_trade_person_problem_kind_and_words(story, alice):
    everything = offered(alice, story, "?q=")
    changeover = offered(alice, story, "?problem=changeover")

    assert len(everything) > 120
    assert set(offered(alice, story)) < set(everything), "the trade of the customer and whom one speaks to come first"
    assert changeover
    assert all(key.startswith("changeover.") for key in changeover)
    assert offered(alice, story, "?problem=changeover&kind=payoff&who=decider") == ["changeover.payoff.n1"]
    assert set(offered(alice, story, "?q=换型")) >= {"changeover.problem.p1"}
    assert offered(alice, story, "?q=zzzz") == []


def test_m69_several_are_added_at_once_each_in_its_place(story, alice):
    before = [each.text for each in story.plan.questions.order_by("place")]
    keys = ["changeover.payoff.n1", "changeover.problem.p2", "changeover.implication.i2", "changeover.look_up.l1"]

    page = alice.post(url(story), {"pick": keys}, follow=True)

    assert [kind for kind, _source in asked(story)] == ["S", "P", "I", "N"]
    assert [source for _kind, source in asked(story)] == [keys[3], keys[1], keys[2], keys[0]]
    story.plan.refresh_from_db()
    assert story.plan.problems[-1]["code"] == "changeover"
    after = [each.text for each in story.plan.questions.order_by("place")]
    assert [text for text in after if text in before] == before
    assert "加了 4 个问题" in page.content.decode()

    alice.post(url(story), {"pick": keys})
    assert len(asked(story)) == 4
    assert "已在计划里" in alice.get(url(story) + "?problem=changeover").content.decode()


def test_a_problem_in_their_own_words_is_asked_about_in_their_words(story, alice):
    story.plan.problems = [{"name": "夜里白跑", "solution": "", "code": "their_problem", "cost_minor": None}]
    story.plan.save(update_fields=["problems"])
    keys = [key for key in offered(alice, story) if "@" in key]
    assert keys

    alice.post(url(story), {"pick": keys[-1:]})

    assert story.plan.questions.filter(problem="夜里白跑", text__contains="夜里白跑").exists()


@pytest.mark.parametrize("picked", [[], ["nowhere.problem.p1"], ["changeover.problem.p1@0"], ["\x00"], ["9" * 4000]])
def test_what_is_not_in_the_bank_is_refused_with_how_to_go_on(story, alice, picked):
    before = PlanQuestion.objects.count()
    page = alice.post(url(story), {"pick": picked})

    assert page.status_code == 422
    assert ("先勾选想问的问题" if not picked else "重新看一遍") in page.content.decode()
    assert PlanQuestion.objects.count() == before


def test_somebody_elses_change_meanwhile_is_not_overwritten(story, alice):
    stale = str(story.plan.revision + 7)
    page = alice.post(url(story), {"pick": ["changeover.problem.p1"], "seen": stale})

    assert page.status_code == 422
    assert asked(story) == []


def test_a_plan_that_was_used_or_taken_back_takes_no_more_questions(story, alice):
    drop_plan(plan=story.plan, actor=story.cast.alice, at=now())

    assert alice.get(url(story)).status_code == 302
    assert alice.post(url(story), {"pick": ["changeover.problem.p1"]}).status_code == 422
    assert asked(story) == []


def test_an_outsider_finds_nothing_to_pick_for(story, enter):
    charlie = enter(story.cast.charlie)

    assert charlie.get(url(story)).status_code == 404
    assert charlie.post(url(story), {"pick": ["changeover.problem.p1"]}).status_code == 404
    assert asked(story) == []


def test_the_form_saves_the_plan_before_one_goes_to_the_bank(story, alice):
    page = alice.get(f"/talks/new/?customer={story.customer.uuid}")
    went = alice.post(
        f"/talks/new/?customer={story.customer.uuid}", {**fields(page), "idea": "先看夜班", "move": "pick"}
    )

    assert went.status_code == 302
    assert went.headers["Location"].endswith("/questions/")

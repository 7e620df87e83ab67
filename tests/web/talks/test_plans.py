"""A talk prepared through the web door: filled in, changed, put in order, printed, logged, taken back."""

import re
from datetime import timedelta

import pytest

from tests.web.one_customer import alice, sent, story, today
from wendu.discovery.models import CallPlan, Demand
from wendu.offers.models import Concern
from wendu.touches.models import Touch

__all__ = ["alice", "story"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def fields(page):
    """Everything a browser would send back of the plan's form."""
    form = page.context["form"]
    said = {field.html_name: field.value() or "" for field in form.fields}
    for lines in (form.problems, form.questions):
        said |= {field.html_name: field.value() for field in lines.management_form}
        for line in lines.forms:
            said |= {field.html_name: field.value() or "" for field in line if field.name != "is_look_up"}
            said |= {field.html_name: "on" for field in line if field.name == "is_look_up" and field.value()}
    return {name: value.isoformat() if hasattr(value, "isoformat") else str(value) for name, value in said.items()}


def new_url(story):
    return f"/talks/new/?customer={story.customer.uuid}&opportunity={story.deal.uuid}&contact={story.he.pk}"


def log_url(story):
    return f"/touches/new/?customer={story.customer.uuid}&opportunity={story.deal.uuid}&plan={story.plan.uuid}"


def heard(plan, **said):
    """What a browser sends of the questions: by their place, as `p1="words"`, `p1_heard="explicit"`."""
    asked = list(plan.questions.filter(is_look_up=False).order_by("place"))
    for name, value in said.items():
        place, _line, part = name.partition("_")
        yield f"plan-{part or 'answer'}_{asked[int(place[1:])].pk}", value


def test_m69_a_plan_comes_filled_in_and_is_kept_as_it_was_sent(story, alice):
    page = alice.get(new_url(story))
    said = fields(page)
    assert "顾明舒" in said["objective"]
    assert said["questions-0-text"]

    kept = alice.post(new_url(story), {**said, "idea": "夜里只开两台"}, follow=True)

    plan = CallPlan.objects.latest("pk")
    assert plan.idea == "夜里只开两台"
    assert plan.contact == story.he
    assert plan.questions.count() == len(page.context["form"].questions.initial_forms)
    assert "夜里只开两台" in kept.content.decode()


def test_a_plan_for_somebody_else_or_as_somebody_else_is_filled_in_anew(story, alice):
    his, hers = (
        fields(alice.get(f"/talks/new/?customer={story.customer.uuid}&contact={each.pk}{who}"))
        for each, who in ((story.he, ""), (story.she, "&who=technical"))
    )

    assert his["asked_as"] == "decider"
    assert hers["asked_as"] == "technical"
    assert his["mood"] != hers["mood"]
    assert "叶青" in hers["objective"]


def test_questions_are_put_in_another_order_taken_out_and_added(story, alice):
    url = f"/talks/{story.plan.uuid}/details/"
    before = [each.text for each in story.plan.questions.order_by("place")]

    alice.post(url, {**fields(alice.get(url)), "move": "down-0"})
    assert [each.text for each in story.plan.questions.order_by("place")] == [before[1], before[0], *before[2:]]

    alice.post(url, {**fields(alice.get(url)), "move": "out-0"})
    assert [each.text for each in story.plan.questions.order_by("place")] == [before[0], *before[2:]]

    number = len(before) - 1
    more = {f"questions-{number}-text": "还有谁在意这件事？", f"questions-{number}-kind": "S"}
    alice.post(url, {**fields(alice.get(url)), **more})
    assert story.plan.questions.order_by("place").last().text == "还有谁在意这件事？"


@pytest.mark.parametrize("move", ["up-0", "down-99", "out-", "sideways-1", "up-x"])
def test_a_move_that_is_none_changes_nothing(story, alice, move):
    url = f"/talks/{story.plan.uuid}/details/"
    before = list(story.plan.questions.order_by("place").values_list("text", flat=True))

    assert alice.post(url, {**fields(alice.get(url)), "move": move}).status_code == 302

    assert list(story.plan.questions.order_by("place").values_list("text", flat=True)) == before


def test_m84_an_objective_of_our_own_is_refused_at_its_box(story, alice):
    url = f"/talks/{story.plan.uuid}/details/"

    page = alice.post(url, {**fields(alice.get(url)), "objective": "我再送一次方案"})

    assert page.status_code == 422
    assert "这是我们自己做的事" in page.content.decode()
    story.plan.refresh_from_db()
    assert story.plan.objective != "我再送一次方案"


def test_m71_the_page_says_what_the_plan_lacks_and_which_question_is_spoilt(story, alice):
    url = f"/talks/{story.plan.uuid}/details/"
    alice.post(url, {**fields(alice.get(url)), "questions-3-text": "您觉得我们的产品怎么样？", "idea": ""})

    page = alice.get(f"/talks/{story.plan.uuid}/").content.decode()

    assert "问的是我们自己" in page
    assert "带着构想" in page or "构想" in page
    assert "100.0%" in page


def test_m69_the_page_prints_on_its_own_and_has_a_sheet_for_who_comes_along(story, alice):
    page = alice.get(f"/talks/{story.plan.uuid}/").content.decode()
    assert "data-print" in page
    assert "一天停几次？" in page

    sheet = alice.get(f"/talks/{story.plan.uuid}/companion/").content.decode()
    assert "陪访表" in sheet
    assert "有没有提出这个请求：顾明舒带我看老机" in sheet


def test_m69_the_log_asks_the_questions_of_the_plan_and_answers_become_needs(story, alice):
    form = alice.get(log_url(story)).content.decode()
    assert "上次停在哪台？" in form
    assert "顾明舒带我看老机" in form

    said = heard(
        story.plan, p1="上周二号机停了", p1_heard="implied", p3="先保恒泰", p3_heard="explicit",
        p2="怕年底赶不上", p2_heard="concern", p2_worry="timing",
    )  # fmt: skip
    day = (today() + timedelta(days=4)).isoformat()
    agreed = {
        "outcome": "advance", "commitment_what": "周五看老机", "commitment_on": day,
        "commitment_contact": story.he.pk, "contacts": [story.he.pk], "opportunity": story.deal.pk,
    }  # fmt: skip
    alice.post(log_url(story), {**sent(kind="visit"), **agreed, **dict(said), "objective": "带我看老机"})

    touch = Touch.objects.latest("pk")
    need = Demand.objects.standing().get(requirement="夜里白跑")
    assert touch.outcome == "advance"
    assert touch.commitments.get().what == "周五看老机"
    assert (need.kind, need.quote) == ("explicit", "先保恒泰")
    assert Concern.objects.standing().get().what == "怕年底赶不上"
    room = alice.get(story.deal_url).content.decode()
    for words in ("先保恒泰", "怕年底赶不上", "夜里白跑"):
        assert words in room
    assert "已谈过并记录" in alice.get(f"/talks/{story.plan.uuid}/").content.decode()


def test_the_sheet_of_who_came_along_shows_what_was_answered(story, alice):
    url = f"/talks/{story.plan.uuid}/companion/"
    before = alice.get(url).content.decode()
    assert before.count("write-here") > before.count("没问") == 0

    said = dict(heard(story.plan, p1="上周二号机停了", p1_heard="implied"))
    alice.post(log_url(story), {**sent(kind="visit"), **said, "contacts": [story.he.pk], "opportunity": story.deal.pk})

    after = alice.get(url).content.decode()
    assert '“上周二号机停了” <span class="tag ok">说了难处</span>' in after
    assert after.count("没问") == story.plan.questions.filter(is_look_up=False, answer="").count() > 0
    assert "以日志为准" in after


def test_words_are_asked_for_what_is_worth_something_and_nothing_is_written(story, alice):
    before = Touch.objects.count()
    said = dict(heard(story.plan, p1="", p1_heard="explicit", p2="怕赶不上", p2_heard="concern"))

    page = alice.post(log_url(story), {**sent(kind="visit"), **said})

    assert page.status_code == 422
    assert "写上他的原话" in page.content.decode()
    assert "写明担心的是哪一方面" in page.content.decode()
    assert Touch.objects.count() == before


def test_what_is_heard_from_somebody_outside_the_decision_is_refused_with_the_way_to_mend_it(story, alice):
    url = f"/talks/{story.plan.uuid}/details/"
    alice.post(url, {**fields(alice.get(url)), "contact_id": story.she.pk})
    assert "还没写这位在决策里的角色" in alice.get(f"/talks/{story.plan.uuid}/").content.decode()

    said = dict(heard(story.plan, p1="老停", p1_heard="implied"))
    page = alice.post(log_url(story), {**sent(kind="visit"), **said})

    assert page.status_code == 422
    assert "叶青" in page.content.decode()


def test_the_deal_and_today_lead_to_the_plan(story, alice):
    room = alice.get(story.deal_url).content.decode()
    assert f"/talks/new/?customer={story.customer.uuid}" in room
    assert f"/talks/{story.plan.uuid}/" in room
    assert re.search(r'href="/talks/new/\?customer=[0-9a-f-]+', alice.get("/today/").content.decode())


def test_a_plan_is_taken_back_and_brought_back(story, alice):
    alice.post(f"/talks/{story.plan.uuid}/removal/")
    assert f"/talks/{story.plan.uuid}/" not in alice.get(story.deal_url).content.decode().split("toast")[0]

    alice.post(f"/talks/{story.plan.uuid}/restoration/")
    assert f"/talks/{story.plan.uuid}/" in alice.get(story.deal_url).content.decode()


def test_who_only_reads_sees_the_plan_without_its_pens_and_a_stranger_nothing(story, enter):
    reader, stranger = enter(story.cast.eve), enter(story.cast.charlie)

    assert "details/" not in reader.get(f"/talks/{story.plan.uuid}/").content.decode()
    assert reader.get(f"/talks/{story.plan.uuid}/details/").status_code == 403
    assert stranger.get(f"/talks/{story.plan.uuid}/").status_code == 404
    assert stranger.get(log_url(story)).status_code == 404


def test_it_reads_as_well_in_english(story, alice):
    page = alice.get(f"/talks/{story.plan.uuid}/", headers={"accept-language": "en"}).content.decode()

    assert "Before the talk" in page
    assert "They do" in page


def test_m90_what_was_asked_and_what_became_of_the_aim_are_said_in_the_log_and_shown(story, alice):
    asked = list(story.plan.questions.filter(is_look_up=False).order_by("place"))
    said = {f"plan-asked_{asked[1].pk}": "on", "plan-reached": "fallback", **dict(heard(story.plan, p0="上周停了"))}
    assert "要他做的事" in alice.get(log_url(story)).content.decode()

    alice.post(log_url(story), sent(kind="visit", opportunity=str(story.deal.pk), **said))

    sheet = alice.get(f"/talks/{story.plan.uuid}/companion/").content.decode()
    assert sheet.count("问了，没记下回答") == 1
    assert sheet.count("没问") == len(asked) - 2
    assert "退一步 1" in alice.get(story.deal_url).content.decode()


def test_an_aim_nobody_knows_is_refused(story, alice):
    said = {"plan-reached": "somewhere", **sent(kind="visit", opportunity=str(story.deal.pk))}

    assert alice.post(log_url(story), said).status_code == 422

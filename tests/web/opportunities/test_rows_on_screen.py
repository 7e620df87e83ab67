"""Rows of the checklist as somebody sees them: each is done through the web door and read from its page (METHOD 5)."""

import re

import pytest

from tests.coach.proven import WAN, make_rival, prove_exchange
from tests.factories import lose, make_opportunity, win
from tests.factories.findings import make_finding, values_of
from tests.factories.quotes import make_line
from tests.web.one_customer import HTMX, alice, sent, story, today
from wendu.customers.models import Customer
from wendu.discovery.choices import Capability
from wendu.discovery.models import CallPlan, Demand
from wendu.kernel.clock import now
from wendu.offers import actions
from wendu.offers.models import Solution
from wendu.opportunities.choices import Stage
from wendu.opportunities.models import Closure, Opportunity
from wendu.readings.models import Override
from wendu.touches.models import Touch

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


def signed():
    return {"closed_on": today().isoformat(), "note": "老板当面签的"}


def text(client, url, **more):
    """A page as one reads it, without its tags."""
    return re.sub(r"<[^>]+>|\s+", " ", client.get(url, **more).content.decode())


def stand_at(story, stage):
    Opportunity.objects.filter(pk=story.deal.pk).update(stage=stage)


def cannot(story):
    Demand.objects.filter(pk=story.demand.pk).update(capability="no", is_must=True)


def test_m21_what_the_product_cannot_do_is_signed_by_a_manager_only_and_everybody_reads_why(story, alice, enter):
    cannot(story)

    refused = alice.post(f"{story.deal_url}closure/", signed())
    assert refused.status_code == 422
    assert "只能由主管写明理由来签" in refused.content.decode()
    assert not Closure.objects.exists()

    mona = enter(story.cast.mona)
    mona.post(f"{story.deal_url}closure/", signed())
    assert Closure.objects.get().outcome == "won"
    assert "fit" in Override.objects.get().value
    assert "老板当面签的" in text(enter(story.cast.sam), story.deal_url)


def test_m21_an_order_in_the_log_does_not_sign_for_it_either(story, alice):
    cannot(story)
    logged = Touch.objects.count()

    answer = alice.post(
        f"{story.new_url}&opportunity={story.deal.uuid}",
        sent(kind="visit", outcome="order", opportunity=str(story.deal.pk), note="签了"),
    )

    assert answer.status_code == 422
    assert "只能由主管写明理由来签" in answer.content.decode()
    assert (Touch.objects.count(), Closure.objects.count()) == (logged, 0)


def test_m21_a_benefit_shown_for_what_the_product_cannot_do_is_flagged(story, alice):
    make_finding(story.deal, "benefitcard", demand_id=story.demand.pk, shown_on=today())
    assert "说过头" not in text(alice, story.deal_url)

    cannot(story)

    assert "说过头：产品做不到" in text(alice, story.deal_url)
    assert "给客户看了产品做不到的" in text(alice, story.deal_url)


def test_m32_right_product_right_price_right_customer(story, alice):
    Demand.objects.filter(pk=story.demand.pk).update(capability="configurable", is_must=True)
    make_finding(story.deal, "dealsheet", can_use=True)
    prove_exchange(story.deal)
    stand_at(story, Stage.ST2)

    room = alice.get(story.deal_url).context["page"].room

    assert next(row.mark for row in room.gate.rows if row.kind == "demand") == "met"
    assert room.price.verdict_code in ("win_win", "us_only", "customer_only")
    assert str(Capability.CONFIGURABLE.label) in text(alice, story.deal_url), "the standard product, or one made to fit"


def test_m36_a_step_forward_warms_more_once_it_says_which_value_it_carried(story, alice):
    step = {
        "kind": "visit",
        "outcome": "advance",
        "contact_ids": [str(story.he.pk)],
        "opportunity": str(story.deal.pk),
        "commitment_what": "给三台机开机时长",
        "commitment_on": today().isoformat(),
        "commitment_contact": str(story.he.pk),
    }

    def foretold(**more):
        page = alice.post(f"/touches/effect/?customer={story.customer.uuid}", sent(**step, **more), **HTMX)
        found = re.sub(r"<[^>]+>|\s+", " ", page.content.decode())
        return int(re.search(r"(\d+)°", found).group(1)), found

    bare, said = foretold()
    full, _words = foretold(value_note="算清了三台老机的电费")

    assert full > bare
    assert str(full) in said.partition("°")[2], said


def test_m37_feeling_is_part_of_what_they_get_and_esteem_has_its_place_on_the_map(story, alice):
    prove_exchange(story.deal)
    make_finding(story.deal, "interest", story.he, interest="esteem", importance=5)
    make_finding(story.deal, "interest", story.he, interest="self_actualisation", importance=4)

    page = alice.get(story.deal_url)
    (row,) = [each for each in page.context["page"].room.map if each.part.contact_id == story.he.pk]

    assert {cell.interest: cell.importance for cell in row.cells if cell.importance} == {
        "esteem": 5,
        "self_actualisation": 4,
    }
    for words in ("人员", "形象", "尊重", "实现"):
        assert words in page.content.decode(), words


@pytest.mark.parametrize(
    ("stage", "words"),
    [(Stage.ST1, "多问多听"), (Stage.ST2, "当众讲"), (Stage.ST3, "多问多听"), (Stage.ST4, "可以谈判")],
)
def test_m38_the_plan_of_a_talk_says_how_to_speak_at_this_stage(story, alice, stage, words):
    stand_at(story, stage)

    page = text(alice, f"/talks/{story.plan.uuid}/")

    assert words in page
    assert "辩论只在内部演练" in page


def test_m38_a_doubt_is_answered_first_one_to_one(story, alice):
    stand_at(story, Stage.ST4)
    make_finding(story.deal, "concern", story.he)

    assert "先一对一拿证据说服" in text(alice, f"/talks/{story.plan.uuid}/")


def test_m39_a_plan_without_its_one_message_is_flagged_and_feelings_are_kept_before_and_after(story, alice):
    url = f"/talks/{story.plan.uuid}/"
    assert "记住的那一句话" in text(alice, url)

    CallPlan.objects.filter(pk=story.plan.pk).update(message="一年省 31 万", mood="不急，先听完")
    assert "记住的那一句话" not in text(alice, url)
    assert "不急，先听完" in text(alice, url)

    story.log("visit", 1, opportunity_id=story.deal.pk, emotion_benefit=8, emotion_cost=2)
    assert "+6" in text(alice, f"{story.deal_url}touches/")


def test_m76_the_map_has_three_interests_of_the_firm_and_five_of_the_person_and_counts_what_is_proven(story, alice):
    for interest, importance in (("revenue", 5), ("safety", 4), ("esteem", 3)):
        make_finding(story.deal, "interest", story.he, interest=interest, importance=importance)
    for interest, evidence in (("revenue", "样板站"), ("esteem", "可以问"), ("safety", "")):
        more = {"demand_id": story.demand.pk, "interest": interest, "evidence": evidence}
        make_finding(story.deal, "benefitcard", story.he, **more)

    page = alice.get(story.deal_url)

    assert len(page.context["page"].room.interests) == 8
    assert "67%" in page.content.decode()
    assert 'colspan="3"' in page.content.decode()
    assert 'colspan="5"' in page.content.decode()


def test_m76_a_family_is_asked_about_five_interests_and_none_of_a_firm(story, alice):
    Customer.objects.filter(pk=story.deal.customer_id).update(market="b2c", kind="person")
    forms = {kind: alice.get(f"{story.deal_url}findings/{kind}/").content.decode() for kind in ("interest", "effect")}
    page = alice.get(story.deal_url)
    said = page.content.decode()

    assert len(page.context["page"].room.interests) == 5
    assert "利益图：个人五种利益" in said
    assert "3+5" not in said
    assert "家里谁更看好他们" in said
    assert 'value="safety"' in forms["interest"]
    assert 'value="revenue"' not in forms["interest"]
    assert 'value="self"' in forms["effect"]
    assert 'value="rivals"' not in forms["effect"]

    kept = make_finding(story.deal, "interest", story.he, interest="cost", importance=4)
    assert len(alice.get(story.deal_url).context["page"].room.interests) == 6
    assert 'value="cost"' in alice.get(f"{story.deal_url}findings/interest/{kept.uuid}/").content.decode()


def test_m77_a_proposal_is_due_with_its_reason_has_eight_sections_and_comes_as_a_file(story, alice):
    assert "还太早" in text(alice, story.deal_url)
    assert alice.post(f"{story.deal_url}proposals/", {"title": "节能", "language": "zh-hans"}).status_code == 422

    Demand.objects.filter(pk=story.demand.pk).update(kind="explicit", quote="停一天就误一船货")
    make_finding(story.deal, "dealsheet", asked_for_proposal=True)
    assert "客户要" in text(alice, story.deal_url)
    page = alice.post(f"{story.deal_url}proposals/", {"title": "节能", "language": "zh-hans"}, follow=True)

    assert len(page.context["page"].sections) == 8
    ways = re.findall(r'href="([^"]+\.(?:docx|pdf)[^"]*|[^"]+/files?/[^"]+)"', page.content.decode())
    assert ways
    assert alice.get(ways[0]).status_code == 200


def add(story, name, **more):
    return actions.add_solution(values={"name": name, **more}, actor=story.cast.mona, at=now())


def test_m78_a_won_deal_goes_into_the_library_is_built_of_parts_and_counts_its_uses(story, alice, enter):
    part = add(story, "变频柜", kind="component")
    whole = actions.add_solution(
        values={"name": "空压站节能", "industry": "manufacturing"}, parts=[part], actor=story.cast.mona, at=now()
    )
    alice.post(f"{story.deal_url}solutions/", {"solution": whole.pk})
    assert "1 单" in text(alice, f"/library/{whole.uuid}/")
    assert "变频柜" in text(alice, f"/library/{whole.uuid}/")

    win(story.deal, today(), at=now())
    alice.post(f"{story.deal_url}promotion/", {"name": "注塑厂节能", "customer_kind": "注塑厂", "result": "省两成"})
    made = Solution.objects.get(name="注塑厂节能")
    assert made.from_deal == story.deal
    assert "注塑厂节能" in text(enter(story.cast.mona), "/library/?state=waiting")


def test_m79_help_they_needed_badly_wins_more_often_than_what_comes_on_top(story, alice):
    urgent, extra = add(story, "停机抢修", help_kind="urgent"), add(story, "节能看板", help_kind="extra")
    for number in range(5):
        for solution, ends in ((urgent, win), (extra, lose)):
            deal = make_opportunity(story.customer, f"第{number}期 {solution.name}")
            actions.use_solution(opportunity=deal, solution=solution, actor=story.cast.alice, at=now())
            ends(deal)

    shown = {name: rate for name, _past, rate, _words in alice.get("/library/").context["shelf"].by_help}

    assert shown == {"雪中送炭": 100.0, "锦上添花": 0.0}
    assert "按需要的急缓看赢率" in text(alice, "/library/")


def negotiating(story, alice):
    said = sent(kind="negotiation", opportunity=str(story.deal.pk))
    return alice.post(f"/touches/effect/?customer={story.customer.uuid}", said, **HTMX).content.decode()


def test_m81_to_negotiate_before_trust_passed_its_gate_is_said_to_be_too_early(story, alice):
    assert "先别谈价" in negotiating(story, alice)

    stand_at(story, Stage.ST4)

    assert "先别谈价" not in negotiating(story, alice)


def test_m81_so_is_a_quote_that_gives_something_away(story, alice):
    assert "先别谈价" not in text(alice, story.quote_url)
    make_line(story.quote, "备件一套", 80 * WAN, at=now(), discount=100)

    assert "先别谈价" in text(alice, story.quote_url)
    stand_at(story, Stage.ST4)
    assert "先别谈价" not in text(alice, story.quote_url)


def test_m89_a_case_tells_problem_solution_and_result_and_names_nobody_without_permission(story, alice, enter):
    mona, solution = enter(story.cast.mona), add(story, "空压站节能")
    url = f"/library/{solution.uuid}/"
    told = values_of("solutioncase", problem="夜里白跑", measures="联控三台", customer_name="桐溪注塑")

    assert mona.post(f"{url}cases/", told).status_code == 422
    mona.post(f"{url}cases/", {**told, "customer_name": ""})
    page = text(alice, url)
    assert all(words in page for words in ("注塑厂，300 人", "夜里白跑", "联控三台", "一年省 31 万", "不能点名"))

    mona.post(f"{url}cases/", {**told, "may_name": "on"})
    assert "桐溪注塑" in text(alice, url)


def test_m133_what_no_capability_of_ours_answers_is_no_deal_to_sign(story, alice):
    cannot(story)
    make_rival(story.deal, "海川", worth=100 * WAN, price=90 * WAN)
    stand_at(story, Stage.ST4)

    assert alice.post(f"{story.deal_url}closure/", signed()).status_code == 422
    Demand.objects.filter(pk=story.demand.pk).update(capability="configurable")
    assert alice.post(f"{story.deal_url}closure/", signed()).status_code in (200, 302)
    assert Closure.objects.get().outcome == "won"

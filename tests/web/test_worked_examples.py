"""The worked examples of the method (3.3 to 3.5) by the real actions, and the number as it stands on a screen."""

import json
import re
from datetime import date, datetime

import pytest

from tests.cast import MONDAY
from tests.coach.test_time import go_to, later
from tests.coach.world import TODAY, World, answers, stop_clocks, touch
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from wendu.agenda.actions import plan_step
from wendu.coach.models import Standing
from wendu.identity import snapshot
from wendu.opportunities.choices import InfluencerRole
from wendu.ops.plan import print_plan
from wendu.playbooks import shipped
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    OrderDraft,
    QuietDraft,
    answer_indicators,
    set_quiet_period,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TO_82 = ("message", "service", "phone", "event", "visit", "demo", "negotiation")
TO_80 = ("care", "event", "online_meeting", "visit", "demo", "negotiation")
TO_48 = ("event", "demo", "negotiation")
TO_40 = ("care", "visit", "negotiation")
CLASSES = {"A": (2, 2), "B": (0, 2), "C": (2, 0), "D": (0, 0)}


@pytest.fixture(autouse=True)
def _forget():
    yield
    snapshot.forget()


def page_of(customer) -> str:
    return f"/customers/{customer.uuid}/"


def degrees(words: str) -> str:
    """The temperature at the head of a customer's page."""
    return re.search(r"(\d+)°", words)[1]


def fed(owner, kinds, quadrant: str = "", *, on: date = TODAY):
    """A customer met once, in many ways on one day, and classed."""
    customer = make_customer(owner)
    for place, kind in enumerate(kinds):
        said = tuple(answers(*CLASSES[quadrant])) if quadrant and place == 0 else ()
        touch(customer, owner, on, kind=kind, answers=said)
    return customer


def scored(owner, willingness, need):
    """A customer visited today whose ten questions got these answers."""
    customer = make_customer(owner)
    asked = {axis: [each for each in shipped().indicators if each.axis == axis] for axis in ("willingness", "need")}
    told = [
        AnswerDraft(axis=axis, indicator=each.code, value=value)
        for axis, values in (("willingness", willingness), ("need", need))
        for each, value in zip(asked[axis], values, strict=False)
    ]
    touch(customer, owner, answers=tuple(told))
    return customer


@pytest.mark.parametrize(
    ("willingness", "need", "quadrant", "said"),
    [
        ((2, 2, 1, 1, 1), (2, 2, 2, 1, 1), "A", ("意愿强：70 分", "需求强：80 分")),
        ((1, 1, 0, 1, 0), (2, 2, 2, 1, 1), "B", ("意愿弱：30 分", "需求强：80 分")),
        ((2, 1, 1, 1, 1), (2, 2, 2, 1, 1), "A", ("意愿强：60 分",)),
        ((2, 2), (2, 2, 2, 1, 1), "A", ("意愿强：100 分 · 答了 2 问",)),
    ],
)
def test_m116_the_two_axes_and_the_class(cast, look, willingness, need, quadrant, said):
    customer = scored(cast.alice, willingness, need)

    words = look(page_of(customer))

    assert f"类别 {quadrant}" in words
    assert all(each in words for each in said)


def test_m115_who_only_got_mail_has_no_class_on_any_screen(cast, look):
    customer = make_customer(cast.alice, "只收过资料")
    touch(customer, cast.alice, kind="article", is_two_way=False, answers=tuple(answers(2, 2)))

    assert "类别 未定" in look(page_of(customer))
    assert "未知：还没人和他聊过" in look(page_of(customer))


def test_m117_class_a_since_the_last_of_january_is_over_on_the_first_of_march(cast, look):
    at = datetime(2024, 1, 31, 3, tzinfo=MONDAY.tzinfo)
    customer = make_customer(cast.alice, at=at)
    touch(customer, cast.alice, at.date(), answers=tuple(answers(2, 2)), at=at)
    days = (date(2024, 3, 1) - TODAY).days

    row = Standing.objects.get(pk=customer.pk)
    last_day, day_after = look(page_of(customer), days - 1), look(page_of(customer), days)

    assert row.deadline_on == date(2024, 2, 29)
    assert "到 02-29" in last_day or "02-29" in last_day
    assert "过期 1 天" in day_after
    assert "过期 1 天" in look("/today/", days)


@pytest.mark.parametrize(
    ("kinds", "quadrant", "shown"),
    [
        (TO_82, "A", {0: "82", 4: "82", 14: "41"}),
        (TO_80, "B", {0: "80", 7: "80", 21: "40"}),
        (TO_40, "D", {0: "40", 30: "40", 75: "20"}),
    ],
)
def test_m120_heat_rests_in_the_grace_and_then_halves(cast, look, kinds, quadrant, shown):
    customer = fed(cast.alice, kinds, quadrant)

    assert {days: degrees(look(page_of(customer), days)) for days in shown} == shown


def test_m120_a_visit_with_an_advance_at_the_decision_maker_makes_27(cast, look):
    customer = make_customer(cast.alice)
    boss = make_contact(customer, "顾总")
    deal = make_opportunity(customer)
    make_influencer(deal, boss, InfluencerRole.DECISION_MAKER)
    agreed = CommitmentDraft(contact_id=boss.pk, what="看样板站", due_on=later(3))
    touch(
        customer,
        cast.alice,
        outcome="advance",
        commitment=agreed,
        value_note="省 11 万",
        contact_ids=(boss.pk,),
        opportunity_id=deal.pk,
    )

    words = look(page_of(customer))

    assert Standing.objects.get(pk=customer.pk).heat == 27.0
    assert degrees(words) == "27"
    assert "上门 15 × 有推进 1.5 × 拍板人 1.2" in words


def test_m120_a_message_lifts_48_to_its_ceiling_of_50(cast, look):
    customer = fed(cast.alice, TO_48, on=later(-1))
    touch(customer, cast.alice, kind="message")

    assert "48° → 50°" in look(page_of(customer))


def test_m120_the_same_meeting_is_worth_more_on_day_3_than_after_the_gap(cast, look):
    early, late = (World.of(cast.alice) for _ in range(2))
    for world, days in ((early, 3), (late, 14)):
        touch(world.customer, cast.alice, later(-days), answers=tuple(answers(2, 2)))
        world.advance(TODAY, "online_meeting")

    assert [Standing.objects.get(pk=world.customer.pk).heat for world in (early, late)] == [33.0, 25.5]
    assert "15° → 33°" in look(page_of(early.customer))
    assert "8° → 26°" in look(page_of(late.customer))


def test_m121_a_feel_of_80_beside_41_is_shown_as_a_gap(cast, look):
    customer = fed(cast.alice, TO_82, "A", on=later(-14))
    touch(customer, cast.alice, kind="mass_message", is_two_way=False, guess=80)

    words = look(page_of(customer))

    assert "你估 80°，算出来 41°，估得比实际热不少" in words


def test_m114_the_two_scores_of_the_method_stand_in_the_plan_and_on_today(cast, look, capsys, clock):
    stop_clocks(*range(-199, 0))
    d, fresh, large = (make_customer(cast.alice, name) for name in ("老战场", "新火苗", "大单子"))
    for customer, amount in ((d, 300_000), (fresh, 100_000), (large, 5_000_000)):
        make_opportunity(customer, amount_minor=amount * 100, currency="CNY", opened_on=later(-200))
    touch(d, cast.alice, later(-200), kind="event", answers=tuple(answers(0, 0)))
    for kind in ("event", "negotiation"):
        touch(fresh, cast.alice, later(-200), kind=kind)
    answer_indicators(customer=fresh, answers=answers(2, 2), actor=cast.alice, at=MONDAY)
    for customer in (d, fresh):
        plan_step(customer=customer, planned_on=TODAY, do="联系", actor=cast.alice, at=MONDAY)

    words = look("/today/")
    at = clock()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("wendu.ops.plan.now", lambda: at)
        print_plan("alice", as_of=None, capacity=None, wants_json=True, lang="zh-hans")
    told = {row["customer"]: row for row in json.loads(capsys.readouterr().out)}

    assert "先后 58.9 = 类别 35 + 温度 9 + 金额 14.9 + 期限 0" in words
    assert "先后 37.9 = 类别 3.5 + 温度 3 + 金额 16.4 + 期限 15" in words
    assert {name: row["score"] for name, row in told.items()} | {"大单子": 0} == {
        "老战场": 37.9,
        "新火苗": 58.9,
        "大单子": 0,
    }


def test_m122_from_80_on_today_strikes_and_asks_for_the_order_until_the_heat_is_missed(cast, look):
    world = World.of(cast.alice)
    world.heat(TODAY)
    touch(world.customer, cast.alice, kind="negotiation", answers=tuple(answers(2, 2)))
    hot = look("/today/", 6)

    assert "趁热" in hot
    assert "火候到了，只谈签字 · 今天" in hot
    go_to(20)
    assert "正在丢热" in look("/today/", 20)
    assert re.search(r"包伯|林小雅 \d 1 ", look("/today/", 20, user=cast.mona))


def test_m123_the_gap_of_class_b_is_cold_on_day_8(cast, look):
    fed(cast.alice, ("visit",), "B")

    assert "冷却空当 8 天，B 类最长 7 天" in look("/today/", 8)
    assert "第 7 天没联系，今天不动就出冷却空当" in look("/today/", 7)


def test_m127_what_is_open_before_the_visit_is_named_with_its_24_hours(cast, look):
    customer = fed(cast.alice, ("visit",), "A", on=later(-3))
    deal = make_opportunity(customer)
    make_influencer(deal, make_contact(customer), InfluencerRole.USER)

    words = look("/today/")

    assert "打电话问清还有谁要点头" in words
    assert "缺的 24 小时内打电话补上，补不上也照常去" in words


def test_the_next_log_stands_beside_the_next_step_in_both_languages(cast, look):
    customer = fed(cast.alice, ("visit", "demo"), "B", on=later(-6))

    assert "一次电话可到 41°（温） · 今天" in look(page_of(customer))
    assert "一次电话可到 41°（温） · 今天" in look("/today/")
    assert "Phone once: up to 41°, warm · today" in look(page_of(customer), language="en")
    assert "一次电话可到 41°（温） · 03-08 周日前" in look(page_of(fed(cast.alice, ("visit", "demo"), "B")))


def test_an_order_overdue_against_its_own_weekly_rhythm_stands_on_today_and_in_the_plan(cast, look, clock, capsys):
    dealer, twice = make_customer(cast.alice, "周周进货"), make_customer(cast.alice, "只买过两回")
    for days in (21, 14, 7, 0):
        touch(dealer, cast.alice, later(-days), kind="phone", outcome="order", order=OrderDraft(title="周单"))
    for days in (7, 0):
        touch(twice, cast.alice, later(-days), kind="phone", outcome="order", order=OrderDraft(title="单子"))
    said = "平时 7 天一单，上一单在 10 天前"

    assert said not in look("/today/", 9)
    words = look("/today/", 10)

    assert "周周进货" in words
    assert "平时 7 天一单，已经 10 天" in words
    assert "只买过两回" not in words
    assert "Usually every 7 days, now 10" in look("/today/", 10, language="en")
    assert "平时 7 天一单，已经 10 天" in look(page_of(dealer), 10)
    clock(10)
    print_plan("alice", as_of=later(10), capacity=None, wants_json=True, lang="zh-hans")
    told = json.loads(capsys.readouterr().out)
    assert [(row["customer"], row["situation"]) for row in told] == [("周周进货", "repurchase_due")]


def test_the_day_after_a_tenders_silence_today_asks_for_the_result(cast, look):
    bidder = make_customer(cast.alice, "市政管网", market="b2g")
    touch(bidder, cast.alice, kind="visit", answers=tuple(answers(2, 2)))
    quiet = QuietDraft(starts_on=later(1), ends_on=later(20), reason="tender")
    set_quiet_period(customer=bidder, quiet=quiet, actor=cast.alice, at=MONDAY)

    assert "今天可以问了" not in look("/today/", 20)
    words = look("/today/", 21)
    assert "静默期昨天结束，今天可以问了" in words
    assert "问评标结果：中了谈签约，没中问差在哪" in words
    assert "Ask for the result; if lost, ask what was missing" in look("/today/", 21, language="en")
    assert "4 天了还没聊上" in look(page_of(bidder), 24)

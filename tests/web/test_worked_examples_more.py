"""More worked examples of the method (3.3 to 3.5) on a screen: the rhythm, tails, warnings, the forecast."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.test_time import later
from tests.coach.world import TODAY, answers, touch
from tests.factories import make_contact, make_customer, make_opportunity
from wendu.coach.models import Standing
from wendu.customers.choices import NurtureReason
from wendu.opportunities.actions import edit_opportunity, pause_opportunity
from wendu.touches.actions import QuietDraft, TailDraft, set_quiet_period

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CLASSES = {"A": (2, 2), "B": (0, 2), "C": (2, 0), "D": (0, 0)}


def classed(owner, quadrant, *, on=TODAY, kinds=("visit",), name=""):
    """A visited customer whose answers make it this class."""
    customer = make_customer(owner, name)
    make_contact(customer, "顾明舒")
    for place, kind in enumerate(kinds):
        touch(customer, owner, on, kind=kind, answers=tuple(answers(*CLASSES[quadrant])) if place == 0 else ())
    return customer


def page_of(customer) -> str:
    return f"/customers/{customer.uuid}/"


def log_of(customer, kind, **more) -> str:
    """What the log form says of a touch before it is saved."""
    asked = "&".join(f"{name}={value}" for name, value in {"customer": customer.uuid, "kind": kind, **more}.items())
    return f"/touches/new/?{asked}"


def thrice_heated(owner, times=(-84, -56, -28)):
    """A class A customer brought close to the boil on some days, and left alone after each."""
    customer = make_customer(owner, "忽冷忽热")
    make_contact(customer, "顾明舒")
    for days in times:
        for kind in ("visit", "demo", "negotiation"):
            touch(customer, owner, later(days), kind=kind, answers=tuple(answers(2, 2)) if kind == "visit" else ())
    return customer


def test_m119_the_page_tells_which_class_since_when_and_how_each_touch_moved_the_heat(cast, look):
    customer = classed(cast.alice, "B", on=later(-20))
    touch(customer, cast.alice, later(-4), kind="demo", answers=tuple(answers(2, 2)))

    words = look(page_of(customer))

    assert "定级变化 2026-02-26 A2026-02-10 B" in words
    assert "2026-02-10上门0°15°2026-02-26演示试用10°28°" in words
    assert all(told in words for told in ("定级 B → A", "定级 未定 → B", "上门 0° → 15°", "演示试用 10° → 28°"))
    assert "Visit 0° → 15°" in look(page_of(customer), language="en")


def test_m124_three_deep_drops_in_90_days_stand_on_the_page_in_both_languages(cast, look):
    customer, calm = thrice_heated(cast.alice), thrice_heated(cast.alice, times=(-56, -28))

    zh, en = look(page_of(customer)), look(page_of(customer), language="en")

    assert "节奏 忽冷忽热" in zh
    assert zh.count("掉了 25° 以上") == 3
    assert "Rhythm" in en
    assert zh != en
    assert "节奏 平稳" in look(page_of(calm))


def test_m129_a_tail_left_open_in_class_c_is_named_and_the_next_touch_is_told_to_close_it(cast, look):
    customer, clean = (classed(cast.alice, "C", on=later(-13)) for _ in range(2))
    touch(customer, cast.alice, later(-13), kind="phone", tails=(TailDraft(what="露点偏高"),))

    assert "留着一条尾巴：露点偏高" in look("/today/")
    assert "留着一条尾巴：露点偏高" in look(page_of(customer))
    assert "还有 1 条尾巴，C 类要当场关掉" in look(log_of(customer, "phone"))
    assert "条尾巴，C 类" not in look(log_of(clean, "phone"))


def test_m130_the_log_form_of_class_d_warns_of_a_visit_and_of_nothing_light(cast, look):
    customer, ready = classed(cast.alice, "D", on=later(-29)), classed(cast.alice, "A", on=later(-2))
    zh, en = (
        "D 类尽量不上门。改发资料，或约个活动",
        "Avoid visiting class D. Send reading instead, or invite to an event",
    )

    assert zh in look(log_of(customer, "visit"))
    assert en in look(log_of(customer, "visit"), language="en")
    assert zh not in look(log_of(customer, "message"))
    assert zh not in look(log_of(ready, "visit"))


def test_m117_one_more_window_later_the_day_and_the_page_ask_to_judge_again_and_no_longer_call_it_cold(cast, look):
    customer = classed(cast.alice, "A")
    row = Standing.objects.get(pk=customer.pk)
    days = (row.hard_on - TODAY).days

    before, after = look("/today/", days), look("/today/", days + 1)

    assert (row.deadline_on.isoformat(), row.hard_on.isoformat()) == ("2026-04-02", "2026-05-02")
    assert "重新定级：" not in before
    assert "1冷却空当" in before
    assert "重新定级：过期又满一个签约期，过了 1 天" in after
    assert "0冷却空当" in after
    assert "过期又满一个签约期，过了 1 天" in look(page_of(customer), days + 1)


def test_the_forecast_of_the_method_is_155k_on_the_board(cast, look):
    for quadrant, amount in (("A", 100_000), ("B", 200_000), ("C", 50_000), ("D", 300_000)):
        make_opportunity(classed(cast.alice, quadrant), amount_minor=amount * 100, currency="CNY", opened_on=TODAY)

    words = look("/quadrants/", language="en")

    assert "¥650K open; by the chance of each class about ¥155K" in words
    assert all(part in words for part in ("¥60K", "¥70K", "¥10K", "¥15K", "A 60% · B 35% · C 20% · D 5%"))


def test_the_day_after_a_deal_should_have_signed_today_asks_once_for_the_result(cast, look, enter):
    customer = classed(cast.alice, "B", on=later(-2))
    older, deal = (make_opportunity(customer, title, opened_on=later(-30)) for title in ("旧线改造", "空压站节能"))
    edit_opportunity(opportunity=deal, changes={"expected_on": TODAY}, actor=cast.alice, at=MONDAY)
    said, asks = "预计昨天成交，还没问过结果", "问结果；还没定，就重约一个日子"

    before, words = look("/today/"), look("/today/", 1)

    assert said not in before
    assert said in words
    assert asks in words
    assert enter(cast.alice).get("/today/").context["page"].rows[0].line.deal == "空压站节能"
    assert "Expected to sign yesterday; nobody asked yet" in look("/today/", 1, language="en")
    assert "预计 03-02 成交，过了 3 天，还没问过结果" in look(page_of(customer), 3)
    touch(customer, cast.alice, later(1), kind="message", is_two_way=False, opportunity_id=deal.pk, at=days_on(1))
    assert said not in look("/today/", 1)
    assert "还没问过结果" not in look("/today/", 3)
    assert older.expected_on is None


def test_a_new_day_moves_the_question_and_a_quiet_period_or_a_pause_takes_it_away(cast, look):
    moved, quiet, paused = (classed(cast.alice, "C", on=later(-2), name=name) for name in ("改期", "静默", "暂停"))
    deals = [make_opportunity(each, opened_on=later(-30), expected_on=TODAY) for each in (moved, quiet, paused)]
    said = "预计昨天成交，还没问过结果"
    assert look("/today/", 1).count(said) == 3

    edit_opportunity(opportunity=deals[0], changes={"expected_on": later(4)}, actor=cast.alice, at=MONDAY)
    spell = QuietDraft(starts_on=TODAY, ends_on=later(3), reason="shutdown")
    set_quiet_period(customer=quiet, quiet=spell, actor=cast.alice, at=MONDAY)
    pause_opportunity(opportunity=deals[2], reason=NurtureReason.TIMING, wake_on=later(60), actor=cast.alice, at=MONDAY)

    assert said not in look("/today/", 1)
    assert "静默期昨天结束，今天可以问了" in look("/today/", 4)
    assert look("/today/", 5).count(said) == 1


def days_on(days):
    return MONDAY + timedelta(days=days)

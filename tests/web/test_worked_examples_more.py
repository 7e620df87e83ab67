"""More worked examples of the method (3.3 to 3.5) on a screen: the rhythm, tails, warnings, the forecast."""

import pytest

from tests.coach.test_time import later
from tests.coach.world import TODAY, answers, touch
from tests.factories import make_contact, make_customer, make_opportunity
from wendu.coach.models import Standing
from wendu.touches.actions import TailDraft

pytestmark = pytest.mark.django_db
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

"""Late money, renewals and the end of contracts in the day of their owner: on the day it is time."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY, touch
from tests.factories import make_contact, make_customer
from tests.method.pages import Example, each
from wendu.agreements.actions import (
    begin_subscription,
    correct_contract,
    correct_order,
    delete_contract,
    move_contract,
    set_instalments,
    write_contract,
    write_order,
    write_receipt,
)
from wendu.agreements.facts import money_of, overdue_with
from wendu.agreements.models import Order
from wendu.coach.frame import Frame
from wendu.coach.plan import daily_plan
from wendu.coach.upkeep import upkeep_of
from wendu.customers.actions import edit_contact
from wendu.desk.plan import plan_lines
from wendu.touches.actions import QuietDraft, set_quiet_period

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PUMP = {"item": "水泵", "quantity": "10", "unit_minor": 11_300, "tax": "13"}


def sold(customer, *dues):
    """Ten pumps for 1,130, ordered 60 days ago, with parts due so many days from today."""
    who = {"actor": customer.owner, "at": MONDAY}
    values = {"ordered_on": TODAY - 60 * DAY, "need": "供水不断"}
    order = write_order(customer=customer, values=values, lines=[PUMP], **who)
    parts = [{"due_on": TODAY + days * DAY, "amount_minor": minor, "note": ""} for days, minor in dues]
    if parts:
        set_instalments(order=order, dues=parts, **who)
    return order


def paid(order, minor, days=0):
    values = {"received_on": TODAY + days * DAY, "amount_minor": minor}
    write_receipt(order=order, values=values, actor=order.customer.owner, at=MONDAY)


def cared_for(customer, *, left, months=12, **values):
    began = TODAY + left * DAY - round(months * 365 / 12) * DAY
    values = {"item": "维保", "fee_minor": 980_000, "term_months": months, "began_on": began, **values}
    return begin_subscription(customer=customer, values=values, actor=customer.owner, at=MONDAY)


def bound(customer, *, left, **values):
    """A frame contract signed and running, with so many days left and 30 of notice."""
    days = {"signed_on": TODAY - 300 * DAY, "ends_on": TODAY + left * DAY}
    said = {"title": "年度框架", "kind": "frame", "state": "running", "notice_days": 30, **days, **values}
    return write_contract(customer=customer, values=said, actor=customer.owner, at=MONDAY)


def asked(user):
    return {step.customer_id: step.situation for step in daily_plan(user, at=MONDAY).steps}


def said(user, lang="zh-hans"):
    return [line.why for line in plan_lines(daily_plan(user, at=MONDAY), lang)[0]]


@pytest.fixture
def buyer(cast):
    """A customer who bought and was visited yesterday, so that nothing else is due."""
    customer = make_customer(cast.alice, "海棠酒店")
    make_contact(customer, "魏总")
    return customer


def test_late_money_stands_in_the_day_of_the_owner_with_what_and_since_when(cast, buyer):
    sold(buyer, (-5, 60_000))
    touch(buyer, cast.alice, TODAY - 10 * DAY, kind="phone")

    assert asked(cast.alice) == {buyer.pk: "payment_overdue"}
    assert said(cast.alice) == ["¥600 该 02-25 到账，已经晚了 5 天"]
    assert "5 days late" in said(cast.alice, "en")[0]
    assert asked(cast.charlie) == {}


def test_whoever_was_asked_is_asked_again_after_a_week_and_not_before(cast, buyer):
    sold(buyer, (-20, 60_000))
    touch(buyer, cast.alice, TODAY - 6 * DAY, kind="phone")
    assert asked(cast.alice) == {}

    other = make_customer(cast.alice)
    sold(other, (-20, 60_000))
    touch(other, cast.alice, TODAY - 7 * DAY, kind="phone")
    assert asked(cast.alice) == {other.pk: "payment_overdue"}


@pytest.mark.parametrize(("dues", "came"), [(((-5, 60_000),), 60_000), (((0, 60_000),), 0), ((), 0)])
def test_nobody_is_asked_for_what_is_paid_not_late_or_without_a_day(cast, buyer, dues, came):
    order = sold(buyer, *dues)
    touch(buyer, cast.alice, TODAY - 10 * DAY, kind="phone")
    if came:
        paid(order, came)

    assert "payment_overdue" not in asked(cast.alice).values()


def test_the_one_query_and_the_rule_tell_the_same_customers(cast):
    for dues, came in [
        (((-5, 60_000), (30, 53_000)), 0),
        (((-5, 60_000), (30, 53_000)), 59_999),
        (((-5, 60_000), (30, 53_000)), 60_000),
        (((-50, 60_000), (-1, 53_000)), 60_000),
        (((-50, 60_000), (-1, 53_000)), 113_000),
        (((-1, 1),), 0),
        (((0, 113_000),), 0),
    ]:
        order = sold(make_customer(cast.alice), *dues)
        if came:
            paid(order, came)
    orders = list(Order.objects.all())
    ruled = {
        order.customer_id: owed.overdue_minor
        for order in orders
        for owed in (money_of([order], on=TODAY)[order.pk],)
        if owed.overdue_minor
    }

    found = overdue_with(cast.alice, as_of=TODAY, currency="CNY")

    assert {pk: late.amount_minor for pk, late in found.items()} == ruled
    assert len(ruled) == 4
    assert overdue_with(cast.charlie, as_of=TODAY, currency="CNY") == {}


def test_m6_a_renewal_stands_in_the_day_45_days_ahead(cast, buyer):
    touch(buyer, cast.alice, TODAY - 47 * DAY, kind="phone")
    sold(buyer)
    cared_for(buyer, left=46)
    assert "renewal_due" not in asked(cast.alice).values()

    near = make_customer(cast.alice, "松涛药业")
    touch(near, cast.alice, TODAY - 47 * DAY, kind="phone")
    sold(near)
    cared_for(near, left=44)
    steps = {step.customer_id: step for step in daily_plan(cast.alice, at=MONDAY).steps}
    told = [steps[near.pk].reason, *steps[near.pk].others]
    reason = next(each for each in told if each.code == "renewal_due")
    assert (reason.numbers["item"], reason.numbers["left"]) == ("维保", 44)


def test_a_fee_of_a_month_is_not_about_to_end_every_day(cast, buyer):
    touch(buyer, cast.alice, TODAY - 5 * DAY, kind="phone")
    sold(buyer)
    cared_for(buyer, left=12, months=1)

    assert "renewal_due" not in asked(cast.alice).values()


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [(0, "active", "维保今天到期"), (-3, "active", "3 天还没续"), (5, "trial", "的试用"), (5, "active", "还有 5 天")],
)
def test_the_sentence_says_what_ends_and_when(cast, buyer, left, state, words):
    touch(buyer, cast.alice, TODAY - 50 * DAY, kind="phone")
    sold(buyer)
    cared_for(buyer, left=left, state=state)
    day = daily_plan(cast.alice, at=MONDAY)
    codes = {step.situation for step in day.steps}

    assert codes == {"renewal_due"}
    assert words in said(cast.alice)[0]
    assert "{" not in "".join(said(cast.alice, "en"))


def test_in_a_quiet_period_nobody_is_asked(cast, buyer):
    sold(buyer, (-5, 60_000))
    touch(buyer, cast.alice, TODAY - 10 * DAY, kind="phone")
    quiet = QuietDraft(starts_on=TODAY - DAY, ends_on=TODAY + DAY, reason="shutdown")
    set_quiet_period(customer=buyer, quiet=quiet, actor=cast.alice, at=MONDAY)

    assert asked(cast.alice) == {}


@each("payments", "which talk counts")
def test_a_talk_counts_as_asked_only_if_it_may_have_been_about_it(cast, buyer, row: Example):
    sold(buyer, (-19, 60_000))
    touch(buyer, cast.alice, TODAY - 25 * DAY, kind="phone")
    touch(buyer, cast.alice, TODAY - 10 * DAY, kind=row["kind"], is_proactive=row["who began"] == "we")

    due_on = next(step.due_on for step in daily_plan(cast.alice, at=MONDAY).steps) if asked(cast.alice) else None

    waits = row["asked on"] != "2026-03-02"
    assert due_on == (TODAY - 3 * DAY if waits else TODAY - 18 * DAY)


def test_the_end_of_a_contract_stands_in_the_day_of_the_owner_once_its_notice_begins(cast, buyer):
    sold(buyer)
    touch(buyer, cast.alice, TODAY - 31 * DAY, kind="phone")
    row = bound(buyer, left=31)
    assert "contract_ending" not in asked(cast.alice).values()

    correct_contract(contract=row, changes={"ends_on": TODAY + 30 * DAY}, actor=cast.alice, at=MONDAY)

    assert asked(cast.alice) == {buyer.pk: "contract_ending"}
    assert said(cast.alice) == ["合同“年度框架” 04-01 到期，还有 30 天"]
    assert asked(cast.charlie) == {}
    line = plan_lines(daily_plan(cast.alice, at=MONDAY), "zh-hans")[0][0]
    assert line.do == "先问这一期办得怎样，再谈续、改还是结"


@pytest.mark.parametrize(
    ("left", "values", "words"),
    [
        (0, {}, "今天到期"),
        (-3, {}, "3 天没说续还是结"),
        (5, {"renews": True}, "自动续，要改还有 5 天"),
        (5, {"kind": "one_off"}, "看看都办完没有"),
        (5, {}, "还有 5 天"),
    ],
)
def test_the_sentence_says_how_the_contract_ends(cast, buyer, left, values, words):
    touch(buyer, cast.alice, TODAY - 50 * DAY, kind="phone")
    sold(buyer)
    bound(buyer, left=left, **values)

    assert set(asked(cast.alice).values()) == {"contract_ending"}
    assert words in said(cast.alice)[0]
    assert "{" not in "".join(said(cast.alice, "en"))


def moved_on(row, cast):
    correct_contract(contract=row, changes={"ends_on": TODAY + 400 * DAY}, actor=cast.alice, at=MONDAY)


def next_signed(row, cast):
    days = {"starts_on": row.ends_on + DAY, "ends_on": row.ends_on + 365 * DAY, "signed_on": TODAY}
    bound(row.customer, left=0, **days, follows=row)


def ended(row, cast):
    move_contract(contract=row, to_state="ended", on=None, actor=cast.alice, at=MONDAY)


def taken_out(row, cast):
    delete_contract(contract=row, actor=cast.alice, at=MONDAY)


def talked(row, cast):
    touch(row.customer, cast.alice, TODAY - 13 * DAY, kind="visit")


@pytest.mark.parametrize("deed", [moved_on, next_signed, ended, taken_out, talked])
def test_nobody_asks_about_what_was_settled_or_talked_about(cast, buyer, deed):
    touch(buyer, cast.alice, TODAY - 50 * DAY, kind="phone")
    sold(buyer)
    row = bound(buyer, left=10)
    assert asked(cast.alice) == {buyer.pk: "contract_ending"}

    deed(row, cast)

    assert "contract_ending" not in asked(cast.alice).values()


def test_a_draft_of_the_next_contract_settles_nothing_and_birthday_wishes_neither(cast, buyer):
    touch(buyer, cast.alice, TODAY - 50 * DAY, kind="phone")
    sold(buyer)
    row = bound(buyer, left=10)

    bound(buyer, left=375, state="offered", signed_on=None, follows=row)
    touch(buyer, cast.alice, TODAY - DAY, kind="care")

    assert asked(cast.alice) == {buyer.pk: "contract_ending"}


def test_a_public_body_is_asked_how_it_will_procure_and_not_to_renew(cast):
    bureau = make_customer(cast.alice, "市水务局", market="b2g")
    touch(bureau, cast.alice, TODAY - 50 * DAY, kind="phone")
    sold(bureau)
    bound(bureau, left=20)

    line = plan_lines(daily_plan(cast.alice, at=MONDAY), "zh-hans")[0][0]

    assert line.do == "问清下一期怎么采购，资料按程序备齐"


def test_of_two_contracts_the_one_to_be_spoken_of_first_leads(cast, buyer):
    touch(buyer, cast.alice, TODAY - 55 * DAY, kind="phone")
    sold(buyer)
    bound(buyer, left=40, title="短的", notice_days=7)
    bound(buyer, left=60, title="长的", notice_days=90)

    assert "长的" in said(cast.alice)[0]


def test_the_page_of_the_customer_and_the_plan_know_the_same(cast, buyer):
    touch(buyer, cast.alice, TODAY - 50 * DAY, kind="phone")
    sold(buyer, (-5, 60_000))
    bound(buyer, left=10)
    cared_for(buyer, left=20)

    told = upkeep_of(buyer.pk, Frame.on(TODAY))

    assert [each.code for each in told if each] == ["payment_overdue", "contract_ending", "renewal_due"]
    step = daily_plan(cast.alice, at=MONDAY).steps[0]
    assert {"payment_overdue", "contract_ending", "renewal_due"} <= {step.reason.code, *(o.code for o in step.others)}


def test_m96_an_order_without_a_reason_puts_the_question_into_the_plan_until_it_is_answered(cast, buyer):
    who = {"actor": cast.alice, "at": MONDAY}
    touch(buyer, cast.alice, TODAY - 6 * DAY, kind="phone")
    for ago in (5, 3):
        order = write_order(customer=buyer, values={"ordered_on": TODAY - ago * DAY}, lines=[PUMP], **who)

    assert asked(cast.alice) == {buyer.pk: "why_unknown"}
    assert said(cast.alice) == ["02-27 下的单，没人记为什么买"]
    assert "nobody wrote down why" in said(cast.alice, "en")[0]
    assert asked(cast.charlie) == {}

    correct_order(order=order, changes={"reason": "老泵停了三次"}, **who)
    assert asked(cast.alice) == {}


def test_m96_it_is_asked_once_and_again_two_weeks_after_a_talk(cast, buyer):
    who = {"actor": cast.alice, "at": MONDAY}
    write_order(customer=buyer, values={"ordered_on": TODAY - 20 * DAY}, lines=[PUMP], **who)
    touch(buyer, cast.alice, TODAY - 13 * DAY, kind="phone")
    assert asked(cast.alice) == {}

    other = make_customer(cast.alice)
    write_order(customer=other, values={"ordered_on": TODAY - 20 * DAY}, lines=[PUMP], **who)
    touch(other, cast.alice, TODAY - 14 * DAY, kind="phone")
    assert asked(cast.alice) == {other.pk: "why_unknown"}


def test_m96_nobody_who_wants_no_calls_is_asked_why_they_bought(cast, buyer):
    who = {"actor": cast.alice, "at": MONDAY}
    touch(buyer, cast.alice, TODAY - 6 * DAY, kind="phone")
    write_order(customer=buyer, values={"ordered_on": TODAY - 5 * DAY}, lines=[PUMP], **who)
    assert asked(cast.alice) == {buyer.pk: "why_unknown"}

    edit_contact(contact=buyer.contacts.get(), changes={"do_not_contact": True}, **who)

    assert asked(cast.alice) == {}

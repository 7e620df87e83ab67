"""Money for an order: due, received, gone back, and every way back; an order goes on and is paid by its receipts."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.agreements.actions import (
    AcceptedOutOfTime,
    AlreadyTakenBack,
    BadAmount,
    CancelledOwesNothing,
    DisputeNeedsReason,
    MoreThanBought,
    MoreThanOrdered,
    NoSuchStep,
    ReceiptNumberTaken,
    ReceivedOutOfTime,
    ReturnedOutOfTime,
    TooMuchDue,
    cancel_order,
    correct_receipt,
    move_order,
    restore_receipt,
    restore_return,
    set_instalments,
    withdraw_receipt,
    withdraw_return,
    write_order,
    write_receipt,
    write_return,
)
from wendu.agreements.facts import Overdue, money_of, overdue_payments
from wendu.agreements.models import Order, Receipt
from wendu.agreements.queries import orders_due
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY = timedelta(days=1)
PUMP = {"item": "水泵", "quantity": "10", "unit_minor": 11_300, "tax": "13", "cost_minor": 7_000}
RECEIPT = {"received_on": TODAY, "amount_minor": 60_000}


@pytest.fixture
def order(cast) -> Order:
    """Ten pumps for 113,000 in minor units, 100,000 without tax, ordered 40 days ago."""
    values = {"ordered_on": TODAY - 40 * DAY}
    customer = make_customer(cast.alice)
    return write_order(customer=customer, values=values, lines=[PUMP], actor=cast.alice, at=MONDAY)


def owed(order: Order, on=TODAY):
    return money_of([order], on=on)[order.pk]


def due(*parts) -> list[dict]:
    return [{"due_on": TODAY + days * DAY, "amount_minor": amount, "note": ""} for days, amount in parts]


def who(order: Order) -> dict:
    return {"actor": order.customer.owner, "at": MONDAY}


def paid(order: Order, amount: int, **values) -> Receipt:
    return write_receipt(order=order, values={**RECEIPT, "amount_minor": amount, **values}, **who(order))


def test_m1_goods_and_money_are_tracked_with_their_days(order):
    set_instalments(order=order, dues=due((-10, 60_000), (20, None)), **who(order))

    paid(order, 60_000)

    money = owed(order)
    assert (money.open_minor, money.next_on, money.next_minor) == (53_000, TODAY + 20 * DAY, 53_000)
    assert money.overdue_since is None


def test_what_nobody_paid_is_overdue_for_the_customer(order):
    set_instalments(order=order, dues=due((-10, 60_000), (20, None)), **who(order))
    paid(order, 10_000)

    found = overdue_payments([order.customer_id], as_of=TODAY, currency=order.currency)

    assert found == {order.customer_id: Overdue(50_000, TODAY - 10 * DAY, 1)}
    assert overdue_payments([order.customer_id], as_of=TODAY - 10 * DAY, currency=order.currency) == {}
    assert overdue_payments([order.customer_id], as_of=TODAY, currency="USD") == {}


def test_receipts_of_later_days_do_not_exist_yet(order):
    paid(order, 60_000)

    assert owed(order, TODAY - DAY).received_minor == 0


def test_a_plan_replaces_the_one_before_and_is_told_in_the_journal(order):
    set_instalments(order=order, dues=due((0, None)), **who(order))
    set_instalments(order=order, dues=due((0, 50_000), (5, 60_000)), **who(order))

    assert list(order.instalments.standing().values_list("amount_minor", flat=True)) == [50_000, 60_000]
    assert owed(order).undated_minor == 3_000
    said = Entry.objects.filter(verb="instalment.set").latest("pk")
    assert said.before["dues"] == [f"{TODAY} 1130.00"]


def test_the_same_plan_again_is_not_journaled(order):
    for _again in range(2):
        set_instalments(order=order, dues=due((0, None)), **who(order))

    assert Entry.objects.filter(verb="instalment.set").count() == 1


@pytest.mark.parametrize(
    ("parts", "error"),
    [(((0, 113_001),), TooMuchDue), (((0, 113_000), (1, None)), BadAmount), (((0, 0),), BadAmount)],
)
def test_parts_come_to_the_price_at_most(order, parts, error):
    with pytest.raises(error):
        set_instalments(order=order, dues=due(*parts), **who(order))

    assert not order.instalments.exists()


def test_two_people_planning_at_once_do_not_overwrite_each_other(order):
    seen = order.revision
    set_instalments(order=order, dues=due((0, None)), seen=seen, **who(order))

    with pytest.raises(Stale):
        set_instalments(order=order, dues=due((9, None)), seen=seen, **who(order))


@pytest.mark.parametrize(
    ("values", "error"),
    [({"received_on": TODAY + DAY}, ReceivedOutOfTime), ({"amount_minor": 0}, BadAmount)],
)
def test_money_is_some_and_came_in_today_or_before(order, values, error):
    with pytest.raises(error):
        write_receipt(order=order, values={**RECEIPT, **values}, **who(order))


def test_one_number_is_one_receipt(order):
    paid(order, 1, external_id="R1")

    with pytest.raises(ReceiptNumberTaken):
        paid(order, 2, external_id="R1")


def test_a_receipt_is_corrected_taken_back_and_restored(order):
    receipt = paid(order, 60_000)
    correct_receipt(receipt=receipt, changes={"amount_minor": 50_000}, **who(order))
    corrected = owed(order).received_minor
    withdraw_receipt(receipt=receipt, **who(order))
    without = owed(order).received_minor
    with pytest.raises(AlreadyTakenBack):
        withdraw_receipt(receipt=receipt, **who(order))
    restore_receipt(receipt=receipt, **who(order))

    assert (corrected, without, owed(order).received_minor) == (50_000, 0, 50_000)
    verbs = Entry.objects.filter(verb__startswith="receipt.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["receipt.written", "receipt.corrected", "receipt.withdrawn", "receipt.restored"]
    assert {entry.root_id for entry in Entry.objects.filter(verb__startswith="receipt.")} == {order.customer_id}


def test_an_accepted_order_is_paid_once_the_money_is_there_and_no_longer_when_it_is_not(order):
    move_order(order=order, to_state="accepted", accepted_on=TODAY - 5 * DAY, **who(order))
    receipt = paid(order, 113_000)
    after = order.state
    withdraw_receipt(receipt=receipt, **who(order))
    order.refresh_from_db()

    assert (after, order.state, order.accepted_on) == ("paid", "accepted", TODAY - 5 * DAY)


def test_money_before_acceptance_makes_it_paid_on_acceptance(order):
    paid(order, 113_000)
    before = order.state

    move_order(order=order, to_state="accepted", **who(order))

    assert (before, order.state) == ("open", "paid")


def test_an_order_declared_paid_owes_nothing_though_no_receipt_is_known(order):
    Order.objects.filter(pk=order.pk).update(state="paid")
    order.refresh_from_db()

    assert owed(order).open_minor == 0
    paid(order, 10)
    assert order.state == "paid"


@pytest.mark.parametrize(
    ("to_state", "more", "error"),
    [
        ("paid", {}, NoSuchStep),
        ("cancelled", {}, NoSuchStep),
        ("accepted", {"accepted_on": TODAY + DAY}, AcceptedOutOfTime),
        ("accepted", {"accepted_on": TODAY - 41 * DAY}, AcceptedOutOfTime),
    ],
)
def test_an_order_goes_from_one_state_to_the_next(order, to_state, more, error):
    with pytest.raises(error):
        move_order(order=order, to_state=to_state, **more, **who(order))


def test_a_dispute_says_about_what_and_is_resolved(order):
    move_order(order=order, to_state="delivering", **who(order))
    with pytest.raises(DisputeNeedsReason):
        move_order(order=order, to_state="disputed", **who(order))
    move_order(order=order, to_state="disputed", reason="流量不够", **who(order))
    move_order(order=order, to_state="delivering", **who(order))

    assert order.state == "delivering"


def test_pieces_that_go_back_take_their_price_revenue_and_margin_with_them(order):
    returned = write_return(
        order=order, line=order.lines.get(), values={"returned_on": TODAY, "quantity": "2"}, **who(order)
    )

    assert (returned.gross_minor, returned.revenue_minor, returned.margin_minor) == (22_600, 20_000, 6_000)
    assert owed(order).owed_minor == 90_400


def test_money_off_the_price_is_all_margin(order):
    returned = write_return(order=order, values={"returned_on": TODAY, "gross_minor": 1_130}, **who(order))

    assert (returned.revenue_minor, returned.margin_minor) == (1_000, 1_000)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"gross_minor": 113_001}, MoreThanOrdered),
        ({"gross_minor": 0}, BadAmount),
        ({}, BadAmount),
        ({"gross_minor": 5, "returned_on": TODAY + DAY}, ReturnedOutOfTime),
        ({"gross_minor": 5, "returned_on": TODAY - 41 * DAY}, ReturnedOutOfTime),
    ],
)
def test_no_more_goes_back_than_was_there_and_in_its_time(order, values, error):
    with pytest.raises(error):
        write_return(order=order, values={"returned_on": TODAY, **values}, **who(order))


def test_no_more_pieces_go_back_than_were_bought(order):
    line, eight = order.lines.get(), {"returned_on": TODAY, "quantity": "8"}
    first = write_return(order=order, line=line, values=eight, **who(order))
    with pytest.raises(MoreThanBought):
        write_return(order=order, line=line, values={**eight, "gross_minor": 5}, **who(order))
    withdraw_return(returned=first, **who(order))
    write_return(order=order, line=line, values=eight, **who(order))

    with pytest.raises(MoreThanOrdered):
        restore_return(returned=first, **who(order))


def test_a_cancelled_order_owes_nothing_and_takes_nothing(order):
    set_instalments(order=order, dues=due((-10, None)), **who(order))
    cancel_order(order=order, reason="预算砍了", **who(order))

    assert owed(order).open_minor == 0
    for act in (
        lambda: paid(order, 5),
        lambda: set_instalments(order=order, dues=due((1, None)), **who(order)),
        lambda: write_return(order=order, values={"returned_on": TODAY, "gross_minor": 5}, **who(order)),
    ):
        with pytest.raises(CancelledOwesNothing):
            act()


def test_the_list_has_who_is_late_for_who_may_see_it(order, cast):
    set_instalments(order=order, dues=due((-10, 60_000), (20, None)), **who(order))

    assert list(orders_due(cast.alice, until=TODAY)) == [order]
    assert list(orders_due(cast.mona, until=TODAY)) == [order]
    assert list(orders_due(cast.charlie, until=TODAY)) == []
    paid(order, 113_000)
    assert list(orders_due(cast.alice, until=TODAY)) == []


def test_an_outsider_writes_none_of_it(order, cast):
    receipt = paid(order, 5)
    other = {"actor": cast.charlie, "at": MONDAY}
    acts = (
        lambda: set_instalments(order=order, dues=due((0, 5)), **other),
        lambda: write_receipt(order=order, values=RECEIPT, **other),
        lambda: correct_receipt(receipt=receipt, changes={"amount_minor": 9}, **other),
        lambda: withdraw_receipt(receipt=receipt, **other),
        lambda: write_return(order=order, values={"returned_on": TODAY, "gross_minor": 5}, **other),
        lambda: move_order(order=order, to_state="delivering", **other),
    )

    for act in acts:
        with pytest.raises(Denied):
            act()
    assert owed(order).received_minor == 5

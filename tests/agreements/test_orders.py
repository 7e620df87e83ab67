"""An order: what it brings, what it does to the temperature, and every way back."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer, make_opportunity, win
from wendu.agreements.actions import (
    BadOrderLine,
    NotCancellable,
    NothingOrdered,
    OfAnotherCustomer,
    OrderedLater,
    OrderNumberTaken,
    OrderReasonNeeded,
    cancel_order,
    correct_order,
    delete_order,
    restore_order,
    uncancel_order,
    write_order,
)
from wendu.agreements.facts import Purchase, all_purchases
from wendu.agreements.models import Order, Return
from wendu.agreements.queries import orders_of
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.coach.models import Memory, Standing
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY = timedelta(days=1)
PUMP = {"item": "水泵", "quantity": "2", "unit_minor": 11_300, "tax": "13"}


def ordered(customer, *lines, on=TODAY, actor=None, **values) -> Order:
    return write_order(
        customer=customer,
        values={"ordered_on": on, **values},
        lines=lines or (PUMP,),
        actor=actor or customer.owner,
        at=MONDAY,
    )


def test_an_order_brings_what_its_lines_come_to_without_tax(cast):
    order = ordered(make_customer(cast.alice), {**PUMP, "cost_minor": 7_000})

    assert (order.gross_minor, order.revenue_minor, order.margin_minor) == (22_600, 20_000, 6_000)


def test_the_margin_is_unknown_while_the_cost_of_one_line_is(cast):
    order = ordered(make_customer(cast.alice), {**PUMP, "cost_minor": 7_000}, PUMP)

    assert (order.revenue_minor, order.margin_minor) == (40_000, None)


def test_an_order_boils_the_customer_on_its_own_day(cast):
    customer = make_customer(cast.alice)

    ordered(customer, on=TODAY)

    stands = Standing.objects.get(pk=customer.pk)
    assert (stands.heat, stands.status, stands.latest_order_on) == (100.0, "existing", TODAY)


def test_a_won_deal_with_its_order_counts_on_the_day_of_the_order(cast):
    customer = make_customer(cast.alice)
    deal = make_opportunity(customer, opened_on=TODAY - 30 * DAY)
    win(deal, TODAY)

    ordered(customer, on=TODAY - 3 * DAY, opportunity=deal)

    assert Standing.objects.get(pk=customer.pk).latest_order_on == TODAY - 3 * DAY


def test_a_won_deal_without_an_order_still_stands_for_one(cast):
    customer = make_customer(cast.alice)
    win(make_opportunity(customer, opened_on=TODAY - 30 * DAY), TODAY)

    assert Standing.objects.get(pk=customer.pk).latest_order_on == TODAY


def test_a_cancelled_or_deleted_order_was_never_placed_and_comes_back(cast):
    customer = make_customer(cast.alice)
    order = ordered(customer)
    how = {"order": order, "actor": cast.alice, "at": MONDAY}

    cancel_order(**how, reason="下错了")
    assert Standing.objects.get(pk=customer.pk).latest_order_on is None
    uncancel_order(**how)
    assert Standing.objects.get(pk=customer.pk).latest_order_on == TODAY
    delete_order(**how)
    assert Standing.objects.get(pk=customer.pk).latest_order_on is None
    assert not orders_of(cast.alice, customer).exists()
    restore_order(**how)
    assert Standing.objects.get(pk=customer.pk).latest_order_on == TODAY


def test_what_is_judged_at_once_is_what_is_judged_anew(cast):
    customer = make_customer(cast.alice)
    deal = make_opportunity(customer, opened_on=TODAY - 30 * DAY)
    ordered(customer, on=TODAY - 9 * DAY)
    win(deal, TODAY - 2 * DAY)
    ordered(customer, on=TODAY - 5 * DAY, opportunity=deal)
    before = (Standing.objects.values().get(pk=customer.pk), Memory.objects.values().get(pk=customer.pk))

    judge_many([customer.pk], frame=Frame.at(MONDAY), at=MONDAY)

    assert (Standing.objects.values().get(pk=customer.pk), Memory.objects.values().get(pk=customer.pk)) == before


def test_every_purchase_and_return_comes_out_flat(cast):
    customer = make_customer(cast.alice)
    order = ordered(customer, {**PUMP, "cost_minor": 7_000}, on=TODAY - DAY)
    cancel_order(order=ordered(customer), reason="重复", actor=cast.alice, at=MONDAY)
    Return.objects.create(
        order=order, returned_on=TODAY, gross_minor=11_300, revenue_minor=10_000, margin_minor=3_000, written_at=MONDAY
    )

    assert list(all_purchases(currency="CNY")) == [
        Purchase(customer.pk, TODAY - DAY, 20_000, 6_000),
        Purchase(customer.pk, TODAY, -10_000, -3_000, is_order=False),
    ]
    assert len(list(all_purchases(currency="CNY", upto=TODAY - DAY))) == 1
    assert not list(all_purchases(currency="EUR"))


@pytest.mark.parametrize(
    ("lines", "values", "refusal"),
    [
        ((), {}, NothingOrdered),
        (({**PUMP, "quantity": "0"},), {}, BadOrderLine),
        (({**PUMP, "tax": "101"},), {}, BadOrderLine),
        ((PUMP,), {"ordered_on": TODAY + DAY}, OrderedLater),
    ],
)
def test_an_order_that_cannot_be_is_refused_and_nothing_written(cast, lines, values, refusal):
    customer = make_customer(cast.alice)

    with pytest.raises(refusal):
        write_order(customer=customer, values={"ordered_on": TODAY, **values}, lines=lines, actor=cast.alice, at=MONDAY)

    assert not Order.objects.exists()


def test_one_number_means_one_order(cast):
    customer = make_customer(cast.alice)
    ordered(customer, external_id="SO-1")

    with pytest.raises(OrderNumberTaken):
        ordered(customer, external_id="SO-1")


def test_who_decided_belongs_to_the_customer(cast):
    stranger = make_contact(make_customer(cast.alice))

    with pytest.raises(OfAnotherCustomer):
        ordered(make_customer(cast.alice), decided_by=stranger)


def test_the_second_of_two_editors_is_told(cast):
    order = ordered(make_customer(cast.alice))
    how = {"order": order, "actor": cast.alice, "at": MONDAY, "seen": order.revision}
    correct_order(**how, changes={"reason": "旧泵坏了"})

    with pytest.raises(Stale):
        correct_order(**how, changes={"reason": "换季"})

    assert Entry.objects.get(verb="order.corrected").after == {"reason": "旧泵坏了"}


def test_correcting_the_lines_adds_the_order_up_anew(cast):
    order = ordered(make_customer(cast.alice))

    correct_order(order=order, changes={}, lines=[{**PUMP, "quantity": "1"}], actor=cast.alice, at=MONDAY)

    assert Order.objects.get().revenue_minor == 10_000
    assert [line.quantity for line in order.lines.filter(removed_at__isnull=True)] == [1]


def test_cancelling_needs_a_reason_and_an_order_under_way(cast):
    order = ordered(make_customer(cast.alice))
    how = {"order": order, "actor": cast.alice, "at": MONDAY}

    with pytest.raises(OrderReasonNeeded):
        cancel_order(**how, reason=" ")
    with pytest.raises(NotCancellable):
        uncancel_order(**how)


def test_an_outsider_neither_sees_nor_writes_orders(cast):
    customer = make_customer(cast.alice)
    order = ordered(customer)

    assert not orders_of(cast.charlie, customer).exists()
    for act, more in (
        (correct_order, {"changes": {"reason": "x"}}),
        (cancel_order, {"reason": "x"}),
        (delete_order, {}),
        (restore_order, {}),
    ):
        with pytest.raises(Denied):
            act(order=order, actor=cast.charlie, at=MONDAY, **more)
    with pytest.raises(Denied):
        ordered(customer, actor=cast.charlie)

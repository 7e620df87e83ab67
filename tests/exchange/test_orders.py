"""A table of orders: comes in, comes back, goes away; the same file twice changes nothing, whatever bears a number."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from tests.factories import make_customer
from wendu.agreements.actions import correct_order, split_amount, write_order
from wendu.agreements.choices import OrderState
from wendu.agreements.facts import all_purchases
from wendu.agreements.models import Order, OrderLine, OrderMove
from wendu.coach.models import Standing
from wendu.exchange.exporting import run_export
from wendu.exchange.keeping import NoKeeper
from wendu.exchange.previewing import preview
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError

pytestmark = pytest.mark.django_db
HEAD = "订单号,客户,日期,产品,数量,金额,状态,需求,原因,场景\n"
ROWS = HEAD + (
    "S1,华信,2026-02-01,滤芯,3,20.00,,少停机,旧的坏了,夜班\n"
    ",华信,2026-02-03,,2,100,已付清,,,\n"
    ",华信,2026-02-03,,2,100,,,,\n"
    ",华信,2026-02-04,,2.5,10,取消,,,\n"
)
BARE = "customer_id,date,quantity,amount\n"


@pytest.fixture
def firm(cast):
    cast.huaxin = make_customer(cast.alice, "华信", external_id="00001")
    return cast


def told():
    return list(Order.objects.order_by("pk").values_list("external_id", "ordered_on", "gross_minor", "state", "need"))


def test_orders_come_in_with_their_lines_and_boil_the_customer(firm, tmp_path):
    report = bring(table(tmp_path, ROWS), "orders", firm.alice)

    assert (reasons(report), report.created) == ([], 4)
    first, paid, _alike, weighed = Order.objects.order_by("pk")
    assert list(first.lines.values_list("item", "quantity", "unit_minor")) == [("滤芯", 2, 667), ("滤芯", 1, 666)]
    assert (first.need, first.reason, first.scenario, first.revenue_minor) == ("少停机", "旧的坏了", "夜班", 2000)
    assert (paid.state, weighed.state) == (OrderState.PAID, OrderState.CANCELLED)
    assert [str(each.quantity) for each in weighed.lines.all()] == ["2.500"]
    assert OrderMove.objects.count() == 2
    entry = Entry.objects.filter(verb="order.written").earliest("pk")
    assert (entry.root_id, entry.after["revenue_minor"], entry.after["lines"]) == (firm.huaxin.pk, 2000, 2)
    assert sorted(each.revenue_minor for each in all_purchases(currency="CNY")) == [2000, 10_000, 10_000]
    assert Standing.objects.get(pk=firm.huaxin.pk).latest_order_on == date(2026, 2, 3)


@pytest.mark.parametrize("most", [1, 2, 100])
def test_the_same_file_twice_changes_nothing(firm, tmp_path, monkeypatch, most):
    for name in ("FIRST_ROWS", "FEWEST_ROWS", "MOST_ROWS"):
        monkeypatch.setattr(f"wendu.exchange.pace.{name}", most)
    path = table(tmp_path, BARE + "00001,19970112,1,12.00\n" * 5 + "00001,19970112,5,12.00\n00001,19970113,1,0.00\n")

    for created, unchanged in ((7, 0), (0, 7)):
        tried = preview(path, kind="orders", actor=firm.ada, at=MONDAY)
        done = bring(path, "orders", firm.ada)
        assert (tried.created, tried.unchanged) == (done.created, done.unchanged) == (created, unchanged)
    assert Order.objects.count() == 7


def test_one_more_of_the_same_is_one_more(firm, tmp_path):
    row = "00001,19970112,1,12.00\n"
    bring(table(tmp_path, BARE + row), "orders", firm.ada)

    report = bring(table(tmp_path, BARE + row * 3), "orders", firm.ada)

    assert (report.created, report.unchanged, Order.objects.count()) == (2, 1, 3)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("speaks", [True, False])
def test_what_goes_out_comes_back(firm, tmp_path, ending, speaks):
    bring(table(tmp_path, ROWS), "orders", firm.alice)
    lines = [{"item": "泵", "quantity": 2, "unit_minor": 500, "tax": 13}, {"item": "阀", "unit_minor": 700}]
    write_order(customer=firm.huaxin, values={"ordered_on": MONDAY.date()}, lines=lines, actor=firm.alice, at=MONDAY)
    path, before = tmp_path / f"out{ending}", told()
    assert run_export(path, kind="orders", actor=firm.ada, at=MONDAY, speaks=speaks) == 5

    again = bring(path, "orders", firm.ada)
    assert (reasons(again), again.unchanged) == ([], 5)
    OrderLine.objects.all().delete()
    Order.objects.all().delete()
    anew = bring(path, "orders", firm.ada)

    assert (reasons(anew), anew.created, told()) == ([], 5, before)


def test_what_a_file_knows_better_is_corrected(firm, tmp_path):
    bring(table(tmp_path, ROWS), "orders", firm.alice)
    better = table(tmp_path, HEAD + "S1,华信,2026-02-02,滤芯,4,28,取消,要稳定,,\n")

    assert bring(better, "orders", firm.alice, on_match="skip").unchanged == 1
    assert bring(better, "orders", firm.alice, on_match="fill").unchanged == 1
    assert bring(better, "orders", firm.alice).updated == 1

    order = Order.objects.get(external_id="S1")
    assert (order.ordered_on, order.gross_minor, order.need) == (date(2026, 2, 2), 2800, "要稳定")
    assert (order.state, order.reason) == (OrderState.CANCELLED, "旧的坏了")
    assert list(order.lines.filter(removed_at=None).values_list("quantity", "unit_minor")) == [(4, 700)]
    assert bring(better, "orders", firm.alice).unchanged == 1


def test_what_a_file_cannot_say_is_not_overwritten(firm, tmp_path):
    bring(table(tmp_path, ROWS), "orders", firm.alice)
    lines = [{"item": "滤芯", "quantity": 3, "unit_minor": 500, "cost_minor": 100}]
    order = Order.objects.get(external_id="S1")
    correct_order(order=order, changes={}, lines=lines, actor=firm.alice, at=MONDAY)

    dear = bring(table(tmp_path, HEAD + "S1,华信,2026-02-01,,3,99,,,,\n"), "orders", firm.alice)
    paid = bring(table(tmp_path, HEAD + "S1,华信,2026-02-01,,3,15,已付清,,,\n"), "orders", firm.alice)

    assert reasons(dear) == [(2, "金额", "order_stands")]
    assert reasons(paid) == [(2, "状态", "order_stands")]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (",没有的,2026-02-01,,1,5,,,,", "客户", "customer_not_found"),
        (",华信,2027-02-01,,1,5,,,,", "日期", "day_to_come"),
        (",华信,2026-02-01,,1,-5,,,,", "金额", "negative_amount"),
        (",华信,2026-02-01,,1,,,,,", "金额", "value_missing"),
        (",华信,2026-02-01,,0,5,,,,", "数量", "unreadable_quantity"),
        (",华信,2026-02-01,,x,5,,,,", "数量", "unreadable_quantity"),
        (",华信,2026-02-01,,7.001,1000.01,,,,", "数量", "uneven_parts"),
        (",华信,2026-02-01,,1,5,没这个词,,,", "状态", "unknown_word"),
    ],
)
def test_a_row_that_does_not_hold_says_why(firm, tmp_path, cells, column, code):
    report = bring(table(tmp_path, HEAD + cells + "\n"), "orders", firm.alice)

    assert (reasons(report), Order.objects.exists()) == ([(2, column, code)], False)


def test_an_outsider_brings_nothing_in_and_takes_nothing_out(firm, tmp_path):
    bring(table(tmp_path, ROWS), "orders", firm.alice)
    uuid = Order.objects.get(external_id="S1").uuid
    path = tmp_path / "out.csv"
    assert run_export(path, kind="orders", actor=firm.charlie, at=MONDAY) == 0
    make_customer(firm.charlie, "外区公司")

    before = told()
    for text in (
        HEAD + ",华信,2026-02-01,,1,5,,,,\n",
        HEAD + "S1,外区公司,2026-02-01,,1,5,,,,\n",
        f"uuid,customer,date,amount\n{uuid},外区公司,2026-02-01,5\n",
    ):
        assert bring(table(tmp_path, text), "orders", firm.charlie).rejected == 1
    with pytest.raises(ActionError):
        bring(table(tmp_path, ROWS), "orders", firm.eve)
    assert told() == before


@given(amount=st.integers(0, 10**12), quantity=st.integers(1, 10**6))
def test_parts_lose_neither_amount_nor_quantity(amount, quantity):
    parts = split_amount(amount, Decimal(quantity))

    assert sum(each * unit for each, unit in parts) == amount
    assert sum(each for each, _ in parts) == quantity
    assert len(parts) <= 2


class _Breaks(NoKeeper):
    """Breaks off after one batch, its place being known."""

    def keep(self, place):
        if self.place.after:
            raise ConnectionError
        self.place = place


def test_rows_that_say_the_same_are_still_counted_where_it_goes_on(firm, tmp_path, monkeypatch):
    for name in ("FIRST_ROWS", "FEWEST_ROWS", "MOST_ROWS"):
        monkeypatch.setattr(f"wendu.exchange.pace.{name}", 2)
    row = "00001,2026-02-01,1,9\n"
    bring(table(tmp_path, BARE + row * 3), "orders")
    path, broken, rest = table(tmp_path, BARE + row * 8), _Breaks(), NoKeeper()
    with pytest.raises(ConnectionError), transaction.atomic():
        bring(path, "orders", keeper=broken)
    rest.place = broken.place
    assert rest.place.unchanged == 2

    report = bring(path, "orders", keeper=rest)

    assert (report.created, report.unchanged, Order.objects.count()) == (5, 3, 8)

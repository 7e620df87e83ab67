"""A table of receipts: comes in, pays its orders, comes back the same; nobody reaches what he does not see."""

from datetime import date

import pytest

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from tests.factories import make_customer
from wendu.agreements.actions import move_order, withdraw_receipt, write_order
from wendu.agreements.models import Order, Receipt
from wendu.exchange.exporting import run_export
from wendu.journal.models import Entry

pytestmark = pytest.mark.django_db
HEAD = "回款编号,订单号,回款日期,金额,备注\n"
ROWS = HEAD + "R1,S1,2026-02-05,60,首款\n,S1,2026-02-20,40,\n"


@pytest.fixture
def order(cast) -> Order:
    values = {"ordered_on": date(2026, 2, 1), "external_id": "S1"}
    line = {"item": "滤芯", "quantity": 1, "unit_minor": 10_000}
    who = {"actor": cast.alice, "at": MONDAY}
    row = write_order(customer=make_customer(cast.alice, "华信"), values=values, lines=[line], **who)
    move_order(order=row, to_state="accepted", **who)
    return row


def told():
    rows = Receipt.objects.standing().order_by("pk")
    return list(rows.values_list("external_id", "received_on", "amount_minor", "note"))


def test_receipts_come_in_and_pay_their_order(cast, order, tmp_path):
    report = bring(table(tmp_path, ROWS), "receipts", cast.alice)

    order.refresh_from_db()
    assert (reasons(report), report.created, order.state) == ([], 2, "paid")
    assert told() == [("R1", date(2026, 2, 5), 6_000, "首款"), ("", date(2026, 2, 20), 4_000, "")]
    assert {entry.root_id for entry in Entry.objects.filter(verb="receipt.written")} == {order.customer_id}


def test_the_same_file_twice_changes_nothing_and_a_better_one_corrects(cast, order, tmp_path):
    bring(table(tmp_path, ROWS), "receipts", cast.alice)
    again = bring(table(tmp_path, ROWS), "receipts", cast.alice)
    better = bring(table(tmp_path, HEAD + "R1,S1,2026-02-05,70,首款\n"), "receipts", cast.alice)

    assert (again.created, again.updated, better.updated) == (0, 0, 1)
    assert told()[0][2] == 7_000


def test_what_goes_out_comes_back_the_same(cast, order, tmp_path):
    bring(table(tmp_path, ROWS), "receipts", cast.alice)
    Order.objects.update(external_id="")
    path, before = tmp_path / "out.csv", told()
    run_export(path, kind="receipts", actor=cast.alice, at=MONDAY)

    report = bring(path, "receipts", cast.alice)

    assert (reasons(report), report.created, report.updated, told()) == ([], 0, 0, before)


def test_one_taken_back_stays_away(cast, order, tmp_path):
    bring(table(tmp_path, ROWS), "receipts", cast.alice)
    withdraw_receipt(receipt=Receipt.objects.get(external_id="R1"), actor=cast.alice, at=MONDAY)

    report = bring(table(tmp_path, ROWS), "receipts", cast.alice)

    assert (report.created, len(told())) == (0, 1)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("R1,S9,2026-02-05,60,", "order_not_found"),
        ("R1,,2026-02-05,60,", "value_missing"),
        ("R1,S1,2999-02-05,60,", "day_to_come"),
        ("R1,S1,2026-02-05,0,", "bad_amount"),
        ("R1,S1,2026-02-05,sixty,", "unreadable_amount"),
    ],
)
def test_what_cannot_be_stays_outside_with_its_reason(cast, order, tmp_path, row, code):
    report = bring(table(tmp_path, HEAD + row + "\n"), "receipts", cast.alice)

    assert [code in str(each) for each in reasons(report)] == [True]
    assert told() == []


def test_two_rows_that_say_the_same_need_numbers(cast, order, tmp_path):
    report = bring(table(tmp_path, HEAD + ",S1,2026-02-05,60,\n" * 2), "receipts", cast.alice)

    assert (report.created, len(reasons(report))) == (1, 1)


def test_an_outsider_brings_in_and_takes_out_nothing(cast, order, tmp_path):
    bring(table(tmp_path, ROWS), "receipts", cast.alice)
    path = tmp_path / "out.csv"
    run_export(path, kind="receipts", actor=cast.charlie, at=MONDAY)

    report = bring(table(tmp_path, HEAD + "R7,S1,2026-02-06,5,\n"), "receipts", cast.charlie)

    assert (report.created, len(reasons(report)), len(told())) == (0, 1, 2)
    assert "R1" not in path.read_text("utf-8-sig")

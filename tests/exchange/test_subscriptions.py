"""A table of subscriptions: begun, renewed and ended by files, and the same again on the way back."""

from datetime import date, timedelta

import pytest

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from tests.factories import make_customer
from wendu.agreements.actions import delete_subscription
from wendu.agreements.models import ProductSheet, Subscription
from wendu.exchange.exporting import run_export
from wendu.exchange.previewing import preview
from wendu.offers.actions import add_solution

pytestmark = pytest.mark.django_db
HEAD = "订阅编号,客户,订阅内容,产品,费用,币种,每期月数,开始日期,续订日期,状态,买断价,毛利率,终止日期,终止原因\n"
CARE = "A1,华信,维保,,12000,,12,2024-01-31,2027-01-31,在订,30000,35%,,\n"
SEAT = ",华信,云看板,,99.50,USD,1,2026-01-15,,试用,,,,\n"
OVER = "A3,华信,培训,,500,,6,2025-01-01,2026-01-01,已终止,,,2026-01-01,换了厂家\n"
ROWS = HEAD + CARE + SEAT + OVER
NAMES = (
    *("external_id", "item", "fee_minor", "currency", "term_months", "began_on", "renews_on"),
    *("state", "one_off_minor", "margin", "ended_on", "cause"),
)


@pytest.fixture(autouse=True)
def home(cast):
    return make_customer(cast.alice, "华信")


def told():
    return list(Subscription.objects.standing().order_by("item", "pk").values_list(*NAMES))


def steps(number):
    rows = Subscription.objects.get(external_id=number).changes.order_by("pk")
    return list(rows.values_list("step", "fee_after_minor", "until"))


def test_they_come_in_as_they_stand_in_the_other_system(cast, tmp_path):
    report = bring(table(tmp_path, ROWS), "subscriptions", cast.alice)

    assert (reasons(report), report.created) == ([], 3)
    seat, over, care = (dict(zip(NAMES, row, strict=True)) for row in told())
    assert (seat["fee_minor"], seat["currency"], seat["state"]) == (9_950, "USD", "trial")
    assert seat["renews_on"] == date(2026, 2, 15), "without a day the first term is paid for"
    assert (care["fee_minor"], care["one_off_minor"], float(care["margin"])) == (1_200_000, 3_000_000, 35.0)
    assert (over["state"], over["ended_on"], over["cause"]) == ("churned", date(2026, 1, 1), "换了厂家")
    assert steps("A1") == [("begun", 1_200_000, date(2027, 1, 31))]
    assert [step for step, _, _ in steps("A3")] == ["begun", "churned"]


def test_what_a_try_says_is_what_becomes_of_it(cast, tmp_path):
    path = table(tmp_path, ROWS + CARE + "A9,没有,维保,,1,,12,2025-01-01,,,,,,\n")
    tried = preview(path, kind="subscriptions", actor=cast.alice, at=MONDAY)
    assert told() == []

    done = bring(path, "subscriptions", cast.alice)

    assert (tried.created, tried.rejected) == (done.created, done.rejected) == (3, 2)
    assert reasons(tried) == reasons(done) == [(5, "", "said_twice"), (6, "客户", "customer_not_found")]


@pytest.mark.parametrize("on_match", ["update", "fill", "skip"])
def test_the_same_file_twice_changes_nothing(cast, tmp_path, on_match):
    bring(table(tmp_path, ROWS), "subscriptions", cast.alice)
    before = told()

    again = bring(table(tmp_path, ROWS), "subscriptions", cast.alice, on_match=on_match)

    assert (reasons(again), again.unchanged, told()) == ([], 3, before)


def test_a_later_file_renews_ends_and_corrects(cast, tmp_path):
    bring(table(tmp_path, ROWS), "subscriptions", cast.alice)
    later = CARE.replace("12000", "15000").replace("2027-01-31", "2028-01-31").replace(
        "维保", "维保年包"
    ) + SEAT.replace(",华信", "A2,华信", 1).replace("15,,试用", "15,2026-04-15,在订")

    report = bring(table(tmp_path, HEAD + later), "subscriptions", cast.alice)

    assert (reasons(report), report.updated) == ([], 2)
    assert steps("A1")[1:] == [("expanded", 1_500_000, date(2028, 1, 31))]
    assert [until for _, _, until in steps("A2")] == [date(2026, month, 15) for month in (2, 3, 4)]
    assert Subscription.objects.get(external_id="A1").item == "维保年包"
    ended = later.splitlines()[0].replace("在订", "").removesuffix(",,") + ",2026-02-01,停产\n"
    assert bring(table(tmp_path, HEAD + ended), "subscriptions", cast.alice).updated == 1
    assert Subscription.objects.get(external_id="A1").cause == "停产"


def test_filling_writes_only_where_nothing_stands(cast, tmp_path):
    bring(table(tmp_path, HEAD + "A1,华信,维保,,100,,12,2025-06-01,,,,,,\n"), "subscriptions", cast.alice)
    fuller = HEAD + "A1,华信,维保养,,200,,12,2025-06-01,2027-06-01,,900,20,,\n"

    report = bring(table(tmp_path, fuller), "subscriptions", cast.alice, on_match="fill")

    row = Subscription.objects.get()
    assert (report.updated, row.item, row.fee_minor, row.one_off_minor, float(row.margin)) == (
        *(1, "维保", 10_000, 90_000, 20.0),
    )


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("A1,,维保,,1,,12,2025-01-01,,,,,,", "客户", "value_missing"),
        ("A1,华信,,,1,,12,2025-01-01,,,,,,", "订阅内容", "value_missing"),
        ("A1,华信,维保,无此产品,1,,12,2025-01-01,,,,,,", "产品", "product_not_found"),
        ("A1,华信,维保,,-1,,12,2025-01-01,,,,,,", "费用", "negative_amount"),
        ("A1,华信,维保,,一百,,12,2025-01-01,,,,,,", "费用", "unreadable_amount"),
        ("A1,华信,维保,,1,XX,12,2025-01-01,,,,,,", "币种", "bad_currency"),
        ("A1,华信,维保,,1,,0,2025-01-01,,,,,,", "每期月数", "unreadable_number"),
        ("A1,华信,维保,,1,,12,2999-01-01,,,,,,", "开始日期", "day_to_come"),
        ("A1,华信,维保,,1,,12,2025-01-01,2024-01-01,,,,,", "续订日期", "renews_out_of_time"),
        ("A1,华信,维保,,1,,12,2025-01-01,9999-12-31,,,,,", "续订日期", "renews_out_of_time"),
        ("A1,华信,维保,,1,,12,2025-01-01,,飞了,,,,", "状态", "unknown_word"),
        ("A1,华信,维保,,1,,12,2025-01-01,,终止,,,,没钱", "终止日期", "value_missing"),
        ("A1,华信,维保,,1,,12,2025-01-01,,在订,,,2025-06-01,没钱", "状态", "state_and_end"),
        ("A1,华信,维保,,1,,12,2025-01-01,,,,,2025-06-01,", "终止原因", "cause_needed"),
        ("A1,华信,维保,,1,,12,2025-01-01,,,,300,,", "毛利率", "bad_amount"),
    ],
)
def test_what_cannot_be_stays_outside_with_its_reason(cast, tmp_path, row, column, code):
    report = bring(table(tmp_path, HEAD + row + "\n"), "subscriptions", cast.alice)

    assert [(each[1], each[2]) for each in reasons(report)] == [(column, code)]
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("12000", "13000", "费用"),
        ("2027-01-31", "2026-01-31", "续订日期"),
        ("2027-01-31", "2027-06-30", "续订日期"),
        ("2024-01-31", "2024-02-28", "开始日期"),
        (",12,", ",6,", "每期月数"),
        ("12000,", "12000,USD", "币种"),
        ("在订", "试用", "状态"),
    ],
)
def test_what_was_settled_is_not_changed_by_a_file(cast, tmp_path, old, new, column):
    bring(table(tmp_path, HEAD + CARE), "subscriptions", cast.alice)
    before = told()

    report = bring(table(tmp_path, HEAD + CARE.replace(old, new, 1)), "subscriptions", cast.alice)

    assert [(each[1], each[2]) for each in reasons(report)] == [(column, "subscription_stands")]
    assert told() == before


def test_a_product_gives_its_name_and_is_known_by_its_number(cast, tmp_path):
    product = add_solution(values={"name": "年度维保"}, actor=None, at=MONDAY)
    ProductSheet.objects.create(solution=product, code="P-7", currency="CNY")

    report = bring(table(tmp_path, HEAD + "A1,华信,,P-7,1,,12,2025-06-01,,,,,,\n"), "subscriptions", cast.alice)

    row = Subscription.objects.get()
    assert (reasons(report), row.item, row.product_id) == ([], "年度维保", product.pk)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_back_the_same_here_and_elsewhere(cast, tmp_path, ending):
    for name in ("同名", "同名"):
        product = add_solution(values={"name": name}, actor=None, at=MONDAY)
    bring(table(tmp_path, ROWS), "subscriptions", cast.alice)
    Subscription.objects.filter(item="培训").update(product=product)
    path, before = tmp_path / f"out.{ending}", told()
    run_export(path, kind="subscriptions", actor=cast.alice, at=MONDAY)

    here = bring(path, "subscriptions", cast.alice)
    assert (reasons(here), here.unchanged, told()) == ([], 3, before)
    Subscription.objects.all().delete()
    there = bring(path, "subscriptions", cast.alice)

    assert (reasons(there), there.created, told()) == ([], 3, before)
    assert Subscription.objects.get(item="培训").product_id == product.pk


def test_one_that_was_deleted_stays_away(cast, tmp_path):
    bring(table(tmp_path, HEAD + CARE), "subscriptions", cast.alice)
    delete_subscription(subscription=Subscription.objects.get(), actor=cast.alice, at=MONDAY + timedelta(hours=1))

    report = bring(table(tmp_path, HEAD + CARE), "subscriptions", cast.alice)

    assert (report.unchanged, told()) == (1, [])


def test_an_outsider_brings_in_and_takes_out_nothing(cast, tmp_path):
    bring(table(tmp_path, HEAD + CARE), "subscriptions", cast.alice)
    path, before = tmp_path / "out.csv", told()
    run_export(path, kind="subscriptions", actor=cast.charlie, at=MONDAY)
    make_customer(cast.charlie, "别家")

    report = bring(table(tmp_path, HEAD + CARE + CARE.replace("华信", "别家")), "subscriptions", cast.charlie)

    assert [code for _, _, code in reasons(report)] == ["customer_not_found", "subscription_number_taken"]
    assert "A1" not in path.read_text("utf-8-sig")
    assert told() == before


def test_what_rows_are_looked_up_by_does_not_grow_with_them(cast, tmp_path, django_assert_max_num_queries):
    rows = "".join(f"N{number},华信,服务{number},,10,,12,2025-06-01,,,,,,\n" for number in range(40))
    bring(table(tmp_path, HEAD + rows), "subscriptions", cast.alice)

    with django_assert_max_num_queries(110):  # two savepoints a row, and what a batch asks
        assert bring(table(tmp_path, HEAD + rows), "subscriptions", cast.alice).unchanged == 40

"""A table of products: the library comes in, is corrected by the next file, and goes out without loss."""

import pytest

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from wendu.agreements.models import ProductSheet
from wendu.exchange.exporting import run_export
from wendu.exchange.previewing import preview
from wendu.journal.models import Entry
from wendu.offers.actions import add_solution, retire_solution
from wendu.offers.models import Solution

pytestmark = pytest.mark.django_db
HEAD = "产品编号,产品名称,类型,单位,标价,成本,币种,税率,用途,复购天数,行业,说明\n"
FILTER = "P-01,滤芯,产品,个,800,320.50,,13%,消耗品,90,制造业,三级过滤\n"
PRESS = ",冲床,产品,台,12.8万,,,,耐用品,,,\n"
ROWS = HEAD + FILTER + PRESS
LINE = ("name", "kind", "unit", "list_minor", "tax", "industry", "summary")
SHEET = ("sheet__code", "sheet__cost_minor", "sheet__use", "sheet__cycle_days")


def told():
    return list(Solution.objects.standing().order_by("pk").values_list(*LINE, *SHEET))


def test_products_come_in_with_what_is_known_of_them(cast, tmp_path):
    report = bring(table(tmp_path, ROWS), "products", cast.mona)

    assert (reasons(report), report.created) == ([], 2)
    filter_, press = (dict(zip((*LINE, *SHEET), row, strict=True)) for row in told())
    assert (filter_["list_minor"], float(filter_["tax"]), filter_["sheet__code"]) == (80_000, 13.0, "P-01")
    assert (filter_["sheet__cost_minor"], filter_["sheet__use"], filter_["sheet__cycle_days"]) == (
        *(32_050, "consumable", 90),
    )
    assert (filter_["industry"], filter_["summary"]) == ("manufacturing", "三级过滤")
    assert (press["list_minor"], press["sheet__use"], press["sheet__cost_minor"]) == (12_800_000, "durable", None)
    assert Entry.objects.filter(verb="solution.described", actor=cast.mona).count() == 2


@pytest.mark.parametrize("on_match", ["update", "fill", "skip"])
def test_the_same_file_twice_changes_nothing(cast, tmp_path, on_match):
    tried = preview(table(tmp_path, ROWS), kind="products", actor=cast.mona, at=MONDAY)
    assert (tried.created, told()) == (2, [])
    bring(table(tmp_path, ROWS), "products", cast.mona)
    before = told()

    again = bring(table(tmp_path, ROWS), "products", cast.mona, on_match=on_match)

    assert (reasons(again), again.unchanged, told()) == ([], 2, before)


def test_a_better_file_corrects_and_one_that_fills_lets_stand(cast, tmp_path):
    bring(table(tmp_path, ROWS), "products", cast.mona)
    better = HEAD + FILTER.replace("滤芯", "高效滤芯").replace("320.50", "300") + PRESS.replace(",冲床", "P-02,冲床")

    assert bring(table(tmp_path, better), "products", cast.mona).updated == 2
    assert [(row[0], row[7], row[8]) for row in told()] == [("高效滤芯", "P-01", 30_000), ("冲床", "P-02", None)]
    fuller = HEAD + FILTER.replace("800", "1") + PRESS.replace(",冲床", "P-02,冲床").replace("台,12.8万,", "台,1,9")
    assert bring(table(tmp_path, fuller), "products", cast.mona, on_match="fill").updated == 1
    assert [(row[3], row[8]) for row in told()] == [(80_000, 30_000), (12_800_000, 900)]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("P,,产品,,1,,,,,,,", "产品名称", "value_missing"),
        ("P,滤芯,飞船,,1,,,,,,,", "类型", "unknown_word"),
        ("P,滤芯,,,-1,,,,,,,", "标价", "negative_amount"),
        ("P,滤芯,,,1,一百,,,,,,", "成本", "unreadable_amount"),
        ("P,滤芯,,,1,,XX,,,,,", "币种", "bad_currency"),
        ("P,滤芯,,,1,,USD,,,,,", "币种", "other_currency"),
        ("P,滤芯,,,1,,,130,,,,", "税率", "not_of_a_hundred"),
        ("P,滤芯,,,1,,,,,0,,", "复购天数", "unreadable_number"),
        ("P,滤芯,,,1,,,,,,炼丹,", "行业", "unknown_word"),
    ],
)
def test_what_cannot_be_stays_outside_with_its_reason(cast, tmp_path, row, column, code):
    report = bring(table(tmp_path, HEAD + row + "\n"), "products", cast.mona)

    assert [(each[1], each[2]) for each in reasons(report)] == [(column, code)]
    assert not Solution.objects.exists()


def test_two_rows_of_one_number_and_two_products_of_one_name(cast, tmp_path):
    for _ in range(2):
        add_solution(values={"name": "同名"}, actor=None, at=MONDAY)

    report = bring(table(tmp_path, HEAD + FILTER * 2 + ",同名,,,1,,,,,,,\n"), "products", cast.mona)

    assert [code for _, _, code in reasons(report)] == ["said_twice", "several_found"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_back_the_same_here_and_elsewhere(cast, tmp_path, ending):
    bring(table(tmp_path, ROWS), "products", cast.mona)
    path, before = tmp_path / f"out.{ending}", told()
    run_export(path, kind="products", actor=cast.mona, at=MONDAY)

    here = bring(path, "products", cast.mona)
    assert (reasons(here), here.unchanged, told()) == ([], 2, before)
    Solution.objects.all().delete()
    there = bring(path, "products", cast.mona)

    assert (reasons(there), there.created, told()) == ([], 2, before)


def test_one_out_of_use_stays_so_by_its_number(cast, tmp_path):
    bring(table(tmp_path, HEAD + FILTER), "products", cast.mona)
    retire_solution(solution=Solution.objects.get(), actor=cast.mona, at=MONDAY)

    report = bring(table(tmp_path, HEAD + FILTER), "products", cast.mona)

    assert (report.unchanged, told()) == (1, [])


def test_who_does_not_keep_the_library_brings_nothing_into_it(cast, tmp_path):
    bring(table(tmp_path, HEAD + FILTER), "products", cast.mona)
    before = told()

    report = bring(table(tmp_path, HEAD + FILTER.replace("800", "1") + PRESS), "products", cast.charlie)

    assert {code for _, _, code in reasons(report)} == {"denied"}
    assert (report.rejected, told(), ProductSheet.objects.count()) == (2, before, 1)


def test_what_rows_are_looked_up_by_does_not_grow_with_them(cast, tmp_path, django_assert_max_num_queries):
    rows = "".join(f"N{number},产品{number},,,10,,,,,,,\n" for number in range(40))
    bring(table(tmp_path, HEAD + rows), "products", cast.mona)

    with django_assert_max_num_queries(110):  # two savepoints a row, and what a batch asks
        assert bring(table(tmp_path, HEAD + rows), "products", cast.mona).unchanged == 40

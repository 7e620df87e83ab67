import csv

import pytest
from python_calamine import CalamineWorkbook

from tests.cast import MONDAY
from tests.exchange.bringing import bring
from tests.factories import make_contact, make_customer, make_opportunity, win
from wendu.customers.models import Customer
from wendu.exchange.exporting import run_export
from wendu.exchange.vocabulary import KINDS
from wendu.kernel.errors import Denied


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def firm(cast):
    customer = make_customer(cast.alice, "=SUM(A1)公司", note="+86\n'引号", external_id="007")
    make_contact(customer, "王芳", points=[("mobile", "13812345678")])
    win(make_opportunity(customer, "一期", amount_minor=1_280_050))
    make_customer(cast.charlie, "南方公司")
    return customer


def test_a_person_exports_what_that_person_sees(cast, firm, tmp_path):
    path = tmp_path / "out.csv"

    assert run_export(path, kind="customers", actor=cast.alice, at=MONDAY) == 1
    assert run_export(path, kind="customers", actor=cast.charlie, at=MONDAY) == 1
    assert run_export(path, kind="customers", actor=cast.ada, at=MONDAY) == 2


def test_numbers_are_masked_for_who_may_not_read_them(cast, firm, tmp_path):
    path = tmp_path / "out.csv"
    run_export(path, kind="contacts", actor=cast.mia, at=MONDAY)

    assert rows_of(path)[0]["mobile_masked"] == "138****5678"


def test_nothing_in_a_table_is_live(cast, firm, tmp_path):
    run_export(tmp_path / "out.csv", kind="customers", actor=cast.alice, at=MONDAY)
    run_export(tmp_path / "out.xlsx", kind="customers", actor=cast.alice, at=MONDAY)

    assert rows_of(tmp_path / "out.csv")[0]["name"] == "'=SUM(A1)公司"
    sheet = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).get_sheet_by_index(0).to_python()
    assert sheet[1][1:3] == ["007", "=SUM(A1)公司"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_back_unchanged(cast, firm, tmp_path, kind, ending):
    path = tmp_path / f"out{ending}"
    count = run_export(path, kind=kind, actor=cast.ada, at=MONDAY)

    report = bring(path, kind, cast.ada) if count else None

    assert report is None or (report.rows, report.unchanged, report.rejected) == (count, count, 0)
    assert Customer.objects.get(external_id="007").note == "+86\n'引号"


def test_whoever_may_not_export_does_not(cast, firm, tmp_path):
    cast.alice.is_active = False

    with pytest.raises(Denied):
        run_export(tmp_path / "out.csv", kind="customers", actor=cast.alice, at=MONDAY)

import pytest

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from wendu.agenda.models import Due
from wendu.coach.actions import recompute
from wendu.coach.models import Memory, Standing
from wendu.customers.choices import PointKind
from wendu.customers.models import Contact, ContactPoint, Customer
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.readings.models import Reading
from wendu.search.queries import find

CHINESE = """客户名称,联系人,手机,行业,省,市,来源,备注,负责人,编号,上级
上海华信有限公司,王芳,13812345678,软件和互联网,上海,上海,展会,=1+1,alice,K1,华信控股
华信控股,,,银行证券,上海,上海,,,林小雅,K2,
"""


def test_chinese_headers_are_recognised_and_a_parent_may_come_later(cast, tmp_path):
    report = bring(table(tmp_path, CHINESE), "customers", cast.ada)

    child = Customer.objects.get(external_id="K1")
    assert (report.rows, report.created, report.rejected) == (2, 2, 0)
    assert (child.parent.name, child.owner, child.team, child.industry) == (
        "华信控股",
        cast.alice,
        cast.east,
        "software",
    )
    assert child.note == "=1+1"
    assert ContactPoint.objects.get(contact__name="王芳", kind=PointKind.MOBILE).value == "+8613812345678"
    assert Contact.objects.get(name="王芳").is_main


def test_what_was_imported_is_journaled_judged_and_found(cast, tmp_path):
    bring(table(tmp_path, CHINESE), "customers", cast.ada)

    customers = Customer.objects.all()
    assert Entry.objects.filter(verb="customer.created").count() == 2
    assert Standing.objects.filter(customer__in=customers).count() == 2
    assert [entry.title for entry in find("huaxinkonggu", user=cast.ada)] == ["华信控股"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_of_daily_life_gives_the_same_rows(cast, tmp_path, encoding):
    report = bring(table(tmp_path, CHINESE, encoding=encoding), "customers", cast.ada)

    assert report.created == 2
    assert Customer.objects.filter(name="上海华信有限公司").exists()


def test_the_same_file_twice_changes_nothing(cast, tmp_path):
    path = table(tmp_path, CHINESE)
    bring(path, "customers", cast.ada)
    entries = Entry.objects.count()

    report = bring(path, "customers", cast.ada)

    assert (report.rows, report.unchanged, report.updated, report.created) == (2, 2, 0, 0)
    assert (Customer.objects.count(), Entry.objects.count()) == (2, entries)


def test_a_known_customer_is_found_by_its_name_and_updated(cast, tmp_path):
    bring(table(tmp_path, "名称,市\n上海华信有限公司,上海\n"), "customers", cast.ada)

    report = bring(table(tmp_path, "name,city,headcount\n上海华信,苏州,120\n"), "customers", cast.ada)

    known = Customer.objects.get()
    assert report.updated == 1
    assert (known.name, known.city, known.headcount, known.revision) == ("上海华信有限公司", "苏州", 120, 1)
    edit = Entry.objects.get(verb="customer.edited")
    assert (edit.before, edit.after) == ({"city": "上海", "headcount": None}, {"city": "苏州", "headcount": 120})


def test_known_customers_can_be_left_alone(cast, tmp_path):
    bring(table(tmp_path, "name,city\n华信,上海\n"), "customers", cast.ada)

    report = bring(table(tmp_path, "name,city\n华信,苏州\n"), "customers", cast.ada, on_match="skip")

    assert (report.unchanged, Customer.objects.get().city) == (1, "上海")


def test_every_bad_row_is_told_with_its_column_and_comes_back_to_be_corrected(cast, tmp_path):
    rows = "name,mobile,owner,parent,headcount\n,1,,,\nA,12,nobody,,many\nB,,,Missing,\nC,1.38E+10,,,\nD,,,,5\n"
    rejects = tmp_path / "rejects.csv"

    report = bring(table(tmp_path, rows), "customers", cast.ada, rejects=rejects)

    assert (report.rows, report.accepted, report.rejected) == (5, 1, 4)
    assert set(reasons(report)) == {
        (2, "name", "value_missing"),
        (2, "mobile", "bad_phone"),
        (3, "mobile", "bad_phone"),
        (3, "owner", "person_not_found"),
        (3, "headcount", "unreadable_number"),
        (4, "parent", "parent_not_found"),
        (5, "mobile", "broken_phone"),
    }
    again = bring(rejects, "customers", cast.ada)
    assert again.rejected == 4


def test_a_try_writes_nothing(cast, tmp_path):
    report = bring(table(tmp_path, CHINESE), "customers", cast.ada, dry_run=True)

    assert (report.created, Customer.objects.count(), Entry.objects.count()) == (2, 0, 0)


def test_whom_nobody_gave_the_right_imports_nothing(cast, tmp_path):
    with pytest.raises(Denied):
        bring(table(tmp_path, CHINESE), "customers", cast.eve)

    assert not Customer.objects.exists()


def test_a_rep_brings_own_customers_and_cannot_touch_those_of_others(cast, tmp_path):
    bring(table(tmp_path, "name,external_id,owner\n远方,X1,charlie\n"), "customers", cast.ada)

    report = bring(table(tmp_path, "name,external_id,owner\n远方,X1,\n近处,,\n别人,,查理\n"), "customers", cast.alice)

    assert set(reasons(report)) == {(2, "", "already_deleted"), (4, "owner", "not_your_person")}
    assert Customer.objects.get(name="近处").owner == cast.alice
    assert Customer.objects.get(external_id="X1").owner == cast.charlie


def test_fields_of_the_company_are_defined_by_the_map(cast, tmp_path):
    accounts = "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
    rows = accounts + "Acme Corporation,technolgy,1996,1100.04,2822,United States,\n"
    rows += "Iron,medical,1986,6.5,11,Philipines,Acme Corporation\n"

    from tests.exchange.bringing import MAPS

    report = bring(table(tmp_path, rows), "customers", cast.ada, map_path=MAPS / "crm_accounts.yaml")

    iron = Customer.objects.get(name="Iron")
    assert report.created == 2
    assert iron.custom == {"year_established": 1986, "revenue_musd": 6.5}
    assert (iron.industry, iron.province, iron.parent.name) == ("pharma", "Philippines", "Acme Corporation")


def test_a_new_customer_stands_as_if_it_had_been_judged_from_its_facts(cast, tmp_path):
    kinds = [f"新客户{number},{'B2C' if number % 3 else ''},{'银行证券' if number % 2 else ''}" for number in range(12)]
    owners = ("alice", "", "bob")
    rows = "\n".join(f"{row},{owners[number % 3]}" for number, row in enumerate(kinds))
    bring(table(tmp_path, f"客户名称,市场,行业,负责人\n{rows}\n"), "customers", cast.ada)

    def stored():
        return [list(model.objects.order_by("pk").values()) for model in (Standing, Memory, Reading, Due)]

    quick = stored()
    assert len(quick[0]) == len(kinds)
    list(recompute(at=MONDAY))
    assert stored() == quick


BROUGHT = "客户名称,编号,介绍人,品牌分\n砚湖电机,K2,桐溪注塑,\n桐溪注塑,K1,,5\n"


def test_who_brought_whom_comes_in_whichever_row_comes_first(cast, tmp_path):
    report = bring(table(tmp_path, BROUGHT), "customers", cast.ada)

    new, old = (Customer.objects.get(external_id=number) for number in ("K2", "K1"))
    assert (report.created, report.rejected) == (2, 0)
    assert (new.referrer, old.referrer, old.brand_note, new.brand_note) == (old, None, 5, None)
    assert Entry.objects.get(verb="customer.created", subject_id=new.pk).after["referrer"] == old.pk
    again = bring(table(tmp_path, BROUGHT), "customers", cast.ada)
    assert (again.updated, again.unchanged) == (0, 2)


def test_a_file_changes_who_brought_and_closes_no_circle_in_one_batch(cast, tmp_path):
    bring(table(tmp_path, "name,external_id\nA,1\nB,2\nC,3\n"), "customers", cast.ada)

    report = bring(table(tmp_path, "name,external_id,referrer\nA,1,2\nB,2,3\nC,3,A\n"), "customers", cast.ada)

    first, second, third = (Customer.objects.get(external_id=number) for number in "123")
    assert (first.referrer, second.referrer, third.referrer) == (second, third, None)
    assert [(column, code) for _row, column, code in reasons(report)] == [("referrer", "brought_in_circle")]
    assert Entry.objects.filter(verb="customer.referrer_changed").count() == 2


def test_a_file_stands_no_company_above_itself_in_one_batch(cast, tmp_path):
    bring(table(tmp_path, "name,external_id\nA,1\nB,2\n"), "customers", cast.ada)

    report = bring(table(tmp_path, "name,external_id,parent\nA,1,2\nB,2,1\n"), "customers", cast.ada)

    assert [code for _row, _column, code in reasons(report)] == ["own_parent"]


def test_what_a_file_says_of_who_brought_them_and_of_the_note_is_refused_with_the_reason(cast, tmp_path):
    rows = "name,referrer,brand_note\nA,Nobody,\nB,,6\nC,C,\n"

    report = bring(table(tmp_path, rows), "customers", cast.ada)

    assert {(column, code) for _row, column, code in reasons(report)} >= {
        ("referrer", "referrer_not_found"),
        ("brand_note", "unreadable_number"),
    }

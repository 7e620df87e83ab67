"""Tables taken out: what is in them, who gets them, and what becomes of them."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.cast import MONDAY
from tests.exchange.bringing import bring
from tests.exports.written import asked, ids_of, rows_of, run_jobs, written
from tests.factories import make_contact, make_customer, make_opportunity
from wendu.agenda.models import Notification
from wendu.customers.actions import tag_customer
from wendu.customers.models import Customer
from wendu.desk.table.asked import QUICK, asked_from
from wendu.desk.table.columns import COLUMNS
from wendu.exchange.vocabulary import fields_of, key_of
from wendu.exports.actions import (
    FileGone,
    discard_export,
    forget_exports,
    resume_export,
    stop_export,
    take_file,
)
from wendu.exports.models import Export
from wendu.exports.queries import exports_of
from wendu.exports.shown import SAME
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.jobs.pace import TooManyAtOnce
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

ALL_COLUMNS = "cols=" + ",".join(COLUMNS)  # as many of them as a list shows
REST = "cols=" + ",".join(reversed(COLUMNS))


@pytest.fixture
def firm(cast):
    for number in range(5):
        customer = make_customer(cast.alice, f"客户{number}", city="杭州" if number % 2 else "无锡", note="=1")
        make_contact(customer, points=[("mobile", "13812345678")])
        make_opportunity(customer, amount_minor=100_00 * number)
    make_customer(cast.charlie, "南方公司")
    tag_customer(customer=Customer.objects.get(name="客户1"), name="样板", actor=cast.alice, at=MONDAY)
    return cast


def test_a_list_goes_out_as_it_is_shown(firm):
    row = written(firm.alice, query="f=city.in:杭州&sort=-name&cols=place,tags,heat")

    assert [(each["客户名称"], each["市"], each["标签"]) for each in rows_of(row)] == [
        ("客户3", "杭州", ""),
        ("客户1", "杭州", "样板"),
    ]
    assert list(rows_of(row)[0]) == ["系统编号", "客户名称", "省", "市", "标签", "水温"]
    assert (row.rows, row.problem, row.size) == (2, "", row.file.stat().st_size)


def test_every_column_there_is_comes_with_those_of_the_list(firm):
    heads = set(rows_of(written(firm.alice, query=ALL_COLUMNS, columns="all"))[0])

    assert {"系统编号", "编号", "备注", "负责人", "手机", "水温", "标签"} <= heads


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_we_work_out_bears_no_head_that_comes_in_as_something_else(firm, language):
    with translation.override(language):
        tables = [rows_of(written(firm.alice, query=query, language=language)) for query in (ALL_COLUMNS, REST)]

    heads = {head for table in tables for head in table[0]}
    ours = {fields_of("customers").get(key_of(head)) for head in heads} - {None}
    same = {name for names in SAME.values() for name in names}
    assert ours == {"uuid", "name", *same}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["customers", "contacts", "opportunities", "touches"])
def test_it_comes_back_unchanged(firm, kind, ending):
    row = written(firm.alice, kind, ALL_COLUMNS if kind == "customers" else "", ending=ending, columns="all")

    report = bring(row.file, kind, firm.alice) if row.rows else None

    assert row.problem == ""
    assert report is None or (report.unchanged, [*report.rejections()]) == (row.rows, [])


def test_only_who_asked_gets_it_and_every_taking_is_written_down(firm):
    row = written(firm.alice)

    for other in (firm.bob, firm.mona, firm.charlie, firm.ada):
        assert not exports_of(other).exists()
        with pytest.raises(Denied):
            take_file(row=row, actor=other, at=MONDAY)
    assert take_file(row=row, actor=firm.alice, at=MONDAY) == row.file
    told = Entry.objects.filter(subject_kind="export").order_by("pk").values_list("verb", "actor__username")
    assert list(told) == [("export.asked", "alice"), ("export.taken", "alice")]


def test_who_asked_is_told_once(firm):
    row = written(firm.alice)

    note = Notification.objects.get(user=firm.alice)
    assert (note.code, note.params["export"], note.params["rows"]) == ("export_ready", str(row.uuid), 5)


def test_a_list_that_cannot_be_understood_is_refused_with_the_reason(firm):
    row = written(firm.alice, query="f=nothing.at:all")

    assert (row.rows, row.waits, row.file.exists()) == (None, False, False)
    assert row.problem
    assert Notification.objects.get(user=firm.alice).code == "export_failed"
    with pytest.raises(FileGone):
        take_file(row=row, actor=firm.alice, at=MONDAY)


def test_numbers_are_masked_as_on_the_screen(firm):
    found = rows_of(written(firm.mia, "contacts"))

    assert {each["手机（已打码）"] for each in found} == {"138****5678"}


def test_a_colleague_one_does_not_see_owns_no_deals_in_it(firm):
    make_opportunity(Customer.objects.get(name="南方公司"))

    assert written(firm.alice, "opportunities", f"owner={firm.charlie.uuid}").rows == 0
    assert written(firm.alice, "opportunities", f"owner={firm.alice.uuid}&state=open&sort=amount").rows == 5
    assert written(firm.alice, "opportunities", "state=won").rows == 0


def test_one_who_lost_the_right_gets_nothing(firm):
    row = asked(firm.alice)
    firm.alice.is_active = False
    firm.alice.save()

    run_jobs()

    row.refresh_from_db()
    assert (row.rows, bool(row.problem), exports_of(firm.alice).exists()) == (None, True, False)


def test_nobody_has_more_than_a_few_written_at_once(firm):
    for _ in range(3):
        asked(firm.alice)

    with pytest.raises(TooManyAtOnce):
        asked(firm.alice)
    assert asked(firm.bob).pk


def test_it_is_stopped_and_written_after_all(firm):
    row = asked(firm.alice)
    stop_export(row=row, actor=firm.alice, at=MONDAY)
    assert Job.objects.get().state == JobState.CANCELLED

    resume_export(row=row, actor=firm.alice, at=MONDAY)
    run_jobs()

    row.refresh_from_db()
    assert row.rows == 5


def test_files_are_forgotten_after_days_or_when_thrown_away(firm):
    first, second = written(firm.alice), written(firm.alice)
    discard_export(row=first, actor=firm.alice, at=MONDAY)

    assert forget_exports(at=MONDAY + timedelta(days=6)) == 0
    assert forget_exports(at=MONDAY + timedelta(days=8)) == 1

    assert not Export.objects.filter(forgotten_at=None).exists()
    assert not second.file.exists()
    second.refresh_from_db()
    with pytest.raises(FileGone):
        resume_export(row=second, actor=firm.alice, at=MONDAY)


def test_the_order_is_that_of_the_pages(firm):
    from wendu.desk.table.page import table_page

    for query in ("sort=heat", "sort=-heat", "sort=name", "sort=-due", "sort=amount", "class=none", "q=客户"):
        page = table_page(firm.alice, MONDAY, asked_from(_query(query)))
        assert ids_of(written(firm.alice, query=query)) == [str(row.uuid) for row in page.rows], query
    assert set(QUICK) >= {"class"}


def _query(text):
    from django.http import QueryDict

    return QueryDict(text)

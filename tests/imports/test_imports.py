"""A file comes in as a whole, goes on where it stopped, and goes away as a whole; what people did since stays."""

import csv
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.exchange.bringing import bring, table
from tests.factories.customers import make_contact, make_customer
from tests.factories.orders import make_order
from tests.imports.uploads import CUSTOMERS, brought_in, run_jobs, sent, understood
from tests.laws import examples
from wendu.agreements.models import Contract, Order, Subscription
from wendu.customers.actions import define_field, edit_contact_point, edit_customer, retire_field
from wendu.customers.models import ContactPoint, Customer
from wendu.exchange.errors import PersonNotFound, UnknownKind
from wendu.exchange.importing import run_import
from wendu.exchange.keeping import NoKeeper, Place
from wendu.imports import actions
from wendu.imports.actions import (
    AlreadyBegun,
    FieldTwice,
    FileTooLarge,
    NotToUndo,
    NotUnderstood,
    TooManyColumns,
    begin_import,
    discard,
    forget_files,
    understand,
    undo_import,
)
from wendu.imports.jobs import JobKeeper
from wendu.imports.models import Import
from wendu.imports.queries import first_rejected, guess_columns, imports_of
from wendu.insights.choices import STUDY
from wendu.insights.models import Score
from wendu.jobs.actions import cancel_job, resume_job
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError, Denied
from wendu.offers.models import Solution
from wendu.opportunities.models import Opportunity
from wendu.touches.actions import TouchDraft, log_touch
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)
NEW = {"created": 2, "updated": 0, "unchanged": 0, "rejected": 2}


def test_a_try_says_what_would_happen_and_writes_nothing(cast):
    row = understood(cast.alice)
    assert run_jobs() == ["done"]

    row.refresh_from_db()
    assert {name: row.trial[name] for name in NEW} == NEW
    assert [(each["row"], each["column"]) for each in row.trial["reasons"]] == [(4, "负责人"), (5, "客户名称")]
    assert not Customer.objects.exists()


def test_all_rows_are_accounted_for_and_those_not_taken_keep_their_reason(cast):
    row = brought_in(cast.alice)

    assert row.counts == NEW
    assert set(Customer.objects.values_list("name", "owner__username")) == {
        ("桐庐精工有限公司", "alice"),
        ("惠山铸造厂", "alice"),
    }
    found = first_rejected(row)
    assert [(each.row, each.cells[0]) for each in found] == [("4", "没有负责人的公司"), ("5", "")]
    assert all(each.why for each in found)
    with row.rejects.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[-2:] == ["_row", "_reason"]


def test_what_was_not_taken_comes_in_once_mended(cast):
    row = brought_in(cast.alice)
    mended = row.rejects.read_text("utf-8-sig").replace("没有这个人", "alice").replace(",赵敏", "赵记五金,赵敏")

    again = brought_in(cast.alice, mended, at=LATER)

    assert again.counts == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0}


def test_the_same_file_twice_changes_nothing(cast):
    brought_in(cast.alice)

    assert brought_in(cast.alice, at=LATER).counts == {"created": 0, "updated": 0, "unchanged": 2, "rejected": 2}


def test_columns_are_recognised_by_their_names_and_by_earlier_files(cast):
    header = ["公司名称", "老板手机", "单位", "x"]
    assert guess_columns("customers", header) == {"0": "name"}

    row = sent(cast.bob, "公司名称,老板手机\n甲公司,13800001111\n")
    understand(row=row, columns={0: "name", 1: "mobile"}, on_match="update", actor=cast.bob, at=MONDAY)
    begin_import(row=row, actor=cast.bob, at=MONDAY)

    assert guess_columns("customers", header) == {"0": "name", "1": "mobile"}


def test_two_columns_of_one_name_are_told_apart_by_their_place(cast):
    row = sent(cast.alice, "电话,名称,电话,人\n0512-66001100,甲公司,13800001111,陈国强\n")
    understand(row=row, columns={1: "name", 2: "mobile", 3: "contact"}, on_match="update", actor=cast.alice, at=MONDAY)
    begin_import(row=row, actor=cast.alice, at=MONDAY)
    run_jobs()

    assert ContactPoint.objects.get().value == "+8613800001111"


def test_what_cannot_be_read_so_is_refused_and_nothing_changes(cast):
    row = sent(cast.alice)

    with pytest.raises(FieldTwice):
        understand(row=row, columns={0: "name", 1: "name"}, on_match="update", actor=cast.alice, at=MONDAY)
    with pytest.raises(ActionError, match="客户名称"):
        understand(row=row, columns={1: "contact"}, on_match="update", actor=cast.alice, at=MONDAY)
    with pytest.raises(NotUnderstood):
        begin_import(row=row, actor=cast.alice, at=MONDAY)
    row.refresh_from_db()
    assert (row.columns, row.begun_at) == ({}, None)


def test_a_file_is_brought_in_once(cast):
    row = brought_in(cast.alice)

    for again in (
        lambda: begin_import(row=row, actor=cast.alice, at=LATER),
        lambda: understand(row=row, columns={0: "name"}, on_match="skip", actor=cast.alice, at=MONDAY),
        lambda: discard(row=row, actor=cast.alice, at=MONDAY),
    ):
        with pytest.raises(AlreadyBegun):
            again()


def test_files_that_cannot_be_read_leave_nothing_behind(cast, settings, monkeypatch):
    monkeypatch.setattr(actions, "LARGEST_BYTES", 100)
    wide = ",".join(f"c{number}" for number in range(actions.MOST_COLUMNS + 1))
    for name, text, refusal in (
        ("a.exe", "x", ActionError),
        ("a.csv", "", ActionError),
        ("a.xlsx", "not a workbook", ActionError),
        ("a.csv", "长" * 100, FileTooLarge),
    ):
        with pytest.raises(refusal):
            sent(cast.alice, text, name=name)
    monkeypatch.setattr(actions, "LARGEST_BYTES", 1_000_000)
    with pytest.raises(TooManyColumns):
        sent(cast.alice, wide + "\n")

    assert not Import.objects.exists()
    assert list(settings.MEDIA_ROOT.glob("imports/*")) == []


def test_only_the_person_and_administrators_know_of_a_file(cast):
    row = sent(cast.alice)

    assert [user.username for user in cast.everyone if imports_of(user).exists()] == ["alice", "ada"]
    for stranger in (cast.bob, cast.mona, cast.charlie):
        with pytest.raises(Denied):
            understand(row=row, columns={0: "name"}, on_match="update", actor=stranger, at=MONDAY)
        with pytest.raises(Denied):
            begin_import(row=row, actor=stranger, at=MONDAY)
    with pytest.raises(Denied):
        sent(cast.eve)
    with pytest.raises(Denied):
        sent(cast.mona, "姓名\n张三\n", kind="users")


def test_a_rep_brings_in_what_a_rep_may(cast):
    theirs = make_customer(cast.charlie, "外区客户有限公司")

    row = brought_in(cast.alice, "客户名称,市,负责人\n外区客户有限公司,苏州,charlie\n新客户,苏州,charlie\n")

    theirs.refresh_from_db()
    assert theirs.city == ""
    assert row.counts == {"created": 0, "updated": 0, "unchanged": 0, "rejected": 2}
    assert not Customer.objects.filter(owner=cast.charlie).exclude(pk=theirs.pk).exists()


def test_it_stops_at_the_next_batch_and_goes_on_from_there(cast, monkeypatch):
    monkeypatch.setattr("wendu.exchange.pace.FIRST_ROWS", 2)
    monkeypatch.setattr("wendu.exchange.pace.FEWEST_ROWS", 2)
    monkeypatch.setattr("wendu.exchange.pace.MOST_ROWS", 2)
    lines = "".join(f"公司{number},{'alice' if number % 3 else '没有这个人'}\n" for number in range(20))
    row = understood(cast.alice, "客户名称,负责人\n" + lines)
    run_jobs()
    begin_import(row=row, actor=cast.alice, at=MONDAY)
    job = Job.objects.open().get(kind=actions.CARRY)
    stopper = iter(range(100))

    def stop_after_three(self, place: Place) -> None:
        original(self, place)
        if next(stopper) == 2:
            cancel_job(job=job, actor=cast.alice, at=MONDAY)

    original = JobKeeper.keep
    monkeypatch.setattr(JobKeeper, "keep", stop_after_three)
    assert perform(job.pk) == "cancelled"
    assert 0 < Customer.objects.count() < 13
    assert Import.objects.get().done_at is None

    resume_job(job=Job.objects.get(pk=job.pk), actor=cast.alice, at=LATER)
    assert perform(job.pk) == "done"
    row.refresh_from_db()
    assert row.counts == {"created": 13, "updated": 0, "unchanged": 0, "rejected": 7}
    assert Customer.objects.count() == 13
    assert [each.row for each in first_rejected(row)] == [str(2 + number) for number in range(0, 20, 3)]


_runs = count(1000)


class Dies(NoKeeper):
    """Breaks off after so many batches, its last place being known."""

    def __init__(self, place: Place, batches: int) -> None:
        self.place, self._left = place, batches

    def keep(self, place: Place) -> None:
        if self._left == 0:
            raise ConnectionError
        self._left -= 1
        self.place = place


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from(["good", "bad", "blank", "child", "orphan"]), min_size=1, max_size=14),
    deaths=st.lists(st.integers(0, 3), max_size=3),
)
def test_however_often_it_dies_it_ends_as_if_it_had_not(cast, tmp_path, kinds, deaths, monkeypatch):
    for name in ("FIRST_ROWS", "FEWEST_ROWS", "MOST_ROWS"):
        monkeypatch.setattr(f"wendu.exchange.pace.{name}", 2)
    run = next(_runs)
    lines = {
        "good": "甲{n}公司,,alice",
        "bad": "乙{n}公司,,没有这个人",
        "blank": ",,",
        "child": "丙{n}公司,总部公司,alice",
        "orphan": "丁{n}公司,哪里都没有,alice",
    }
    text = "名称,上级,负责人\n" + "".join(lines[kind].format(n=n) + "\n" for n, kind in enumerate(kinds))
    text = (text + "总部公司,,alice\n").replace("公司", f"公司{run}")
    whole = table(tmp_path, text.replace("公司", "集团"), "whole.csv")
    broken, rejects = table(tmp_path, text, "broken.csv"), tmp_path / "rejects.csv"
    expected = bring(whole, "customers", rejects=tmp_path / "expected.csv")
    place = Place()
    for batches in deaths:
        keeper = Dies(place, batches)
        try:
            run_import(broken, kind="customers", actor=None, at=MONDAY, rejects=rejects, keeper=keeper)
        except ConnectionError:
            place = keeper.place
        else:
            place = keeper.place
            break
    done = run_import(broken, kind="customers", actor=None, at=MONDAY, rejects=rejects, keeper=Dies(place, 10_000))

    counts = [(each.created, each.rejected, each.rows) for each in (done, expected)]
    assert counts[0] == counts[1]
    assert sorted(name.replace("公司", "集团") for name in names(f"公司{run}")) == sorted(names(f"集团{run}"))
    assert rejects.read_text("utf-8").replace("公司", "集团") == (tmp_path / "expected.csv").read_text("utf-8")


def names(ending: str) -> list[str]:
    return list(Customer.objects.filter(name__endswith=ending).values_list("name", flat=True))


def taken_back(row: Import, actor) -> Import:
    undo_import(row=row, actor=actor, at=LATER)
    assert run_jobs() == ["done"]
    row.refresh_from_db()
    return row


def test_all_of_it_goes_away_again(cast):
    customer = make_customer(cast.alice, "老客户有限公司", city="苏州", note="")
    row = brought_in(cast.alice, CUSTOMERS + "老客户有限公司,孙涛,13600001111,,无锡,\n")
    customer.refresh_from_db()
    assert customer.city == "无锡"

    taken_back(row, cast.alice)

    customer.refresh_from_db()
    assert customer.city == "苏州"
    assert not customer.contacts.filter(deleted_at__isnull=True).exists()
    assert list(Customer.objects.visible_to(cast.ada)) == [customer]
    assert row.returned["kept"] == 0


def test_numbers_added_to_people_who_were_known_go_away_unless_somebody_touched_them(cast):
    customer = make_customer(cast.alice, "老客户有限公司")
    person = make_contact(customer, "王芳", points=[("mobile", "13812345678")])
    text = "联系人,客户,手机,邮箱,微信\n王芳,老客户有限公司,13900001111,wf@example.com,wf1\n"
    row = brought_in(cast.alice, text, "contacts")
    assert person.contact_points.count() == 4
    kept = person.contact_points.get(kind="wechat")
    edit_contact_point(point=kept, value="wf2", actor=cast.alice, at=LATER - timedelta(hours=1))

    taken_back(row, cast.alice)

    assert sorted(person.contact_points.values_list("value", flat=True)) == ["+8613812345678", "wf2"]
    assert row.returned == {"returned": 2, "kept": 1}
    person.refresh_from_db()
    assert person.deleted_at is None


def test_what_somebody_worked_on_since_stays(cast):
    row = brought_in(cast.alice)
    kept = Customer.objects.get(name="惠山铸造厂")
    log_touch(
        customer=kept,
        actor=cast.alice,
        at=LATER - timedelta(hours=1),
        draft=TouchDraft(kind="phone", touched_on=MONDAY.date(), note="问了近况"),
    )
    changed = Customer.objects.get(name="桐庐精工有限公司")
    edit_customer(customer=changed, changes={"note": "去看过"}, actor=cast.alice, at=LATER - timedelta(hours=1))

    taken_back(row, cast.alice)

    assert set(Customer.objects.visible_to(cast.alice)) == {kept, changed}
    assert row.returned["kept"] == 2


def test_an_alert_of_the_machine_is_nobodys_work(cast):
    row = brought_in(cast.alice)
    alerted = Customer.objects.get(name="惠山铸造厂")
    with transaction.atomic():
        record("strike.raised", subject=alerted, actor=None, at=LATER - timedelta(hours=1))

    taken_back(row, cast.alice)

    assert row.returned["kept"] == 0


def test_cells_a_spreadsheet_would_compute_are_shown_as_they_came(cast):
    row = brought_in(cast.alice, "客户名称,备注,负责人\n甲公司,=1+1,没有这个人\n")

    assert first_rejected(row)[0].cells == ("甲公司", "=1+1", "没有这个人")


def test_long_cells_are_kept_whole_and_shown_in_part(cast):
    row = brought_in(cast.alice, f"客户名称,备注\n,{'长' * 200_000}\n")

    assert first_rejected(row)[0].cells == ("", "长" * 200_000)
    assert row.samples == [["", "长" * 80 + "…"]]


def test_fields_out_of_use_are_not_offered(cast):
    field = define_field(code="fleet", label_zh="车队", label_en="Fleet", actor=cast.ada, at=MONDAY)
    assert guess_columns("customers", ["custom.fleet"]) == {"0": "custom.fleet"}

    retire_field(field=field, actor=cast.ada, at=MONDAY)

    assert guess_columns("customers", ["custom.fleet"]) == {}


def test_deals_and_touches_go_away_too(cast):
    make_customer(cast.alice, "甲公司")
    deals = brought_in(cast.alice, "商机,客户,金额,负责人\n扩产,甲公司,50000,alice\n", "opportunities")
    touches = brought_in(cast.alice, "日期,方式,客户,内容\n2026-02-27,电话,甲公司,问了近况\n", "touches")
    assert (deals.counts["created"], touches.counts["created"]) == (1, 1)

    taken_back(touches, cast.alice)
    taken_back(deals, cast.alice)

    assert not Touch.objects.filter(undone_at__isnull=True).exists()
    assert not Opportunity.objects.filter(deleted_at__isnull=True).exists()


def test_orders_go_away_too_and_corrected_ones_are_what_they_were(cast):
    make_customer(cast.alice, "甲公司")
    head = "订单号,客户,日期,数量,金额,需求,状态\n"
    first = brought_in(cast.alice, head + "S1,甲公司,2026-02-01,3,20,省电,\nS2,甲公司,2026-02-01,1,5,,\n", "orders")
    better = head + "S1,甲公司,2026-02-02,4,28,省心,取消\nS2,甲公司,2026-02-01,1,5,稳定,\n,甲公司,2026-02-01,1,9,,\n"
    row = brought_in(cast.alice, better, "orders", at=MONDAY + timedelta(hours=1))
    assert row.counts == {"created": 1, "updated": 2, "unchanged": 0, "rejected": 0}

    taken_back(row, cast.alice)

    assert row.returned["kept"] == 0
    order = Order.objects.get(external_id="S1")
    assert (order.state, f"{order.ordered_on}", order.gross_minor, order.need) == ("open", "2026-02-01", 2000, "省电")
    assert sum(line.quantity for line in order.lines.filter(removed_at=None)) == 3
    assert Order.objects.standing().count() == 2
    taken_back(first, cast.alice)
    assert Order.objects.standing().count() == 2, "what was worked on since stays"


def look():
    """Do what else was asked for."""
    for job in Job.objects.open():
        perform(job.pk)


def test_orders_are_looked_at_once_a_file_of_them_is_in_and_once_it_is_gone(cast):
    make_customer(cast.alice, "甲公司")
    row = brought_in(cast.alice, "订单号,客户,日期,数量,金额\nS1,甲公司,2026-02-01,3,20\n", "orders")
    look()
    looked = Job.objects.filter(kind=STUDY)
    assert Score.objects.get(customer__name="甲公司").order_days == 1
    assert [job.state for job in looked] == ["done"]

    taken_back(row, cast.alice)
    look()

    assert Score.objects.get(customer__name="甲公司").order_days == 0
    assert [job.state for job in looked.all()] == ["done", "done"]


def test_receipts_go_away_and_corrected_ones_are_what_they_were(cast):
    order = make_order(make_customer(cast.alice, "甲公司"), external_id="S1", ordered_on=MONDAY.date())
    head = "回款编号,订单号,日期,金额\n"
    brought_in(cast.alice, head + "R1,S1,2026-03-01,100\n", "receipts")
    better = head + "R1,S1,2026-03-01,90\nR2,S1,2026-03-02,5\n"
    row = brought_in(cast.alice, better, "receipts", at=MONDAY + timedelta(hours=1))

    taken_back(row, cast.alice)

    assert (row.counts["created"], row.counts["updated"], row.returned["kept"]) == (1, 1, 0)
    assert list(order.receipts.standing().values_list("external_id", "amount_minor")) == [("R1", 10_000)]


def test_subscriptions_go_away_and_renewed_or_ended_ones_run_on_as_they_did(cast):
    make_customer(cast.alice, "甲公司")
    head = "编号,客户,订阅内容,费用,期限,开始日期,续订日期,毛利率,终止日期,终止原因\n"
    old = "A1,甲公司,维保,100,12,2024-03-01,2026-03-01,30,,\nA2,甲公司,云看板,50,1,2026-01-15,2026-02-15,,,\n"
    first = brought_in(cast.alice, head + old, "subscriptions")
    before = told_of_subscriptions()
    new = "A3,甲公司,培训,9,6,2025-01-01,2025-07-01,,2025-07-01,没人了\n"
    better = old.replace("100", "120").replace("2026-03-01,30", "2027-03-01,25").replace("15,,,", "15,,2026-02-15,停产")
    row = brought_in(cast.alice, head + better + new, "subscriptions", at=MONDAY + timedelta(hours=1))
    assert row.counts == {"created": 1, "updated": 2, "unchanged": 0, "rejected": 0}

    taken_back(row, cast.alice)

    assert row.returned["kept"] == 0
    assert told_of_subscriptions() == before
    taken_back(first, cast.alice)
    assert len(told_of_subscriptions()) == 2, "what was worked on since stays"


def test_products_go_out_of_use_and_corrected_ones_are_what_they_were(cast):
    head = "产品编号,产品名称,标价,成本,税率,复购天数\n"
    brought_in(cast.mona, head + "P1,滤芯,100,60,13,90\n", "products")
    better = head + "P1,高效滤芯,110,66,9,60\nP2,冲床,9,,,\n"
    row = brought_in(cast.mona, better, "products", at=MONDAY + timedelta(hours=1))

    taken_back(row, cast.mona)

    assert (row.counts["created"], row.counts["updated"], row.returned["kept"]) == (1, 1, 0)
    told = Solution.objects.standing().values_list("name", "list_minor", "sheet__code", "sheet__cost_minor")
    assert list(told) == [("滤芯", 10_000, "P1", 6_000)]


def test_contracts_go_away_and_what_was_corrected_or_moved_stands_as_before(cast):
    make_customer(cast.alice, "华信")
    head = "合同编号,客户,合同名称,状态,金额,签订日期,到期日期,终止日期,负责人\n"
    brought_in(cast.alice, head + "C1,华信,框架,履行中,100,2025-06-01,2026-05-31,,\n", "contracts")
    before = told_of_contracts()
    better = "C1,华信,年度框架,已结束,120,2025-06-01,2026-02-28,2026-02-28,bob\n"
    new = "C2,华信,维保,已签,50,2026-01-01,,,\nC3,华信,培训,已结束,50,2025-01-01,,2026-01-01,\n"
    row = brought_in(cast.alice, head + better + new, "contracts", at=MONDAY + timedelta(hours=1))
    assert row.counts == {"created": 2, "updated": 1, "unchanged": 0, "rejected": 0}
    assert told_of_contracts()[0] == ("C1", "年度框架", "ended", 12_000, date(2026, 2, 28), "bob")

    taken_back(row, cast.alice)

    assert (row.returned["kept"], told_of_contracts()) == (0, before)


def told_of_contracts():
    rows = Contract.objects.standing().order_by("number")
    return list(rows.values_list("number", "title", "state", "amount_minor", "ends_on", "owner__username"))


def told_of_subscriptions():
    names = ("external_id", "fee_minor", "renews_on", "margin", "state", "ended_on", "cause")
    rows = Subscription.objects.standing().order_by("external_id")
    return [(*(getattr(row, name) for name in names), row.changes.count()) for row in rows]


def test_a_kind_nobody_knows_is_refused_and_leaves_nothing(cast):
    with pytest.raises(UnknownKind):
        sent(cast.alice, "列\n1\n", "bogus")
    assert not Import.objects.exists()


def test_too_early_too_late_or_twice_nothing_is_taken_back(cast):
    row = understood(cast.alice)
    with pytest.raises(NotToUndo):
        undo_import(row=row, actor=cast.alice, at=MONDAY)
    row = brought_in(cast.alice, "客户名称\n甲公司\n")
    with pytest.raises(NotToUndo):
        undo_import(row=row, actor=cast.alice, at=MONDAY + timedelta(days=31))
    with pytest.raises(Denied):
        undo_import(row=row, actor=cast.mona, at=LATER)
    taken_back(row, cast.alice)
    with pytest.raises(NotToUndo):
        undo_import(row=row, actor=cast.alice, at=LATER)


def test_files_are_kept_for_thirty_days(cast):
    row, young = brought_in(cast.alice), sent(cast.alice, at=MONDAY + timedelta(days=20))

    assert forget_files(at=MONDAY + timedelta(days=31)) == 1

    row.refresh_from_db()
    assert (row.folder.exists(), young.folder.exists(), first_rejected(row)) == (False, True, [])
    assert row.counts == NEW


def test_a_file_that_was_never_begun_can_be_thrown_away(cast, django_capture_on_commit_callbacks):
    row = sent(cast.alice)

    with django_capture_on_commit_callbacks(execute=True):
        discard(row=row, actor=cast.alice, at=MONDAY)

    assert not Import.objects.exists()
    assert not row.folder.exists()


def test_reasons_are_told_in_the_language_in_which_it_was_asked_for(cast):
    with translation.override("en"):
        row = understood(cast.alice)
    run_jobs()

    row.refresh_from_db()
    told = row.trial["reasons"][0]["message"]
    with translation.override("en"):
        assert told == PersonNotFound(value="没有这个人").text()
    assert "login" in told

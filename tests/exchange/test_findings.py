"""Tables of findings: in by the actions of the rooms, found again, taken back, and out as they came in."""

import csv
from datetime import timedelta

import pytest
from django.utils import translation

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from tests.factories import make_contact, make_customer, make_opportunity
from tests.imports.uploads import brought_in, run_jobs
from wendu.discovery.actions import CRITERION
from wendu.discovery.models import Criterion, Demand
from wendu.exchange.exporting import run_export
from wendu.exchange.findings.agreed import AGREED
from wendu.exchange.findings.loader import SORTS
from wendu.exchange.previewing import preview
from wendu.imports.actions import undo_import
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.offers.models import Concern, Worth
from wendu.opportunities.actions import bring_back_finding, take_back_finding, write_finding
from wendu.opportunities.actions.findings import NumberTaken
from wendu.opportunities.models import Influencer, Opportunity
from wendu.quotes.models import Quote, QuoteLine
from wendu.touches.actions import PromiseDraft, TouchDraft, log_touch
from wendu.touches.models import Promise

pytestmark = pytest.mark.django_db
FILES = {
    "influencers": "商机,联系人,角色,立场,能拍板,权重,上级\n"
    "注塑机,陈国强,决策者,支持我们,是,5,\n注塑机,李文娟,technical,-1,,3,陈国强\n",
    "demands": "商机,联系人,要求,需要,明确程度,原话,契合度,确认日期\n"
    "注塑机,陈国强,伺服电机,停机少,明说要解决,停一天赔八千,4,2026-03-02\n",
    "rewordings": "商机,原要求,重构后要求,契合度,复述日期\n注塑机,伺服电机,整机保停机低于四小时,8,2026-03-02\n",
    "criteria": "商机,标准,权重,我方得分,对手得分\n注塑机,停机时间,5,8,海川 6; 金辉 5\n",
    "effects": "商机,三类人,难题,多赚,少花\n注塑机,他的客户,交货晚,12万,3000\n",
    "trust_ratings": "商机,联系人,日期,可信,可靠,依据\n注塑机,陈国强,2026-03-02,7,6,看过工厂\n",
    "interests": "商机,联系人,利益,看重程度\n注塑机,陈国强,降本,5\n",
    "benefit_cards": "商机,联系人,对应需要,利益,特点,好处,证据类型,证据\n"
    "注塑机,陈国强,伺服电机,cost,快换模,少停机,案例,桐庐精工\n",
    "value_messages": "商机,联系人,信息,状态,日期,复述原话\n注塑机,陈国强,can_meet,acknowledged,2026-03-02,你们能做\n",
    "concerns": "商机,联系人,类型,顾虑,严重度,日期\n注塑机,李文娟,change,换线要停产,4,2026-03-02\n",
    "worths": "商机,对手,产品价值,价格\n注塑机,,500000,380000\n注塑机,海川,420000,350000\n",
    "competitors": "商机,竞争对手,长处,支持者\n注塑机,海川,便宜,李文娟\n",
    "expectations": "商机,期望,对应需要,期望值,单位,通常值,最好值,越低越好\n注塑机,停机,伺服电机,4,小时,6,3,是\n",
    "deal_sheets": "商机,策略,没有对手\n注塑机,先谈停机,否\n",
    "quote_lines": "商机,有效期至,产品,单位,数量,单价,目录价,税率\n"
    "注塑机,2026-04-30,注塑机 160T,台,2,180000,200000,13\n",
}


@pytest.fixture
def deal(cast):
    home = make_customer(name="桐庐精工", owner=cast.alice)
    for name in ("陈国强", "李文娟"):
        make_contact(customer=home, name=name)
    return make_opportunity(customer=home, owner=cast.alice, title="注塑机")


def bring_all(folder, actor):
    with translation.override("zh-hans"):
        return {kind: bring(table(folder, text), kind, actor) for kind, text in FILES.items()}


def written(folder, kind, actor, *, speaks=True, ending=".csv"):
    path = folder / f"{kind}{ending}"
    run_export(path, kind=kind, actor=actor, at=MONDAY, speaks=speaks)
    return path


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_kind_of_finding_has_a_file_here():
    assert list(FILES) == list(SORTS)


def test_every_kind_comes_in_by_the_action_of_its_room_and_stands_in_the_journal(cast, deal, tmp_path):
    reports = bring_all(tmp_path, cast.alice)

    assert {kind: (found.created, found.rejected) for kind, found in reports.items()} == {
        kind: (text.count("\n") - 1, 0) for kind, text in FILES.items()
    }
    chen = Influencer.objects.get(contact__name="陈国强")
    assert (chen.role, chen.stance, chen.is_powerful, chen.weight) == ("decision_maker", 2, True, 5)
    assert Demand.objects.get().quote == "停一天赔八千"
    assert Criterion.objects.get().rivals == {"海川": 6, "金辉": 5}
    assert Worth.objects.get(rival="").product_minor == 50_000_000
    line = QuoteLine.objects.get()
    assert (line.unit_minor, line.list_minor, line.tax, line.quote.version) == (18_000_000, 20_000_000, 13, 1)
    told = set(Entry.objects.filter(actor=cast.alice).values_list("verb", flat=True))
    assert {"influencer.set", "demand.written", "criterion.written", "quoteline.written"} <= told


def test_the_same_file_twice_changes_nothing(cast, deal, tmp_path):
    bring_all(tmp_path, cast.alice)
    entries = Entry.objects.count()

    again = bring_all(tmp_path, cast.alice)

    assert {kind: found.rows - found.unchanged for kind, found in again.items()} == dict.fromkeys(FILES, 0)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("speaks", [True, False])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_goes_out_comes_in_again_unchanged(cast, deal, tmp_path, speaks, ending):
    bring_all(tmp_path, cast.alice)
    with translation.override("zh-hans"):
        for kind, text in FILES.items():
            path = written(tmp_path, kind, cast.alice, speaks=speaks, ending=ending)
            found = bring(path, kind, cast.alice)
            assert (found.unchanged, found.rejected) == (text.count("\n") - 1, 0), reasons(found)


def test_a_file_may_go_on_into_another_firm(cast, deal, tmp_path):
    """Our ids mean nothing there: rows are known by their deal, their person and their words."""
    bring_all(tmp_path, cast.alice)
    with translation.override("zh-hans"):
        files = {kind: written(tmp_path, kind, cast.alice) for kind in FILES}
        texts = {kind: {**FILES, kind: path.read_text("utf-8-sig")}[kind] for kind, path in files.items()}
        deal.delete()
        other = make_opportunity(customer=deal.customer, owner=cast.alice, title="注塑机")
        for kind, text in FILES.items():
            found = bring(table(tmp_path, texts[kind]), kind, cast.alice)
            assert (found.created, found.rejected) == (text.count("\n") - 1, 0), reasons(found)
    assert Influencer.objects.filter(opportunity=other).count() == 2


def test_a_try_tells_the_same_and_leaves_nothing(cast, deal, tmp_path):
    with translation.override("zh-hans"):
        for kind, text in FILES.items():
            path = table(tmp_path, text)
            tried = preview(path, kind=kind, actor=cast.alice, at=MONDAY)
            before = Entry.objects.count()
            assert Entry.objects.count() == before
            real = bring(path, kind, cast.alice)
            assert (tried.created, tried.rejected) == (real.created, real.rejected)


def test_a_changed_row_corrects_what_stands_and_an_empty_cell_wipes_nothing(cast, deal, tmp_path):
    bring_all(tmp_path, cast.alice)

    found = bring(
        table(tmp_path, "商机,联系人,顾虑,严重度,应对\n注塑机,李文娟,换线要停产,5,\n"), "concerns", cast.alice
    )

    assert (found.updated, found.rejected) == (1, 0)
    assert Concern.objects.get().severity == 5


def test_who_only_sees_the_deal_writes_nothing_and_an_outsider_does_not_find_it(cast, deal, tmp_path):
    path = table(tmp_path, FILES["criteria"])

    assert reasons(bring(path, "criteria", cast.charlie)) == [(2, "商机", "no_such_deal")]
    bring(path, "criteria", cast.alice)
    assert rows_of(written(tmp_path, "criteria", cast.charlie)) == []
    assert not Criterion.objects.exclude(author=cast.alice).exists()


def test_the_rules_of_the_room_hold_for_files_too(cast, deal, tmp_path):
    rows = "商机,联系人,要求,明确程度\n注塑机,陈国强,伺服电机,explicit\n"

    assert reasons(bring(table(tmp_path, rows), "demands", cast.alice)) == [(2, "联系人", "not_in_the_decision")]
    bring(table(tmp_path, FILES["influencers"]), "influencers", cast.alice)
    assert reasons(bring(table(tmp_path, rows), "demands", cast.alice)) == [(2, "quote", "words_needed")]


def test_two_rows_that_tell_of_the_same_are_told_apart_from_nothing(cast, deal, tmp_path):
    path = table(tmp_path, "商机,标准,权重\n注塑机,停机,5\n注塑机,停机,3\n")

    for tell in (lambda: preview(path, kind="criteria", actor=cast.alice, at=MONDAY), lambda: bring(path, "criteria")):
        found = tell()
        assert [code for _row, _column, code in reasons(found)] == ["said_twice"]
    assert Criterion.objects.get().weight == 5


def test_a_line_of_a_version_that_went_out_is_not_changed(cast, deal, tmp_path):
    bring_all(tmp_path, cast.alice)
    Quote.objects.update(state="sent")
    rows = "商机,产品,单价\n注塑机,注塑机 160T,1\n注塑机,模温机,20000\n"

    found = bring(table(tmp_path, rows), "quote_lines", cast.alice)

    assert [code for _row, _column, code in reasons(found)] == ["quote_not_a_draft", "value_missing"]


@pytest.mark.parametrize("kind", list(FILES))
def test_the_whole_import_can_be_taken_back(cast, deal, tmp_path, kind):
    for first, text in FILES.items():
        if first == kind:
            break
        bring(table(tmp_path, text), first, cast.alice)
    row = brought_in(cast.alice, FILES[kind], kind, at=MONDAY + timedelta(minutes=1))
    assert row.counts["created"] == FILES[kind].count("\n") - 1

    undo_import(row=row, actor=cast.alice, at=MONDAY + timedelta(hours=1))
    run_jobs()

    model = SORTS[kind].model
    row.refresh_from_db()
    standing = model.objects.all() if model is Influencer else model.objects.filter(removed_at__isnull=True)
    assert not standing.exists()
    assert row.returned["kept"] == 0


def test_what_an_import_corrected_is_set_back(cast, deal):
    brought_in(cast.alice, FILES["influencers"], "influencers")
    brought_in(cast.alice, FILES["criteria"], "criteria")
    later = MONDAY + timedelta(minutes=1)
    people = brought_in(cast.alice, "商机,联系人,角色,立场\n注塑机,李文娟,user,2\n", "influencers", at=later)
    names = brought_in(cast.alice, "商机,标准,权重\n注塑机,停机时间,2\n", "criteria", at=later + timedelta(minutes=1))
    assert people.counts["updated"] == names.counts["updated"] == 1

    for row in (names, people):
        undo_import(row=row, actor=cast.alice, at=MONDAY + timedelta(hours=1))
        run_jobs()

    li = Influencer.objects.get(contact__name="李文娟")
    assert (li.role, li.stance, Criterion.objects.get().weight) == ("technical", -1, 5)
    assert li.reports_to.name == "陈国强"


def test_a_promise_comes_with_its_touch_and_a_table_says_what_became_of_it(cast, deal, tmp_path):
    touches = "日期,方式,客户,内容,我方承诺,我方承诺日期\n2026-02-23,拜访,桐庐精工,看了车间,送样件,2026-03-01\n"
    assert bring(table(tmp_path, touches), "touches", cast.alice).created == 1
    assert bring(table(tmp_path, touches), "touches", cast.alice).unchanged == 1
    row = brought_in(
        cast.alice, "客户,我方承诺,期限,状态,兑现日期\n桐庐精工,送样件,2026-03-01,kept,2026-02-28\n", "promises"
    )

    assert row.counts["updated"] == 1
    assert Promise.objects.get().state == "kept"
    undo_import(row=row, actor=cast.alice, at=MONDAY + timedelta(hours=1))
    run_jobs()
    assert Promise.objects.get().state == "open"


def test_a_promise_nobody_gave_in_a_touch_is_refused(cast, deal, tmp_path):
    rows = "客户,我方承诺,期限,状态\n桐庐精工,送样件,2026-03-01,kept\n"

    assert [code for *_at, code in reasons(bring(table(tmp_path, rows), "promises", cast.alice))] == [
        "agreement_unknown"
    ]
    assert [code for *_at, code in reasons(bring(table(tmp_path, rows), "promises", cast.charlie))] == [
        "customer_not_found"
    ]


@pytest.mark.parametrize("kind", list(AGREED))
def test_what_was_agreed_goes_out_and_comes_in_unchanged(cast, deal, tmp_path, kind):
    promise = PromiseDraft(what="送样件", due_on=MONDAY.date())
    draft = TouchDraft(kind="phone", touched_on=MONDAY.date(), promises=(promise,))
    log_touch(customer=deal.customer, actor=cast.alice, at=MONDAY, draft=draft)

    path = written(tmp_path, kind, cast.alice)

    found = bring(path, kind, cast.alice)
    assert found.unchanged == found.rows == (1 if kind == "promises" else 0)
    assert rows_of(written(tmp_path, kind, cast.charlie)) == []


def test_without_the_right_to_import_nothing_is_read(cast, deal, tmp_path):
    with pytest.raises(Denied):
        bring(table(tmp_path, FILES["criteria"]), "criteria", cast.eve)
    assert Opportunity.objects.count() == 1


NUMBERED = {
    "demands": "商机,编号,联系人,要求\n注塑机,R-1,陈国强,伺服电机\n注塑机,R-2,陈国强,快换模\n",
    "concerns": "商机,编号,联系人,类型,顾虑,日期\n注塑机,C-1,李文娟,change,换线要停产,2026-03-02\n",
    "criteria": "商机,编号,标准,权重\n注塑机,K-1,停机时间,5\n",
}


@pytest.mark.parametrize(
    ("kind", "said", "anew", "column"),
    [
        ("demands", "伺服电机", "全电动", "requirement"),
        ("concerns", "换线要停产", "换线停产两天", "what"),
        ("criteria", "停机时间", "每月停机", "name"),
    ],
)
def test_a_finding_of_a_number_is_updated_by_the_next_file_whatever_it_says(
    cast, deal, tmp_path, kind, said, anew, column
):
    text = NUMBERED[kind]
    with translation.override("zh-hans"):
        bring(table(tmp_path, FILES["influencers"]), "influencers", cast.alice)
        first = bring(table(tmp_path, text), kind, cast.alice)
        again = bring(table(tmp_path, text), kind, cast.alice)
        changed = bring(table(tmp_path, text.replace(said, anew)), kind, cast.alice)

    model = SORTS[kind].model
    assert (first.created, again.unchanged) == (first.rows, first.rows)
    assert (changed.updated, changed.created) == (1, 0), reasons(changed)
    assert model.objects.count() == first.rows
    assert model.objects.filter(**{column: anew}).count() == 1


def test_a_number_is_given_to_what_stood_without_one_and_another_number_is_another_thing(cast, deal, tmp_path):
    with translation.override("zh-hans"):
        bring(table(tmp_path, "商机,标准\n注塑机,停机时间\n"), "criteria", cast.alice)
        given = bring(table(tmp_path, "商机,编号,标准\n注塑机,K-1,停机时间\n"), "criteria", cast.alice)
        other = bring(table(tmp_path, "商机,编号,标准\n注塑机,K-2,停机时间\n"), "criteria", cast.alice)
        twice = bring(table(tmp_path, "商机,编号,标准\n注塑机,K-3,甲\n注塑机,K-3,乙\n"), "criteria", cast.alice)

    assert (given.updated, other.created) == (1, 1)
    assert (twice.created, twice.rejected) == (1, 1)
    assert set(Criterion.objects.values_list("external_id", flat=True)) == {"K-1", "K-2", "K-3"}


def test_a_number_of_another_finding_is_refused_and_one_taken_back_frees_it(cast, deal):
    known = {"opportunity": deal, "actor": cast.alice, "at": MONDAY}
    one = write_finding(CRITERION, values={"name": "停机", "external_id": "K-1"}, **known)
    with pytest.raises(NumberTaken):
        write_finding(CRITERION, values={"name": "能耗", "external_id": "K-1"}, **known)
    with pytest.raises(Denied):
        write_finding(CRITERION, values={"name": "能耗", "external_id": "K-9"}, **{**known, "actor": cast.charlie})

    take_back_finding(CRITERION, finding=one, actor=cast.alice, at=MONDAY)
    write_finding(CRITERION, values={"name": "能耗", "external_id": "K-1"}, **known)
    with pytest.raises(NumberTaken):
        bring_back_finding(CRITERION, finding=one, actor=cast.alice, at=MONDAY)
    assert Criterion.objects.standing().count() == 1


def test_numbers_go_out_and_come_in_again(cast, deal, tmp_path):
    with translation.override("zh-hans"):
        bring(table(tmp_path, NUMBERED["criteria"]), "criteria", cast.alice)
        path = written(tmp_path, "criteria", cast.alice)
        assert [row.get("编号") for row in rows_of(path)] == ["K-1"], rows_of(path)
        assert bring(path, "criteria", cast.alice).unchanged == 1

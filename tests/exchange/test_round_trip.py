"""What goes out comes back: every text as it was, every row found again, in words and in symbols, CSV and workbook."""

import csv
from datetime import date

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.cast import MONDAY
from tests.exchange.bringing import bring
from tests.factories import make_contact, make_customer, make_opportunity, win
from tests.kept import made_once
from tests.laws import examples
from wendu.customers.actions import define_field, set_custom_value, set_parent, set_referrer
from wendu.customers.choices import CustomerKind, FieldType, Market, ProductKind, SaleKind, Tier
from wendu.customers.models import Contact, Customer
from wendu.exchange.exporting import run_export, write_table
from wendu.exchange.outgoing.columns import text
from wendu.exchange.outgoing.errors import CellTooLongForBook, UnknownEnding
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.reading import open_table
from wendu.exchange.values import word_from
from wendu.exchange.vocabulary import KINDS, word_list
from wendu.identity.choices import Role
from wendu.kernel.names import tidy_line, tidy_text
from wendu.opportunities.actions import close_opportunity
from wendu.opportunities.choices import LossReason, Outcome
from wendu.opportunities.models import Opportunity
from wendu.touches.actions import TouchDraft, log_touch
from wendu.touches.choices import Refusal, TouchOutcome
from wendu.touches.models import Touch

LIVE = (
    *("=1+1", "+86 138 0013 8000", "-1+1", "@SUM(A1)", "＝1+1", "＋86", "－1", "＠x", "=cmd|' /C calc'!A0", "'=1"),
    *(" =1", "\t=1", "\r=1", "\n=1", "　=1", "\u200b=1", "\ufeff=1", "'", "''", "'x", "' =1", "'\t=1", "'\n@x", "\tx"),
    *("007", "1E10", "1.38E+10", "TRUE", "2026-03-02", "#N/A?", "_x0041_", "_x000D_", '"', '""', '"=1"', "a,b;c|d\te"),
    *("行一\n行二", "行一\n=1", "尾巴\t", "𠮷野家", "a\u00a0b", "%0A=1", "sep=;", "=", "+", "-", "@", "<b>&amp;</b>"),
    *("''=1", "¤¤=1", "¤", "¤¤"),
)
SIGNS = st.one_of(st.sampled_from("=+-@＝＋－＠'\"\t\n,; 甲0x"), st.characters(codec="utf-8", exclude_characters="\0"))
TEXTS = st.one_of(st.sampled_from(LIVE), st.text(SIGNS, max_size=40))


def make_touch(customer, **told):
    draft = TouchDraft(kind="phone", touched_on=MONDAY.date(), **told)
    return log_touch(customer=customer, actor=customer.owner, at=MONDAY, draft=draft)


ENDINGS = (".csv", ".xlsx")
HYPOTHESIS = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def written(folder, ending, texts):
    path = folder / f"out{ending}"
    columns = [text("number"), text("text")]
    pieces = iter([[[f"n{place}" for place, _ in enumerate(texts)], texts]])
    write_table(path, columns, ["编号", "备注"], pieces)
    return path


@HYPOTHESIS
@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
def test_a_csv_gives_back_every_sign(tmp_path, texts):
    path = written(tmp_path, ".csv", texts)

    assert [cells[1] for _, cells in open_table(path).rows()] == texts


@HYPOTHESIS
@given(texts=st.lists(TEXTS.map(tidy_text), min_size=1, max_size=8))
def test_a_workbook_gives_back_every_text_that_can_be_kept(tmp_path, texts):
    path = written(tmp_path, ".xlsx", texts)

    assert [(cells[1:] or [""])[0] for _, cells in open_table(path).rows()] == texts


def test_no_cell_is_live_for_whoever_opens_the_file(tmp_path):
    with written(tmp_path, ".csv", list(LIVE)).open(encoding="utf-8-sig", newline="") as file:
        cells = [row[1] for row in csv.reader(file)][1:]
    book = CalamineWorkbook.from_path(str(written(tmp_path, ".xlsx", list(LIVE)))).get_sheet_by_index(0).to_python()

    assert not [cell for cell in cells if cell.lstrip(" \t\r\n　\u200b\ufeff\xa0")[:1] in set("=+-@＝＋－＠")]
    assert all(isinstance(row[1], str) for row in book)


@pytest.fixture
def firm(cast):
    made_once(("round trip", cast.known_by), lambda: make_firm(cast))
    return cast


def make_firm(cast):
    """People, tags, fields and deals as they come, with names that mean two of them."""
    define_field(code="fleet", label_zh="车队", label_en="Fleet", type=FieldType.TEXT, actor=cast.ada, at=MONDAY)
    define_field(code="note", label_zh="备注", label_en="Note", type=FieldType.NUMBER, actor=cast.ada, at=MONDAY)
    size = define_field(
        code="size",
        label_zh="规格",
        label_en="Size",
        type=FieldType.CHOICE,
        options=[{"code": "s", "zh": "小", "en": "small"}, {"code": "l", "zh": "大", "en": "large"}],
        actor=cast.ada,
        at=MONDAY,
    )
    above = make_customer(cast.alice, "同名公司", tier=Tier.KEY, industry="manufacturing", headcount=12, brand_note=0)
    other = make_customer(cast.alice, "同名有限公司", external_id="'007")
    twin = make_customer(cast.bob, "同名公司", note="=1+1\n\t第二行", source_text="@展会")
    set_parent(customer=twin, parent=above, actor=cast.mona, at=MONDAY)
    set_referrer(customer=twin, referrer=other, actor=cast.mona, at=MONDAY)
    set_custom_value(customer=twin, field=size, value="large", actor=cast.bob, at=MONDAY)
    for customer in (above, twin, other):
        make_contact(customer, "王芳", points=[("mobile", "+8613812345678"), ("email", "a@example.com")])
        make_contact(customer, "王芳", left_on=date(2026, 1, 5), note="-离职")
        make_touch(customer, note="=谈了\n两行", objective="+报价")
        make_touch(customer, note="=谈了\n两行", objective="+报价")
    win(make_opportunity(above, "-一期", amount_minor=1_280_050))
    lost = make_opportunity(twin, "＝二期", amount_minor=100, amount_is_estimated=True, note="'@x")
    win(lost)
    close_opportunity(opportunity=lost, outcome=Outcome.CANCELLED, closed_on=MONDAY.date(), actor=cast.bob, at=MONDAY)
    make_opportunity(other, "＝二期")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["zh-hans", "en", ""])
@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_export_changes_nothing(firm, tmp_path, kind, language, ending):
    path = tmp_path / f"out{ending}"
    with translation.override(language or "en"):
        count = run_export(path, kind=kind, actor=firm.ada, at=MONDAY, speaks=bool(language))

        report = bring(path, kind, firm.ada)

    assert (report.rows, report.unchanged, [*report.rejections()]) == (count, count, [])


@HYPOTHESIS
@given(texts=st.lists(TEXTS, min_size=4, max_size=4), ending=st.sampled_from(ENDINGS))
def test_texts_of_customers_people_deals_and_touches_come_back(cast, tmp_path, texts, ending):
    name, note, title, said = texts
    with transaction.atomic():
        customer = make_customer(cast.alice, tidy_line(name)[:100] or "甲", note=note, city=tidy_line(title)[:40])
        make_contact(customer, tidy_line(title)[:50] or "乙", note=said, job_title=tidy_line(name)[:50])
        make_opportunity(customer, tidy_line(said)[:50] or "丙", note=note)
        make_touch(customer, note=said, objective=tidy_line(note)[:100])
        told = _told()
        paths = {}
        for kind in ("customers", "contacts", "opportunities", "touches"):
            paths[kind] = tmp_path / f"{kind}{ending}"
            run_export(paths[kind], kind=kind, actor=cast.ada, at=MONDAY)
        Customer.objects.all().delete()

        for kind, path in paths.items():
            report = bring(path, kind, cast.ada)
            assert (report.created, [*report.rejections()]) == (1, []), kind

        assert _told() == told
        transaction.set_rollback(True)


def _told():
    return [
        *Customer.objects.values_list("name", "note", "city", "name_key"),
        *Contact.objects.values_list("name", "note", "job_title"),
        *Opportunity.objects.values_list("title", "note"),
        *Touch.objects.values_list("note", "objective"),
    ]


def test_an_id_finds_a_customer_whatever_else_changed(firm, tmp_path):
    twin = Customer.objects.get(name="同名公司", owner=firm.bob)
    path = tmp_path / "in.csv"
    path.write_text(f"uuid,name,external_id,city\n{twin.uuid},改了名的公司,N-1,无锡\n", "utf-8")

    report = bring(path, "customers", firm.ada)

    twin.refresh_from_db()
    assert (report.updated, twin.name, twin.external_id, twin.city) == (1, "改了名的公司", "N-1", "无锡")


def test_an_id_one_may_not_see_brings_nothing_in(firm, tmp_path):
    hers = Customer.objects.get(external_id="'007")
    path = tmp_path / "in.csv"
    path.write_text(f"uuid,name,city\n{hers.uuid},偷来的,无锡\n", "utf-8")

    report = bring(path, "customers", firm.charlie)

    assert (report.rejected, Customer.objects.filter(name="偷来的").exists()) == (1, False)
    assert Customer.objects.get(external_id="'007").city == ""


def test_a_number_that_is_another_ones_is_not_taken_over(firm, tmp_path):
    twin = Customer.objects.get(name="同名公司", owner=firm.bob)
    path = tmp_path / "in.csv"
    path.write_text(f"uuid,name,external_id\n{twin.uuid},同名公司,''007\n", "utf-8")
    other = Customer.objects.get(external_id="'007")
    Customer.objects.filter(pk=other.pk).update(external_id="''007")

    report = bring(path, "customers", firm.ada)

    assert [each.column for each in report.rejections()] == ["external_id"]


def test_a_text_excel_would_cut_is_refused_and_csv_is_offered(cast, tmp_path):
    make_customer(cast.alice, "长备注", note="长" * 40_000)

    with pytest.raises(CellTooLongForBook):
        run_export(tmp_path / "out.xlsx", kind="customers", actor=cast.ada, at=MONDAY)
    assert run_export(tmp_path / "out.csv", kind="customers", actor=cast.ada, at=MONDAY) == 1
    with pytest.raises(UnknownEnding):
        run_export(tmp_path / "out.ods", kind="customers", actor=cast.ada, at=MONDAY)


def test_a_parent_one_may_not_see_is_not_named(firm, tmp_path):
    run_export(tmp_path / "out.csv", kind="customers", actor=firm.bob, at=MONDAY)

    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["parent"] for row in rows] == [""]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_head_is_recognised_when_it_comes_back(cast, language):
    from wendu.exchange.outgoing.tables import table_of
    from wendu.exchange.vocabulary import fields_of, key_of

    with translation.override(language):
        wording = Wording(speaks=True)
        for kind in KINDS:
            columns = table_of(kind, cast.ada, wording).columns
            found = [fields_of(kind).get(key_of(head)) for head in wording.heads(kind, columns)]
            assert found == [column.name for column in columns]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_word_of_a_closed_list_means_what_it_says(db, language):
    lists = {
        "customer_kind": CustomerKind,
        "market": Market,
        "product_kind": ProductKind,
        "sale_kind": SaleKind,
        "tier": Tier,
        "touch_outcome": TouchOutcome,
        "refusal": Refusal,
        "deal_outcome": Outcome,
        "loss_reason": LossReason,
        "role": Role,
    }
    with translation.override(language):
        for name, choices in lists.items():
            assert [word_from(str(label), word_list(name)) for label in choices.labels] == choices.values, name


def test_own_fields_come_back_by_their_labels(firm, tmp_path):
    path = tmp_path / "out.csv"
    twin = Customer.objects.get(name="同名公司", owner=firm.bob)
    with translation.override("zh-hans"):
        run_export(path, kind="customers", actor=firm.ada, at=MONDAY, speaks=True)
    Customer.objects.filter(pk=twin.pk).update(custom={})

    report = bring(path, "customers", firm.ada)

    twin.refresh_from_db()
    assert (report.updated, twin.custom) == (1, {"size": "l"})
    assert {"车队", "规格", "custom.note"} < set(open_table(path).header)

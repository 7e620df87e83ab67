"""The company's own fields of people and deals, in files on their way in and out."""

import pytest
from django.utils import translation

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from tests.factories import make_contact, make_customer, make_opportunity
from wendu.customers.actions import define_field, set_contact_values
from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.models import Contact, CustomField
from wendu.exchange.errors import ColumnMissing
from wendu.exchange.exporting import run_export
from wendu.exchange.maps import ImportMap
from wendu.exchange.reading import open_table
from wendu.imports.queries import field_choices, guess_columns
from wendu.journal.models import Entry
from wendu.opportunities.models import Opportunity
from wendu.search.queries import find

pytestmark = pytest.mark.django_db
CONTACT, DEAL = FieldAbout.CONTACT, FieldAbout.OPPORTUNITY
KINDS = {"contacts": (CONTACT, Contact), "opportunities": (DEAL, Opportunity)}
HEADS = {"contacts": "联系人,客户", "opportunities": "商机,客户"}
MINE = {"contacts": "顾明舒,桐溪注塑", "opportunities": "空压站改造,桐溪注塑"}


@pytest.fixture
def house(cast):
    """The same five fields of people and of deals, and of customers one that means something else."""
    size = [{"code": "s", "zh": "小", "en": "small"}, {"code": "l", "zh": "大", "en": "large"}]
    told = (
        ("remark", "说法", "Saying", FieldType.TEXT, ()),
        ("kw", "功率", "Power", FieldType.NUMBER, ()),
        ("since", "自何时", "Since when", FieldType.DATE, ()),
        ("size", "规格", "Measure", FieldType.CHOICE, size),
        ("vip", "要紧", "Weighty", FieldType.FLAG, ()),
    )
    for about, _model in KINDS.values():
        for place, (code, zh, en, kind, options) in enumerate(told):
            words = {"label_zh": zh, "label_en": en, "position": place}
            define_field(about=about, code=code, type=kind, options=options, actor=cast.ada, at=MONDAY, **words)
    define_field(code="remark", label_zh="客户说法", label_en="They say", actor=cast.ada, at=MONDAY)
    cast.customer = make_customer(cast.alice, "桐溪注塑")
    return cast


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("heads", ["说法,功率,自何时,规格,要紧", "Saying,power,Since when,Measure,Weighty",
                                   "custom.remark,custom.kw,custom.since,custom.size,custom.vip"])  # fmt: skip
def test_columns_are_known_by_label_and_code(house, tmp_path, kind, heads):
    path = table(tmp_path, f'{HEADS[kind]},{heads}\n{MINE[kind]},=1+1,"1,250.5",2026/03/31,大,是\n')

    report = bring(path, kind, house.ada)

    row = KINDS[kind][1].objects.get()
    assert (report.created, reasons(report)) == (1, [])
    assert row.custom == {"remark": "=1+1", "kw": 1250.5, "since": "2026-03-31", "size": "l", "vip": True}
    again = bring(path, kind, house.ada)
    assert (again.unchanged, Entry.objects.filter(verb__endswith="custom_changed").count()) == (1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_another_type_refuses_its_row_with_the_reason(house, tmp_path, kind):
    rows = "".join(f"{MINE[kind]},{cells}\n" for cells in ("1,,", ",春天,", "很大,,", ",,巨", "7,,"))
    report = bring(table(tmp_path, f"{HEADS[kind]},功率,自何时,规格\n{rows}"), kind, house.ada)

    found = [(column, code) for _row, column, code in reasons(report)]
    assert found == [("自何时", "bad_custom_value"), ("功率", "bad_custom_value"), ("规格", "bad_custom_value")]
    assert KINDS[kind][1].objects.get().custom["kw"] in (1, 7)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_changes_only_what_it_says_and_fills_only_what_is_empty(house, tmp_path, kind):
    model = KINDS[kind][1]
    bring(table(tmp_path, f"{HEADS[kind]},说法,功率\n{MINE[kind]},旧话,75\n"), kind, house.ada)

    bring(table(tmp_path, f"{HEADS[kind]},说法,要紧\n{MINE[kind]},新话,是\n"), kind, house.ada, on_match="fill")
    assert model.objects.get().custom == {"remark": "旧话", "kw": 75, "vip": True}
    report = bring(table(tmp_path, f"{HEADS[kind]},说法,功率\n{MINE[kind]},新话,\n"), kind, house.ada)

    assert (report.updated, model.objects.get().custom) == (1, {"remark": "新话", "kw": 75, "vip": True})
    said = Entry.objects.filter(verb__endswith="custom_changed").order_by("pk").values_list("before", "after")
    assert list(said) == [({"vip": None}, {"vip": True}), ({"remark": "旧话"}, {"remark": "新话"})]
    assert [each.object_id for each in find("新话", user=house.alice)] == [model.objects.get().pk]
    assert find("旧话", user=house.alice) == []


def test_two_rows_about_one_new_person_add_up(house, tmp_path):
    path = table(tmp_path, "联系人,客户,说法,功率\n顾明舒,桐溪注塑,爱喝茶,\n顾明舒,桐溪注塑,,75\n")

    bring(path, "contacts", house.ada)

    assert Contact.objects.get().custom == {"remark": "爱喝茶", "kw": 75}
    assert len(find("爱喝茶", user=house.alice)) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh-hans", "en", ""])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_goes_out_comes_back_sign_by_sign(house, tmp_path, kind, language, ending):
    values = {"remark": "@x ＝1 '+", "kw": -0.125, "since": "2026-03-31", "size": "s", "vip": False}
    make = make_contact if kind == "contacts" else make_opportunity
    row = make(house.customer, MINE[kind].partition(",")[0])
    type(row).objects.filter(pk=row.pk).update(custom=values)
    path = tmp_path / f"out{ending}"
    with translation.override(language or "en"):
        run_export(path, kind=kind, actor=house.ada, at=MONDAY, speaks=bool(language))
        assert bring(path, kind, house.ada).unchanged == 1
        type(row).objects.filter(pk=row.pk).update(custom={})

        report = bring(path, kind, house.ada)

    row.refresh_from_db()
    assert (report.updated, row.custom) == (1, values)
    if language == "zh-hans":
        assert {"说法", "功率", "自何时", "规格", "要紧"} < set(open_table(path).header)


def test_the_wizard_offers_and_guesses_the_fields_of_the_kind(house):
    assert ("custom.remark", "说法") in translated("contacts")
    assert ("custom.remark", "客户说法") in translated("customers")
    assert guess_columns("opportunities", ["商机", "客户", "功率"])["2"] == "custom.kw"
    assert guess_columns("touches", ["日期", "功率"]).get("1") is None


def translated(kind):
    with translation.override("zh-hans"):
        return field_choices(kind)


def test_a_map_defines_a_field_of_its_kind(cast, tmp_path):
    make_customer(cast.alice, "桐溪注塑")
    path = table(tmp_path, "联系人,客户,口味\n顾明舒,桐溪注塑,辣\n")
    columns = {"联系人": "contact", "客户": "customer", "口味": "custom.taste"}
    by = ImportMap.model_validate({"kind": "contacts", "columns": columns})
    with pytest.raises(ColumnMissing):
        bring(path, "contacts", cast.ada, by=by)
    new = {"taste": {"zh": "口味", "en": "Taste"}}

    bring(path, "contacts", cast.ada, by=ImportMap.model_validate({**by.model_dump(), "custom_fields": new}))

    assert (CustomField.objects.get().about, Contact.objects.get().custom) == (CONTACT, {"taste": "辣"})


def test_outsiders_take_nothing_away(house, tmp_path):
    contact = make_contact(house.customer, "顾明舒")
    field = CustomField.objects.get(about=CONTACT, code="remark")
    set_contact_values(contact=contact, values={field: "爱喝茶"}, actor=house.alice, at=MONDAY)

    assert run_export(tmp_path / "out.csv", kind="contacts", actor=house.charlie, at=MONDAY) == 0
    report = bring(table(tmp_path, "联系人,客户,说法\n顾明舒,桐溪注塑,改了\n"), "contacts", house.charlie)

    contact.refresh_from_db()
    assert (report.rejected, contact.custom) == (1, {"remark": "爱喝茶"})

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.customers.actions import (
    BadCustomValue,
    BadFieldCode,
    BadTag,
    ChoiceNeedsOptions,
    FieldCodeTaken,
    FieldRetired,
    define_field,
    edit_field,
    retire_field,
    set_custom_value,
    tag_customer,
    untag_customer,
)
from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField, Tag
from wendu.customers.queries import CustomerFilter, customers_of, standing_fields, tag_choices, tags_on
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db


def define(cast, type_: FieldType = FieldType.TEXT, code: str = "own", **more) -> CustomField:
    return define_field(code=code, label_zh="字段", label_en="Field", type=type_, actor=cast.ada, at=MONDAY, **more)


def test_a_tag_is_one_word_however_it_is_typed(cast):
    customer = make_customer(cast.alice)

    tag = tag_customer(customer=customer, name="VIP", actor=cast.alice, at=MONDAY)
    again = tag_customer(customer=customer, name=" ｖｉｐ ", actor=cast.alice, at=MONDAY)

    assert (tag, Tag.objects.count()) == (again, 1)
    assert tags_on(cast.alice, [customer]) == {customer.pk: [tag]}
    assert list(customers_of(cast.alice, CustomerFilter(tag_ids=(tag.pk,)))) == [customer]
    assert Entry.objects.filter(verb="customer.tagged").count() == 1


def test_a_tag_comes_off(cast):
    customer = make_customer(cast.alice)
    tag = tag_customer(customer=customer, name="VIP", actor=cast.alice, at=MONDAY)

    untag_customer(customer=customer, tag=tag, actor=cast.alice, at=MONDAY)

    assert tags_on(cast.alice, [customer]) == {customer.pk: []}
    assert tag_choices(cast.alice) == []


def test_an_outsider_learns_no_tag_and_sets_none(cast):
    customer = make_customer(cast.alice)
    tag_customer(customer=customer, name="VIP", actor=cast.alice, at=MONDAY)

    assert tag_choices(cast.charlie) == []
    assert tags_on(cast.charlie, [customer]) == {customer.pk: []}
    with pytest.raises(Denied):
        tag_customer(customer=customer, name="mine", actor=cast.charlie, at=MONDAY)


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
def test_an_empty_or_endless_tag_is_refused(cast, name):
    with pytest.raises(BadTag):
        tag_customer(customer=make_customer(cast.alice), name=name, actor=cast.alice, at=MONDAY)


@pytest.mark.parametrize(
    "type_,given,kept",
    [
        (FieldType.TEXT, " 长江路 8 号 ", "长江路 8 号"),
        (FieldType.NUMBER, "1,200", 1200),
        (FieldType.NUMBER, Decimal("3.5"), 3.5),
        (FieldType.DATE, "2025/03/31", "2025-03-31"),
        (FieldType.DATE, date(2025, 3, 31), "2025-03-31"),
        (FieldType.FLAG, "是", True),
        (FieldType.FLAG, False, False),
        (FieldType.CHOICE, "Gold", "g"),
        (FieldType.CHOICE, "金牌", "g"),
    ],
)
def test_a_value_is_kept_by_the_type_of_its_field(cast, type_, given, kept):
    options = [{"code": "g", "zh": "金牌", "en": "Gold"}, "银牌"]
    field = define(cast, type_, options=options)
    customer = make_customer(cast.alice)

    set_custom_value(customer=customer, field=field, value=given, actor=cast.alice, at=MONDAY)

    customer.refresh_from_db()
    assert customer.custom == {"own": kept}
    set_custom_value(customer=customer, field=field, value="", actor=cast.alice, at=MONDAY)
    assert customer.custom == {}
    assert Entry.objects.filter(verb="customer.custom_changed").count() == 2


@pytest.mark.parametrize(
    "type_,given",
    [
        (FieldType.TEXT, "x" * 501),
        (FieldType.NUMBER, "many"),
        (FieldType.NUMBER, "nan"),
        (FieldType.NUMBER, True),
        (FieldType.DATE, "2025-02-30"),
        (FieldType.FLAG, "perhaps"),
        (FieldType.CHOICE, "bronze"),
    ],
)
def test_a_value_of_another_type_is_refused_with_what_is_wanted(cast, type_, given):
    field = define(cast, type_, options=["gold", "silver"])
    customer = make_customer(cast.alice)

    with pytest.raises(BadCustomValue) as refused:
        set_custom_value(customer=customer, field=field, value=given, actor=cast.alice, at=MONDAY)

    assert "own" in refused.value.text()
    customer.refresh_from_db()
    assert customer.custom == {}


def test_a_field_is_defined_once_by_an_administrator(cast):
    define(cast)

    with pytest.raises(FieldCodeTaken):
        define(cast)
    for code in ("", "两个 词", "x" * 41):
        with pytest.raises(BadFieldCode):
            define(cast, code=code)
    with pytest.raises(ChoiceNeedsOptions):
        define(cast, FieldType.CHOICE, code="one", options=["only"])
    with pytest.raises(Denied):
        define_field(code="mine", label_zh="我", label_en="I", actor=cast.alice, at=MONDAY)


def test_labels_and_options_change_and_a_retired_field_takes_nothing_more(cast):
    field = define(cast, FieldType.CHOICE, options=["a", "b"])

    edit_field(field=field, changes={"label_zh": "等级"}, options=["a", "b", "c"], actor=cast.ada, at=MONDAY)
    assert [option["code"] for option in standing_fields()[0].options] == ["a", "b", "c"]

    retire_field(field=field, actor=cast.ada, at=MONDAY)
    assert standing_fields() == []
    with pytest.raises(FieldRetired):
        set_custom_value(customer=make_customer(cast.alice), field=field, value="a", actor=cast.alice, at=MONDAY)

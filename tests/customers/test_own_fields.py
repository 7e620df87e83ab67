"""The company's own fields: sorted, edited without losing what customers carry, retired and taken up again."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.customers.actions import (
    define_field,
    edit_field,
    move_field,
    reinstate_field,
    retire_field,
    set_custom_value,
)
from wendu.customers.actions.fields import OptionInUse
from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField
from wendu.customers.queries import all_fields, standing_fields
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db
GRADES = [{"code": "one", "zh": "一班", "en": "One"}, {"code": "two", "zh": "两班", "en": "Two"}]


def defined(cast, code, **more):
    return define_field(code=code, label_zh=code, label_en=code, actor=cast.ada, at=MONDAY, **more)


def shifts(cast):
    return defined(cast, "shifts", type=FieldType.CHOICE, options=GRADES)


def codes():
    return [field.code for field in standing_fields()]


def test_a_field_moves_among_those_in_use(cast):
    first, second, third = (defined(cast, code, position=place) for place, code in enumerate("abc"))
    retire_field(field=second, actor=cast.ada, at=MONDAY)

    move_field(field=third, by=-1, actor=cast.ada, at=MONDAY)

    assert codes() == ["c", "a"]
    assert Entry.objects.get(verb="fields.sorted").after == {"codes": ["c", "a"]}
    move_field(field=first, by=1, actor=cast.ada, at=MONDAY)
    assert codes() == ["c", "a"]
    assert Entry.objects.filter(verb="fields.sorted").count() == 1


def test_an_option_customers_carry_is_renamed_but_not_taken_away(cast):
    field, customer = shifts(cast), make_customer(cast.alice)
    set_custom_value(customer=customer, field=field, value="两班", actor=cast.alice, at=MONDAY)

    with pytest.raises(OptionInUse):
        edit_field(
            field=field,
            changes={},
            options=[GRADES[0], {"code": "x", "zh": "三", "en": "3"}],
            actor=cast.ada,
            at=MONDAY,
        )
    edit_field(
        field=field,
        changes={},
        options=[GRADES[1] | {"zh": "双班"}, {"code": "x", "zh": "三", "en": "3"}],
        actor=cast.ada,
        at=MONDAY,
    )

    field.refresh_from_db()
    assert [option["zh"] for option in field.options] == ["双班", "三"]


def test_a_retired_field_comes_back_with_its_values(cast):
    field, customer = shifts(cast), make_customer(cast.alice)
    set_custom_value(customer=customer, field=field, value="两班", actor=cast.alice, at=MONDAY)
    retire_field(field=field, actor=cast.ada, at=MONDAY)
    assert codes() == []

    reinstate_field(field=field, actor=cast.ada, at=MONDAY)

    customer.refresh_from_db()
    assert (codes(), customer.custom) == (["shifts"], {"shifts": "two"})
    assert Entry.objects.filter(verb="field.reinstated").count() == 1


@pytest.mark.parametrize("who", ["alice", "mona", "charlie", "eve", "mia", "sam"])
def test_only_an_administrator_sorts_and_reinstates(cast, who):
    field, user = shifts(cast), getattr(cast, who)

    for act in (
        lambda: move_field(field=field, by=1, actor=user, at=MONDAY),
        lambda: reinstate_field(field=field, actor=user, at=MONDAY),
    ):
        with pytest.raises(Denied):
            act()


def test_who_may_not_see_the_settings_sees_no_fields_there(cast):
    shifts(cast)

    assert list(all_fields(cast.charlie)) == []
    assert list(all_fields(cast.mona)) == list(CustomField.objects.all())

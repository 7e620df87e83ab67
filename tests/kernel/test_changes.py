from datetime import date
from decimal import Decimal

import pytest

from wendu.customers.models import Customer
from wendu.identity.models import Team
from wendu.kernel.changes import BadValue, UnknownField, apply_changes, plain
from wendu.opportunities.models import Opportunity


def test_only_what_differs_is_changed_and_told():
    row = Customer(name="精工", city="苏州")

    change = apply_changes(row, {"name": " 精工 ", "city": "无锡"}, writable=("name", "city"))

    assert (row.city, change.before, change.after) == ("无锡", {"city": "苏州"}, {"city": "无锡"})
    assert not apply_changes(row, {"city": "无锡"}, writable=("city",))


def test_a_refused_edit_leaves_the_row_as_it_was():
    row = Customer(name="精工", city="苏州")

    with pytest.raises(BadValue) as refused:
        apply_changes(row, {"city": "无锡", "name": ""}, writable=("name", "city"))
    with pytest.raises(UnknownField):
        apply_changes(row, {"city": "无锡", "owner_id": 1}, writable=("name", "city"))

    assert refused.value.field == "name"
    assert row.city == "苏州"


def test_days_are_read_from_text_and_told_as_text():
    row = Opportunity(title="商机")

    change = apply_changes(row, {"opened_on": "2026-03-02"}, writable=("opened_on",))

    assert row.opened_on == date(2026, 3, 2)
    assert change.after == {"opened_on": "2026-03-02"}
    assert apply_changes(row, {"opened_on": ""}, writable=("opened_on",)).after == {"opened_on": None}


def test_an_empty_text_column_is_never_null():
    row = Customer(name="精工", city="苏州")

    apply_changes(row, {"city": None}, writable=("city",))

    assert row.city == ""


def test_anything_becomes_plain():
    assert plain(Decimal("1.5")) == "1.5"
    assert plain(Team(pk=7)) == 7
    assert plain(None) is None

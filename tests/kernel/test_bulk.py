"""Rows written in one statement are the rows Django would have written."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import make_customer
from wendu.agenda.models import Due
from wendu.coach.models import ClassSpell
from wendu.journal.choices import Door
from wendu.journal.models import Entry
from wendu.kernel.bulk import write_rows
from wendu.readings.models import Reading

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC)


def test_every_kind_of_column_comes_back_as_it_was_given(cast):
    given = Entry(
        verb="touch.logged",
        actor=cast.alice,
        at=AT,
        door=Door.IMPORT,
        subject_kind="customer",
        subject_id=7,
        before=None,
        after={"name": "安澜 “A”", "on": [1, 2.5, None, True]},
    )

    assert write_rows([given]) == 1

    found = Entry.objects.get(uuid=given.uuid)
    for name in ("verb", "actor_id", "at", "door", "subject_id", "root_id", "before", "after", "note"):
        assert getattr(found, name) == getattr(given, name)


def test_what_is_there_already_takes_only_the_columns_named():
    def due(rule, error, at=AT):
        return Due(rule=rule, subject_kind="customer", subject_id=1, due_at=at, try_at=at, error=error)

    write_rows([due("a", "old"), due("b", "old")], unique=["subject_kind", "subject_id", "rule"], update=["error"])
    later = AT.replace(year=2027)

    write_rows([due("a", "new", later)], unique=["subject_kind", "subject_id", "rule"], update=["error"])

    rows = list(Due.objects.order_by("rule").values_list("rule", "error", "due_at"))
    assert rows == [("a", "new", AT), ("b", "old", AT)]


def test_without_columns_named_all_are_replaced_and_kept_rows_stay(cast):
    def reading(value):
        return Reading(
            subject_kind="customer", subject_id=1, code="heat", value=value, pack_version="1", as_of=date(2026, 3, 2)
        )

    for value in (1.5, None, {"a": 1}):
        write_rows([reading(value)], unique=["subject_kind", "subject_id", "code"])
        assert Reading.objects.get().value == value

    spell = {"customer_id": make_customer(cast.alice).pk, "since": date(2026, 3, 2)}
    write_rows([ClassSpell(**spell, quadrant="A")], keep=True)
    write_rows([ClassSpell(**spell, quadrant="B")], keep=True)
    assert ClassSpell.objects.get(**spell).quadrant == "A"


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert write_rows([]) == 0

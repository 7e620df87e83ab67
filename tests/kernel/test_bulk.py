"""Rows written in one statement are the rows Django would have written."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import make_customer
from wendu.agenda.models import Due
from wendu.coach.models import ClassSpell
from wendu.customers.models import Tag
from wendu.journal.choices import Door
from wendu.journal.models import Entry
from wendu.kernel.bulk import Json, create_rows, next_keys, write_rows, write_values
from wendu.kernel.entity import new_uuid
from wendu.readings.models import Reading
from wendu.search.actions import index_new
from wendu.search.findable import Prepared, words_of
from wendu.search.models import Entry as Indexed

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


def test_many_rows_need_few_statements_and_all_arrive(cast, django_assert_max_num_queries):
    rows = [
        Entry(verb=f"thing.{n}", at=AT, door=Door.CLI, subject_kind="thing", subject_id=n, after={"数": n})
        for n in range(250)
    ]

    with django_assert_max_num_queries(3):
        assert write_rows(rows) == 250

    found = Entry.objects.filter(subject_kind="thing").order_by("subject_id").values_list("verb", "at", "after")
    assert list(found) == [(f"thing.{n}", AT, {"数": n}) for n in range(250)]


def test_a_full_text_index_is_flushed_once_for_all_rows_of_a_batch(cast, django_assert_num_queries):
    words = words_of("安澜泵业")
    things = [Prepared("thing", number, new_uuid(), 1, words) for number in range(250)]

    with django_assert_num_queries(1) as asked:
        assert index_new(things) == 250

    assert connection.vendor == "postgresql" or asked[0]["sql"].count("安澜泵业") >= 250
    assert Indexed.objects.filter(kind="thing").count() == 250


def test_more_rows_than_one_statement_takes_all_arrive(cast, monkeypatch):
    monkeypatch.setattr("wendu.kernel.bulk.VALUES_AT_ONCE", 25)  # two rows of ten columns
    words = words_of("安澜泵业")

    assert index_new([Prepared("thing", number, new_uuid(), 1, words) for number in range(5)]) == 5

    assert set(Indexed.objects.filter(kind="thing").values_list("object_id", flat=True)) == set(range(5))


@pytest.mark.parametrize("count", [1, 40])
def test_rows_can_be_named_before_they_are_written(cast, count):
    keys = next_keys(Tag, count)
    write_values(Tag, [{"id": key, "uuid": new_uuid(), "name": f"t{key}"} for key in keys], keyed=True)
    later = [Tag(name=f"later{n}") for n in range(count)]
    create_rows(later)

    assert len(set(keys)) == count
    assert set(Tag.objects.values_list("pk", "name")) == {
        *((key, f"t{key}") for key in keys),
        *((tag.pk, tag.name) for tag in later),
    }
    assert Tag.objects.create(name="as ever").pk not in keys
    later[0].name = "changed"
    later[0].save()
    assert Tag.objects.filter(name="changed").count() == 1


@pytest.mark.parametrize("count", [1, 40])
def test_a_clash_is_the_same_error_however_many_rows(cast, count):
    rows = [Tag(name=f"t{n}") for n in range(count)]
    Tag.objects.create(name="t0")

    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(rows)

    assert Tag.objects.count() == 1


@pytest.mark.parametrize("count", [1, 40])
def test_json_that_is_text_already_is_written_as_it_is(cast, count):
    after = Json(json.dumps({"name": "安澜", "on": [1, None]}))
    rows = [
        Entry(verb="thing.done", at=AT, door=Door.CLI, subject_kind="thing", subject_id=n, after=after)
        for n in range(count)
    ]

    write_rows(rows)

    assert Entry.objects.filter(after__name="安澜").count() == count
    assert Entry.objects.filter(after={"name": "安澜", "on": [1, None]}).count() == count


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert write_rows([]) == 0
        create_rows([])

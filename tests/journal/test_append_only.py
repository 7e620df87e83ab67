import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import MONDAY
from wendu.identity.actions import teams
from wendu.journal.actions import record
from wendu.journal.models import AppendOnlyError, Entry


@pytest.fixture
def entry(cast) -> Entry:
    assert teams, "the room that declares the verb"
    return record("team.created", subject=cast.east, actor=cast.ada, at=MONDAY)


def test_the_models_refuse_to_rewrite_an_entry(entry):
    for attempt in (
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(note="x"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([entry], ["note"]),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


def test_the_database_refuses_to_change_an_entry(entry):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET note = 'x' WHERE id = %s", [entry.pk])

    entry.refresh_from_db()
    assert entry.note == ""


def test_postgresql_refuses_to_delete_an_entry_too(entry):
    statement = "DELETE FROM journal_entry WHERE id = %s"
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [entry.pk])
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'journal_entry_is_append_only'"
            )
            assert "BEFORE UPDATE" in cursor.fetchone()[0]
    assert Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_emptying_a_database_between_tests_still_works():
    from tests.cast import call_the_cast

    with transaction.atomic():
        record("team.created", subject=call_the_cast().east, actor=None, at=MONDAY)

    assert Entry.objects.count() == 1

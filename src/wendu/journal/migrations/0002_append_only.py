"""Let the database itself refuse to rewrite the journal.

Changing an entry is refused everywhere, deleting one on PostgreSQL. SQLite keeps deletion open because emptying a
database there (tests, restore) is done row by row; the models refuse it. A later migration that rebuilds this table
on SQLite drops its triggers: it must call `guard` again (tests/journal/test_append_only.py notices).
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER journal_entry_is_append_only BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END
"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'journal entries are never changed' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER journal_entry_is_append_only BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()
"""


def guard(_apps, schema_editor):
    """Put the triggers in place."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)


def unguard(_apps, schema_editor):
    """Take the triggers away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS journal_entry_is_append_only ON journal_entry")
        schema_editor.execute("DROP FUNCTION IF EXISTS journal_entry_refuse()")
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS journal_entry_is_append_only")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]

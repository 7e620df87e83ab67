"""The full-text index beside the entries: kept by triggers on SQLite, an expression index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE INDEX search_entry_title_key ON search_entry (title_key, id)",
    # Tokens are prepared by `wendu.search.tokens`: everything but white space belongs to one.
    """CREATE VIRTUAL TABLE search_words USING fts5(
        tokens, content='search_entry', content_rowid='id', tokenize="ascii tokenchars '#_'", prefix='2 3', detail=none
    )""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_words (rowid, tokens) VALUES (new.id, new.tokens);
    END""",
    """CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_words (search_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE OF tokens ON search_entry WHEN old.tokens <> new.tokens BEGIN
        INSERT INTO search_words (search_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_words (rowid, tokens) VALUES (new.id, new.tokens);
    END""",
    "INSERT INTO search_words (search_words) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER search_entry_added",
    "DROP TRIGGER search_entry_removed",
    "DROP TRIGGER search_entry_changed",
    "DROP TABLE search_words",
    "DROP INDEX search_entry_title_key",
]
POSTGRESQL = [
    'CREATE INDEX search_entry_title_key ON search_entry (title_key COLLATE "C", id)',
    # Said to be dear, so that the planner reads the index instead of making vectors row by row.
    """CREATE FUNCTION search_vector(tokens text) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000
        AS $$ BEGIN RETURN array_to_tsvector(string_to_array(btrim(tokens), ' ')); END $$""",
    "CREATE INDEX search_entry_words ON search_entry USING gin (search_vector(tokens))",
]
POSTGRESQL_BACK = [
    "DROP INDEX search_entry_words",
    "DROP FUNCTION search_vector(text)",
    "DROP INDEX search_entry_title_key",
]


def build(_apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def drop(_apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def run(schema_editor, sqlite, postgresql):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(build, drop, elidable=False)]

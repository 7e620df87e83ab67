"""Which tables and columns belong to an account, and how each value is written as JSON that any program reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import JSONField

from wendu.backups.schema import Table

# Secrets, and what would only mislead in another house.
LEFT_OUT = {
    "identity_invitation": "open invitations; a new link is made in a moment",
    "agenda_feed": "the secret addresses of calendars; each is subscribed to anew",
    "jobs_job": "the machine's own work",
    "journal_receipt": "forms sent lately, so that none is carried out twice",
    "search_entry": "what the search reads; it is written anew from the rows",
    "search_opened": "what each person opened lately",
    "imports_import": "files brought in; what came of them is in the other tables and in the journal",
    "exports_export": "files taken out",
    "merges_block": "what a search for duplicates works with while it runs",
}
SECRET = {
    ("identity_user", "password"): "even as a hash; everybody sets a new one",
    ("identity_user", "last_login"): "when somebody signed in",
}
ABSENT = {"password": "!"}  # no password fits this
OURS = "wendu."


@dataclass(frozen=True, slots=True)
class Rows:
    """One table of an account: the table as a backup knows it, with the columns that go out."""

    table: Table
    fields: tuple[Any, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.table.name

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return [field.column for field in self.fields]


def account_tables() -> list[Rows]:
    """Every table of an account as this version has it, by name."""
    models = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(OURS)]
    found = [Table.of(model) for model in models if model._meta.managed and model._meta.db_table not in LEFT_OUT]
    return [Rows(table, _fields(table)) for table in sorted(found, key=lambda table: table.name)]


def writers(rows: Rows) -> list[tuple[str, int, Callable[[Any], Any] | None]]:
    """For each column its name, its place in the table, and how its values are written."""
    places = {column.name: place for place, column in enumerate(rows.table.columns)}
    codecs = {column.name: column.codec for column in rows.table.columns}
    return [
        (field.column, places[field.column], _opened if is_json(field) else codecs[field.column].write)
        for field in rows.fields
    ]


def is_json(field: Any) -> bool:
    """Whether a column holds JSON itself, which stands in the row as it is."""
    return isinstance(field, JSONField)


def _fields(table: Table) -> tuple[Any, ...]:
    concrete: Any = table.model._meta.local_concrete_fields
    named = {field.column: field for field in concrete}
    return tuple(named[column.name] for column in table.columns if (table.name, column.name) not in SECRET)


def _opened(value: str) -> Any:
    return json.loads(value)

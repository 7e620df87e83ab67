"""Values kept as JSON under a code, as columns to compare and sort by: worded the same in a question and in an index.

The code stands in the text of the statement, not among its values: a database finds an index by expression only then.
"""

import re
from typing import Any

from django.db.models import F, FloatField, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


class _OwnValue(Func):
    """One value of a JSON column; nothing where there is none."""

    on_sqlite, on_postgresql = "", ""

    def __init__(self, column: str | Any, code: str, **extra: Any) -> None:
        if not _CODE.fullmatch(code):
            raise ValueError(code)  # it would become part of a statement
        super().__init__(F(column) if isinstance(column, str) else column, code=code, **extra)

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_more: Any) -> Any:  # type: ignore[override]
        column, params = compiler.compile(self.get_source_expressions()[0])
        shape = self.on_postgresql if connection.vendor == "postgresql" else self.on_sqlite
        return shape.format(column=column, code=self.extra["code"]), [*params] * shape.count("{column}")


class OwnText(_OwnValue):
    """A text, a day or the code of a choice."""

    output_field = TextField()
    on_sqlite = "json_extract({column}, '$.\"{code}\"')"
    on_postgresql = "({column} ->> '{code}')"


class OwnFlag(_OwnValue):
    """Yes or no, as the words JSON has for it; SQLite takes them for numbers."""

    output_field = TextField()
    on_sqlite = "json_type({column}, '$.\"{code}\"')"
    on_postgresql = "({column} ->> '{code}')"


class OwnNumber(_OwnValue):
    """A number; what is none is nothing, or one stray value would stop every question and every index."""

    output_field = FloatField()
    on_sqlite = (
        "CASE WHEN json_type({column}, '$.\"{code}\"') IN ('integer', 'real')"
        " THEN CAST(json_extract({column}, '$.\"{code}\"') AS REAL) END"
    )
    on_postgresql = (
        "CASE WHEN jsonb_typeof({column} -> '{code}') = 'number' THEN ({column} ->> '{code}')::double precision END"
    )

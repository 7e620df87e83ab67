"""What the archive of an account says about itself: enough to read it without Wendu."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from wendu.backups.manifest import Seal

FORMAT = 1


class ColumnNote(BaseModel):
    """One column: what kind of value it holds, whether it may be missing, and the table its number points to."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    kind: str
    may_be_missing: bool
    points_to: str = ""


class AccountSeal(Seal):
    """One table: its columns, its rows, and the latest number its key ever gave out."""

    columns: list[ColumnNote]
    rows: int
    latest_id: int


class AccountManifest(BaseModel):
    """The first thing to read of an account; `left_out` says what is not in it, and why."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    format: int
    version: str
    made_at: datetime
    organisation: str
    tables: dict[str, AccountSeal]
    files: dict[str, Seal]
    left_out: dict[str, str]

    @property
    def rows(self) -> int:
        """How many rows the account holds."""
        return sum(seal.rows for seal in self.tables.values())


def note_of(field: Any) -> ColumnNote:
    """What is to be known of a column."""
    kind = field.get_internal_type()
    if field.remote_field is not None:
        points_to = field.remote_field.model._meta.db_table
        return ColumnNote(name=field.column, kind="number", may_be_missing=field.null, points_to=points_to)
    return ColumnNote(name=field.column, kind=KINDS.get(kind, kind), may_be_missing=field.null)


KINDS = {
    **dict.fromkeys(("BigAutoField", "AutoField", "BigIntegerField", "IntegerField", "SmallIntegerField"), "number"),
    **dict.fromkeys(("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField"), "number"),
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField"), "text"),
    "FloatField": "number",
    "DecimalField": "number as text",
    "BooleanField": "true or false",
    "DateField": "day",
    "TimeField": "time of day",
    "DateTimeField": "moment in UTC",
    "UUIDField": "id",
    "JSONField": "JSON",
    "BinaryField": "bytes in base64",
}

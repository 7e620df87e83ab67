"""What a backup says about itself: by whom and when it was made, how the tables stood, and the seal of every part."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

FORMAT = 1
Step = tuple[str, str]


class Seal(BaseModel):
    """Length and SHA-256 of one part, as it was before it was packed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: int
    sha256: str


class TableSeal(Seal):
    """One table: its columns in the order of the cells, its rows, and the latest number its key ever gave out.

    Rows are sorted by their key and written the same on every database, so equal hashes mean equal tables.
    """

    columns: list[str]
    rows: int
    latest_id: int


class Manifest(BaseModel):
    """The first thing to read of a backup."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    format: int
    version: str
    made_at: datetime
    database: str
    organisation: str
    migrations: list[Step]
    tables: dict[str, TableSeal]
    files: dict[str, Seal]

    @property
    def rows(self) -> int:
        """How many rows the backup holds."""
        return sum(seal.rows for seal in self.tables.values())

"""A database read where it lies: DuckDB attached to SQLite or PostgreSQL reads their tables as if they were its own.

Only the columns a query names come over, and no row becomes an object on its way. Nothing is downloaded: the readers
are wheels of the same version as DuckDB.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import gettempdir
from typing import Literal

import duckdb

Kind = Literal["sqlite", "postgres"]
MEMORY = "600MB"  # what is more goes to a file beside it


@contextmanager
def attached(kind: Kind, where: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose tables are those of the database at `where`: a path, or a connection string of PostgreSQL.

    It sees what is committed, and can write nothing there. Raises `duckdb.Error` when the database cannot be reached.
    """
    spill = str(Path(gettempdir()) / "wendu-duckdb")
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": spill}) as connection:
        connection.load_extension(str(_reader(kind)))
        place = where.replace("'", "''")
        connection.execute(f"ATTACH '{place}' AS there (TYPE {kind}, READ_ONLY)")
        connection.execute("USE there")
        yield connection


def _reader(kind: Kind) -> Path:
    name = f"{kind}_scanner"
    shelf = Path(str(files(f"duckdb_extension_{name}"))) / "extensions"
    return shelf / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"

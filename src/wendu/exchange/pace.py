"""How many rows are written at once: few enough that nobody at a screen notices, and others get a turn between them."""

from time import sleep

from django.db import connection

SECONDS_A_BATCH, PAUSE_SECONDS = 0.1, 0.01
FEWEST_ROWS, FIRST_ROWS, MOST_ROWS = 50, 60, 2000
ONE_IMPORT_AT_A_TIME = 7_461_001


class Pace:
    """The size of the next batch, learned from how long the last one took."""

    def __init__(self, first: int | None = None) -> None:
        self.size = first or FIRST_ROWS

    def took(self, seconds: float) -> None:
        """Grow or shrink by what a batch took, and let others write."""
        ratio = min(1.5, max(0.5, SECONDS_A_BATCH * 0.8 / max(seconds, 0.001)))
        self.size = int(min(MOST_ROWS, max(FEWEST_ROWS, self.size * ratio)))
        breathe()


def breathe() -> None:
    """SQLite has one writer: leave the lock alone for as long as those who wait for it need to notice."""
    if connection.vendor == "sqlite":
        sleep(PAUSE_SECONDS)


def one_at_a_time() -> None:
    """Two imports at once see each other's rows: SQLite has one writer anyway, PostgreSQL is asked to wait."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])

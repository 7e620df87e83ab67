"""Tables asked for through the room, and the machine work on them done here and now."""

from typing import Any

from tests.cast import MONDAY
from wendu.exchange.reading import open_table
from wendu.exports.actions import ask_for_export
from wendu.exports.models import Export
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job


def asked(actor: Any, kind: str = "customers", query: str = "", at=MONDAY, **wishes: Any) -> Export:
    wishes = {"columns": "shown", "ending": "csv", "language": "zh-hans", **wishes}
    return ask_for_export(kind=kind, query=query, actor=actor, at=at, **wishes)


def run_jobs() -> list[str]:
    """Do all that was asked for; says how it ended."""
    return [perform(job.pk) for job in Job.objects.open().filter(kind__startswith="exports.")]


def written(actor: Any, kind: str = "customers", query: str = "", **wishes: Any) -> Export:
    row = asked(actor, kind, query, **wishes)
    run_jobs()
    row.refresh_from_db()
    return row


def rows_of(row: Export) -> list[dict[str, str]]:
    """The rows of its file, by their heads."""
    table = open_table(row.file)
    return [dict(zip(table.header, cells, strict=False)) for _, cells in table.rows()]


def ids_of(row: Export) -> list[str]:
    """The ids in its file, in order."""
    return [found["系统编号"] for found in rows_of(row)] if row.rows else []

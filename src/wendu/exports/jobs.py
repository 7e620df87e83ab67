"""Writing a table that was asked for, and letting old files go."""

from time import monotonic
from typing import Any

from django.utils import translation

from wendu.agenda.actions import notify
from wendu.exports.actions import WRITE, forget_exports
from wendu.exports.choices import Kind
from wendu.exports.models import Export
from wendu.exports.writing import Watch, write_archive, write_file
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError

LONGEST_SECONDS = 3 * 3600
READY, FAILED = "export_ready", "export_failed"
LONGEST_PROBLEM = 500


@job(WRITE, stalls_allowed=2, most_seconds=LONGEST_SECONDS)
def write(run: Run, *, row: int) -> dict[str, Any]:
    """Write the file of an export and tell who asked; an attempt that died begins anew."""
    found = Export.objects.select_related("actor").filter(pk=row, done_at=None, forgotten_at=None).first()
    if found is None:
        return {}
    with translation.override(found.language):
        problem, rows = "", None
        try:
            rows = _written(found, f"{run.job_id}-{run.attempt}", _Watch(run))
        except ActionError as refused:
            problem = refused.text()[:LONGEST_PROBLEM]
    size = found.file.stat().st_size if rows is not None else None
    with run.batch():
        mine = Export.objects.filter(pk=row, done_at=None, forgotten_at=None)
        if mine.update(done_at=now(), rows=rows, size=size, problem=problem):
            told = {"export": str(found.uuid), "kind": found.kind, "rows": rows}
            code = FAILED if problem else READY
            notify(user=found.actor, code=code, at=now(), params=told, key=f"export {found.uuid}")
        run.advance(max(0, (rows or 0) - run.progress), total=rows or 0)
    return {"rows": rows}


def _written(row: Export, mark: str, watch: Watch) -> int:
    if row.kind == Kind.ACCOUNT:
        return write_archive(row, mark=mark, watch=watch, at=now())
    return write_file(row, mark=mark, watch=watch)


class _Watch:
    """Notes how far the writing is, once a second, and stops it when it is not wanted any more."""

    def __init__(self, run: Run) -> None:
        self._run, self._told = run, monotonic()

    def __call__(self, rows: int, total: int) -> None:
        if monotonic() - self._told >= 1:
            self._told = monotonic()
            with self._run.batch():
                self._run.advance(max(0, rows - self._run.progress), total=total)


@job("exports.forget", every_minutes=60 * 12)
def forget(run: Run) -> dict[str, int]:  # noqa: ARG001  every body is given its run
    """Let go of files that were asked for days ago."""
    return {"forgotten": forget_exports(at=now())}

"""The nightly backup, and making one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from wendu.backups.actions import MAKE, ask_nightly, make_backup
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now

LONGEST_SECONDS = 6 * 3600


@job("backup.daily", every_minutes=20)
def daily(run: Run) -> dict[str, bool]:  # noqa: ARG001  every body is given its run
    """Have the backup of the night made; it is handed on, since whatever comes round must be quick."""
    return {"asked": ask_nightly(at=now())}


@job(MAKE, most_seconds=LONGEST_SECONDS, stalls_allowed=2)
def make(run: Run, *, file: str) -> dict[str, Any]:
    """Make one backup in the folder of the backups and let the oldest go."""

    def watch(_table: str, rows: int) -> None:
        run.check()
        run.advance(rows)

    made = make_backup(
        path=Path(file),
        actor=run.actor,
        at=now(),
        verifies=settings.BACKUP_VERIFY,
        keep=settings.BACKUP_KEEP,
        watch=watch,
    )
    return asdict(made)

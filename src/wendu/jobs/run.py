"""One attempt at a job: what its body may ask and write, and the fence that stops an attempt another has overtaken."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.kernel.clock import now

Watcher = Callable[[int, int | None], None]
HELD_AT_MOST = 0.1
"""So long, in seconds, a job may keep others from writing before it lets them go first."""
BREATHER = 0.02
"""For so long, in seconds: several times as long as whoever waits takes to ask again."""


class Superseded(Exception):
    """A later attempt has taken over; whatever this one was writing is rolled back."""


class Cancelled(Exception):
    """Somebody asked the job to stop; what was written so far stays."""


class Run:
    """The attempt a body works in: `cursor` says where the one before it stopped, `advance` says how far it is."""

    def __init__(self, job: Job, *, watch: Watcher | None = None) -> None:
        self.job = job
        self.job_id = job.pk
        self.attempt = job.attempts
        self.actor = job.actor
        self.cursor: dict[str, Any] = dict(job.cursor)
        self.progress = job.progress
        self.total = job.total
        self._watch = watch
        self._held = 0.0

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write one batch: its rows and the `advance` inside become true together, or not at all."""
        self.check()
        begun = time.monotonic()
        with transaction.atomic():
            yield
        self._let_others_write(time.monotonic() - begun)

    def advance(self, by: int = 0, *, total: int | None = None, cursor: dict[str, Any] | None = None) -> None:
        """Note the progress and where to go on from; raise `Superseded` if this attempt no longer counts.

        Call it last inside `batch`, so that the rows and the cursor cannot disagree.
        """
        changes: dict[str, Any] = {"beat_at": now(), "stalls": 0, "progress": F("progress") + by}
        if total is not None:
            changes["total"] = total
        if cursor is not None:
            changes["cursor"] = cursor
        self._write(**changes)
        self.progress += by
        self.total = total if total is not None else self.total
        self.cursor = dict(cursor) if cursor is not None else self.cursor
        if self._watch is not None:
            self._watch(self.progress, self.total)

    def check(self) -> None:
        """Stop here if the job was cancelled or another attempt took over; for long stretches without writing."""
        row = Job.objects.filter(pk=self.job_id).values_list("attempts", "state", "cancel_requested").first()
        if row is None or row[0] != self.attempt or row[1] != JobState.RUNNING:
            raise Superseded
        if row[2]:
            raise Cancelled

    def beat(self) -> bool:
        """Give a sign of life; false if this attempt no longer counts."""
        return bool(self._mine().update(beat_at=now()))

    def release(self) -> None:
        """Give the job back to the queue: another attempt goes on from the cursor."""
        self._mine().update(state=JobState.QUEUED, beat_at=now())

    def end(self, state: JobState, *, result: dict[str, Any] | None = None, error: str = "") -> None:
        """Write how it ended."""
        self._write(state=state, ended_at=now(), result=result or {}, error=error[:4000])

    def _let_others_write(self, held: float) -> None:
        """SQLite has one writer and no queue: a job that takes the lock again at once would keep everybody out."""
        self._held += held
        if connection.vendor == "sqlite" and self._held >= HELD_AT_MOST:
            self._held = 0.0
            time.sleep(BREATHER)

    def _write(self, **changes: Any) -> None:
        if not self._mine().update(**changes):
            raise Superseded

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job_id, attempts=self.attempt, state=JobState.RUNNING)

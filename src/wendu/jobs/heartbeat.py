"""A sign of life while a body works, so that a long job is not taken for a dead one."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import Self

from django.db import Error, connection

from wendu.jobs.run import Run

SECONDS = 5.0

_log = logging.getLogger(__name__)


class Heartbeat:
    """Beats beside a running body until it ends or another attempt takes over."""

    def __init__(self, run: Run, *, seconds: float = SECONDS) -> None:
        self._run = run
        self._seconds = seconds
        self._stop = Event()
        self._thread = Thread(target=self._beat, name=f"beat-{run.job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stop.wait(self._seconds):
                if not self._again():
                    return
        finally:
            connection.close()

    def _again(self) -> bool:
        try:
            return self._run.beat()
        except Error:
            _log.warning("job %s could not give a sign of life", self._run.job_id, exc_info=True)
            connection.close()
            return True

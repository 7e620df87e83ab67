"""The worker of `wendu up`: keeps its processes alive, whatever kills them.

`supervise()` is the entry; each child is `python -m wendu.jobs.worker QUEUE`, a process that shares nothing.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from time import monotonic, sleep
from types import FrameType
from typing import Any

import django
from django.conf import settings

from wendu.kernel.presence import InUse, stay

GRACE_SECONDS = 10.0
LOOK_EVERY_SECONDS = 0.5
RESTORING = 75  # what shells call "try again later"
SHORTEST_LIFE_SECONDS = 2.0  # a child that dies sooner is started again only after this long

_log = logging.getLogger(__name__)


@dataclass
class Child:
    """A place for one process working off one queue."""

    queue: str
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default=float("-inf"))

    def keep_alive(self) -> None:
        """Start the process if there is none, though not more often than every few seconds."""
        if self.process is not None and self.process.poll() is None:
            return
        if monotonic() - self.started < SHORTEST_LIFE_SECONDS:
            return
        if self.process is not None and self.process.returncode:
            _log.warning("worker of %s ended with %s and is started again", self.queue, self.process.returncode)
        self.started = monotonic()
        self.process = subprocess.Popen([sys.executable, "-m", "wendu.jobs.worker", self.queue])  # noqa: S603  ourselves

    def stop(self, deadline: float) -> None:
        """Wait for the process until the deadline, then kill it: its job goes on from the cursor."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Keeps one process for the rounds and some for the jobs, until it is told to stop."""

    def __init__(self, queues: list[str]) -> None:
        self.children = [Child(queue) for queue in queues]
        self._stopping = False

    def run(self) -> None:
        """Look after the children until SIGTERM, SIGINT or `stop`."""
        try:
            while not self._stopping:
                for child in self.children:
                    child.keep_alive()
                sleep(LOOK_EVERY_SECONDS)
        finally:
            deadline = monotonic() + GRACE_SECONDS
            for child in self.children:
                if child.process is not None:
                    child.process.terminate()
            for child in self.children:
                child.stop(deadline)

    def stop(self, _signum: int | None = None, _frame: FrameType | None = None) -> None:
        """Let `run` end."""
        self._stopping = True


def supervise() -> int:
    """Run the workers of this machine in the foreground; returns when told to stop (Django must be set up)."""
    from wendu.jobs.schedules import ROUNDS, unlock_queue, write_schedules  # noqa: PLC0415  needs Django set up

    write_schedules()
    unlock_queue()
    cluster: dict[str, Any] = settings.Q_CLUSTER
    supervisor = Supervisor([ROUNDS, *[cluster["name"]] * cluster["workers"]])
    signal.signal(signal.SIGTERM, supervisor.stop)
    signal.signal(signal.SIGINT, supervisor.stop)
    supervisor.run()
    return 0


def main(arguments: list[str]) -> int:
    """Be one worker process (with the name of a queue) or the supervisor of them (without)."""
    django.setup()
    try:
        stay(settings.DATA_DIR)
    except InUse:
        _log.warning("a backup is being restored; the worker starts when that is done")
        return RESTORING
    if not arguments:
        return supervise()
    from wendu.jobs.loop import Loop  # noqa: PLC0415  needs Django set up

    Loop(arguments[0]).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

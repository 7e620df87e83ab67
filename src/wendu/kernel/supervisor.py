"""Keep processes alive: each is started again when it dies, all are stopped together."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep
from types import FrameType

GRACE_SECONDS = 12.0  # longer than a job or a request needs to come to a clean end
LOOK_EVERY_SECONDS = 0.3
SHORTEST_LIFE_SECONDS = 1.0  # one that dies sooner is started again only after this long

_log = logging.getLogger(__name__)


@dataclass
class Service:
    """A place for one long-running process.

    In a group of its own (`own_group`) it takes its children with it: a killed server must not leave workers behind
    that still hold its port. Without, it belongs to the group of whoever supervises it and goes when that goes.
    """

    name: str
    command: Sequence[str]
    own_group: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default=float("-inf"))

    def keep_alive(self) -> None:
        """Start it if it is not running, though not in a tight circle."""
        if self.process is not None and self.process.poll() is None:
            return
        if monotonic() - self.started < SHORTEST_LIFE_SECONDS:
            return
        if self.process is not None and self.process.returncode:
            _log.warning("%s ended with %s and is started again", self.name, self.process.returncode)
        self.sweep()
        self.started = monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=self.own_group)  # noqa: S603  our own commands

    def terminate(self) -> None:
        """Ask it to come to an end."""
        if self.process is not None:
            self.process.terminate()

    def stop(self, deadline: float) -> None:
        """Wait until the deadline (of `monotonic`), then end it."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - monotonic()))
        self.sweep()
        self.process.wait()

    def sweep(self) -> None:
        """End whatever is left of it."""
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            if self.own_group:
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()


@dataclass
class Supervisor:
    """Looks after its services until SIGINT, SIGTERM or `stop`."""

    services: Sequence[Service]
    stopping: bool = False

    def run(self) -> None:
        """Keep every service alive until told to stop, then stop all of them cleanly."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        try:
            while not self.stopping:
                for service in self.services:
                    service.keep_alive()
                sleep(LOOK_EVERY_SECONDS)
        finally:
            deadline = monotonic() + GRACE_SECONDS
            for service in self.services:
                service.terminate()
            for service in self.services:
                service.stop(deadline)

    def stop(self, _signum: int | None = None, _frame: FrameType | None = None) -> None:
        """Let `run` end."""
        self.stopping = True

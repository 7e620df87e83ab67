"""`wendu up`: the web server and the job worker side by side, each started again when it dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep
from types import FrameType

from wendu.ops.said import say

GRACE_SECONDS = 12.0
LOOK_EVERY_SECONDS = 0.3
SHORTEST_LIFE_SECONDS = 1.0


@dataclass
class Service:
    """One long-running process with all its children, in a group of their own.

    A killed server must not leave workers behind that still hold its port, so the whole group goes before a new start.
    """

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default=float("-inf"))

    def keep_alive(self) -> None:
        """Start it if it is not running, though not in a tight circle."""
        if self.process is not None and self.process.poll() is None:
            return
        if monotonic() - self.started < SHORTEST_LIFE_SECONDS:
            return
        self.sweep()
        self.started = monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603  our own commands

    def stop(self, deadline: float) -> None:
        """Wait until the deadline, then end it."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - monotonic()))
        self.sweep()
        self.process.wait()

    def sweep(self) -> None:
        """End whatever is left of the group."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class House:
    """All services of one installation, until SIGINT or SIGTERM."""

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
                if service.process is not None:
                    service.process.terminate()
            for service in self.services:
                service.stop(deadline)

    def stop(self, _signum: int | None = None, _frame: FrameType | None = None) -> None:
        """Let `run` end."""
        self.stopping = True


def serve(*, host: str = "127.0.0.1", port: int = 8000, workers: int = 1, announce: bool = True) -> None:
    """Run the site until it is told to stop."""
    house = House([Service("web", web_command(host, port, workers)), Service("worker", worker_command())])
    if announce:
        say(f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{port}/")
    house.run()


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Granian with respawn switched on: by default one killed worker stops the whole server."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", os.environ.get("WENDU_THREADS", "4")),
        *("--respawn-failed-workers", "--respawn-interval", "1", "--no-ws", "--log-level", "warning"),
        "wendu.config.wsgi:application",
    ]


def worker_command() -> list[str]:
    """The supervisor of the job processes, which keeps its own children alive."""
    return [sys.executable, "-m", "wendu.jobs.worker"]

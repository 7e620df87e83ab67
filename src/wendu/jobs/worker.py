"""The worker of `wendu up`: keeps its processes alive, whatever kills them.

`supervise()` is the entry; each child is `python -m wendu.jobs.worker QUEUE`, a process that shares nothing. One that
is killed loses nothing: its job goes on from the cursor.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import django
from django.conf import settings

from wendu.kernel.presence import InUse, stay
from wendu.kernel.supervisor import Service, Supervisor

RESTORING = 75  # what shells call "try again later"

_log = logging.getLogger(__name__)


def supervise() -> int:
    """Run the workers of this machine in the foreground; returns when told to stop (Django must be set up)."""
    from wendu.jobs.schedules import ROUNDS, unlock_queue, write_schedules  # noqa: PLC0415  needs Django set up

    write_schedules()
    unlock_queue()
    cluster: dict[str, Any] = settings.Q_CLUSTER
    queues = [ROUNDS, *[cluster["name"]] * cluster["workers"]]
    Supervisor([Service(f"worker of {queue}", command_of(queue)) for queue in queues]).run()
    return 0


def command_of(queue: str) -> list[str]:
    """One process that works off this queue."""
    return [sys.executable, "-m", "wendu.jobs.worker", queue]


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

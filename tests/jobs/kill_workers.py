"""Start the worker of `wendu up` for real, kill its processes in the middle of a job, and see the job done once.

Run by test_worker.py as a program of its own: `python -m tests.jobs.kill_workers SEED`.
"""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import django
from django.core.management import call_command

SECONDS = 150


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in found]


def main(seed: int) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from tests.jobs.slow import STEPS
    from wendu.identity.models import Team
    from wendu.jobs.actions import enqueue
    from wendu.jobs.models import Job

    chance = random.Random(seed)
    asked = enqueue("test.slow", actor=None)
    supervisor = start()
    began = monotonic()
    kills = 0
    try:
        while monotonic() - began < SECONDS:
            sleep(chance.uniform(0.2, 1.5))
            asked.refresh_from_db()
            if asked.state == "done":
                break
            if kills < 3 and 0 < asked.progress < STEPS and asked.state == "running":
                kills += 1
                for victim in children(supervisor.pid):
                    os.kill(victim, signal.SIGKILL)
                if kills == 2:
                    supervisor.kill()
                    supervisor.wait()
                    supervisor = start()
    finally:
        supervisor.send_signal(signal.SIGTERM)
        code = supervisor.wait(30)
    names = sorted(Team.objects.values_list("name", flat=True))
    ticks = Job.objects.filter(kind="agenda.tick", state="done").count()
    print(f"{asked.state} progress={asked.progress} attempts={asked.attempts} kills={kills} ticks={ticks} exit={code}")
    assert (asked.state, asked.progress, kills, code) == ("done", STEPS, 3, 0)
    assert names == sorted(f"step {step}" for step in range(STEPS)), "a step was lost or doubled"
    assert ticks, "the rounds did not go on"


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "wendu.jobs.worker"])


if __name__ == "__main__":
    main(int(sys.argv[1]))

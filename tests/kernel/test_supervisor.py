"""Processes side by side: each started again when it dies, all stopped together."""

import os
import signal
import sys
import threading
from pathlib import Path
from time import monotonic, sleep
from types import SimpleNamespace

from wendu.kernel import supervisor as room
from wendu.kernel.supervisor import Service, Supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_dead_child_is_started_again_and_all_stop_together(monkeypatch):
    monkeypatch.setattr(room, "SHORTEST_LIFE_SECONDS", 0.0)
    monkeypatch.setattr(room.signal, "signal", lambda *_: None)
    supervisor = Supervisor([Service("web", SLEEPER, own_group=True), Service("worker", SLEEPER)])
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    first = _pid(supervisor, 0)

    os.kill(first, signal.SIGKILL)
    again = _pid(supervisor, 0, besides=first)
    supervisor.stop()
    thread.join(15)

    assert again != first
    assert not thread.is_alive()
    assert [service.process.returncode for service in supervisor.services] == [-signal.SIGTERM] * 2


def test_a_dead_process_is_started_again_but_not_in_a_rush(monkeypatch):
    started = []
    monkeypatch.setattr(room, "SHORTEST_LIFE_SECONDS", 0.0)
    dead = SimpleNamespace(poll=lambda: 9, returncode=9, pid=0, kill=lambda: None)
    monkeypatch.setattr(room.subprocess, "Popen", lambda command, **_: started.append(command) or dead)
    service = Service("worker", SLEEPER)
    for _ in range(3):
        service.keep_alive()
    assert len(started) == 3

    monkeypatch.setattr(room, "SHORTEST_LIFE_SECONDS", 60.0)
    service.keep_alive()
    assert len(started) == 3


def test_one_that_does_not_listen_is_killed_at_the_deadline(tmp_path):
    note = tmp_path / "deaf"
    ignore = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    deaf = f"{ignore}; open({str(note)!r}, 'w').close(); time.sleep(60)"
    service = Service("deaf", [sys.executable, "-c", deaf])
    service.keep_alive()
    wait_until(note.exists)

    service.terminate()
    service.stop(monotonic() + 0.2)

    assert service.process.returncode == -signal.SIGKILL


def _pid(supervisor, number, *, besides=None, seconds=10):
    end = monotonic() + seconds
    while monotonic() < end:
        process = supervisor.services[number].process
        if process is not None and process.pid != besides and process.poll() is None:
            return process.pid
        sleep(0.05)
    raise AssertionError("the child did not come")


def test_a_killed_service_leaves_no_child_behind(tmp_path):
    """What a killed server leaves behind must not hold its port when it is started again."""
    note = tmp_path / "child"
    child = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}]).wait()"
    service = Service("test", [sys.executable, "-c", parent], own_group=True)
    service.keep_alive()
    wait_until(lambda: note.exists() and note.read_text())
    orphan = int(note.read_text())

    service.process.kill()
    service.process.wait()
    service.sweep()

    wait_until(lambda: not is_alive(orphan))


def wait_until(holds, seconds: float = 20.0) -> None:
    until = monotonic() + seconds
    while not holds():
        assert monotonic() < until
        sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"

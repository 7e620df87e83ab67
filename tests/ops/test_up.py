"""Two processes side by side: each started again when it dies, both stopped together."""

import os
import signal
import sys
import threading
from pathlib import Path
from time import monotonic, sleep

from wendu.ops import up
from wendu.ops.up import House, Service, web_command

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_dead_child_is_started_again_and_all_stop_together(monkeypatch):
    monkeypatch.setattr(up, "SHORTEST_LIFE_SECONDS", 0.0)
    monkeypatch.setattr(up.signal, "signal", lambda *_: None)
    house = House([Service("web", SLEEPER), Service("worker", SLEEPER)])
    thread = threading.Thread(target=house.run)
    thread.start()
    first = _pid(house, 0)

    os.kill(first, signal.SIGKILL)
    again = _pid(house, 0, besides=first)
    house.stop()
    thread.join(15)

    assert again != first
    assert not thread.is_alive()
    assert [service.process.poll() is not None for service in house.services] == [True, True]


def test_a_killed_server_worker_comes_back():
    assert "--respawn-failed-workers" in web_command("127.0.0.1", 8000, 2)


def _pid(house, number, *, besides=None, seconds=10):
    end = monotonic() + seconds
    while monotonic() < end:
        process = house.services[number].process
        if process is not None and process.pid != besides and process.poll() is None:
            return process.pid
        sleep(0.05)
    raise AssertionError("the child did not come")


def test_a_killed_service_leaves_no_child_behind(tmp_path):
    """What a killed server leaves behind must not hold its port when it is started again."""
    note = tmp_path / "child"
    child = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}]).wait()"
    service = Service("test", [sys.executable, "-c", parent])
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

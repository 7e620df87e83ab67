"""Kill processes at random while touches are logged: none that was acknowledged may be lost or doubled.

`make faults` runs the real server and worker on a throwaway firm, on this machine only; `python -m wendu.ops.faults`
does the same and prints the figure.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

from wendu.ops.faults_client import Client, Trouble

KILLS = 20
CUSTOMERS = 30
WARM_UP_SECONDS = 90.0
LONGEST_SECONDS = 420.0
PAUSE = (0.0, 1.2)
LONGEST_RECOVERY_SECONDS = 30.0


@dataclass
class Outcome:
    """What became of the touches that were sent."""

    kills: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    resent: int = 0
    lost: int = 0
    doubled: int = 0
    longest_gap: float = 0.0
    is_back: bool = False
    answered: int = 0

    @property
    def holds(self) -> bool:
        """Nothing acknowledged was lost or doubled, and the service is back by itself."""
        return self.is_back and not self.lost and not self.doubled

    def __str__(self) -> str:
        killed = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        lines = (
            f"kills {sum(self.kills.values())} ({killed})",
            f"acknowledged {self.acknowledged}",
            f"sent again {self.resent}",
            f"lost {self.lost}",
            f"doubled {self.doubled}",
            f"longest silence {self.longest_gap:.1f} s",
            "back by itself" if self.is_back else "NOT back",
        )
        return " · ".join(lines)


def run_faults(kills: int = KILLS, seed: int = 1) -> Outcome:
    """Load a small firm, serve it, log touches through the web while killing, then count what is stored."""
    with tempfile.TemporaryDirectory(prefix="wendu-faults-") as folder:
        port = free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WENDU_")},
            "WENDU_DEMO": "1",
            "WENDU_DATA_DIR": folder,
            "WENDU_BASE_URL": f"http://127.0.0.1:{port}",
            "WENDU_LOG_LEVEL": "ERROR",
        }
        environment.pop("DATABASE_URL", None)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        _call(["-m", "wendu.ops.demo", str(CUSTOMERS)], environment)
        command = [sys.executable, "-c", "from wendu.ops.cli import main; main()", "up", "--port", str(port)]
        log = (Path(folder) / "up.log").open("wb")
        service = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)  # noqa: S603
        try:
            return _attack(service.pid, port, Path(folder), kills=kills, rng=random.Random(seed))  # noqa: S311
        finally:
            _stop(service)
            log.close()


def _attack(pid: int, port: int, folder: Path, *, kills: int, rng: random.Random) -> Outcome:
    outcome, over = Outcome(), Event()
    client = Client(f"http://127.0.0.1:{port}")
    client.wait_until_up(WARM_UP_SECONDS)
    client.sign_in("rep", "wendu-demo", patience=WARM_UP_SECONDS)
    pages = client.log_forms()
    killer = Thread(target=_kill, args=(pid, kills, rng, outcome, over), daemon=True)
    killer.start()
    ledger: dict[str, bool] = {}
    began, latest = monotonic(), monotonic()
    while not over.is_set() and monotonic() - began < LONGEST_SECONDS:
        mark = f"F{len(ledger):05}Z"
        ledger[mark] = _send(client, rng.choice(pages), mark, outcome)
        latest = _heard(outcome, latest, answered=ledger[mark])
    over.set()
    killer.join(10)
    mark = f"F{len(ledger):05}Z"
    outcome.is_back = ledger[mark] = _send(client, pages[0], mark, outcome)
    _heard(outcome, latest, answered=outcome.is_back)
    outcome.acknowledged = sum(ledger.values())
    stored = _stored(folder)
    outcome.lost = sum(1 for mark, known in ledger.items() if known and stored.get(mark, 0) == 0)
    outcome.doubled = sum(1 for mark in ledger if stored.get(mark, 0) > 1)
    return outcome


def _heard(outcome: Outcome, latest: float, *, answered: bool) -> float:
    """Note how long nothing was acknowledged; gives the moment of the latest answer."""
    if not answered:
        return latest
    outcome.answered += 1
    outcome.longest_gap = max(outcome.longest_gap, monotonic() - latest)
    return monotonic()


def _send(client: Client, page: str, mark: str, outcome: Outcome) -> bool:
    """Log one touch and, unanswered, send the same form again, as a browser's person would."""
    for attempt in range(40):
        outcome.resent += attempt > 0
        try:
            client.log_touch(page, key=f"faults-{mark}", note=f"断电演练 {mark}")
        except Trouble:
            sleep(0.4)
        else:
            return True
    return False


def _kill(pid: int, kills: int, rng: random.Random, outcome: Outcome, over: Event) -> None:
    """End processes of the service without warning, one after the other."""
    done = 0  # the next blow falls when touches are being logged again
    while done < kills and not over.wait(rng.uniform(*PAUSE)):
        victims = _victims(pid)
        if not victims:
            continue
        victim, name = rng.choice(victims)
        before, end = outcome.answered, monotonic() + LONGEST_RECOVERY_SECONDS
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            continue
        outcome.kills[name] = outcome.kills.get(name, 0) + 1
        done += 1
        while outcome.answered == before and monotonic() < end and not over.wait(0.05):
            pass
    over.wait(3.0)
    over.set()


def _victims(pid: int) -> list[tuple[int, str]]:
    """The server's and the worker's processes of the service, by kind; each service is a process group of its own."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,pgid=,args="], capture_output=True, text=True, check=True)  # noqa: S607
    rows = [line.split(None, 3) for line in listed.stdout.splitlines()]
    groups = {group for _, parent, group, _ in rows if int(parent) == pid}
    found = []
    for number, parent, group, words in rows:
        if group not in groups or int(number) == pid:
            continue
        if "wendu.jobs.worker" in words:
            found.append((int(number), "job worker"))
        else:
            found.append((int(number), "server" if int(parent) == pid else "server worker"))
    return found


def _stored(folder: Path) -> dict[str, int]:
    """How often each mark is in the database, read past the application."""
    import re
    import sqlite3
    from contextlib import closing

    counts: dict[str, int] = {}
    path = next(each for each in folder.rglob("*.sqlite3"))
    with closing(sqlite3.connect(path)) as database:
        notes = database.execute("SELECT note FROM touches_touch WHERE note LIKE '断电演练 %'").fetchall()
    for (note,) in notes:
        for mark in re.findall(r"F\d{5}Z", note):
            counts[mark] = counts.get(mark, 0) + 1
    return counts


def _call(arguments: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _stop(service: subprocess.Popen[bytes]) -> None:
    """End the service, and whatever outlived a killed parent."""
    service.terminate()
    with suppress(subprocess.TimeoutExpired):
        service.wait(25)
    with suppress(ProcessLookupError):
        os.killpg(service.pid, signal.SIGKILL)
    service.wait()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    found = run_faults()
    print(found)
    raise SystemExit(0 if found.holds else 1)

"""Many at once: the real server with one, eight and thirty-two clients, what a request costs it and what it holds."""

import http.client
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from threading import Barrier, Thread
from time import monotonic, perf_counter, sleep

from django.test import Client
from django.urls import reverse

from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.ops.bench_figures import Figure
from wendu.ops.faults import free_port
from wendu.ops.up import web_command

CROWDS, REQUESTS = (1, 8, 32), 320
BUDGET, PEAK = "CPU a request ≤ 30 ms:", "≤ 300 MB:"
WARM_UP, SECONDS_TO_RISE, TIMEOUT = 16, 60.0, 30.0
TICKS, KILOBYTES, PERCENT = os.sysconf("SC_CLK_TCK"), 1024, 100
OK = 200


def crowds(user: User) -> Iterator[Figure]:
    """Serve what is there, and let more and more clients turn pages at once: lists, a customer, today, a search."""
    own = Customer.objects.filter(owner=user, deleted_at__isnull=True).order_by("pk").values_list("uuid", flat=True)
    pages = [
        reverse("customers:list"),
        reverse("customers:list") + "?sort=due",
        reverse("today:today"),
        *(reverse("customers:page", args=[uuid]) for uuid in own[:20]),
        *(f"{reverse('search:find')}?q={words}" for words in ("yhzc", "%E7%A0%9A%E6%B9%96")),
    ]
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    cookie = f"sessionid={browser.cookies['sessionid'].value}"
    with _served() as (port, server):
        _turn_pages(port, cookie, pages, 1, WARM_UP)
        for count in CROWDS:
            spent = _cpu(server)
            began = perf_counter()
            walls = sorted(_turn_pages(port, cookie, pages, count, REQUESTS // count))
            rate, cpu = len(walls) / (perf_counter() - began), (_cpu(server) - spent) * 1000 / len(walls)
            ranks = quantiles(walls, n=PERCENT)
            note = f"{cpu:.1f} ms, {rate:.0f} requests/s"
            yield Figure(f"{count} at once", BUDGET, wall_p50=_ms(ranks[49]), wall_p95=_ms(ranks[94]), note=note)
        yield Figure("memory of the server", PEAK, note=f"{_peak(server)} MB at most")


def _turn_pages(port: int, cookie: str, pages: Sequence[str], count: int, each: int) -> list[float]:
    """So many clients at once, each opening so many pages; gives the seconds of every one."""
    gate, walls, wrong = Barrier(count), list[float](), list[str]()

    def turn(number: int) -> None:
        chance = random.Random(number)  # noqa: S311  the same pages each time
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        gate.wait()
        for _ in range(each):
            page, began = chance.choice(pages), perf_counter()
            line.request("GET", page, headers={"Cookie": cookie, "Accept-Language": "zh-CN"})
            answer = line.getresponse()
            answer.read()
            walls.append(perf_counter() - began)
            if answer.status != OK:
                wrong.append(f"{page}: {answer.status}")
        line.close()

    threads = [Thread(target=turn, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(wrong[0])
    return walls


@contextmanager
def _served() -> Iterator[tuple[int, int]]:
    """The web server as `wendu up` starts it, on the same data; gives its port and process."""
    port = free_port()
    environment = {**os.environ, "WENDU_BASE_URL": f"http://127.0.0.1:{port}"}
    with subprocess.Popen(web_command("127.0.0.1", port, 1), env=environment, stdout=sys.stderr) as server:  # noqa: S603
        try:
            _wait(port)
            yield port, server.pid
        finally:
            server.terminate()


def _wait(port: int) -> None:
    end = monotonic() + SECONDS_TO_RISE
    while monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
            line.request("GET", "/healthz/live")
            if line.getresponse().status == OK:
                return
        sleep(0.3)
    raise TimeoutError("the server did not answer")


def _family(pid: int) -> list[int]:
    """A process and all below it, as Linux lists them."""
    found = [pid]
    for each in found:
        for listed in Path(f"/proc/{each}/task").glob("*/children"):
            found += map(int, listed.read_text().split())
    return found


def _cpu(pid: int) -> float:
    """Seconds of CPU a process and those below it have used."""
    ticks = 0
    for each in _family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def _peak(pid: int) -> int:
    """The most memory they ever held, in MB."""
    held = 0
    for each in _family(pid):
        lines = Path(f"/proc/{each}/status").read_text().splitlines()
        held += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return held // KILOBYTES


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)

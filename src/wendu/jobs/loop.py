"""One worker process: takes ids from the queue, one after the other, until told to stop.

The queue, its signing and its schedules are django-q2's. Its process pool is not used: a worker killed while it waits
on the shared pipe takes the pipe's lock with it, and the pool then stands still for ever.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from time import monotonic, sleep
from types import FrameType

from django.core.signing import BadSignature
from django.db import Error, close_old_connections
from django_q.brokers import get_broker
from django_q.scheduler import scheduler
from django_q.signing import SignedPackage
from django_q.timeout import TimeoutException, TimeoutHandler

from wendu.jobs.delivery import PERFORM, PERFORM_SCHEDULED, perform_delivered, perform_scheduled, redeliver_lost
from wendu.jobs.registry import registered
from wendu.jobs.schedules import ROUNDS
from wendu.kernel.clock import now

DELIVERED: dict[str, Callable[..., str]] = {PERFORM: perform_delivered, PERFORM_SCHEDULED: perform_scheduled}
MOST_TASKS = 500  # then the process is replaced by a fresh one
ROUND_SECONDS = 5.0
REST_SECONDS = 2.0

_log = logging.getLogger(__name__)


class Loop:
    """Works off one queue; the one of the rounds also looks what falls due and what got lost."""

    def __init__(self, queue: str) -> None:
        self._broker = get_broker(queue)
        self._makes_rounds = queue == ROUNDS
        self._next_round = 0.0
        self._stopping = False
        self._parent = os.getppid()

    def run(self) -> None:
        """Work until told to stop, left alone by the supervisor, or grown old."""
        registered()
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the supervisor decides
        done = 0
        while not self._stopping and done < MOST_TASKS and os.getppid() == self._parent:
            try:
                done += self._once()
            except Error:
                _log.warning("the queue cannot be read, trying again", exc_info=True)
                close_old_connections()
                sleep(REST_SECONDS)

    def _once(self) -> int:
        if self._makes_rounds and monotonic() >= self._next_round:
            scheduler(broker=self._broker)
            redeliver_lost(now())
            self._next_round = monotonic() + ROUND_SECONDS
        taken = self._broker.dequeue() or []
        for receipt, payload in taken:
            self._carry_out(payload)
            self._broker.acknowledge(receipt)
        return len(taken)

    def _carry_out(self, payload: str) -> None:
        try:
            task = SignedPackage.loads(payload)
            perform = DELIVERED[task["func"]]
        except (BadSignature, KeyError):
            _log.exception("a message that is not ours was dropped from the queue")
            return
        try:
            with TimeoutHandler(task.get("timeout") or -1):
                perform(*task["args"])
        except TimeoutException:
            _log.warning("%s took too long and will go on later", task.get("name"))
        except Error:
            raise
        except Exception:  # noqa: BLE001  one message must not stop the worker
            _log.exception("%s could not be carried out", task.get("name"))
        finally:
            close_old_connections()

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        self._stopping = True

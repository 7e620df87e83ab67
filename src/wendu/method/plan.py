"""The day of a rep: alerts, promises, pushed leads, the ranked list, and room kept for the queues (method: 3.5)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import NamedTuple

from wendu.method.gap import COLD
from wendu.method.priority import Score, rank
from wendu.method.reading import Reading, exact
from wendu.method.scales import PlanScale

ALERT_ORDER = ("strike", "missed_heat", "cold_gap_severe", "cold_gap")


class Row(NamedTuple):
    """One customer in pursuit as the plan sees it; one far beyond its window stands in the re-qualify queue instead."""

    customer: int
    priority: Reading | Score
    due_on: date | None
    planned_on: date | None = None
    alerts: tuple[str, ...] = ()
    is_quiet: bool = False
    requalify_on: date | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One customer in a queue of its own: revisit, first touch, repurchase, pulse, gap case, wake."""

    customer: int
    code: str
    due_on: date


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of the day: one customer, one reason."""

    customer: int
    group: str
    code: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The steps of the day, what found no room, and who is waiting until when."""

    steps: tuple[PlanStep, ...]
    left_out: tuple[PlanStep, ...]
    waiting: tuple[tuple[int, date], ...]


def due_on(row: Row) -> date | None:
    """The day a customer's touch is due: planned, agreed, or before the longest gap is full.

    In a quiet period only a planned step is due.
    """
    planned, due = row.planned_on, row.due_on
    if row.is_quiet or due is None:
        return planned
    return due if planned is None or due < planned else planned


def is_due(row: Row, on: date) -> bool:
    """Whether a customer is listed today: its touch is due, or an alert is open."""
    due = due_on(row)
    return (due is not None and due <= on) or bool(_open_alerts(row))


def day_plan(
    on: date,
    rows: Sequence[Row],
    scale: PlanScale,
    *,
    promises: Iterable[QueueItem] = (),
    pushed: Iterable[QueueItem] = (),
    queues: Iterable[QueueItem] = (),
    done: Collection[int] = (),
    snoozed: Collection[int] = (),
    capacity: int | None = None,
) -> DayPlan:
    """Fill a rep's day; what was done today has used its room, what was snoozed has left."""
    gone = {*done, *snoozed}
    ranked = {customer: place for place, customer in enumerate(rank((row.customer, row.priority) for row in rows))}
    rows = sorted((row for row in rows if row.customer not in gone), key=lambda row: ranked[row.customer])
    room = max(0, (scale.capacity if capacity is None else capacity) - len(done))
    requalify = [QueueItem(row.customer, "requalify", row.requalify_on) for row in rows if row.requalify_on]
    first = _once(gone, [*_alerts(rows), *_queued("promise", promises, on), *_queued("pushed", pushed, on)])
    listed = _once({*gone, *_customers(first)}, _listed(rows, on))
    queue = _once({*gone, *_customers(first)}, _queued("queue", [*requalify, *queues], on))
    steps = _filled(first, listed, queue, room, scale.queue_share)
    left_out = _once({*gone, *_customers(steps)}, [*first, *listed, *queue])
    named = {*_customers(steps), *_customers(left_out)}
    waiting = [(row.customer, due) for row in rows if row.customer not in named and (due := due_on(row)) is not None]
    return DayPlan(steps, left_out, tuple(sorted(waiting, key=lambda pair: (pair[1], ranked[pair[0]]))))


def _filled(
    first: tuple[PlanStep, ...],
    listed: tuple[PlanStep, ...],
    queue: tuple[PlanStep, ...],
    room: int,
    queue_share: float,
) -> tuple[PlanStep, ...]:
    """What fits: the share kept for the queues is taken from the ranked list, never from what comes first."""
    first = first[:room]
    kept = min(ceil(exact(room * queue_share)), len(queue), room - len(first))
    top = listed[: room - len(first) - kept]
    called = _once(_customers(top), queue)[: room - len(first) - len(top)]
    more = _once({*_customers(top), *_customers(called)}, listed)[: room - len(first) - len(top) - len(called)]
    return (*first, *top, *more, *called)


def _alerts(rows: Iterable[Row]) -> list[PlanStep]:
    open_alerts = [(row, _open_alerts(row)) for row in rows]
    steps = [
        PlanStep(row.customer, "alert", min(found, key=ALERT_ORDER.index), due_on(row))
        for row, found in open_alerts
        if found
    ]
    return sorted(steps, key=lambda step: ALERT_ORDER.index(step.code))


def _open_alerts(row: Row) -> tuple[str, ...]:
    """In a quiet period none; far beyond its window a customer is re-qualified, not called cold."""
    if row.is_quiet or not row.alerts:
        return ()
    return tuple(code for code in row.alerts if row.requalify_on is None or code not in COLD)


def _listed(rows: Iterable[Row], on: date) -> list[PlanStep]:
    return [
        PlanStep(row.customer, "ranked", "routine", due_on(row))
        for row in rows
        if row.requalify_on is None and is_due(row, on)
    ]


def _queued(group: str, items: Iterable[QueueItem], on: date) -> list[PlanStep]:
    due = sorted((item for item in items if item.due_on <= on), key=lambda item: (item.due_on, item.customer))
    return [PlanStep(item.customer, group, item.code, item.due_on) for item in due]


def _once(taken: Collection[int], steps: Iterable[PlanStep]) -> tuple[PlanStep, ...]:
    """At most one step per customer, the first reason wins."""
    chosen: dict[int, PlanStep] = {}
    for step in steps:
        if step.customer not in taken:
            chosen.setdefault(step.customer, step)
    return tuple(chosen.values())


def _customers(steps: Iterable[PlanStep]) -> set[int]:
    return {step.customer for step in steps}

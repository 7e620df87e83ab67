"""The data sheet of a customer: how full it is, and what to look after because of why they bought (3.21)."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from wendu.method.reading import exact
from wendu.method.scales import SheetScale

PERCENT = 100


class Entry(NamedTuple):
    """One thing the sheet asks for; `about` is the key of the order it belongs to, 0: of the customer."""

    code: str
    is_known: bool
    about: int = 0


class Fill(NamedTuple):
    """How full a sheet is: weights known and asked for, and what lacks, the heaviest first."""

    known: int
    asked: int
    lacks: tuple[Entry, ...]

    @property
    def percent(self) -> int | None:
        """Per cent, rounded down so that only a whole sheet is 100; None where nothing is asked for."""
        return int(exact(PERCENT * self.known / self.asked)) if self.asked else None


class Care(StrEnum):
    """Where the look after an order stands."""

    ASK_WHY = "ask_why"
    AHEAD = "ahead"
    DUE = "due"
    DONE = "done"
    MISSED = "missed"


class Look(NamedTuple):
    """What to look after with one order: the need to check, the reason it is cited from, and the days for it."""

    care: Care
    check: str
    because: str
    due_on: date
    until: date


class Told(NamedTuple):
    """What an order says of why it was placed; `cared_on` are the days somebody served or cared for them since."""

    ordered_on: date
    need: str = ""
    reason: str = ""
    scenario: str = ""
    accepted_on: date | None = None
    cared_on: tuple[date, ...] = ()


def fill(entries: Iterable[Entry], scale: SheetScale) -> Fill:
    """Add up the weights: need and reason count more than the rest, whatever is said of them."""
    asked = list(entries)
    weight = {"need": scale.need_counts, "reason": scale.reason_counts}
    known = sum(weight.get(each.code, 1) for each in asked if each.is_known)
    lacks = sorted((each for each in asked if not each.is_known), key=lambda each: -weight.get(each.code, 1))
    return Fill(known, sum(weight.get(each.code, 1) for each in asked), tuple(lacks))


def look_after(told: Told, on: date, scale: SheetScale) -> Look:
    """Say what to check with an order, and when: the need, else the reason; without either, ask why they bought.

    Days count from the acceptance, else from the order. Only service or care within these days is the look itself.
    """
    due_on = (told.accepted_on or told.ordered_on) + timedelta(days=scale.care_after_days)
    until = due_on + timedelta(days=scale.care_within_days)
    check, cited = told.need or told.reason, told.reason or told.need
    if told.scenario:
        cited = cited and f"{cited} · {told.scenario}"
    if not check:
        return Look(Care.ASK_WHY, "", "", due_on, until)
    if any(due_on <= day <= min(until, on) for day in told.cared_on):
        return Look(Care.DONE, check, cited, due_on, until)
    if on < due_on:
        return Look(Care.AHEAD, check, cited, due_on, until)
    return Look(Care.DUE if on <= until else Care.MISSED, check, cited, due_on, until)


def why_asked_on(
    ordered_on: date, asked_on: date | None, on: date, scale: SheetScale, *, every_days: int
) -> date | None:
    """Tell when to ask why they bought: the day after, then so long after each talk; None once nobody remembers."""
    if on > ordered_on + timedelta(days=scale.why_within_days):
        return None
    first = ordered_on + timedelta(days=1)
    return first if asked_on is None or asked_on < first else asked_on + timedelta(days=every_days)

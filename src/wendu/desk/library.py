"""The library of solutions as people read it: what it is for, what it has earned, and who used it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wendu.access.verbs import can
from wendu.coach.frame import Frame
from wendu.desk.wording import lang, reason_words
from wendu.identity.models import User
from wendu.method.deals.library import win_rate
from wendu.offers.choices import HelpKind
from wendu.offers.models import Solution, SolutionUse
from wendu.offers.queries import Earned, Wish, deals_with, earned, earned_by_help, library, whole_solution

MOST = 200
LATEST_DEALS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the library."""

    solution: Solution
    industry: str
    uses: int
    rate: float | None
    rate_words: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lines that fit, and how many more there are."""

    lines: tuple[Line, ...]
    more: int
    waiting: int
    by_help: tuple[tuple[str, Earned, float | None, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One line with all that hangs on it."""

    line: Line
    may_write: bool
    deals: tuple[SolutionUse, ...]
    unseen: int
    parts: tuple[Solution, ...] = field(default=())
    whole: tuple[Solution, ...] = field(default=())

    @property
    def solution(self) -> Solution:
        """The row itself."""
        return self.line.solution


def shelf(user: User, wish: Wish, frame: Frame) -> Shelf:
    """Read the library as one looks for something in it (five queries)."""
    rows = library(user, wish)
    shown = list(rows[: MOST + 1])
    more = rows.count() - MOST if len(shown) > MOST else 0
    waiting = Solution.objects.standing().filter(published_at__isnull=True).count()
    return Shelf(tuple(_lines(shown[:MOST], frame)), more, waiting, tuple(_by_help(frame)))


def sheet(user: User, uuid: Any, frame: Frame) -> Sheet | None:
    """Read one line of the library, whether in use or not."""
    solution = whole_solution(user, uuid=uuid).first()
    if solution is None:
        return None
    line = next(iter(_lines([solution], frame)))
    deals = tuple(deals_with(user, solution)[:LATEST_DEALS])
    return Sheet(
        line=line,
        may_write=can(user, "library.write"),
        deals=deals,
        unseen=max(0, line.uses - len(deals)),
        parts=tuple(each.part for each in solution.parts.all()),
        whole=tuple(each.solution for each in solution.part_of.all()),
    )


def industries(frame: Frame) -> list[tuple[str, str]]:
    """The industries of the playbook, by code."""
    return [(code, row.name.of(lang())) for code, row in frame.playbook.factors.industry.items()]


def _by_help(frame: Frame) -> Iterable[tuple[str, Earned, float | None, str]]:
    """How often a deal was won with help they needed badly, to fill a gap, or on top; only kinds that were used."""
    found = earned_by_help()
    for kind in HelpKind:
        if kind.value in found:
            past = found[kind.value]
            yield str(kind.label), past, *_rate(past, frame)


def _rate(past: Earned, frame: Frame) -> tuple[float | None, str]:
    rate = win_rate(past.won, past.lost, frame.scale.deal.presentation)
    value = float(rate.value) if isinstance(rate.value, int | float) else None
    return value, " ".join(reason_words(reason, frame.playbook) for reason in rate.reasons)


def _lines(rows: Iterable[Solution], frame: Frame) -> Iterable[Line]:
    solutions = list(rows)
    named = dict(industries(frame))
    found = earned([each.pk for each in solutions])
    for each in solutions:
        past = found.get(each.pk, Earned())
        yield Line(each, named.get(each.industry, each.industry), past.uses, *_rate(past, frame))

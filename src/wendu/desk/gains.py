"""What they gain with three kinds of people: a row for each, with its money, and what to ask where nobody asked yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wendu.coach.case import DealCase
from wendu.customers.choices import Market
from wendu.discovery.choices import ThreePeople
from wendu.discovery.models import Effect

STARTERS: Mapping[str, tuple[Promise, ...]] = {
    "customers": (
        gettext_lazy("What do your customers complain about lately?"),
        gettext_lazy("Of the orders you lost: what did the customer want that you could not do?"),
        gettext_lazy("What would your best customer pay more for?"),
    ),
    "rivals": (
        gettext_lazy("Where do your rivals beat you when you quote?"),
        gettext_lazy("What have your rivals changed this year that you have not?"),
        gettext_lazy("What could you do that they cannot, if one thing were different?"),
    ),
    "self": (
        gettext_lazy("What costs you the most money, time or worry today?"),
        gettext_lazy("When it goes wrong, what does one time cost, and how often is that?"),
        gettext_lazy("Who bears it now, and what would he do with that time?"),
    ),
}
UNASKED: Mapping[str, tuple[ThreePeople, ...]] = {
    Market.B2C: (ThreePeople.CUSTOMERS, ThreePeople.RIVALS),
    Market.B2G: (ThreePeople.RIVALS,),
}
"""Whom a private person and a public body have not."""


@dataclass(frozen=True, slots=True)
class GainRow:
    """One kind of people: what was found, what it brings a year, and how to begin where nothing was found."""

    people: str
    name: str
    effects: tuple[Effect, ...]
    minor: int | None
    starters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GainsView:
    """The grid of a deal; `verdict` says whether it may be called a solution, nothing where nothing was found."""

    rows: tuple[GainRow, ...]
    coverage: float
    minor: int | None
    ratio: float | None
    is_solution: bool
    verdict: str

    @property
    def years(self) -> float | None:
        """In how many years the price comes back; nothing where it does within one, or nothing comes back at all."""
        return 1 / self.ratio if self.ratio and self.ratio < 1 else None


def gains_view(case: DealCase) -> GainsView:
    """Put the grid of a deal into words; who has no customers or no rivals is not asked about them."""
    told = {name: value for reason in case.three_people.reasons for name, value in reason.numbers.items()}
    minor, ratio = told.get("minor"), told.get("ratio")
    is_solution = case.three_people.band == "solution"
    return GainsView(
        rows=tuple(_rows(case)),
        coverage=float(case.three_people.value or 0.0),
        minor=None if minor is None else round(float(minor)),
        ratio=None if ratio is None else float(ratio),
        is_solution=is_solution,
        verdict=_verdict(case, is_solution=is_solution),
    )


def _rows(case: DealCase) -> Iterable[GainRow]:
    market = case.deal.customer.market
    nobody = UNASKED.get(market, ())
    for kind in ThreePeople:
        found = tuple(each for each in case.found.effects if each.people == kind)
        if not found and kind in nobody:
            continue
        known = [minor for each in found for minor in (each.earn_minor, each.save_minor) if minor is not None]
        starters = () if found else _starters(kind, market)
        yield GainRow(kind.value, str(kind.label), found, sum(known) if known else None, starters)


def _starters(kind: ThreePeople, market: str) -> tuple[str, ...]:
    if kind is ThreePeople.CUSTOMERS and market == Market.B2G:
        return (_("What do the people you serve complain about lately?"),)
    return tuple(map(str, STARTERS[kind.value]))


def _verdict(case: DealCase, *, is_solution: bool) -> str:
    if is_solution:
        return _("A solution: a problem, what ends it, and what that brings in money.")
    if not case.found.effects or case.is_private:
        return ""
    if not any(row.is_solved for row in case.found.grid()):
        return _("Not a solution yet: say what ends the problem.")
    return _("Not a solution yet: say what they earn or save by it, or they will not let us earn.")

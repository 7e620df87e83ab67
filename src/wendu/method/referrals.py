"""Who brought whom: the tree of it, and what of it may be said of money (method: 3.29, M13).

A customer is brought by one other at most, so referrals form trees. Two numbers are never mixed: credit divides what is
there and sums to it exactly; downstream value looks at the same money several times over and is good for an order only.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from wendu.method.lifecycle import Lifecycle
from wendu.method.reading import Reading, Reason, because, reaches

PARTS = 1_000_000  # a share handed on is counted in millionths, so that credit stays in whole minor units


class Below(NamedTuple):
    """A customer in the tree below another: how many steps down, and who brought it."""

    customer: int
    steps: int
    by: int


class Trees:
    """Everybody who brought or was brought, each with the one that brought it.

    A circle, which nobody can write but two records made one might leave, is opened where it was closed last.
    """

    def __init__(self, brought: Iterable[tuple[int, int]]) -> None:
        """Take pairs of a customer and the one that brought it; of several for one customer the last stays."""
        self.referrer: dict[int, int] = {}
        for customer, by in brought:
            if not self._leads_to(by, customer):
                self.referrer[customer] = by
        self.brought: dict[int, list[int]] = {}
        for customer, by in self.referrer.items():
            self.brought.setdefault(by, []).append(customer)

    def above(self, customer: int) -> tuple[int, ...]:
        """Who brought it, who brought that one, and so on, the nearest first."""
        found: list[int] = []
        while (by := self.referrer.get(found[-1] if found else customer)) is not None:
            found.append(by)
        return tuple(found)

    def below(self, customer: int) -> tuple[Below, ...]:
        """All it brought directly or through others, each followed by those it brought itself."""
        found: list[Below] = []
        waiting = [Below(each, 1, customer) for each in reversed(self.brought.get(customer, ()))]
        while waiting:
            here = waiting.pop()
            found.append(here)
            more = self.brought.get(here.customer, ())
            waiting += [Below(each, here.steps + 1, here.customer) for each in reversed(more)]
        return tuple(found)

    def credited(self, own: Mapping[int, int], share: float) -> dict[int, int]:
        """Value in whole minor units when everybody hands on `share` of what they have and were handed themselves.

        Sums exactly to the sum of `own`; who stands in no tree keeps what it has.
        """
        held = {**dict.fromkeys(self._everybody(), 0), **own}
        parts = round(min(max(share, 0.0), 1.0) * PARTS)
        for customer in self._youngest_first():
            by = self.referrer.get(customer)
            if by is not None:
                handed = held[customer] * parts // PARTS
                held[customer] -= handed
                held[by] += handed
        return held

    def downstream(self, own: Mapping[int, int], share: float) -> dict[int, float]:
        """The value of all it brought directly or through others, `share` of it per step; own value is not in it."""
        found = dict.fromkeys(self._everybody(), 0.0)
        for customer in self._youngest_first():
            by = self.referrer.get(customer)
            if by is not None:
                found[by] += share * (own.get(customer, 0) + found[customer])
        return found

    def _leads_to(self, start: int, customer: int) -> bool:
        here: int | None = start
        while here is not None and here != customer:
            here = self.referrer.get(here)
        return here == customer

    def _everybody(self) -> list[int]:
        return list(dict.fromkeys((*self.referrer, *self.referrer.values())))

    def _youngest_first(self) -> list[int]:
        roots = [each for each in self._everybody() if each not in self.referrer]
        return [row.customer for root in roots for row in self.below(root)][::-1]


class Ask(StrEnum):
    """Whether to ask a customer whom else we could help: yes, not now, or not before one thing is known."""

    ASK = "ask"
    HELD = "held"
    UNKNOWN = "unknown"


PUBLIC = "b2g"


def referral_ask(
    *,
    market: str,
    stage: str,
    open_problems: int,
    satisfaction: float | None,
    satisfied_from: float,
    refuses: bool = False,
) -> Reading:
    """Ask only who has bought, is there, has no problem left open and is content to 100 per cent (3.29, M13).

    Nobody is asked while it is not known how content they are; a public body recommends nobody and is never asked.
    """
    is_short = satisfaction is not None and not reaches(satisfaction, satisfied_from)
    short = because("referral_not_content", satisfaction=satisfaction) if is_short else None
    held = _held(market, stage, open_problems, short, refuses=refuses)
    if held is not None:
        return Reading(Ask.HELD.value, Ask.HELD.value, (held,))
    if satisfaction is None:
        why = because("referral_content_unknown")
        return Reading(Ask.UNKNOWN.value, Ask.UNKNOWN.value, (why,), ("satisfaction",), provisional=True)
    return Reading(Ask.ASK.value, Ask.ASK.value, (because("referral_content", satisfaction=satisfaction),))


def _held(market: str, stage: str, open_problems: int, short: Reason | None, *, refuses: bool) -> Reason | None:
    """The one thing that comes first."""
    found = (
        (refuses, because("referral_refused")),
        (stage == Lifecycle.INTRODUCTION, because("referral_no_order")),
        (stage in (Lifecycle.DORMANT, Lifecycle.CHURNED), because("referral_away")),
        (open_problems > 0, because("referral_problem", problems=open_problems)),
        (short is not None, short),
        (market == PUBLIC, because("referral_public")),
    )
    return next((why for holds, why in found if holds), None)

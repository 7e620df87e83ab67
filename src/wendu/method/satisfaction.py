"""Satisfaction: what they experience over what they expected (3.22)."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from wendu.method.reading import Reading, because, reaches
from wendu.method.scales import SatisfactionScale

PERCENT = 100
UNKNOWN = "unknown"


class Content(StrEnum):
    """How content a customer is."""

    DISSATISFIED = "dissatisfied"
    AT_RISK = "at_risk"
    SATISFIED = "satisfied"
    DELIGHTED = "delighted"


class Answer(NamedTuple):
    """What was told of one thing: what they count on and how it was, both 0 to 10 (None: not told), and its weight."""

    about: str
    told_on: date
    expectation: int | None
    experience: int | None
    weight: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether both are told; nothing can be measured by an expectation of nothing."""
        return bool(self.expectation) and self.experience is not None


def counting(answers: Iterable[Answer], on: date, scale: SatisfactionScale) -> list[Answer]:
    """The answers that count on a day: about each thing the latest, if it is not too old; they come in any order.

    Of two on one day the later in the row counts.
    """
    oldest = on - timedelta(days=scale.counts_days)
    latest: dict[str, Answer] = {}
    for each in sorted(answers, key=lambda answer: answer.told_on):
        if oldest <= each.told_on <= on:
            latest[each.about] = each
    return list(latest.values())


def satisfaction(answers: Collection[Answer], scale: SatisfactionScale) -> Reading:
    """Give per cent and band of the answers that count; unknown where nothing was told both ways."""
    whole = [each for each in answers if each.is_whole]
    missing = tuple(_missing(answers))
    if not whole:
        return Reading(None, UNKNOWN, (), missing)
    expected = sum(each.weight * (each.expectation or 0) for each in whole)
    experienced = sum(each.weight * (each.experience or 0) for each in whole)
    percent = PERCENT * experienced / expected
    facts = because("satisfaction", things=len(whole), percent=percent)
    known = sum(each.weight for each in whole) / sum(each.weight for each in answers)
    return Reading(percent, band_of(percent, scale).value, (facts,), missing, not reaches(known, scale.known_from))


def band_of(percent: float, scale: SatisfactionScale) -> Content:
    """The band of a figure."""
    if not reaches(percent, scale.dissatisfied_below):
        return Content.DISSATISFIED
    if not reaches(percent, scale.satisfied_from):
        return Content.AT_RISK
    return Content.DELIGHTED if reaches(percent, scale.delighted_from) else Content.SATISFIED


def _missing(answers: Collection[Answer]) -> Iterable[str]:
    if not answers:
        yield "answers"
    if any(not each.expectation for each in answers):
        yield "expectation"
    if any(each.experience is None for each in answers):
        yield "experience"

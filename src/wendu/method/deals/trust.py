"""Trust of an influencer and of a whole deal, against the line that must be exceeded (method: 3.6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from wendu.method.deals.codes import TrustPart
from wendu.method.deals.people import Person
from wendu.method.deals.scales import DealScale, TrustScale
from wendu.method.reading import Reading, Reason, because, exact

PERCENT = 100.0
TOP_RATING = 10
"""People rate from 0 to 10 everywhere (method: U3)."""
COMPANY_PARTS = 4
PERSON_PARTS = (TrustPart.CREDIBILITY, TrustPart.RELIABILITY, TrustPart.INTIMACY, TrustPart.SELFLESSNESS)


@dataclass(frozen=True, slots=True)
class Promises:
    """Our promises to one person, or to the customer as a whole, that are over; one agreed anew and kept is kept."""

    kept: int = 0
    kept_late: int = 0
    broken: int = 0

    @property
    def closed(self) -> int:
        """How many there are."""
        return self.kept + self.kept_late + self.broken


@dataclass(frozen=True, slots=True)
class PersonRating:
    """How one influencer sees our person, 0 to 10 each; `self_orientation` is bad when high."""

    rated_on: date
    credibility: float | None = None
    reliability: float | None = None
    intimacy: float | None = None
    self_orientation: float | None = None


class Trust(NamedTuple):
    """Trust of one influencer, 0 to 100, in parts; None means nobody has rated it."""

    value: float | None
    person: float | None = None
    company: float | None = None
    parts: tuple[tuple[TrustPart, float], ...] = ()
    rated_on: date | None = None
    provisional: bool = False

    @property
    def weakest(self) -> TrustPart | None:
        """The part to work on first."""
        return min(self.parts, key=lambda part: (part[1], part[0]))[0] if self.parts else None


UNASSESSED = Trust(None)


def reliability(promises: Promises, rated: float | None, scale: TrustScale) -> float | None:
    """What our closed promises say once there are enough of them, else what somebody rated, 0 to 10.

    A promise kept late is half kept and half broken; a broken one weighs double.
    """
    if promises.closed < scale.promises_from:
        return rated
    kept = promises.kept + scale.late_is_kept * promises.kept_late
    broken = promises.broken + (1 - scale.late_is_kept) * promises.kept_late
    return TOP_RATING * kept / (kept + scale.broken_counts * broken)


def company_trust(items: Iterable[float | None]) -> float | None:
    """How reliable they think our company is, 0 to 100, over the items somebody rated."""
    known = [item for item in items if item is not None]
    return PERCENT * sum(known) / (TOP_RATING * len(known)) if known else None


def company_items(rated: Sequence[float | None], to_all: Promises, scale: TrustScale) -> tuple[float | None, ...]:
    """What one of theirs thinks of our company, 0 to 10 each: qualification, references, delivery, keeping of promises.

    The last tells itself from our promises to the customer as a whole, by the same figures as a person's reliability.
    """
    *others, keeping = (*rated, *[None] * COMPANY_PARTS)[:COMPANY_PARTS]
    return (*others, reliability(to_all, keeping, scale))


def person_parts(rating: PersonRating, promises: Promises, scale: TrustScale) -> tuple[tuple[TrustPart, float], ...]:
    """Each known part of the person, 0 to 100 and high when good."""
    selfless = None if rating.self_orientation is None else TOP_RATING - rating.self_orientation
    found = zip(
        PERSON_PARTS,
        (rating.credibility, reliability(promises, rating.reliability, scale), rating.intimacy, selfless),
        strict=True,
    )
    return tuple((part, PERCENT * value / TOP_RATING) for part, value in found if value is not None)


def trust_of(rating: PersonRating | None, promises: Promises, company: float | None, scale: TrustScale) -> Trust:
    """Trust of one influencer: half the person, half the company (S4: the company is reliable, I am reliable).

    Without a rating of the person it is unknown, however many promises were kept: those say nothing of closeness. With
    the company unknown the person counts whole; that, and too few known parts, make it provisional.
    """
    parts = person_parts(rating, promises, scale) if rating else ()
    if not rating or not any(part is not TrustPart.RELIABILITY for part, _ in parts):
        return UNASSESSED
    person = sum(value for _, value in parts) / len(parts)
    few = len(parts) / len(PERSON_PARTS) < scale.certain_from_share
    if company is None:
        return Trust(person, person, None, parts, rating.rated_on, provisional=True)
    value = scale.person_share * person + (1 - scale.person_share) * company
    return Trust(value, person, company, (*parts, (TrustPart.COMPANY, company)), rating.rated_on, few)


def deal_trust(people: Sequence[tuple[Person, Trust]], on: date, scale: DealScale) -> Reading:
    """Weighted trust of a deal, 0 to 100, and whether it carries: `passes`, `fails`, or `unknown` what would decide it.

    Every key influencer and the weighted mean must *exceed* the line; a deal without a key influencer is unknown.
    """
    line = scale.trust.above
    assessed = [(person, trust.value, trust) for person, trust in people if trust.value is not None]
    keys = [(person, trust) for person, trust in people if person.is_key(scale.key_weight)]
    value = _weighted(assessed)
    below = [
        because("trust_below", person=person.id, value=trust.value) for person, trust in keys if _below(trust, line)
    ]
    unknown = [person.id for person, trust in keys if trust.value is None]
    reasons: list[Reason] = below + [because("trust_unknown", person=person) for person in unknown]
    if not keys:
        reasons.append(because("no_key_person"))
    if value is not None and exact(value) <= line:
        reasons.append(because("mean_below", value=value, line=line))
    fails = any(reason.code in ("trust_below", "mean_below") for reason in reasons)
    unsure = bool(unknown) or not keys
    reasons += _stale(keys, on, scale.trust)
    return Reading(
        value=value,
        band="fails" if fails else "unknown" if unsure else "passes",
        reasons=tuple(reasons),
        missing=tuple(f"trust:{person}" for person in unknown) or (("key_person",) if not keys else ()),
        provisional=any(trust.provisional for _, _, trust in assessed),
    )


def weakest_key(people: Iterable[tuple[Person, Trust]], scale: DealScale) -> tuple[Person, TrustPart | None] | None:
    """Whom to win over first: the key influencer nobody rated, else the lowest at or under the line, and by what."""
    keys = [(person, trust) for person, trust in people if person.is_key(scale.key_weight)]
    weak = [(person, trust) for person, trust in keys if trust.value is None or _below(trust, scale.trust.above)]
    if not weak:
        return None
    person, trust = min(weak, key=lambda pair: (_level(pair[1]), -pair[0].weight, pair[0].id))
    return person, trust.weakest


def _level(trust: Trust) -> float:
    return -1.0 if trust.value is None else trust.value


def _weighted(assessed: Sequence[tuple[Person, float, Trust]]) -> float | None:
    weight = sum(person.weight for person, _, _ in assessed)
    return sum(person.weight * value for person, value, _ in assessed) / weight if weight else None


def _below(trust: Trust, line: float) -> bool:
    return trust.value is not None and exact(trust.value) <= line


def _stale(keys: Iterable[tuple[Person, Trust]], on: date, scale: TrustScale) -> list[Reason]:
    ages = [(person.id, (on - trust.rated_on).days) for person, trust in keys if trust.rated_on is not None]
    return [because("trust_stale", person=person, days=days) for person, days in ages if days > scale.stale_after_days]

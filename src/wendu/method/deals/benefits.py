"""Benefits: cards with evidence, the map of influencers and interests, and how relevant a talk was (method: 3.11)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wendu.method.deals.codes import CardStatus, Interest
from wendu.method.deals.people import Person, key_people
from wendu.method.deals.scales import DealScale, PresentationScale
from wendu.method.reading import Reading, because, reaches

PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Card:
    """Feature, advantage, benefit and evidence as far as the rules need them: for whom, which interest, how proven."""

    person: int | None
    interest: Interest
    has_need: bool
    evidence: int

    @property
    def status(self) -> CardStatus:
        """Without a need it is an advantage, without evidence it is a claim."""
        if not self.has_need:
            return CardStatus.ADVANTAGE_ONLY
        return CardStatus.PROVEN if self.evidence else CardStatus.UNPROVEN


OF_THE_FIRM = (Interest.REVENUE, Interest.COST, Interest.EFFICIENCY_RISK)


def interests_asked(written: Collection[Interest], *, private: bool) -> tuple[Interest, ...]:
    """Whose interests a map asks about: three of the firm and five of the person; of a private person the five alone.

    What somebody wrote down about a private person all the same stays in sight.
    """
    return tuple(each for each in Interest if not private or each not in OF_THE_FIRM or each in written)


Importance = Mapping[Interest, int]
"""How much an influencer cares about each interest, 1 to 5; 0 or absent means not at all."""


def proven_interests(person: int, cards: Iterable[Card]) -> frozenset[Interest]:
    """Which interests of an influencer a proven card speaks to; a card for nobody in particular speaks to all."""
    return frozenset(
        card.interest for card in cards if card.person in (None, person) and card.status is CardStatus.PROVEN
    )


def benefit_coverage(person: int, importance: Importance, cards: Sequence[Card]) -> Reading:
    """The share of what an influencer cares about that is proven, 0 to 100; `top_proven` when what matters most is.

    Interests that tie for the top must all be proven. Whoever cares about nothing we know of is unknown.
    """
    cared = {interest: weight for interest, weight in importance.items() if weight >= 1}
    if not cared:
        return Reading(None, "unknown", missing=(f"interests:{person}",))
    proven = proven_interests(person, cards)
    top = max(cared.values())
    open_top = [interest for interest, weight in sorted(cared.items()) if weight == top and interest not in proven]
    covered = sum(weight for interest, weight in cared.items() if interest in proven)
    return Reading(
        value=PERCENT * covered / sum(cared.values()),
        band="top_open" if open_top else "top_proven",
        reasons=tuple(because("top_not_proven", person=person, interest=each.value, weight=top) for each in open_top),
    )


def tops_proven(
    people: Iterable[Person], importance: Mapping[int, Importance], cards: Sequence[Card], scale: DealScale
) -> Reading:
    """How many key influencers have their top interest proven; `met`, `missing`, or `unknown` for whom nobody asked."""
    keys = key_people(people, scale.key_weight)
    readings = [benefit_coverage(person.id, importance.get(person.id, {}), cards) for person in keys]
    missing = tuple(name for reading in readings for name in reading.missing)
    reasons = tuple(reason for reading in readings for reason in reading.reasons)
    met = sum(reading.band == "top_proven" for reading in readings)
    band = "missing" if reasons else "unknown" if missing or not keys else "met"
    return Reading(met, band, reasons, missing if keys else ("key_person",))


def relevance(shown: int, linked: int, scale: PresentationScale) -> Reading:
    """The share of points shown that touch a confirmed need of this customer, 0 to 100 (S1: no standard deck).

    Nothing shown yet is unknown.
    """
    if not shown:
        return Reading(None, "unknown", missing=("points_shown",))
    value = PERCENT * linked / shown
    band = "met" if reaches(value, scale.relevance_from) else "missing"
    return Reading(value, band, (because("points", shown=shown, linked=linked),))

"""Findings of this room as the method needs them, per deal, in bulk and with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from wendu.kernel.prepared import Among, prepared, prepared_records_of
from wendu.method.deals import codes
from wendu.method.deals.benefits import Card
from wendu.method.deals.concerns import Concern as Feared
from wendu.method.deals.diagnosis import Rival
from wendu.method.deals.exchange import Offer, Sale
from wendu.method.deals.expectations import Goal
from wendu.offers.models import (
    EFFORTS,
    FIGURES,
    POINT_EFFORTS,
    POINT_PRICE,
    POINT_VALUES,
    POINTS,
    VALUES,
    BenefitCard,
    Competitor,
    Concern,
    DealSheet,
    Expectation,
    Interest,
    SolutionUse,
    ValueMessage,
    Worth,
)

_INTERESTS = {each.value: each for each in codes.Interest}


class Cared(NamedTuple):
    """How much one person cares about one interest."""

    opportunity_id: int
    contact_id: int
    interest: str
    importance: int


@dataclass(slots=True)
class OfferFindings:
    """What the room knows about one deal."""

    interests: list[Cared] = field(default_factory=list)
    cards: list[BenefitCard] = field(default_factory=list)
    messages: list[ValueMessage] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)
    ours: Worth | None = None
    rivals: list[Worth] = field(default_factory=list)
    sheet: DealSheet | None = None
    competitors: list[Competitor] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    uses: list[SolutionUse] = field(default_factory=list)

    def cares(self) -> dict[int, dict[codes.Interest, int]]:
        """How much each person cares about which interest."""
        found: dict[int, dict[codes.Interest, int]] = defaultdict(dict)
        for each in self.interests:
            found[each.contact_id][_INTERESTS[each.interest]] = each.importance
        return found

    def heard(self) -> dict[tuple[int, codes.Message], codes.MessageState]:
        """How far each message got with each person."""
        return {
            (each.contact_id, codes.Message(each.message)): codes.MessageState(each.state) for each in self.messages
        }

    def judged_cards(self) -> list[Card]:
        """The cards as the map sees them."""
        return [
            Card(each.contact_id, _INTERESTS[each.interest], each.demand_id is not None, int(bool(each.evidence)))
            for each in self.cards
        ]

    def feared(self) -> list[Feared]:
        """The concerns as the gate sees them."""
        return [Feared(each.pk, each.severity, codes.ConcernState(each.state)) for each in self.concerns]

    def shown(self, confirmed: Collection[int]) -> tuple[int, int]:
        """How many points were shown, and how many of them touch a need somebody confirmed."""
        shown = [card for card in self.cards if card.shown_on is not None]
        return len(shown), sum(card.demand_id in confirmed for card in shown)

    def goals(self) -> list[Goal]:
        """What they expect, as the signing gate sees it."""
        return [goal_of(each) for each in self.expectations]

    @property
    def in_points(self) -> bool:
        """Whether value is told in points: where money does not tell of everybody, and points do or are all there is.

        One unit for all of a deal, never both (method: 3.16).
        """
        every = [self.ours, *self.rivals]
        if self.ours is None or all(each is not None and _tells(each, (*VALUES, *EFFORTS)) for each in every):
            return False
        known = [each for each in every if each is not None]
        if all(_tells(each, POINTS) for each in known):
            return True
        return any(_hints(each, POINTS) for each in known) and not any(
            _hints(each, (*VALUES, *EFFORTS)) for each in known
        )

    def held_in_points(self, weights: Mapping[str, float]) -> tuple[Offer, list[Offer]]:
        """What we and each rival give and ask, in weighted points."""
        ours = Offer(None, None, None) if self.ours is None else _in_points(self.ours, weights)
        return ours, [_in_points(each, weights) for each in self.rivals]

    def our_offer(self, amount_minor: int | None) -> Offer:
        """What we give and ask; the price is that of the deal unless the sheet says another."""
        if self.ours is None:
            return Offer(None, None, amount_minor)
        return _offer(self.ours, self.ours.price_minor if self.ours.price_minor is not None else amount_minor)

    def other_offers(self) -> list[Offer]:
        """What each rival gives and asks."""
        return [_offer(each, each.price_minor) for each in self.rivals]

    def sale(self, amount_minor: int | None) -> Sale:
        """What is in it for us."""
        cost = None if self.ours is None else self.ours.cost_minor
        return Sale(self.our_offer(amount_minor).price, cost)

    def known_rivals(self, others: Iterable[Offer]) -> tuple[Rival, ...]:
        """The rivals as the diagnosis sees them: their value in the unit it is told in, what they ask in money."""
        asked = [each.price_minor for each in self.rivals]
        return tuple(Rival(offer.name, offer.value, price) for offer, price in zip(others, asked, strict=True))


def goal_of(row: Expectation) -> Goal:
    """One expectation as the method knows it."""
    parts = {
        codes.GoalPart.RETURN: row.expected is not None and bool(row.unit) and row.due_on is not None,
        codes.GoalPart.SOLUTION: bool(row.solution),
        codes.GoalPart.SAFEGUARDS: bool(row.safeguards),
        codes.GoalPart.CHECK: bool(row.judged_by and row.accepted_when),
    }
    figures = {name: None if getattr(row, name) is None else float(getattr(row, name)) for name in FIGURES}
    lacks = tuple(part for part, there in parts.items() if not there)
    return Goal(row.pk, **figures, lower_is_better=row.lower_is_better, lacks=lacks)


def offer_findings(opportunity_ids: Collection[int]) -> dict[int, OfferFindings]:
    """Give per deal everything standing (nine queries)."""
    found: dict[int, OfferFindings] = defaultdict(OfferFindings)
    for interest in map(Cared._make, _interests(opportunity_ids)):
        found[interest.opportunity_id].interests.append(interest)
    for name, asked in LISTED:
        for row in asked(opportunity_ids):
            getattr(found[row.opportunity_id], name).append(row)
    for worth in _worths(opportunity_ids):
        room = found[worth.opportunity_id]
        if worth.rival:
            room.rivals.append(worth)
        else:
            room.ours = worth
    for sheet in _sheets(opportunity_ids):
        found[sheet.opportunity_id].sheet = sheet
    return found


@prepared
def _interests(keys: Collection[int]) -> QuerySet[Any, Any]:
    return Interest.objects.standing().filter(Among("opportunity_id", keys)).values_list(*Cared._fields)


@prepared_records_of
def _cards(keys: Collection[int]) -> QuerySet[BenefitCard]:
    return BenefitCard.objects.standing().filter(Among("opportunity_id", keys)).order_by("pk")


@prepared_records_of
def _messages(keys: Collection[int]) -> QuerySet[ValueMessage]:
    return ValueMessage.objects.standing().filter(Among("opportunity_id", keys))


@prepared_records_of
def _concerns(keys: Collection[int]) -> QuerySet[Concern]:
    rows = Concern.objects.standing().filter(Among("opportunity_id", keys))
    return rows.select_related("contact").order_by("-severity", "pk")


@prepared_records_of
def _worths(keys: Collection[int]) -> QuerySet[Worth]:
    return Worth.objects.standing().filter(Among("opportunity_id", keys)).order_by("pk")


@prepared_records_of
def _sheets(keys: Collection[int]) -> QuerySet[DealSheet]:
    return DealSheet.objects.standing().filter(Among("opportunity_id", keys))


@prepared_records_of
def _competitors(keys: Collection[int]) -> QuerySet[Competitor]:
    rows = Competitor.objects.standing().filter(Among("opportunity_id", keys))
    return rows.select_related("contact").order_by("name", "pk")


@prepared_records_of
def _expectations(keys: Collection[int]) -> QuerySet[Expectation]:
    return Expectation.objects.standing().filter(Among("opportunity_id", keys)).order_by("pk")


@prepared_records_of
def _uses(keys: Collection[int]) -> QuerySet[SolutionUse]:
    return (
        SolutionUse.objects.standing().filter(Among("opportunity_id", keys)).select_related("solution").order_by("pk")
    )


LISTED: tuple[tuple[str, Callable[[Collection[int]], list[Any]]], ...] = (
    ("cards", _cards),
    ("messages", _messages),
    ("concerns", _concerns),
    ("competitors", _competitors),
    ("expectations", _expectations),
    ("uses", _uses),
)
"""Where each kind that is simply listed belongs."""


def _tells(worth: Worth, names: Sequence[str]) -> bool:
    """Whether every part is known."""
    return all(getattr(worth, name) is not None for name in names)


def _hints(worth: Worth, names: Sequence[str]) -> bool:
    """Whether any part is known."""
    return any(getattr(worth, name) is not None for name in names)


def weighed(worth: Worth, name: str, weights: Mapping[str, float]) -> float | None:
    """The points of one part times its weight; unknown stays unknown."""
    points = getattr(worth, name)
    return None if points is None else float(points) * weights[name]


def _in_points(worth: Worth, weights: Mapping[str, float]) -> Offer:
    def total(names: Sequence[str]) -> float | None:
        parts = [weighed(worth, name, weights) for name in names]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None

    return Offer(total(POINT_VALUES), total(POINT_EFFORTS), total((POINT_PRICE,)), worth.rival)


def _offer(worth: Worth, price: int | None) -> Offer:
    return Offer(_sum(worth, VALUES), _sum(worth, EFFORTS), price, worth.rival)


def _sum(worth: Worth, names: Sequence[str]) -> float | None:
    """All parts together; one that nobody knows leaves the sum unknown, for it is not zero."""
    parts = [getattr(worth, name) for name in names]
    return None if None in parts else float(sum(parts))

"""Findings of this room as the method needs them, per deal, in bulk and with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from wendu.discovery.choices import Capability, NeedKind
from wendu.discovery.models import Criterion, Demand, Effect, Reconstruction, TrustRating
from wendu.kernel.prepared import Among, prepared, prepared_records_of
from wendu.method.deals import codes
from wendu.method.deals.demand import Criterion as Scored
from wendu.method.deals.fit import NeedFit
from wendu.method.deals.people_grid import Row
from wendu.method.deals.reconstruction import Version, in_force, same_need
from wendu.method.deals.trust import PersonRating
from wendu.method.deals.trust_course import Rated
from wendu.method.purchase import Met
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure


class Need(NamedTuple):
    """A need of a customer who bought, how well what it has meets it, and the best idea told since."""

    words: str
    met: Met
    idea: str


@dataclass(slots=True)
class DealFindings:
    """What the room knows about one deal."""

    demands: list[Demand] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    ratings: dict[int, list[TrustRating]] = field(default_factory=dict)
    versions: dict[int, list[Reconstruction]] = field(default_factory=dict)

    @property
    def explicit(self) -> int:
        """How many needs somebody said he wants met."""
        return sum(demand.kind == NeedKind.EXPLICIT for demand in self.demands)

    @property
    def wanting(self) -> frozenset[int]:
        """Who said in their own words that they want something solved."""
        return frozenset(demand.contact_id for demand in self.demands if demand.kind == NeedKind.EXPLICIT)

    @property
    def confirmed(self) -> frozenset[int]:
        """The demands whose need the person agreed to."""
        stands = {demand.pk for demand in self.demands if demand.confirmed_on is not None}
        return frozenset(stands | self.in_force().keys())

    def in_force(self) -> dict[int, Reconstruction]:
        """Per demand the reconstruction that takes the place of what was asked for."""
        found: dict[int, Reconstruction] = {}
        for demand in self.demands if self.versions else ():
            told = self.versions.get(demand.pk)
            if not told:
                continue
            place = in_force([version_of(each) for each in told], need=demand.need, asked_fit=demand.fit)
            if place is not None:
                found[demand.pk] = told[place]
        return found

    def need_states(self) -> dict[int, codes.NeedState]:
        """How well the need of each person is known: the best of what he told us."""
        states: dict[int, codes.NeedState] = {}
        agreed = self.in_force()
        for demand in self.demands:
            found = codes.NeedState.GUIDED if demand.pk in agreed else _state(demand)
            if _RANK[found] > _RANK[states.get(demand.contact_id, codes.NeedState.UNKNOWN)]:
                states[demand.contact_id] = found
        return states

    def scored(self) -> list[Scored]:
        """What they decide by, with everybody's scores, and what agreed reconstructions brought in."""
        return self.scored_but(None)

    def scored_but(self, version: Reconstruction | None) -> list[Scored]:
        """The same without what one version brought in."""
        counts = [each for each in self.in_force().values() if version is None or each.pk != version.pk]
        return _scored(self.criteria, counts)

    def grid(self) -> list[Row]:
        """What they gain with the three kinds of people."""
        return [
            Row(codes.ThreePeople(each.people), each.problem, each.solution, each.earn_minor, each.save_minor)
            for each in self.effects
        ]

    def rating_of(self, contact: int) -> tuple[PersonRating | None, tuple[float | None, ...]]:
        """The latest rating of our person by one of theirs, and what he thinks of our company."""
        rows = self.ratings.get(contact)
        if not rows:
            return None, ()
        latest = _rated(rows[-1])
        return latest.rating, latest.company

    def rated(self) -> dict[int, list[Rated]]:
        """Every rating of each person, in order of time."""
        return {contact: [_rated(row) for row in rows] for contact, rows in self.ratings.items()}

    def fits(self) -> list[NeedFit]:
        """What the product can do about each need."""
        return [NeedFit(each.pk, each.is_must, codes.Capability(each.capability)) for each in self.demands]


_RANK = {state: place for place, state in enumerate(codes.NeedState)}


def version_of(row: Reconstruction) -> Version:
    """A reconstruction as the method knows it."""
    return Version(row.need, row.fit, row.agreed_on is not None, brought_by(row))


def brought_by(row: Reconstruction) -> Scored | None:
    """The criterion that comes with it."""
    return Scored(row.brings_weight, row.brings_ours, row.brings_rivals) if row.brings else None


def scored_without(row: Reconstruction) -> list[Scored]:
    """What the deal of a reconstruction is decided by without it (three queries)."""
    keys = (row.opportunity_id,)
    found = told_and_rated(keys, as_of=row.told_on).get(row.opportunity_id) or DealFindings()
    found.criteria = list(_criteria(keys))
    return found.scored_but(row)


def deal_findings(opportunity_ids: Collection[int], *, as_of: date) -> dict[int, DealFindings]:
    """Give per deal everything standing that was found out by a day (five queries)."""
    found: dict[int, DealFindings] = defaultdict(DealFindings)
    found |= told_and_rated(opportunity_ids, as_of=as_of)
    for criterion in _criteria(opportunity_ids):
        found[criterion.opportunity_id].criteria.append(criterion)
    for effect in _effects(opportunity_ids):
        found[effect.opportunity_id].effects.append(effect)
    return found


def needs_after_winning(customer_ids: Collection[int]) -> dict[int, list[Need]]:
    """Give per customer the needs of its deals that were won, and how well what it has meets them (three queries)."""
    deals: dict[int, int] = dict(_won_deals(customer_ids)) if customer_ids else {}
    if not deals:
        return {}
    told: dict[int, DealFindings] = defaultdict(DealFindings)
    for demand in _demands(deals):
        told[demand.opportunity_id].demands.append(demand)
    for version in _versions(deals):
        told[version.opportunity_id].versions.setdefault(version.demand_id, []).append(version)
    found: dict[int, list[Need]] = defaultdict(list)
    for deal, findings in told.items():
        found[deals[deal]] += _needs(findings)
    return found


def _needs(findings: DealFindings) -> Iterator[Need]:
    """What they agreed to is what they have; the best told for the same need and not agreed to is the idea since."""
    agreed = findings.in_force()
    for demand in findings.demands:
        if not demand.need:
            continue
        has = agreed.get(demand.pk)
        told = findings.versions.get(demand.pk, ())
        open_ = [
            row for row in told if row.agreed_on is None and row.fit is not None and same_need(row.need, demand.need)
        ]
        best = max(open_, key=lambda row: row.fit or 0, default=None)
        met = Met(_CAN[demand.capability], has.fit if has else demand.fit, best.fit if best else None)
        yield Need(demand.need, met, best.requirement if best else "")


_CAN: dict[str, bool | None] = {
    Capability.YES: True,
    Capability.CONFIGURABLE: True,
    Capability.NO: False,
    Capability.UNKNOWN: None,
}


def told_and_rated(opportunity_ids: Collection[int], *, as_of: date) -> dict[int, DealFindings]:
    """Give per deal what people need and how they trust us, and nothing else (three queries)."""
    found: dict[int, DealFindings] = defaultdict(DealFindings)
    for demand in _demands(opportunity_ids):
        found[demand.opportunity_id].demands.append(demand)
    for version in _versions(opportunity_ids):
        found[version.opportunity_id].versions.setdefault(version.demand_id, []).append(version)
    for rating in _ratings(opportunity_ids, as_of):
        found[rating.opportunity_id].ratings.setdefault(rating.contact_id, []).append(rating)
    return found


@prepared
def _won_deals(customer_ids: Collection[int]) -> QuerySet[Any, Any]:
    won = Closure.objects.filter(outcome=Outcome.WON, reopened_on__isnull=True)
    rows = won.filter(Among("opportunity__customer_id", customer_ids), opportunity__deleted_at__isnull=True)
    return rows.values_list("opportunity_id", "opportunity__customer_id")


@prepared_records_of
def _demands(keys: Collection[int]) -> QuerySet[Demand]:
    return Demand.objects.standing().filter(Among("opportunity_id", keys)).select_related("contact").order_by("pk")


@prepared_records_of
def _versions(keys: Collection[int]) -> QuerySet[Reconstruction]:
    return Reconstruction.objects.standing().filter(Among("opportunity_id", keys)).order_by("number", "pk")


@prepared_records_of
def _criteria(keys: Collection[int]) -> QuerySet[Criterion]:
    return Criterion.objects.standing().filter(Among("opportunity_id", keys)).order_by("-weight", "pk")


@prepared_records_of
def _effects(keys: Collection[int]) -> QuerySet[Effect]:
    return Effect.objects.standing().filter(Among("opportunity_id", keys)).order_by("pk")


@prepared_records_of
def _ratings(keys: Collection[int], as_of: date) -> QuerySet[TrustRating]:
    rows = TrustRating.objects.standing().filter(Among("opportunity_id", keys), rated_on__lte=as_of)
    return rows.order_by("rated_on", "pk")


def _state(demand: Demand) -> codes.NeedState:
    if demand.confirmed_on is None:
        return codes.NeedState.STATED
    return codes.NeedState.GUIDED if demand.is_guided else codes.NeedState.CONFIRMED


def _scored(criteria: Collection[Criterion], agreed: Collection[Reconstruction]) -> list[Scored]:
    """A criterion brought in under the name of one that stands takes its place."""
    brought = {each.brings: brought_by(each) for each in agreed}
    own = [Scored(each.weight, each.ours, each.rivals) for each in criteria if each.name not in brought]
    return [*own, *(each for each in brought.values() if each is not None)]


def _rated(row: TrustRating) -> Rated:
    person = PersonRating(row.rated_on, row.credibility, row.reliability, row.intimacy, row.self_orientation)
    return Rated(person, (row.qualification, row.references, row.delivery, row.promise_keeping))

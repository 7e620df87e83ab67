"""Reads of opportunities; every one starts with who is looking."""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.customers.models import Contact, Customer
from wendu.identity.models import Team, User
from wendu.kernel.attached import attach
from wendu.kernel.prepared import Among, prepared_records_of
from wendu.opportunities.choices import Outcome, Stage, State
from wendu.opportunities.models import (
    Closure,
    Finding,
    Influencer,
    Opportunity,
    OpportunityQuerySet,
    Pause,
    StageMove,
)

F = TypeVar("F", bound=Finding)
MOVES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class DealCard:
    """One opportunity with all a screen shows of it, loaded together."""

    opportunity: Opportunity
    state: State
    closure: Closure | None
    pause: Pause | None
    influencers: tuple[Influencer, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.state == State.OPEN

    @property
    def stage(self) -> Stage:
        """Where it stands on the way."""
        return Stage(self.opportunity.stage)


@dataclass(frozen=True, slots=True)
class WonCycle:
    """How the won deals of a team or person went, up to a day: the median days and the amounts, smallest first."""

    deals: int
    days: float | None
    amounts: tuple[int, ...]


def opportunities_of(user: Any, customer: Customer) -> list[Opportunity]:
    """List the opportunities of a visible customer, latest first (one query)."""
    return _of_customer(user, customer.pk)


def findings_of(user: Any, model: type[F], deal: Opportunity, *, gone: bool = False) -> QuerySet[F]:
    """The findings of one kind about a visible deal, oldest first; `gone` has those taken back, too."""
    rows: QuerySet[F] = model._default_manager.visible_to(user).filter(opportunity=deal)  # type: ignore[attr-defined]
    kept = rows if gone else rows.filter(removed_at__isnull=True)
    return kept.select_related("opportunity__customer").order_by("pk")


def losses_of(user: Any, *, since: date | None, until: date) -> QuerySet[Closure]:
    """The standing losses among the opportunities a user sees, closed after one day and up to another."""
    deals = Opportunity.objects.visible_to(user).standing()
    rows = Closure.objects.filter(opportunity__in=deals, outcome=Outcome.LOST, reopened_on__isnull=True)
    return (
        rows.filter(closed_on__lte=until) if since is None else rows.filter(closed_on__gt=since, closed_on__lte=until)
    )


def open_opportunities(user: Any, customer: Customer | None = None) -> OpportunityQuerySet:
    """List what is still to be decided, of one visible customer or of all, oldest first."""
    rows = Opportunity.objects.visible_to(user).open()
    if customer is not None:
        rows = rows.filter(customer=customer)
    return rows.order_by("opened_on", "pk")


def visible_opportunity(user: Any, uuid: UUID) -> Opportunity | None:
    """The opportunity of an address, its customer and owner with it; nothing for whom it does not exist."""
    return next(iter(_visible(user, uuid)), None)


@prepared_records
def _visible(me: Scope, uuid: UUID) -> OpportunityQuerySet:
    rows = Opportunity.objects.visible_to(me).standing().filter(uuid=uuid)
    return rows.select_related("customer__owner", "customer__team", "owner")


def deal_cards(deals: Sequence[Opportunity]) -> list[DealCard]:
    """Turn visible opportunities into cards with what stands and who decides (three queries)."""
    if not deals:
        return []
    keys = [deal.pk for deal in deals]
    closures = {closure.opportunity_id: closure for closure in _standing_closures(keys)}
    pauses = {pause.opportunity_id: pause for pause in _standing_pauses(keys)}
    attach(deals, "influencers", _influencers(keys), key="opportunity_id")
    return [_card(deal, closures.get(deal.pk), pauses.get(deal.pk)) for deal in deals]


def cards_of_keys(keys: Sequence[int]) -> list[DealCard]:
    """The cards of visible opportunities that are known by their keys (four queries)."""
    return deal_cards(_with_keys(keys))


def deal_card(opportunity: Opportunity, influencers: Sequence[Influencer]) -> tuple[DealCard, list[Closure]]:
    """Give the card of one visible opportunity whose people are known, and all its ends, latest first (two queries)."""
    closures = _closures(opportunity.pk)
    standing = next((each for each in closures if each.reopened_on is None), None)
    pause = next(iter(_standing_pauses([opportunity.pk])), None)
    return DealCard(opportunity, _state(standing, pause), standing, pause, tuple(influencers)), closures


def stage_moves_of(opportunity: Opportunity) -> list[StageMove]:
    """The latest steps of a visible opportunity along the stages."""
    return _moves(opportunity.pk)


@prepared_records_of
def _closures(deal_id: int) -> QuerySet[Closure]:
    rows = Closure.objects.filter(opportunity=deal_id).select_related("closed_by", "diagnosis")
    return rows.order_by("-closed_on", "-pk")


@prepared_records_of
def _moves(deal_id: int) -> QuerySet[StageMove]:
    rows = StageMove.objects.filter(opportunity=deal_id).select_related("moved_by")
    return rows.order_by("-moved_on", "-pk")[:MOVES_SHOWN]


def influencer_choices(user: Any, opportunity: Opportunity) -> list[Contact]:
    """List the visible contacts who can be named in a decision: the customer's, its parent's and those below it."""
    customer = opportunity.customer
    near = Q(customer=customer) | Q(customer__parent=customer)
    if customer.parent_id is not None:
        near |= Q(customer_id=customer.parent_id)
    rows = Contact.objects.visible_to(user).standing().filter(near, left_on__isnull=True).select_related("customer")
    return sorted(rows, key=lambda contact: (contact.customer_id != customer.pk, contact.name, contact.pk))


def won_cycle_days(who: User | Team, *, as_of: date) -> WonCycle:
    """Sum up the won deals closed by a day of a team with all below it, or of a person's team (alone without one).

    Only totals leave this query, so it needs no one looking: the age of a deal is judged against the team's own past.
    """
    rows = Closure.objects.filter(
        Q(reopened_on__isnull=True) | Q(reopened_on__gt=as_of),
        outcome=Outcome.WON,
        closed_on__lte=as_of,
        opportunity__deleted_at__isnull=True,
        opportunity__owner__in=_colleagues(who),
    ).values_list("closed_on", "opportunity__opened_on", "amount_minor")
    days: list[int] = []
    amounts: list[int] = []
    deals = 0
    for closed_on, opened_on, amount in rows:
        deals += 1
        if opened_on is not None:
            days.append((closed_on - opened_on).days)
        if amount is not None:
            insort(amounts, amount)
    return WonCycle(deals=deals, days=float(median(days)) if days else None, amounts=tuple(amounts))


def _colleagues(who: User | Team) -> Any:
    if isinstance(who, Team):
        return User.objects.filter(team__path__startswith=who.path).values("pk")
    if who.team_id is None:
        return User.objects.filter(pk=who.pk).values("pk")
    return User.objects.filter(team_id=who.team_id).values("pk")


@prepared_records
def _of_customer(me: Scope, customer_id: int) -> OpportunityQuerySet:
    rows = Opportunity.objects.visible_to(me).standing().filter(customer_id=customer_id)
    return rows.select_related("customer", "owner").order_by("-opened_on", "-pk")


@prepared_records_of
def _with_keys(keys: Sequence[int]) -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(Among("pk", keys)).select_related("customer", "owner")


@prepared_records_of
def _standing_closures(deals: Sequence[int]) -> QuerySet[Closure]:
    return Closure.objects.filter(Among("opportunity_id", deals), reopened_on__isnull=True)


@prepared_records_of
def _standing_pauses(deals: Sequence[int]) -> QuerySet[Pause]:
    return Pause.objects.filter(Among("opportunity_id", deals), ended_on__isnull=True)


@prepared_records_of
def _influencers(deals: Sequence[int]) -> QuerySet[Influencer]:
    rows = Influencer.objects.filter(Among("opportunity_id", deals)).select_related("contact")
    return rows.order_by("-weight", "pk")


def _card(opportunity: Opportunity, closure: Closure | None, pause: Pause | None) -> DealCard:
    people: Iterable[Influencer] = opportunity.influencers.all()
    return DealCard(opportunity, _state(closure, pause), closure, pause, tuple(people))


def _state(closure: Closure | None, pause: Pause | None) -> State:
    resting = State.OPEN if pause is None else State.PAUSED
    return resting if closure is None else State(closure.outcome)

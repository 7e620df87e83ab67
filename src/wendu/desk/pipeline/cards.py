"""One deal of the board: with whom, how much, how long at its stage, what its gate still asks for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.access.verbs import can_about
from wendu.coach.case import DealCase
from wendu.coach.evidence import deal_cases
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import DealStanding
from wendu.desk.deal_words import ITEMS
from wendu.desk.wording import screen_band
from wendu.identity.models import User
from wendu.kernel.prepared import Among, prepared, prepared_records_of
from wendu.method.temperature import band
from wendu.opportunities.actions import selling_steps
from wendu.opportunities.choices import Stage
from wendu.opportunities.models import Opportunity, StageMove

VERB = "opportunity.move"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows; `missing` is what gets each open point of the gate before it, None without a gate."""

    key: int
    uuid: UUID
    title: str
    customer: str
    customer_uuid: UUID
    owner: str
    amount_minor: int | None
    standing_minor: int | None
    currency: str
    is_estimated: bool
    heat: float
    band: str
    days: int | None
    missing: tuple[str, ...] | None
    is_stalled: bool
    idle_talks: int
    stage: Stage
    steps: tuple[Stage, ...]


def cards_of(user: User, keys: Sequence[int], frame: Frame) -> tuple[Card, ...]:
    """The cards of open deals one sees, in the order of their keys: a fixed number of queries."""
    deals = {deal.pk: deal for deal in _deals(user, keys)}
    cases = deal_cases(list(deals.values()), frame)
    stands = {row.pk: row for row in _standings(list(deals))}
    since = _since(deals)
    workable = can_about(user, VERB, [deal.customer for deal in deals.values()])
    return tuple(
        _card(deals[pk], cases[pk], stands[pk], since.get(pk), frame, may_move=deals[pk].customer_id in workable)
        for pk in keys
        if pk in deals and pk in stands
    )


@prepared_records
def _deals(me: Scope, keys: Collection[int]) -> QuerySet[Opportunity]:
    return Opportunity.objects.visible_to(me).filter(Among("pk", keys)).select_related("customer", "owner")


@prepared_records_of
def _standings(keys: Collection[int]) -> QuerySet[DealStanding]:
    return DealStanding.objects.filter(Among("pk", keys))


def _since(deals: Collection[int]) -> dict[int, date]:
    """Since when each stands where it stands, as far as it was ever moved (one query)."""
    return dict(_moves(list(deals)))


@prepared
def _moves(keys: Collection[int]) -> QuerySet[Any, Any]:
    moves = StageMove.objects.filter(Among("opportunity_id", keys)).order_by("moved_on", "pk")
    return moves.values_list("opportunity_id", "moved_on")


def _card(
    deal: Opportunity, case: DealCase, stands: DealStanding, since: date | None, frame: Frame, *, may_move: bool
) -> Card:
    heat, began = heat_today(stands, frame), since or deal.opened_on
    gate = case.gate_ahead(deal.stage)
    return Card(
        key=deal.pk,
        uuid=deal.uuid,
        title=deal.title,
        customer=deal.customer.name,
        customer_uuid=deal.customer.uuid,
        owner=deal.owner.display_name if deal.owner else "",
        amount_minor=deal.amount_minor,
        standing_minor=stands.amount_minor,
        currency=deal.currency,
        is_estimated=deal.amount_is_estimated,
        heat=heat,
        band=screen_band(band(heat, frame.scale.heat)),
        days=(frame.today - began).days if began else None,
        missing=None if gate is None else tuple(str(ITEMS[item.code][1]) for item in gate.open_items),
        is_stalled=case.stall.band == "stalled",
        idle_talks=int(case.stall.value or 0),
        stage=Stage(deal.stage),
        steps=selling_steps(Stage(deal.stage)) if may_move else (),
    )

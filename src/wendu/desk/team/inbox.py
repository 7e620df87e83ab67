"""What to look at: classes set by hand, windows started afresh, deals without evidence, feelings far from the facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from wendu.coach.frame import Frame
from wendu.coach.gates import GATE, SIGNED
from wendu.coach.models import Requalification
from wendu.coach.quoting import CONCESSION
from wendu.coach.team import DAYS, felt_warmer, recent_touches
from wendu.coach.ways import COUNTED_AT_MOST
from wendu.customers.models import Customer, CustomerQuerySet
from wendu.desk.deal_words import ITEMS
from wendu.desk.team.asked import Scope
from wendu.identity.models import Organisation, User
from wendu.opportunities.choices import NoDealCause
from wendu.opportunities.models import Opportunity
from wendu.quotes.choices import QuoteState
from wendu.quotes.models import QuoteMove
from wendu.quotes.queries import awaiting
from wendu.readings.models import Override

EXPIRES_SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: about whom, by whom, when, and in which words."""

    customer: str
    customer_uuid: UUID
    who: str
    on: date
    words: str
    value: str = ""
    is_soon: bool = False
    numbers: tuple[int, int] | None = None
    deal_uuid: UUID | None = None
    quote_uuid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A stretch of such things, how many there are, and whether more follow."""

    rows: tuple[Item, ...]
    total: int
    has_more: bool = False

    @property
    def told(self) -> str:
        """How many there are, as far as they are counted."""
        return told(self.total)


def told(total: int) -> str:
    """A number as far as it is counted."""
    return f"{COUNTED_AT_MOST:,}+" if total > COUNTED_AT_MOST else f"{total:,}"


def overrides(scope: Scope, frame: Frame, *, limit: int, start: int = 0) -> Items:
    """Classes that stand by hand, which expires next first (three queries)."""
    seen = _seen(scope).filter(pk=OuterRef("subject_id"))
    rows = Override.objects.standing(frame.today).filter(Exists(seen), subject_kind="customer", code="quadrant")
    found, more = _page(rows.select_related("actor").order_by("expires_on", "pk"), limit, start)
    customers = Customer.objects.visible_to(scope.user).in_bulk([row.subject_id for row in found])
    soon = frame.today + timedelta(days=EXPIRES_SOON_DAYS)
    items = tuple(
        Item(
            customer=customers[row.subject_id].name,
            customer_uuid=customers[row.subject_id].uuid,
            who=row.actor.display_name,
            on=row.expires_on,
            words=row.reason,
            value=str(row.value),
            is_soon=row.expires_on <= soon,
        )
        for row in found
        if row.subject_id in customers
    )
    return Items(items, _counted(rows), more)


def unproven(scope: Scope, frame: Frame, *, limit: int, start: int = 0) -> Items:
    """Deals that moved on or were signed without the evidence of their gates, latest first (three queries)."""
    deals = Opportunity.objects.filter(customer__in=_seen(scope)).standing().filter(pk=OuterRef("subject_id"))
    rows = Override.objects.standing(frame.today).filter(
        Q(code__startswith=GATE) | Q(code=CONCESSION), Exists(deals), subject_kind="opportunity"
    )
    found, more = _page(rows.select_related("actor").order_by("-from_on", "-pk"), limit, start)
    named = Opportunity.objects.filter(pk__in=[row.subject_id for row in found]).select_related("customer")
    about = {deal.pk: deal for deal in named}
    items = tuple(
        Item(
            customer=f"{deal.customer.name} · {deal.title}",
            customer_uuid=deal.customer.uuid,
            who=row.actor.display_name,
            on=row.from_on,
            words=_without(row),
            deal_uuid=deal.uuid,
        )
        for row in found
        if (deal := about.get(row.subject_id))
    )
    return Items(items, _counted(rows), more)


def waiting_quotes(scope: Scope, _frame: Frame, *, limit: int, start: int = 0) -> Items:
    """Quotes somebody has to allow: what the evidence says and why it is asked, longest waiting first (two queries)."""
    rows = awaiting(scope.user).filter(opportunity__customer__in=_seen(scope))
    found, more = _page(rows, limit, start)
    asked = QuoteMove.objects.filter(quote__in=found, to_state=QuoteState.AWAITING).select_related("moved_by")
    moves = {move.quote_id: move for move in asked.order_by("pk")}
    items = tuple(
        Item(
            customer=f"{quote.opportunity.customer.name} · {quote.opportunity.title} · V{quote.version}",
            customer_uuid=quote.opportunity.customer.uuid,
            who=_name(moves[quote.pk].moved_by),
            on=Organisation.objects.current().today(moves[quote.pk].moved_at),
            words=_asked(moves[quote.pk]),
            quote_uuid=quote.uuid,
        )
        for quote in found
        if quote.pk in moves
    )
    return Items(items, _counted(rows), more)


def _asked(move: QuoteMove) -> str:
    """Why it is asked, and what the evidence says."""
    return _("%(reason)s (the evidence: %(cause)s)") % {"reason": move.reason, "cause": _cause(move.cause)}


def _cause(code: str) -> str:
    return str(NoDealCause(code).label) if code in NoDealCause.values else ""


def _without(row: Override) -> str:
    """What was missing, and why it moved on all the same."""
    if row.code == CONCESSION:
        causes = str(_(", ")).join(_cause(code) for code in row.value)
        return _("%(reason)s (given away against the evidence: %(causes)s)") % {"reason": row.reason, "causes": causes}
    missing = str(_(", ")).join(str(ITEMS[code][0]) for code in row.value if code in ITEMS)
    reason = _("signed") if row.reason == SIGNED else row.reason
    return _("%(reason)s (not yet: %(missing)s)") % {"reason": reason, "missing": missing}


def requalifications(scope: Scope, frame: Frame, *, limit: int, start: int = 0) -> Items:
    """Customers whose window ran out and was started afresh in the last 30 days, latest first (two queries)."""
    since = frame.today - timedelta(days=DAYS)
    rows = Requalification.objects.filter(on__gt=since, customer__in=_seen(scope))
    found, more = _page(rows.select_related("actor", "customer").order_by("-on", "-pk"), limit, start)
    items = tuple(Item(row.customer.name, row.customer.uuid, _name(row.actor), row.on, row.reason) for row in found)
    return Items(items, _counted(rows), more)


def feelings(scope: Scope, frame: Frame, people: Iterable[int], *, limit: int, start: int = 0) -> Items:
    """Own feels of the last 30 days that were much warmer than what was computed, furthest off first (two queries)."""
    rows = recent_touches(scope.sight, people, frame.today).filter(felt_warmer(frame.scale.heat.perception_gap))
    rows = rows.annotate(over=F("guess") - F("customer__standing__heat"))
    ordered = rows.select_related("author", "customer", "customer__standing").order_by("-over", "pk")
    found, more = _page(ordered, limit, start)
    items = tuple(
        Item(
            customer=row.customer.name,
            customer_uuid=row.customer.uuid,
            who=_name(row.author),
            on=row.touched_on,
            words=row.note,
            numbers=(row.guess or 0, round(row.customer.standing.heat)),
        )
        for row in found
    )
    return Items(items, _counted(rows), more)


def _seen(scope: Scope) -> CustomerQuerySet:
    rows = Customer.objects.visible_to(scope.user)
    return rows if scope.sight.team_ids is None else rows.filter(team_id__in=scope.sight.team_ids)


def _page(rows: Any, limit: int, start: int) -> tuple[list[Any], bool]:
    found = list(rows[start : start + limit + 1])
    return found[:limit], len(found) > limit


def _name(user: User | None) -> str:
    return user.display_name if user else ""


def _counted(rows: Any) -> int:
    """How many there are; one more than the bound stands for any number beyond it."""
    return int(rows.order_by()[: COUNTED_AT_MOST + 1].count())

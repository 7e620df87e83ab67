"""Letting a quote out: what it gives away is judged by why the deal does not close (method: 3.17, ruling M146).

C1 to C3, and while nobody can tell, block it; C4 is the firm's own case; a manager's exception is kept and shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.coach.case import DealCase
from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame
from wendu.coach.held import Held
from wendu.coach.losing import cause_of
from wendu.identity.models import Organisation, User
from wendu.kernel.errors import ActionError
from wendu.kernel.prepared import Among, prepared
from wendu.method.codes import Quadrant
from wendu.method.deals.diagnosis import Concession
from wendu.method.deals.exchange import Offer, PriceRoom, win_win
from wendu.method.deals.quote import HUNDRED, Amounts, Terms, favours, may_go_out, total
from wendu.method.deals.talk import too_early_to_negotiate
from wendu.method.reading import Reading, Reason, because, reaches
from wendu.method.suggestion import Bargain
from wendu.opportunities.actions.standing import lock
from wendu.opportunities.choices import NoDealCause
from wendu.opportunities.models import Opportunity
from wendu.quotes import actions
from wendu.quotes.choices import QuoteState
from wendu.quotes.facts import GONE_OUT, content_of, line_of, lines_of, sent_before, terms_of
from wendu.quotes.models import Quote, QuoteLine, QuoteSnapshot
from wendu.readings.actions import set_override

OFFERED = (QuoteState.APPROVED, *GONE_OUT)
"""An offer that went out, or may."""
CONCESSION = "concession"
"""Under this code an exception is kept about its deal."""


class ConcessionBlocked(ActionError):
    """Giving up income is no answer to what keeps this deal from closing."""

    code = "concession_blocked"
    message = _(
        "This quote gives something away, but the evidence says: %(cause)s. Giving in does not answer that. Take it "
        "out, or ask your manager for an exception with a reason."
    )


class ConcessionEscalated(ActionError):
    """The firm looks at it before anything is given."""

    code = "concession_escalated"
    message = _("This quote gives something away that only your manager can allow. Ask for approval with a reason.")


class NothingToAsk(ActionError):
    """What may go out is not asked for."""

    code = "nothing_to_ask"
    message = _("This quote gives nothing away that needs an approval. Send it.")


@dataclass(frozen=True)
class QuoteCase:
    """One version of a quote, judged by the evidence of its deal."""

    quote: Quote
    lines: Sequence[QuoteLine]
    case: DealCase
    usual_days: int
    before: Terms | None = None

    @cached_property
    def totals(self) -> Amounts:
        """What it comes to."""
        return total(map(line_of, self.lines), tax_included=self.quote.tax_included)

    @cached_property
    def given(self) -> tuple[Reason, ...]:
        """What it gives away."""
        deal, terms = self.case.deal, terms_of(self.quote, self.lines)
        asked = None if deal.amount_is_estimated else deal.amount_minor
        return favours(terms, self.before, usual_days=self.usual_days, asked=asked)

    @cached_property
    def paid(self) -> float:
        """What the customer pays in the end, money paid back taken off."""
        return float(self.totals.gross * self._kept)

    @cached_property
    def held(self) -> Held:
        """What everybody gives and asks at the price of this quote."""
        return self.case.held.at(self.paid, self.cost)

    @property
    def ours(self) -> Offer:
        """What we give and ask."""
        return self.held.ours

    @cached_property
    def cost(self) -> float | None:
        """What serving them costs us, raised by the tax in the price, so that the margin is that of the net price."""
        cost = self.case.offered.sale(None).cost
        if cost is None or not self.totals.net:
            return cost
        return float(cost) * self.totals.gross / self.totals.net

    @cached_property
    def exchange(self) -> Reading:
        """Who gains at this price."""
        return win_win(self.ours, self.held.others, self.held.sale, self.case.scale.exchange)

    @cached_property
    def room(self) -> PriceRoom:
        """Between which prices both sides gain."""
        return self.held.room(self.case.scale.exchange)

    @property
    def inside_floor(self) -> bool | None:
        """Whether our margin keeps its floor; None while nobody knows the cost."""
        margin = self.held.sale.margin
        return None if margin is None else reaches(margin, self.case.scale.exchange.margin_floor)

    @property
    def goes_out(self) -> Concession:
        """Whether it goes out, is blocked, or is looked at by the firm."""
        return may_go_out(self.given, self.case.concession, inside_floor=self.inside_floor)

    @property
    def cause(self) -> NoDealCause:
        """Why the deal does not close."""
        return cause_of(self.case.cause)

    @property
    def _kept(self) -> Decimal:
        return (HUNDRED - self.quote.rebate) / HUNDRED


def quote_case(quote: Quote, frame: Frame, case: DealCase | None = None) -> QuoteCase:
    """Judge one version by what is known on the day of the frame."""
    known = case if case is not None else deal_case(quote.opportunity, frame)
    before = sent_before(quote)
    return QuoteCase(
        quote=quote,
        lines=lines_of(quote),
        case=known,
        usual_days=frame.scale.deal.exchange.usual_payment_days,
        before=None if before is None else terms_of(before, lines_of(before)),
    )


def too_early(deal_id: int, quadrant: Quadrant) -> Reason | None:
    """Whether price is spoken of before trust passed its gate (one query); a warning, never a block."""
    known = bargains([deal_id])[deal_id]
    early = too_early_to_negotiate(known.stage, quadrant, offer_stands=known.offer_stands)
    return because("too_early_to_negotiate") if early else None


def bargains(deal_ids: Collection[int]) -> dict[int, Bargain]:
    """How far some deals are: their stage, and whether an offer stands that may go out (one query, none for none)."""
    return {pk: Bargain(stage, bool(stands)) for pk, stage, stands in _bargains(deal_ids)} if deal_ids else {}


@prepared
def _bargains(deal_ids: Collection[int]) -> QuerySet[Any, Any]:
    standing = Quote.objects.filter(opportunity=OuterRef("pk"), state__in=OFFERED)
    deals = Opportunity.objects.filter(Among("pk", deal_ids))
    return deals.annotate(offer_stands=Exists(standing)).values_list("pk", "stage", "offer_stands")


@transaction.atomic
def send(*, quote: Quote, actor: User, at: datetime) -> QuoteSnapshot:
    """Let a quote out as it stands: one that gives nothing away, may give it, or was approved."""
    permit(actor, "quote.write", quote.opportunity)
    lock(quote.opportunity)
    quote.refresh_from_db(fields=["state"])
    judged = quote_case(quote, Frame.at(at))
    if quote.state == QuoteState.DRAFT and judged.goes_out is Concession.BLOCKED:
        raise ConcessionBlocked(cause=judged.cause.label)
    if quote.state == QuoteState.DRAFT and judged.goes_out is Concession.ESCALATED:
        raise ConcessionEscalated
    seller = Organisation.objects.current().name
    return actions.send_quote(quote=quote, content=content_of(quote, judged.lines, seller), actor=actor, at=at)


@transaction.atomic
def ask(*, quote: Quote, reason: str, actor: User, at: datetime) -> Quote:
    """Ask for what one may not give: the firm's own case, or an exception from what the evidence says."""
    permit(actor, "quote.write", quote.opportunity)
    lock(quote.opportunity)
    judged = quote_case(quote, Frame.at(at))
    if judged.goes_out is Concession.ALLOWED and judged.lines:
        raise NothingToAsk
    given: list[Mapping[str, Any]] = [each.to_json() for each in judged.given]
    return actions.ask_for_approval(quote=quote, reason=reason, given=given, cause=judged.cause, actor=actor, at=at)


@transaction.atomic
def decide(*, quote: Quote, approved: bool, reason: str, actor: User, at: datetime) -> Quote:
    """Allow or refuse; an exception from what the evidence says is kept as an override everybody who leads sees."""
    permit(actor, "quote.decide", quote.opportunity)
    lock(quote.opportunity)
    judged = quote_case(quote, Frame.at(at))
    decided = actions.decide_on_quote(quote=quote, approved=approved, reason=reason, actor=actor, at=at)
    if approved and judged.goes_out is Concession.BLOCKED:
        deal = quote.opportunity
        set_override(
            subject=deal,
            code=CONCESSION,
            value=[judged.cause.value],
            reason=reason,
            actor=actor,
            at=at,
            root=deal.customer,
        )
    return decided

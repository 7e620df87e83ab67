"""An order signed in a touch wins its opportunity on the same day; undoing the touch takes that back."""

from datetime import datetime

from wendu.access.verbs import can, permit
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.kernel.errors import ActionError, Denied
from wendu.opportunities import actions as deals
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure, Opportunity
from wendu.touches.actions.draft import OrderDraft, TouchDraft
from wendu.touches.actions.errors import DraftRefused, OpportunityClosed
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import Touch


def ask_to_sign(draft: TouchDraft, customer: Customer, actor: User) -> None:
    """Ask for the right to win a deal before anything is written."""
    if draft.outcome != TouchOutcome.ORDER:
        return
    permit(actor, "opportunity.close", customer)
    if _names_new_order(draft.opportunity_id, draft.order):
        permit(actor, "opportunity.create", customer)


def sign(touch: Touch, order: OrderDraft | None, *, actor: User, at: datetime) -> None:
    """Win the opportunity of an order: the one chosen, the only open one, or a new one named by the order."""
    if order is not None and _names_new_order(touch.opportunity_id, order):
        deal = _open_deal(touch, order, actor=actor, at=at)
        touch.opened_the_deal = True
    else:
        deal = _deal_of(touch)
        if deal.deleted_at is not None:
            deals.restore_opportunity(opportunity=deal, actor=actor, at=at)
    touch.opportunity = deal
    closure = Closure.objects.filter(opportunity=deal, reopened_on__isnull=True).first()
    if closure is None:
        touch.closure = _win(deal, touch, actor=actor, at=at)
    elif closure.outcome != Outcome.WON:
        raise DraftRefused([OpportunityClosed(day=closure.closed_on.isoformat()).at("opportunity_id")])
    touch.save(update_fields=["opportunity", "closure", "opened_the_deal"])


def unsign(touch: Touch, *, actor: User, at: datetime, keep_deal: bool = False) -> None:
    """Take back the win this touch brought, and the opportunity itself if this touch had opened it."""
    deal = touch.opportunity
    if deal is None:
        return
    if touch.closure is not None and touch.closure.reopened_on is None:
        deals.withdraw_closure(opportunity=deal, actor=actor, at=at)
    touch.closure = None
    if touch.opened_the_deal and not keep_deal and can(actor, "opportunity.delete", deal):
        deals.delete_opportunity(opportunity=deal, actor=actor, at=at)
    touch.save(update_fields=["closure"])


def _names_new_order(opportunity_id: int | None, order: OrderDraft | None) -> bool:
    return opportunity_id is None and order is not None and bool(order.title)


def _deal_of(touch: Touch) -> Opportunity:
    if touch.opportunity is not None:
        return touch.opportunity
    return Opportunity.objects.open().get(customer_id=touch.customer_id)


def _open_deal(touch: Touch, order: OrderDraft, *, actor: User, at: datetime) -> Opportunity:
    details: dict[str, object] = {"amount_minor": order.amount_minor}
    if order.currency:
        details["currency"] = order.currency
    return deals.open_opportunity(
        customer=touch.customer,
        title=order.title,
        owner=touch.author,
        opened_on=touch.touched_on,
        actor=actor,
        at=at,
        details=details,
    )


def _win(deal: Opportunity, touch: Touch, *, actor: User, at: datetime) -> Closure:
    """Close the deal on the day of the touch; what speaks against it is shown at the field of the touch."""
    try:
        return deals.close_opportunity(
            opportunity=deal,
            outcome=Outcome.WON,
            closed_on=touch.touched_on,
            actor=actor,
            at=at,
            through_stages=True,
        )
    except Denied:
        raise
    except ActionError as error:
        error.field = "touched_on" if error.field == "closed_on" else "opportunity_id"
        raise

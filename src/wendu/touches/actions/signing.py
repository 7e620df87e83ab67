"""An order signed in a touch wins its opportunity on the same day; undoing the touch takes that back."""

from datetime import datetime

from wendu.access.verbs import permit
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.opportunities import actions as deals
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure, Opportunity
from wendu.touches.actions.draft import OrderDraft, TouchDraft
from wendu.touches.actions.errors import DraftRefused, OpportunityClosed
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import Touch


def ask_to_sign(draft: TouchDraft, customer: Customer, actor: User | None) -> None:
    """Ask for the right to win a deal before anything is written."""
    if draft.outcome != TouchOutcome.ORDER:
        return
    permit(actor, "opportunity.close", customer)
    if _names_new_order(draft.opportunity_id, draft.order):
        permit(actor, "opportunity.create", customer)


def sign(touch: Touch, order: OrderDraft | None, *, actor: User | None, at: datetime) -> None:
    """Win the opportunity of an order: the one chosen, the only open one, or a new one named by the order."""
    if _names_new_order(touch.opportunity_id, order):
        deal = _open_deal(touch, order, actor=actor, at=at)
        touch.opened_the_deal = True
    else:
        deal = _deal_of(touch)
        if deal.deleted_at is not None:
            deals.restore_opportunity(opportunity=deal, actor=actor, at=at)
    touch.opportunity = deal
    closure = Closure.objects.filter(opportunity=deal, reopened_on__isnull=True).first()
    if closure is None:
        touch.closure = deals.close_opportunity(
            opportunity=deal, outcome=Outcome.WON, closed_on=touch.touched_on, actor=actor, at=at
        )
    elif closure.outcome != Outcome.WON:
        raise DraftRefused([OpportunityClosed(day=closure.closed_on.isoformat()).at("opportunity_id")])
    touch.save(update_fields=["opportunity", "closure", "opened_the_deal"])


def unsign(touch: Touch, *, actor: User | None, at: datetime, keep_deal: bool = False) -> None:
    """Reopen the opportunity this touch won, and delete it if this touch had opened it."""
    closure, deal = touch.closure, touch.opportunity
    if closure is not None and deal is not None and closure.reopened_on is None:
        deals.reopen_opportunity(opportunity=deal, reopened_on=closure.closed_on, actor=actor, at=at)
    touch.closure = None
    if touch.opened_the_deal and not keep_deal and deal is not None:
        deals.delete_opportunity(opportunity=deal, actor=actor, at=at)
    touch.save(update_fields=["closure"])


def _names_new_order(opportunity_id: int | None, order: OrderDraft | None) -> bool:
    return opportunity_id is None and order is not None and bool(order.title)


def _deal_of(touch: Touch) -> Opportunity:
    if touch.opportunity is not None:
        return touch.opportunity
    return Opportunity.objects.open().get(customer_id=touch.customer_id)


def _open_deal(touch: Touch, order: OrderDraft | None, *, actor: User | None, at: datetime) -> Opportunity:
    assert order is not None
    return deals.open_opportunity(
        customer=touch.customer,
        title=order.title,
        amount_minor=order.amount_minor,
        currency=order.currency or Organisation.objects.current().currency,
        opened_on=touch.touched_on,
        owner=touch.author,
        actor=actor,
        at=at,
    )

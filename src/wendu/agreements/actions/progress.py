"""How an order goes on: delivered, accepted, disputed and settled, and each step back (2.5)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.agreements.actions.keeping import hold_order, move_to, settle
from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError
from wendu.kernel.names import tidy_line

S = OrderState
STEPS: Mapping[str, tuple[OrderState, ...]] = {
    S.OPEN: (S.DELIVERING, S.ACCEPTED),
    S.DELIVERING: (S.ACCEPTED, S.DISPUTED, S.OPEN),
    S.ACCEPTED: (S.DISPUTED, S.DELIVERING),
    S.DISPUTED: (S.ACCEPTED, S.DELIVERING),
    S.PAID: (S.ACCEPTED,),
}
"""Where an order can go from where it is; that it is paid follows from its receipts, and cancelling is its own deed."""
LONGEST = 300


class NoSuchStep(ActionError):
    """An order goes from one state to the next."""

    code = "no_such_step"
    field = "to_state"
    message = _("From “%(here)s” an order does not go there. Look at where it is now, and choose again.")


class DisputeNeedsReason(ActionError):
    """Whoever calls an order disputed says about what."""

    code = "dispute_needs_reason"
    field = "reason"
    message = _("Say in a few words what it is about (at most 300 characters).")


class AcceptedOutOfTime(ActionError):
    """An order is accepted between the day it was placed and today."""

    code = "accepted_out_of_time"
    field = "accepted_on"
    message = _("The day it was accepted lies between %(earliest)s, when it was ordered, and today.")


@transaction.atomic
def move_order(
    *,
    order: Order,
    to_state: str,
    actor: User | None,
    at: datetime,
    accepted_on: date | None = None,
    reason: str = "",
) -> Order:
    """Take an order one step further, or one back; once accepted and covered by receipts it is paid by itself."""
    hold_order(order, "order.write", actor)
    before, words = OrderState(order.state), tidy_line(reason)
    if to_state not in STEPS.get(before, ()):
        raise NoSuchStep(here=before.label)
    if len(words) > LONGEST or (to_state == OrderState.DISPUTED and not words):
        raise DisputeNeedsReason
    after = {"state": to_state, **({"reason": words} if words else {})}
    if to_state == OrderState.ACCEPTED and order.accepted_on is None:
        today = Organisation.objects.current().today(at)
        order.accepted_on = accepted_on or today
        if not order.ordered_on <= order.accepted_on <= today:
            raise AcceptedOutOfTime(earliest=order.ordered_on.isoformat())
        after["accepted_on"] = order.accepted_on.isoformat()
    elif to_state in (OrderState.OPEN, OrderState.DELIVERING):
        order.accepted_on = None
    order.save(update_fields=["accepted_on"])
    move_to(order, OrderState(to_state), words, actor, at)
    record("order.moved", subject=order, actor=actor, at=at, before={"state": before}, after=after)
    settle(order, actor=actor, at=at)
    return order

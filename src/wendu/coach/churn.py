"""Declaring that a customer who bought has left for good (method: 3.27), for a cause the playbook lists."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.customers.actions import begin_churn
from wendu.customers.models import Customer, Nurture
from wendu.identity.models import User
from wendu.kernel.errors import ActionError
from wendu.method.codes import Status
from wendu.playbooks.plays import ChurnReason


class NothingToLeave(ActionError):
    """Only who has bought and is not in a deal can have left."""

    code = "nothing_to_leave"
    message = _(
        "Only a customer who has ordered and has no open deal can be gone. Close the deal first, or choose “Not now”."
    )


class UnknownCause(ActionError):
    """A cause is one of the playbook's."""

    code = "unknown_cause"
    field = "reason"
    message = _("Choose one of the causes of the playbook.")


def causes(frame: Frame) -> tuple[ChurnReason, ...]:
    """The causes people choose from."""
    return frame.playbook.churn_reasons


def can_leave(status: str, *, has_ordered: bool) -> bool:
    """Whether a customer can be declared gone."""
    return has_ordered and status in (Status.EXISTING, Status.NURTURING)


@transaction.atomic
def declare_churned(*, customer: Customer, reason: str, actor: User, at: datetime, note: str = "") -> Nurture:
    """Let a customer who left fall silent: no revisit and no next order until a new order or deal brings it back.

    Raises `NothingToLeave` unless it has ordered and nothing is open, `UnknownCause` for a cause the playbook lacks.
    """
    if reason not in {cause.code for cause in causes(Frame.at(at))}:
        raise UnknownCause
    stands = Standing.objects.filter(pk=customer.pk).values_list("status", "latest_order_on").first()
    if stands is None or not can_leave(stands[0], has_ordered=stands[1] is not None):
        raise NothingToLeave
    return begin_churn(customer=customer, reason=reason, actor=actor, at=at, note=note)

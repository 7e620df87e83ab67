"""What customers told of what they got."""

from typing import Any

from wendu.care.actions import write_satisfaction
from wendu.care.models import Satisfaction
from wendu.customers.models import Customer
from wendu.identity.models import Organisation
from wendu.kernel.clock import now


def make_answer(customer: Customer, **values: Any) -> Satisfaction:
    """They counted on 10 and got 9, told today, unless told otherwise."""
    said = {"expectation": 10, "experience": 9, "told_on": Organisation.objects.current().today(now()), **values}
    return write_satisfaction(customer=customer, values=said, actor=customer.owner, at=now())

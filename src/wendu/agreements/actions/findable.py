"""What of a contract or a subscription can be searched for: what it is about, and its number."""

from collections.abc import Collection

from wendu.agreements.models import Contract, Subscription
from wendu.kernel.entity import kind_of
from wendu.search import actions as search
from wendu.search.findable import Findable


def index_agreed(row: Contract | Subscription) -> None:
    """Make it findable by what is now said of it."""
    search.index_many([_findable(row)])


def forget_agreed(row: Contract | Subscription) -> None:
    """Make a deleted one unfindable."""
    search.forget(row)


def index_many(customer_ids: Collection[int]) -> int:
    """Make what these customers agreed to findable, two queries and the writing; says how many."""
    contracts = Contract.objects.standing().filter(customer_id__in=customer_ids).select_related("customer")
    fees = Subscription.objects.standing().filter(customer_id__in=customer_ids).select_related("customer")
    return search.index_many(_findable(row) for rows in (contracts, fees) for row in rows)


def _findable(row: Contract | Subscription) -> Findable:
    return Findable(
        kind=kind_of(row),
        object_id=row.pk,
        object_uuid=row.uuid,
        customer_id=row.customer_id,
        title=str(row),
        subtitle=row.customer.name,
        text=row.number if isinstance(row, Contract) else row.external_id,
    )

"""Subscriptions on their way out: as they stand now, each with what it renews on and what it ended for."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wendu.agreements.choices import SubscriptionState
from wendu.agreements.models import Subscription
from wendu.exchange.outgoing.columns import Cells, Column, code, day, ident, number, text
from wendu.exchange.outgoing.deals import amounts
from wendu.exchange.outgoing.naming import reference
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.sight import seen
from wendu.kernel.prepared import Among, prepared
from wendu.offers.models import Solution


def subscriptions(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    """The subscriptions a person sees."""
    rows = seen(Subscription.objects, actor).filter(deleted_at__isnull=True)
    return rows, [
        ident(),
        text("external_id"),
        reference("customer", "customer_id", actor),
        text("item"),
        Column("product", ("product_id",), _products, typed=True),
        Column("fee", ("fee_minor", "currency"), amounts),
        text("currency"),
        number("term_months"),
        day("began_on"),
        day("renews_on"),
        code("state", wording.of(SubscriptionState)),
        Column("one_off", ("one_off_minor", "currency"), amounts),
        number("margin"),
        day("ended_on"),
        text("cause"),
    ]


def _products(keys: Sequence[int | None]) -> Cells:
    """Each product by its number, else its name, else - where another bears that name - our id."""
    wanted = {key for key in keys if key is not None}
    rows = list(_lines(wanted)) if wanted else []
    alike = Counter(name for (name,) in _named({row[2] for row in rows})) if rows else Counter[str]()
    texts = {pk: number or (name if alike[name] == 1 else str(UUID(str(uuid)))) for pk, uuid, name, number in rows}
    return [texts.get(key, "") if key is not None else "" for key in keys]


@prepared
def _lines(keys: Any) -> QuerySet[Any, Any]:
    return Solution.objects.filter(Among("pk", keys)).values_list("pk", "uuid", "name", "sheet__code")


@prepared
def _named(names: Any) -> QuerySet[Any, Any]:
    return Solution.objects.filter(Among("name", names)).values_list("name")

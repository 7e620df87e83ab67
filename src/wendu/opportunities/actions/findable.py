"""What of an opportunity can be searched for."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wendu.customers.choices import FieldAbout
from wendu.customers.queries import own_texts
from wendu.kernel.entity import kind_of
from wendu.opportunities.models import Opportunity
from wendu.search import actions as search
from wendu.search.findable import Findable, Words, words_of


def index_opportunity(opportunity: Opportunity) -> None:
    """Make an opportunity findable by what is now known of it."""
    search.index_many([_findable(opportunity)])


def forget_opportunity(opportunity: Opportunity) -> None:
    """Make a deleted opportunity unfindable."""
    search.forget(opportunity)


def index_many(customer_ids: Collection[int]) -> int:
    """Make the opportunities of a bulk load findable, one query and the writing; says how many."""
    rows = Opportunity.objects.standing().filter(customer_id__in=customer_ids).select_related("customer")
    return search.index_many(_findable(opportunity) for opportunity in rows)


def deal_words(columns: Mapping[str, Any], own: Iterable[str] = ()) -> Words:
    """Prepare what an opportunity with these columns and texts of own fields answers to; whose it is stands beside."""
    return words_of(columns["title"], text=_text(columns, own))


def _findable(opportunity: Opportunity) -> Findable:
    return Findable(
        kind=kind_of(opportunity),
        object_id=opportunity.pk,
        object_uuid=opportunity.uuid,
        customer_id=opportunity.customer_id,
        title=opportunity.title,
        subtitle=opportunity.customer.name,
        text=_text(vars(opportunity), own_texts(FieldAbout.OPPORTUNITY, opportunity.custom)),
    )


def _text(columns: Mapping[str, Any], own: Iterable[str]) -> str:
    told = (columns.get(name) for name in ("product", "external_id"))
    return " ".join(part for part in (*told, *own) if part)

"""How a customer's record came to say what it says: every correction, value by value, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from wendu.customers.models import Contact, Customer
from wendu.desk.audit import Line, lines
from wendu.identity.models import User
from wendu.journal.models import Entry
from wendu.journal.queries import history_of
from wendu.opportunities.models import Opportunity

PAGE = 40
CORRECTIONS = (
    *("customer.created", "customer.edited", "customer.parent_changed", "customer.owner_changed"),
    "customer.referrer_changed",
    *("customer.custom_changed", "contact.added", "contact.edited", "contact.custom_changed", "contact.made_main"),
    *("opportunity.opened", "opportunity.edited", "opportunity.custom_changed", "opportunity.owner_changed"),
)


@dataclass(frozen=True, slots=True)
class Edits:
    """One page of corrections, each with the name of the person or deal it is about, and the key of the next page."""

    rows: list[tuple[Line, str]]
    after: int | None


def edits_of(user: User, customer: Customer, *, after: int | None = None) -> Edits:
    """The corrections of a visible customer, its people and deals; numbers stay masked (a fixed number of queries)."""
    found = history_of(user, customer).filter(verb__in=CORRECTIONS)
    if after is not None:
        mark = found.filter(pk=after).values_list("at", flat=True).first()
        found = found.filter(Q(at__lt=mark) | Q(at=mark, pk__lt=after)) if mark is not None else found.none()
    entries = list(found.order_by("-at", "-pk")[: PAGE + 1])
    shown, names = entries[:PAGE], _names(entries[:PAGE])
    rows = [
        (line, names.get((entry.subject_kind, entry.subject_id), ""))
        for line, entry in zip(lines(shown, reader=user), shown, strict=True)
    ]
    return Edits(rows, shown[-1].pk if len(entries) > PAGE else None)


def _names(entries: Sequence[Entry]) -> dict[tuple[str, int], str]:
    def about(kind: str) -> set[int]:
        return {entry.subject_id for entry in entries if entry.subject_kind == kind}

    people = Contact.objects.filter(pk__in=about("contact")).values_list("pk", "name")
    deals = Opportunity.objects.filter(pk__in=about("opportunity")).values_list("pk", "title")
    return {
        **{("contact", pk): name for pk, name in people},
        **{("opportunity", pk): title for pk, title in deals},
    }

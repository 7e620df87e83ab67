"""Who may be meant while somebody is typing, of those one sees only. Of others nothing is said, not even a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wendu.access.masking import clear_for
from wendu.access.scope import scope_of
from wendu.customers.actions import normalised
from wendu.customers.models import ContactPoint, Customer
from wendu.customers.queries import similar_customers
from wendu.kernel.errors import ActionError
from wendu.kernel.names import normalise_name, tidy_line
from wendu.merges.cards import cards_of
from wendu.merges.scoring import SHORTEST, TYPED_FROM, Card, Likeness, likeness
from wendu.search.queries import find
from wendu.search.spoken import syllables

ASKED, SHOWN = 20, 5
CONTAINS: dict[str, object] = {"code": "name_contains"}


@dataclass(frozen=True, slots=True)
class Likely:
    """A customer that may be meant, and why."""

    customer: Customer
    likeness: Likeness

    @property
    def percent(self) -> int:
        """How alike, of a hundred."""
        return round(self.likeness.score * 100)


def likely_customers(user: Any, *, name: str, city: str = "") -> list[Likely]:
    """Customers this user sees that may be the one being typed, the likeliest first."""
    typed = Card(0, normalise_name(name), city=tidy_line(city))
    if len(typed.key) < SHORTEST or scope_of(user).sees_nothing:
        return []
    rows = {row.pk: row for row in similar_customers(user, name)}
    contained = set(rows)
    wanted = {
        entry.object_id for words in _asked(typed) for entry in find(words, user=user, kinds=["customer"], limit=ASKED)
    }
    seen = Customer.objects.visible_to(user).standing().filter(pk__in=wanted - contained).select_related("owner")
    rows |= {row.pk: row for row in seen}
    found = []
    for pk, card in cards_of(rows).items():
        alike = likeness(typed, card)
        if alike.score < TYPED_FROM and pk in contained:
            alike = Likeness(TYPED_FROM, (CONTAINS, *alike.reasons))
        if alike.score >= TYPED_FROM:
            found.append(Likely(rows[pk], alike))
    return sorted(found, key=lambda each: (-each.likeness.score, each.customer.pk))[:SHOWN]


def same_reach(user: Any, written: Iterable[tuple[str, str]]) -> list[ContactPoint]:
    """Numbers and addresses like these at customers this user sees, as far as he may read them in clear."""
    values = {value for kind, text in written if (value := _kept_as(kind, text))}
    if not values:
        return []
    rows = ContactPoint.objects.visible_to(user).filter(value__in=values, customer__bucket_of__isnull=True)
    rows = rows.exclude(contact__deleted_at__isnull=False).select_related("customer__owner", "contact")
    found = list(rows.order_by("customer", "pk")[:ASKED])
    clear = clear_for(user, {row.customer for row in found}) if found else set()
    return [row for row in found if row.customer_id in clear][:SHOWN]


def _asked(typed: Card) -> list[str]:
    """What the index is asked for: how the name begins, and how it is spoken."""
    core = typed.core
    initials = "".join(each[0] for each in syllables(core))
    return [words for words in (core[:SHORTEST], initials) if len(words) >= SHORTEST]


def _kept_as(kind: str, text: str) -> str:
    try:
        return normalised(kind, text) if text.strip() else ""
    except ActionError:
        return ""  # not yet a whole number

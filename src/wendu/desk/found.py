"""What a search found, and what one opened latest, with numbers only for those who may read them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.agreements.models import Contract, Order
from wendu.desk.wording import lang
from wendu.identity.models import User
from wendu.packs.queries import current_playbook
from wendu.search.models import Entry
from wendu.search.opened import latest_opened
from wendu.search.queries import find

KINDS = {
    "customer": "building",
    "contact": "user",
    "opportunity": "briefcase",
    "order": "receipt",
    "contract": "file-text",
    "subscription": "refresh",
    "touch": "note",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: where it is, and whose."""

    kind: str
    kind_words: str
    uuid: UUID
    customer_id: int
    title: str
    subtitle: str
    icon: str


def found(text: str, *, user: User, limit: int) -> list[Found]:
    """The best matches this user may see; titles only, never a number, so there is nothing to mask."""
    return [_found(entry) for entry in find(text, user=user, limit=limit)]


def numbered(text: str, *, user: User, limit: int) -> list[Found]:
    """Orders and contracts one sees that carry this very number; what holds no digit is none and asks nothing."""
    number = text.strip()
    if not any(sign.isdigit() for sign in number):
        return []
    there = {"customer__deleted_at__isnull": True}
    orders = Order.objects.visible_to(user).standing().filter(external_id=number, **there)
    papers = Contract.objects.visible_to(user).standing().filter(number=number, **there)
    rows = [*orders.select_related("customer")[:limit], *papers.select_related("customer")[:limit]]
    return [_agreed(row) for row in rows]


def _agreed(row: Order | Contract) -> Found:
    kind = "order" if isinstance(row, Order) else "contract"
    words = {"order": pgettext("purchase", "Order"), "contract": _("Contract")}
    return Found(kind, words[kind], row.uuid, row.customer_id, str(row), row.customer.name, KINDS[kind])


def lately(*, user: User, limit: int) -> list[Found]:
    """What this person opened latest and still sees."""
    return [_found(entry) for entry in latest_opened(user=user, limit=limit)]


def _found(entry: Entry) -> Found:
    words: dict[str, Any] = {
        "customer": pgettext("kind of thing", "Customer"),
        "contact": pgettext("kind of thing", "Person"),
        "opportunity": pgettext("kind of thing", "Deal"),
        "touch": pgettext("kind of thing", "Touch"),
        "contract": _("Contract"),
        "subscription": _("Subscription"),
    }
    return Found(
        kind=entry.kind,
        kind_words=str(words.get(entry.kind, "")),
        uuid=entry.object_uuid,
        customer_id=entry.customer_id,
        title=entry.title,
        subtitle=_beside(entry),
        icon=KINDS.get(entry.kind, "point"),
    )


def _beside(entry: Entry) -> str:
    """What stands beside it; the index keeps a customer's trade as a code, the reader sees its name."""
    place, _space, trade = entry.subtitle.rpartition(" ")
    known = current_playbook().factors.industry.get(trade) if entry.kind == "customer" else None
    return f"{place} {known.name.of(lang())}".strip() if known else entry.subtitle

"""What a search found, and what one opened latest, with numbers only for those who may read them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext

from wendu.desk.wording import lang
from wendu.identity.models import User
from wendu.packs.queries import current_playbook
from wendu.search.models import Entry
from wendu.search.opened import latest_opened
from wendu.search.queries import find

KINDS = {"customer": "building", "contact": "user", "opportunity": "briefcase", "touch": "note"}


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


def lately(*, user: User, limit: int) -> list[Found]:
    """What this person opened latest and still sees."""
    return [_found(entry) for entry in latest_opened(user=user, limit=limit)]


def _found(entry: Entry) -> Found:
    words: dict[str, Any] = {
        "customer": pgettext("kind of thing", "Customer"),
        "contact": pgettext("kind of thing", "Person"),
        "opportunity": pgettext("kind of thing", "Deal"),
        "touch": pgettext("kind of thing", "Touch"),
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

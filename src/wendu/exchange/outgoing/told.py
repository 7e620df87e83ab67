"""Touches on their way out."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from wendu.exchange.outgoing.columns import Cells, Column, code, day, flag, ident, looked_up, text
from wendu.exchange.outgoing.naming import reference
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.sight import seen
from wendu.kernel.prepared import Among, prepared
from wendu.packs.queries import current_playbook
from wendu.touches.choices import Refusal, TouchOutcome
from wendu.touches.models import Touch, TouchContact


def touches(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    """The touches a person sees, with every column; what was undone did not happen."""
    rows = seen(Touch.objects, actor).filter(undone_at__isnull=True)
    return rows, [
        ident(),
        text("external_id"),
        day("touched_on"),
        code("kind", wording.named(current_playbook().temperature.kinds)),
        reference("customer", "customer_id", actor),
        Column("contact", ("pk",), _who_was_there, typed=True),
        looked_up("author", "author_id", wording.people()),
        flag("is_two_way", wording.flags()),
        flag("is_proactive", wording.flags()),
        code("outcome", wording.of(TouchOutcome)),
        code("refusal", wording.of(Refusal)),
        *(text(name) for name in ("objective", "value_note", "note")),
        Column("opportunity", ("opportunity__external_id", "opportunity__title"), _deal, typed=True),
        day("agreed_on"),
    ]


def _who_was_there(keys: Sequence[int]) -> Cells:
    found: dict[int, list[str]] = {}
    for key, name in _participants(keys):
        found.setdefault(key, []).append(name)
    return ["; ".join(found.get(key, ())) for key in keys]


@prepared
def _participants(keys: Sequence[int]) -> QuerySet[Any, Any]:
    rows = TouchContact.objects.filter(Among("touch_id", keys)).order_by("pk")
    return rows.values_list("touch_id", "contact__name")


def _deal(numbers: Sequence[str | None], titles: Sequence[str | None]) -> Cells:
    return [number or title or "" for number, title in zip(numbers, titles, strict=True)]

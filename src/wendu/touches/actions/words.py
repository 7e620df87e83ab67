"""The touch as the journal and the search index remember it; the customer's feelings are in neither."""

from datetime import date
from typing import Any

from wendu.kernel.entity import kind_of
from wendu.kernel.names import tidy_line
from wendu.search import actions as search
from wendu.search.findable import Findable, Words, words_of
from wendu.touches.actions.draft import TouchDraft
from wendu.touches.models import Touch

KEPT_NOTE = 500
TITLE = 80


def summary(touch: Any, draft: TouchDraft, *, from_on: date) -> dict[str, Any]:
    """Say in plain values what a touch says, and from which day on the customer must be judged anew."""
    said: dict[str, Any] = {
        "from_on": from_on.isoformat(),
        "touched_on": touch.touched_on.isoformat(),
        "kind": touch.kind,
        "outcome": touch.outcome,
        "refusal": touch.refusal,
        "advance_lacks": touch.advance_lacks,
        "two_way": touch.is_two_way,
        "proactive": touch.is_proactive,
        "opportunity": touch.opportunity_id,
        "contacts": list(draft.contact_ids),
        "value_note": touch.value_note,
        "note": touch.note[:KEPT_NOTE],
        "guess": touch.guess,
        "agreed_on": touch.agreed_on.isoformat() if touch.agreed_on else None,
        "promises": [row.what for row in draft.promises],
        "tails": [row.what for row in draft.tails],
        "closed_tails": list(draft.closed_tail_ids),
        "answers": {row.indicator: row.value for row in draft.answers},
    }
    if draft.commitment is not None and draft.commitment.due_on is not None:
        said["commitment"] = [draft.commitment.what, draft.commitment.due_on.isoformat()]
    if draft.quiet is not None:
        said["quiet"] = [draft.quiet.starts_on.isoformat(), draft.quiet.ends_on.isoformat()]
    return {name: value for name, value in said.items() if value not in ("", None, [], {})}


def affected_from(draft: TouchDraft) -> date:
    """Give the earliest day a touch can change."""
    return min(draft.touched_on, draft.quiet.starts_on) if draft.quiet else draft.touched_on


def index_touch(touch: Touch) -> None:
    """Let the words of a touch be found under its customer; a touch without words is not worth a row."""
    found = searchable(touch)
    if found is None:
        search.forget(touch)
    else:
        search.index_many([found])


def searchable(touch: Touch) -> Findable | None:
    """Give what a touch can be found by, if it has words at all."""
    words = _words(touch)
    if not words:
        return None
    return Findable(
        kind=kind_of(touch),
        object_id=touch.pk,
        object_uuid=touch.uuid,
        customer_id=touch.customer_id,
        title=tidy_line(words[0])[:TITLE],
        subtitle=place_of(touch.customer.name, touch.touched_on),
        text="\n".join(words),
    )


def draft_words(draft: TouchDraft) -> Words | None:
    """Prepare what a touch will be found by; where it was (`place_of`) is said beside it."""
    words = _words(draft)
    return words_of(tidy_line(words[0])[:TITLE], text="\n".join(words)) if words else None


def place_of(customer_name: str, on: date) -> str:
    """Say beside a touch with whom and when it was."""
    return f"{customer_name} · {on.isoformat()}"


def _words(said: Touch | TouchDraft) -> list[str]:
    return [text for text in (said.note, said.value_note, said.objective) if text]

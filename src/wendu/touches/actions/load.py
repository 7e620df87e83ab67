"""Bring in history: thousands of touches at once, each by its own author and day, journaled without telling anyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from wendu.access.verbs import permit
from wendu.identity.models import Organisation, User
from wendu.journal.actions import entry_values, record_values
from wendu.kernel.bulk import blank_columns, next_keys, write_values
from wendu.kernel.entity import kind_of, new_uuid
from wendu.search import actions as search
from wendu.search.findable import LONGEST_TITLE, Prepared, Words
from wendu.touches.actions.check import Home, check
from wendu.touches.actions.draft import TouchDraft
from wendu.touches.actions.errors import AlreadyLogged, DraftError
from wendu.touches.actions.known import Known, known_for
from wendu.touches.actions.log import row_values
from wendu.touches.actions.parts import create_parts
from wendu.touches.actions.words import affected_from, draft_words, place_of, summary
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import Touch

KIND = kind_of(Touch)


@dataclass(frozen=True, slots=True)
class LoadedTouch:
    """One touch of a file, with the person who had it; texts are tidy, and their words perhaps prepared."""

    customer: Home
    author: User | None
    draft: TouchDraft
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a batch: the keys of the touches written, and per position what kept a row from being written."""

    touches: dict[int, int]
    errors: dict[int, list[DraftError]]
    to_sign: tuple[int, ...]
    customer_ids: frozenset[int]


@transaction.atomic
def load_touches(rows: Sequence[LoadedTouch], *, actor: User | None, at: datetime, index: bool = True) -> Loaded:
    """Write a batch of touches in a fixed number of queries; rows with errors are left out and reported.

    Subscribers are not told: the caller has the coach recompute `customer_ids`. An order that still has to win its
    deal changes another room, so its position comes back in `to_sign`: the caller logs it by `log_touch`.
    """
    permit(actor, "import.run")
    errors, to_sign, good = _checked(rows, at)
    keys = next_keys(Touch, len(good)) if good else []
    written = [_columns(rows[place], key, at) for place, key in zip(good, keys, strict=True)]
    write_values(Touch, written, keyed=True)
    touches = [SimpleNamespace(**values, pk=values["id"]) for values in written]
    drafts = [rows[place].draft for place in good]
    create_parts(list(zip(touches, drafts, strict=True)))
    _remember(touches, drafts, actor=actor, at=at)
    if index:
        _index([rows[place] for place in good], touches)
    return Loaded(
        dict(zip(good, keys, strict=True)), errors, tuple(to_sign), frozenset(touch.customer_id for touch in touches)
    )


def _checked(rows: Sequence[LoadedTouch], at: datetime) -> tuple[dict[int, list[DraftError]], list[int], list[int]]:
    """Tell by position what is wrong, what must be signed, and what is good."""
    today = Organisation.objects.current().today(at)
    known = known_for([(row.customer.pk, row.draft) for row in rows])
    errors: dict[int, list[DraftError]] = {}
    to_sign: list[int] = []
    good: list[int] = []
    seen: set[str] = set()
    for position, row in enumerate(rows):
        draft, about = row.draft, known[row.customer.pk]
        wrong = check(draft, row.customer, today, known=about)
        if draft.external_id in seen:
            wrong.append(AlreadyLogged(external_id=draft.external_id).at("external_id"))
        if wrong:
            errors[position] = wrong
            continue
        if draft.external_id:
            seen.add(draft.external_id)
        needs_signing = draft.outcome == TouchOutcome.ORDER and not _is_won(draft, about)
        (to_sign if needs_signing else good).append(position)
    return errors, to_sign, good


def _is_won(draft: TouchDraft, known: Known) -> bool:
    return draft.opportunity_id in known.won_ids and known.closed_on[draft.opportunity_id] == draft.touched_on


def _columns(row: LoadedTouch, key: int, at: datetime) -> dict[str, Any]:
    return {
        **blank_columns(Touch),
        **row_values(row.draft),
        "id": key,
        "uuid": new_uuid(),
        "customer_id": row.customer.pk,
        "author_id": row.author.pk if row.author else None,
        "logged_at": at,
    }


def _remember(touches: Sequence[Any], drafts: Sequence[TouchDraft], *, actor: User | None, at: datetime) -> None:
    record_values(
        [
            entry_values(
                "touch.logged",
                subject=(KIND, touch.pk),
                customer_id=touch.customer_id,
                actor=actor,
                at=at,
                after=summary(touch, draft, from_on=affected_from(draft)),
            )
            for touch, draft in zip(touches, drafts, strict=True)
        ]
    )


def _index(rows: Sequence[LoadedTouch], touches: Sequence[Any]) -> None:
    found = []
    for row, touch in zip(rows, touches, strict=True):
        words = row.words or draft_words(row.draft)
        if words is not None:
            beside = place_of(row.customer.name, touch.touched_on)[:LONGEST_TITLE]
            found.append(Prepared(KIND, touch.pk, touch.uuid, touch.customer_id, words._replace(subtitle=beside)))
    search.index_new(found)

"""Plays, scripts and trades that go out of a draft as a whole, and come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.packs.actions.drafts import rewritten, standing_draft
from wendu.packs.actions.errors import NoSuchPiece
from wendu.packs.models import Pack
from wendu.packs.queries import content_of
from wendu.packs.references import refuse_what_is_used
from wendu.playbooks.paths import NoSuchPlace, with_values
from wendu.playbooks.pieces import name_before, piece_at, with_piece, without_piece

KEPT = 50
"""So many pieces taken out of a draft are kept to be put back."""


@transaction.atomic
def remove_piece(
    *,
    draft: Pack,
    place: str,
    actor: User | None,
    at: datetime,
    seen: int | None = None,
    values: Mapping[str, Any] | None = None,
) -> Pack:
    """Take a piece out of a draft, unless something needs it; it is kept aside and can be put back.

    `values` is what was typed elsewhere in the same form; it is written in the same step, or nothing is.
    """
    permit(actor, "pack.edit", draft)
    row = standing_draft(draft)
    known = with_values(content_of(row), values or {})
    try:
        content = without_piece(known, place)
    except NoSuchPlace:
        raise NoSuchPiece from None
    refuse_what_is_used(place)
    rewritten(row, content, actor=actor, at=at, seen=seen)
    kept = {name: entry for name, entry in row.aside.items() if name != place}
    kept[place] = {"piece": piece_at(known, place), "after": name_before(known, place), "at": at.isoformat()}
    latest = sorted(kept, key=lambda name: str(kept[name]["at"]))[-KEPT:]
    return _laid_aside(row, {name: kept[name] for name in latest})


@transaction.atomic
def return_piece(*, draft: Pack, place: str, actor: User | None, at: datetime, seen: int | None = None) -> Pack:
    """Put a piece back where it was taken out."""
    permit(actor, "pack.edit", draft)
    row = standing_draft(draft)
    kept = row.aside.get(place)
    if kept is None:
        raise NoSuchPiece
    try:
        content = with_piece(content_of(row), place, kept["piece"], after=kept["after"])
    except NoSuchPlace:
        raise NoSuchPiece from None
    rewritten(row, content, actor=actor, at=at, seen=seen)
    return _laid_aside(row, {name: entry for name, entry in row.aside.items() if name != place})


def _laid_aside(row: Pack, kept: dict[str, Any]) -> Pack:
    row.aside = kept
    row.save(update_fields=["aside"])
    return row

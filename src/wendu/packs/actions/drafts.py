"""Writing on a copy of a playbook, by which nobody is judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.entity import advance
from wendu.packs.actions.errors import ChoiceMissing, CountingMoved, DraftGone, NoSuchPiece, NoSuchVersion, PackRefused
from wendu.packs.models import Pack
from wendu.packs.queries import (
    OWN,
    brought_up,
    content_of,
    current_playbook,
    next_version,
    playbook_of_version,
    version_name,
)
from wendu.playbooks import PlaybookError, dump, parse
from wendu.playbooks.paths import NoSuchPlace, differences, with_values
from wendu.playbooks.pieces import with_piece

declare("pack.drafted", "pack.edited", "pack.rebased", "pack.discarded", "pack.restored")


@transaction.atomic
def draft_pack(*, base: str, actor: User | None, at: datetime) -> Pack:
    """Copy a published version ("key version") to write on; nothing is judged by a draft."""
    permit(actor, "pack.draft")
    playbook = playbook_of_version(base)
    if playbook is None:
        raise NoSuchVersion(version=base[:60])
    content = {**dump(playbook), "key": OWN, "version": next_version()}
    pack = Pack.objects.create(
        key=OWN, version=content["version"], base=base, content=content, author=actor, created_at=at
    )
    record("pack.drafted", subject=pack, actor=actor, at=at, after={"base": base})
    return pack


@transaction.atomic
def edit_draft(
    *,
    draft: Pack,
    values: Mapping[str, Any],
    actor: User | None,
    at: datetime,
    seen: int | None = None,
    added: Mapping[str, Any] | None = None,
) -> Pack:
    """Write other values at these places of a draft, and add pieces at the end of their own.

    What would not hold together is refused with every problem.
    """
    permit(actor, "pack.edit", draft)
    row = standing_draft(draft)
    content = with_values(content_of(row), values)
    try:
        for place, piece in (added or {}).items():
            content = with_piece(content, place, piece)
    except NoSuchPlace:
        raise NoSuchPiece from None
    return rewritten(row, content, actor=actor, at=at, seen=seen)


@transaction.atomic
def rebase_draft(
    *, draft: Pack, onto: str, choices: Mapping[str, str], actor: User | None, at: datetime, seen: int | None = None
) -> Pack:
    """Bring a draft up to the version that counts now; `choices` says "ours" or "theirs" where both changed a place."""
    permit(actor, "pack.edit", draft)
    row, counting = standing_draft(draft), current_playbook()
    if version_name(counting) != onto:
        raise CountingMoved
    taking = frozenset(path for path, side in choices.items() if side == "theirs")
    found = brought_up(row, counting, taking=taking)
    if any(choices.get(each.path) not in ("ours", "theirs") for each in found.clashes):
        raise ChoiceMissing
    try:
        content = dump(parse({**found.content, "version": next_version()}))
    except PlaybookError as error:
        raise PackRefused(error) from error
    advance(row, seen=seen)
    before, row.base, row.version, row.content = row.base, onto, content["version"], content
    row.save(update_fields=["base", "version", "content"])
    record("pack.rebased", subject=row, actor=actor, at=at, before={"base": before}, after={"base": onto})
    return row


@transaction.atomic
def discard_draft(*, draft: Pack, actor: User | None, at: datetime) -> Pack:
    """Throw a draft away; it can be fetched back."""
    permit(actor, "pack.edit", draft)
    row = standing_draft(draft)
    row.discarded_at = at
    row.save(update_fields=["discarded_at"])
    record("pack.discarded", subject=row, actor=actor, at=at)
    return row


@transaction.atomic
def restore_draft(*, draft: Pack, actor: User | None, at: datetime) -> Pack:
    """Fetch a draft back that was thrown away."""
    permit(actor, "pack.edit", draft)
    if draft.discarded_at is not None and draft.published_at is None:
        draft.discarded_at = None
        draft.save(update_fields=["discarded_at"])
        record("pack.restored", subject=draft, actor=actor, at=at)
    return draft


def rewritten(
    row: Pack, content: Mapping[str, Any], *, actor: User | None, at: datetime, seen: int | None = None
) -> Pack:
    """Keep another content of a draft, journaled place by place; what does not hold together is refused."""
    try:
        checked = dump(parse(content))
    except PlaybookError as error:
        raise PackRefused(error) from error
    moved = list(differences(content_of(row), checked))
    if moved:
        advance(row, seen=seen)
        row.content = checked
        row.save(update_fields=["content"])
        before, after = ({each.path: getattr(each, side) for each in moved} for side in ("before", "after"))
        record("pack.edited", subject=row, actor=actor, at=at, before=before, after=after)
    return row


def standing_draft(draft: Pack) -> Pack:
    """Hold a draft that may still be written on."""
    row = Pack.objects.select_for_update().drafts().filter(pk=draft.pk).first()
    if row is None:
        raise DraftGone
    return row

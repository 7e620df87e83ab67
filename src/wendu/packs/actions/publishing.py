"""Letting a playbook count, and going back to an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.entity import advance
from wendu.packs.actions.drafts import standing_draft
from wendu.packs.actions.errors import DraftBehind, NoSuchVersion, PackRefused, VersionTaken
from wendu.packs.models import Pack
from wendu.packs.queries import (
    OWN,
    SHIPPED,
    content_of,
    current_playbook,
    is_behind,
    next_version,
    playbook_of_version,
    version_name,
)
from wendu.playbooks import Playbook, PlaybookError, dump, parse, shipped

declare("pack.published")


@transaction.atomic
def publish_draft(*, draft: Pack, actor: User | None, at: datetime, note: str = "", seen: int | None = None) -> Pack:
    """Let a draft count: a version of its own, later than all others; the draft has then done its work."""
    permit(actor, "pack.publish")
    row = standing_draft(draft)
    if is_behind(row, current_playbook()):
        raise DraftBehind
    advance(row, seen=seen)
    row.discarded_at = at
    row.save(update_fields=["discarded_at"])
    content = {**content_of(row), "key": OWN, "version": next_version()}
    return publish(content=content, actor=actor, at=at, base=row.base, note=note)


@transaction.atomic
def roll_back(*, to: str, actor: User | None, at: datetime, note: str = "") -> Pack:
    """Let an earlier version count again, as a new version with the same content."""
    permit(actor, "pack.publish")
    playbook = playbook_of_version(to)
    if playbook is None:
        raise NoSuchVersion(version=to[:60])
    content = {**dump(playbook), "key": OWN, "version": next_version()}
    return publish(content=content, actor=actor, at=at, base=to, note=note)


def publish(*, content: Mapping[str, Any], actor: User | None, at: datetime, base: str = "", note: str = "") -> Pack:
    """Publish a playbook: from the commit on every process judges by it."""
    permit(actor, "pack.publish")
    playbook = _checked(content)
    try:
        with transaction.atomic():
            before = version_name(current_playbook())
            pack = Pack.objects.create(
                key=playbook.key,
                version=playbook.version,
                base=base,
                content=dump(playbook),
                note=note[:500],
                author=actor,
                created_at=at,
                published_at=at,
            )
            after = {"pack": version_name(playbook), "base": base}
            record("pack.published", subject=pack, actor=actor, at=at, before={"pack": before}, after=after, note=note)
    except IntegrityError:
        raise VersionTaken(version=playbook.version) from None
    return pack


def _checked(content: Mapping[str, Any]) -> Playbook:
    try:
        playbook = parse(content)
    except PlaybookError as error:
        raise PackRefused(error) from error
    standard = shipped(SHIPPED)
    if version_name(playbook) == version_name(standard) and dump(playbook) != dump(standard):
        raise VersionTaken(version=playbook.version)
    return playbook

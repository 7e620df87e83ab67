"""Publishing a playbook of this organisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.packs.models import Pack
from wendu.packs.queries import (
    OWN,
    SHIPPED,
    brought_up,
    content_of,
    current_playbook,
    is_behind,
    next_version,
    playbook_of_version,
    version_name,
)
from wendu.playbooks import Playbook, PlaybookError, dump, parse, shipped
from wendu.playbooks.paths import differences, with_values

declare("pack.drafted", "pack.edited", "pack.rebased", "pack.discarded", "pack.restored", "pack.published")


class PackRefused(ActionError):
    """The playbook cannot be used; `problems` lists everything that is wrong in it."""

    code = "pack_refused"
    message = _("The playbook cannot be published yet: %(problems)s")

    def __init__(self, error: PlaybookError) -> None:
        chinese = (get_language() or "zh").startswith("zh")
        self.problems = error.problems
        words = [f"{one.path}: {one.zh if chinese else one.en}" for one in error.problems]
        super().__init__(problems="; ".join(words))


class NoSuchVersion(ActionError):
    """A copy is made of something that was published."""

    code = "pack_no_such_version"
    message = _("There is no version “%(version)s”. Choose one from the list.")


class DraftGone(ActionError):
    """A draft that was thrown away or published is no longer written on."""

    code = "pack_draft_gone"
    message = _("This draft was published or thrown away. Go back to the list of versions.")


class DraftBehind(ActionError):
    """What somebody else published meanwhile is not overwritten unseen."""

    code = "pack_draft_behind"
    message = _("Another version was published since. Bring the draft up to it first, then publish.")


class CountingMoved(ActionError):
    """Yet another version was published while one was choosing."""

    code = "pack_counting_moved"
    message = _("Yet another version was published just now. Look at what changed again.")


class ChoiceMissing(ActionError):
    """Where both changed the same place somebody has to choose."""

    code = "pack_choice_missing"
    message = _("Choose one side at each place both changed.")


class VersionTaken(ActionError):
    """A version, once published, never changes: readings refer to it."""

    code = "pack_version_taken"
    message = _("Version %(version)s of this playbook has been published already. Give it a higher number.")
    field = "version"


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
    *, draft: Pack, values: Mapping[str, Any], actor: User | None, at: datetime, seen: int | None = None
) -> Pack:
    """Write other values at these places of a draft; what would not hold together is refused with every problem."""
    permit(actor, "pack.edit", draft)
    row = _standing_draft(draft)
    known = content_of(row)
    content = with_values(known, values)
    moved = list(differences(known, content))
    try:
        content = dump(parse(content))
    except PlaybookError as error:
        raise PackRefused(error) from error
    if moved:
        advance(row, seen=seen)
        row.content = content
        row.save(update_fields=["content"])
        before, after = ({each.path: getattr(each, side) for each in moved} for side in ("before", "after"))
        record("pack.edited", subject=row, actor=actor, at=at, before=before, after=after)
    return row


@transaction.atomic
def rebase_draft(
    *, draft: Pack, onto: str, choices: Mapping[str, str], actor: User | None, at: datetime, seen: int | None = None
) -> Pack:
    """Bring a draft up to the version that counts now; `choices` says "ours" or "theirs" where both changed a place."""
    permit(actor, "pack.edit", draft)
    row, counting = _standing_draft(draft), current_playbook()
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
    row = _standing_draft(draft)
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


@transaction.atomic
def publish_draft(*, draft: Pack, actor: User | None, at: datetime, note: str = "", seen: int | None = None) -> Pack:
    """Let a draft count: a version of its own, later than all others; the draft has then done its work."""
    permit(actor, "pack.publish")
    row = _standing_draft(draft)
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


def _standing_draft(draft: Pack) -> Pack:
    row = Pack.objects.select_for_update().drafts().filter(pk=draft.pk).first()
    if row is None:
        raise DraftGone
    return row


def _checked(content: Mapping[str, Any]) -> Playbook:
    try:
        playbook = parse(content)
    except PlaybookError as error:
        raise PackRefused(error) from error
    standard = shipped(SHIPPED)
    if version_name(playbook) == version_name(standard) and dump(playbook) != dump(standard):
        raise VersionTaken(version=playbook.version)
    return playbook

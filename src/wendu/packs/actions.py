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
from wendu.kernel.errors import ActionError
from wendu.packs.models import Pack
from wendu.packs.queries import SHIPPED, current_playbook, version_name
from wendu.playbooks import Playbook, PlaybookError, dump, parse, shipped

declare("pack.published")


class PackRefused(ActionError):
    """The playbook cannot be used; `problems` lists everything that is wrong in it."""

    code = "pack_refused"
    message = _("The playbook cannot be published yet: %(problems)s")

    def __init__(self, error: PlaybookError) -> None:
        chinese = (get_language() or "zh").startswith("zh")
        self.problems = error.problems
        words = [f"{one.path}: {one.zh if chinese else one.en}" for one in error.problems]
        super().__init__(problems="; ".join(words))


class VersionTaken(ActionError):
    """A version, once published, never changes: readings refer to it."""

    code = "pack_version_taken"
    message = _("Version %(version)s of this playbook has been published already. Give it a higher number.")
    field = "version"


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

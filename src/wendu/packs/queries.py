"""Which playbook counts now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wendu.access.verbs import can
from wendu.kernel.prepared import prepared
from wendu.packs.models import Pack, PackQuerySet
from wendu.playbooks import Playbook, completed, dump, parse, shipped
from wendu.playbooks.merge import Merged, merged
from wendu.playbooks.pieces import piece_at

SHIPPED = "standard"
OWN = "own"
"""The key of what this organisation publishes, so that no version of ours is ever taken for one of the product's."""

_held: dict[UUID, Playbook] = {}


def current_playbook() -> Playbook:
    """The playbook that counts: the latest published one, else the one that comes with the product.

    One query asks which one it is, so every process follows a publication at once; its content is read only once.
    Ask once per piece of work and hand it on.
    """
    latest = next((uuid for (uuid,) in _latest()), None)
    if latest is None:
        return shipped(SHIPPED)
    if latest not in _held:
        _held.clear()
        _held[latest] = read(Pack.objects.values_list("content", flat=True).get(uuid=latest))
    return _held[latest]


@prepared
def _latest() -> QuerySet[Pack, tuple[UUID]]:
    return Pack.objects.published().order_by("-pk").values_list("uuid")[:1]


def playbook_of_version(name: str) -> Playbook | None:
    """The playbook a reading was made with, by its `pack_version` ("key version"); None if it was never published."""
    base = shipped(SHIPPED)
    if name == version_name(base):
        return base
    key, _, version = name.rpartition(" ")
    content = Pack.objects.published().filter(key=key, version=version).values_list("content", flat=True).first()
    return read(content) if content is not None else None


def read(content: dict[str, Any]) -> Playbook:
    """A stored playbook, with the situations that came with later versions of the product."""
    return parse(completed(content, dump(shipped(SHIPPED))))


def content_of(pack: Pack) -> dict[str, Any]:
    """What is written in a draft or version, as this version of the product reads it."""
    return dump(read(pack.content))


def taken_out(pack: Pack, root: str) -> list[tuple[str, Any]]:
    """The pieces taken out of this part of a draft that are not in it again, the latest first."""
    content = content_of(pack)
    kept = [
        (place, each)
        for place, each in pack.aside.items()
        if place.rpartition(".")[0] == root and piece_at(content, place) is None
    ]
    return [(place, each["piece"]) for place, each in sorted(kept, key=lambda pair: str(pair[1]["at"]), reverse=True)]


def is_behind(draft: Pack, counting: Playbook) -> bool:
    """Whether another version came to count since the draft was copied."""
    return draft.base != version_name(counting)


def brought_up(draft: Pack, counting: Playbook, *, taking: frozenset[str] = frozenset()) -> Merged:
    """The draft on top of what counts now; with its base no longer known, every difference is a clash (one query)."""
    base = playbook_of_version(draft.base)
    return merged(dump(base) if base else {}, content_of(draft), dump(counting), taking=taking)


def next_version() -> str:
    """The number the next publication of this organisation bears: 1, 2, 3."""
    known = Pack.objects.published().filter(key=OWN).values_list("version", flat=True)
    return str(max((int(version.partition(".")[0]) for version in known), default=0) + 1)


def drafts(user: Any) -> PackQuerySet:
    """What is being written, latest first, for whoever may see the settings."""
    if not can(user, "settings.view"):
        return Pack.objects.none()
    return Pack.objects.drafts().select_related("author").order_by("-pk")


def versions(user: Any) -> PackQuerySet:
    """Every version that was published, latest first, for whoever may see the settings."""
    return publications() if can(user, "settings.view") else Pack.objects.none()


def version_name(playbook: Playbook) -> str:
    """How a reading names the playbook it was made with."""
    return f"{playbook.key} {playbook.version}"


def publications() -> PackQuerySet:
    """Every published version, latest first."""
    return Pack.objects.published().select_related("author").order_by("-pk")

"""Versions, places and effects in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.coach.choices import Aspect
from wendu.packs.queries import current_playbook
from wendu.playbooks import Playbook, dump
from wendu.playbooks.paths import Difference
from wendu.web.settings.playbook.places import Contents, place_words
from wendu.web.settings.playbook.speaking import spoken
from wendu.web.settings.playbook.values import value_words


@dataclass(frozen=True, slots=True)
class Changed:
    """One place that differs, as it is read; a piece that came or went as a whole says so."""

    place: str
    before: str
    after: str
    came: bool = False
    went: bool = False


def changes_in_words(moved: Iterable[Difference], this: Playbook, other: Playbook) -> list[Changed]:
    """Differences with the words of the playbook itself; version and key go without saying."""
    contents = (dump(this), dump(other))
    return [changed_words(each, contents) for each in moved if each.path not in ("key", "version")]


def changed_words(each: Difference, contents: Contents) -> Changed:
    """One difference in words."""
    before, after = (value_words(each.path, value, contents) for value in (each.before, each.after))
    place = place_words(each.path, contents)
    return Changed(place, before, after, came=each.before is None, went=each.after is None)


class AsItCounts:
    """Places and values in the words of the playbook that counts, which is read when first asked (one query)."""

    @cached_property
    def _contents(self) -> Contents:
        return (dump(current_playbook()),)

    def place(self, path: str) -> str:
        """One place in words."""
        return place_words(path, self._contents)

    def value(self, path: str, value: Any) -> str:
        """What was written at a place."""
        return value_words(path, value, self._contents)


def effect_words(aspect: str, value: str, playbook: Playbook) -> str:
    """What stands before or after, of one aspect."""
    if aspect == Aspect.QUADRANT:
        return value or pgettext("preview", "unclassified")
    if aspect == Aspect.WINDOW and value:
        expected, _slash, deadline = value.partition("/")
        return _("expected %(expected)s, latest %(deadline)s") % {"expected": expected, "deadline": deadline}
    if aspect == Aspect.HEAT:
        degrees, _space, code = value.partition(" ")
        names = {band.code: band.name for band in playbook.temperature.bands}
        return f"{degrees}° {spoken(names[code].model_dump()) if code in names else code}"
    return value or pgettext("preview", "none")

"""Versions, places and effects in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.coach.choices import Aspect
from wendu.packs.queries import current_playbook
from wendu.playbooks import Playbook, dump
from wendu.playbooks.paths import Difference, NoSuchPlace, value_at
from wendu.web.settings.playbook.cells import spoken
from wendu.web.settings.playbook.labels import CLASSES, leaf_words
from wendu.web.settings.playbook.layout import ALL, CARDS, PLAYS

LANGUAGES = {"zh": "中文", "en": "English"}
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Changed:
    """One place that differs, as it is read."""

    place: str
    before: str
    after: str


def form_of(path: str) -> str:
    """On which form a place stands; nothing for what no form shows."""
    for form in ALL:
        if any(path == root or path.startswith((f"{root}.", f"{root}[")) for root in form.roots):
            return form.key
    return {"classes": CARDS.key, "plays": PLAYS.key}.get(path.partition(".")[0].partition("[")[0], "")


def changes_in_words(moved: Iterable[Difference], this: Playbook, other: Playbook) -> list[Changed]:
    """Differences with the words of the playbook itself; version and key go without saying."""
    contents = (dump(this), dump(other))
    return [
        Changed(_place(each.path, contents), _shown(each.before), _shown(each.after))
        for each in moved
        if each.path not in ("key", "version")
    ]


def place_words(path: str) -> str:
    """One place of the playbook in words, as the playbook that counts calls it."""
    return _place(path, (dump(current_playbook()),))


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


def _place(path: str, contents: tuple[dict[str, Any], ...]) -> str:
    steps, words = path.split("."), []
    for number, step in enumerate(steps):
        words.append(_step(steps[: number + 1], step, contents))
    return " · ".join(word for word in words if word)


def _step(way: list[str], step: str, contents: tuple[dict[str, Any], ...]) -> str:
    if step in LANGUAGES:
        return LANGUAGES[step]
    entry = next((found for content in contents if (found := _at(content, way)) is not None), None)
    if isinstance(entry, dict) and isinstance(entry.get("name"), dict):
        return spoken(entry["name"])
    if isinstance(entry, dict) and isinstance(entry.get("do"), dict):
        return spoken(entry["do"])
    place = ".".join(way)
    if title := next(
        (block.title for form in ALL for block in form.blocks if block.path == place and block.is_table), ""
    ):
        return str(title)
    if len(way) == 1:
        return next((str(form.label) for form in ALL if form.key == form_of(".".join(way))), "") or _root(step)
    return str(CLASSES[step]) if step in CLASSES else leaf_words(step)


def _root(step: str) -> str:
    return {"temperature": pgettext("playbook", "Temperature"), "window": pgettext("playbook", "Signing window")}.get(
        step, leaf_words(step)
    )


def _at(content: dict[str, Any], way: list[str]) -> Any:
    found: Any = content
    for step in way:
        if isinstance(found, list):
            found = next((each for each in found if step in (each.get("key"), each.get("code"))), None)
        else:
            try:
                found = value_at(found, step)
            except NoSuchPlace:
                return None
    return found


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        value = spoken(value)
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

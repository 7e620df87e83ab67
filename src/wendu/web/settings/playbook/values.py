"""A value of the playbook in words: numbers, ticks, codes by their names, and whole pieces at a glance."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wendu.desk.deal_words import ITEMS, LEVELS
from wendu.desk.lists import status_words
from wendu.playbooks.paths import ORDER
from wendu.playbooks.pieces import piece_at
from wendu.web.settings.playbook.labels import AXES, CLASSES
from wendu.web.settings.playbook.places import LANGUAGES, Contents, named_by
from wendu.web.settings.playbook.speaking import for_whom, spoken

LONGEST = 160
NAMED: dict[str, tuple[str, ...]] = {
    "situations": ("situations",),
    "urgency": ("situations",),
    "kinds": ("temperature", "kinds"),
    "kind": ("temperature", "kinds"),
    "markets": ("factors", "market"),
    "sales": ("factors", "sale"),
    "industries": ("factors", "industry"),
    "roles": ("talks", "audiences"),
    "default_tier": ("cadence", "tiers"),
}
"""Where the name of a code stands, by the last step of the place the code is written at."""


KINDS = {
    "deal.gates.": "gate",
    "deal.simple_gates.": "gate",
    "deal.relation.target.": "level",
    "deal.relation.default_target": "level",
}
"""What is written at places whose last step does not say it."""
GATE: dict[str, str | Promise] = {code: words for code, (words, *_rest) in ITEMS.items()}


def value_words(path: str, value: Any, contents: Contents) -> str:
    """One value as it is read."""
    leaf = path.rpartition(".")[2]
    leaf = next((kind for root, kind in KINDS.items() if path.startswith(root)), leaf)
    text = _in_order(path, value, contents) if leaf == ORDER else _words(leaf, value, contents)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def kind_words(code: str, content: Mapping[str, Any]) -> str:
    """What a kind of touch is called."""
    return _coded("kind", code, (content,))


def _words(leaf: str, value: Any, contents: Contents) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return _piece(value, contents)
    if isinstance(value, list | tuple):
        return pgettext("list", ", ").join(_words(leaf, each, contents) for each in value) or _("all of them")
    return _coded(leaf, value, contents) if isinstance(value, str) else str(value)


def _in_order(path: str, names: Any, contents: Contents) -> str:
    """The entries of a list by what they call themselves, in their order."""
    root = path.removesuffix(f".{ORDER}")
    entries = ([piece_at(content, f"{root}.{name}") for content in contents] for name in names)
    found = (named_by(next((each for each in every if each is not None), None)) for every in entries)
    return pgettext("list", ", ").join(words for words in found if words)


def _piece(piece: Mapping[str, Any], contents: Contents) -> str:
    if {"zh", "en"} <= set(piece):
        return spoken(piece)
    words = [named_by(piece)]
    if "when" in piece:
        words += for_whom(piece["when"]["classes"], piece["when"]["markets"], contents[0])
    if "scripts" in piece:
        count = len(piece["scripts"])
        words.append(ngettext("%(n)s script", "%(n)s scripts", count) % {"n": count})
    return " · ".join(word for word in words if word)


def _coded(leaf: str, code: str, contents: Contents) -> str:
    if leaf in ("classes", "unknown_class"):
        return str(CLASSES.get(code, code))
    if leaf == "statuses":
        return status_words(code)
    if leaf in ("gate", "level"):
        return str({**GATE, **LEVELS}.get(code, code))
    if leaf in ("axis", "languages"):
        return str({**AXES, **LANGUAGES}.get(code, code))
    for content in contents if leaf in NAMED else ():
        entry: Any = content
        for step in (*NAMED[leaf], code):
            entry = entry.get(step, {})
        if entry:
            return spoken(entry["name"])
    return code

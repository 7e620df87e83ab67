"""A place of the playbook in words, step by step, as its own pages call it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.opportunities.choices import Stage
from wendu.playbooks.pieces import piece_at
from wendu.playbooks.talks import STEPS
from wendu.web.settings.playbook.labels import CLASSES, OBJECTIVE_OF_A_PLAY, ROOTS, leaf_words
from wendu.web.settings.playbook.layout import ALL, FORMS, form_of
from wendu.web.settings.playbook.sentences import ADVANCES, ADVICE, MISUSE, REASONS, SUGGESTIONS, VALUES
from wendu.web.settings.playbook.speaking import spoken

LANGUAGES = {"zh": "中文", "en": "English"}
NAMING = ("name", "do", "question", "text")
CODES: dict[str, Mapping[str, str | Promise]] = {
    "why": REASONS,
    "suggestions": SUGGESTIONS,
    "advice": ADVICE,
    "rep": VALUES,
    "customer": VALUES,
    "classes": CLASSES,
    "cooling": CLASSES,
    "advances": ADVANCES,
    "misuse": MISUSE,
    "gates": dict(Stage.choices),
    "simple_gates": dict(Stage.choices),
}
"""How the entries of a part are called that bear no name of their own."""
_NUMBERS = frozenset(form.key for form in FORMS)
Contents = Sequence[Mapping[str, Any]]


def place_words(path: str, contents: Contents) -> str:
    """One place in words; the first of these contents that has an entry says what it is called."""
    steps = path.split(".")
    words = (_step(steps[: number + 1], contents) for number in range(len(steps)))
    return " · ".join(word for word in words if word)


def named_by(entry: Any) -> str:
    """What an entry calls itself; nothing, if it has no words of its own."""
    if not isinstance(entry, Mapping):
        return ""
    return next((spoken(entry[name]) for name in NAMING if isinstance(entry.get(name), Mapping)), "")


def _step(way: list[str], contents: Contents) -> str:
    step, around = way[-1], way[-2] if len(way) > 1 else ""
    if not around:
        return _root(step)
    if step in LANGUAGES:
        return LANGUAGES[step]
    if way[0] == "plays" and step == "scripts":
        return ""  # every script says so itself
    if around in ("scripts", *STEPS) or step.isdigit():
        return _numbered(way, contents)
    if around == "target":
        way = ["cadence", "tiers", step]
    elif around == "markets":
        way = ["factors", "market", step]
    elif step in CODES.get(around, {}):
        return str(CODES[around][step])
    entry = next((found for content in contents if (found := piece_at(content, ".".join(way))) is not None), None)
    return named_by(entry) or _title(way) or leaf_words(step)


def _root(step: str) -> str:
    key = form_of(step)
    if step in ROOTS and key not in _NUMBERS:
        return str(ROOTS[step])
    return next((str(form.label) for form in ALL if form.key == key), "") or leaf_words(step)


def _title(way: list[str]) -> str:
    if way[0] == "plays" and way[-1] == "objective":
        return str(OBJECTIVE_OF_A_PLAY)
    place = ".".join(way)
    return next(
        (str(block.title) for form in ALL for block in form.blocks if block.path == place and not block.only), ""
    )


def _numbered(way: list[str], contents: Contents) -> str:
    """A script, a question or a line by its number; a code nobody has any more says only what it was."""
    if way[-1].isdigit():
        return pgettext("playbook", "line %(n)s") % {"n": int(way[-1]) + 1}
    around = (piece_at(content, ".".join(way[:-1])) or [] for content in contents)
    codes = next((found for each in around if way[-1] in (found := [one.get("code") for one in each])), [])
    if way[0] == "spin":
        return _("Question %(n)s") % {"n": codes.index(way[-1]) + 1} if codes else _("Question")
    return _("Script %(n)s") % {"n": codes.index(way[-1]) + 1} if codes else _("Script")

"""What is wrong in a playbook and how to mend it, with the names its forms use instead of codes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.desk.wording import lang
from wendu.playbooks.paths import named_path
from wendu.playbooks.problems import Problem
from wendu.web.settings.playbook.labels import AXES, leaf_words
from wendu.web.settings.playbook.places import place_words
from wendu.web.settings.playbook.speaking import spoken

Content = Mapping[str, Any]


def mended(problem: Problem, content: Content) -> str:
    """One problem in words."""
    if problem.code in _SAID:
        return _SAID[problem.code](problem.context, content)
    return problem.zh if lang() == "zh" else problem.en


def placed(problem: Problem, words: str, content: Content) -> str:
    """The same with the place in front, for where no box of the form shows it."""
    if problem.path == "playbook":
        return words
    return _("%(place)s: %(words)s") % {
        "place": place_words(named_path(content, problem.path), (content,)),
        "words": words,
    }


def _market_without_script(said: Mapping[str, Any], content: Content) -> str:
    words = _("No script suits %(market)s. Write one, or let another one suit it.")
    return words % {"market": spoken(content["factors"]["market"][said["market"]]["name"])}


def _no_general_play(said: Mapping[str, Any], content: Content) -> str:
    words = _(
        "“%(situation)s” needs one play that is for everybody: without classes, markets, kinds of sale and lists."
    )
    return words % {"situation": spoken(content["situations"][said["name"]]["name"])}


def _too_few(said: Mapping[str, Any], _content: Content) -> str:
    count = said["min_length"]
    words = ngettext("At least %(count)s is needed.", "At least %(count)s are needed.", count)
    return words % {"count": count}


def _lacking(said: Mapping[str, Any], _content: Content) -> str:
    if said["place"] == "indicators":
        return _("No question is left for “%(axis)s”. Keep one, or write one first.") % {"axis": AXES[said["name"]]}
    return _("%(name)s is missing.") % {"name": leaf_words(said["name"])}


def _track(said: Mapping[str, Any], _content: Content) -> str:
    words = _("Between one step and the next, and before the first, no more than %(days)s days may pass.")
    return words % {"days": said["days"]}


def _weights(_said: Mapping[str, Any], _content: Content) -> str:
    return _("The four weights must add up to 100.")


def _bands(_said: Mapping[str, Any], _content: Content) -> str:
    return _("The bands must start at 0 and rise.")


def _content(_said: Mapping[str, Any], _content_of: Content) -> str:
    return _("Disappointed, content and delighted must rise: each not below the one before.")


def _window(said: Mapping[str, Any], _content: Content) -> str:
    return _("Class %(name)s: the latest month may not come before the expected one.") % {"name": said["name"]}


def _cap(_said: Mapping[str, Any], _content: Content) -> str:
    return _("The cap must stay below the temperature at which to strike.")


_SAID: dict[str, Callable[[Mapping[str, Any], Content], str]] = {
    "market_without_script": _market_without_script,
    "no_general_play": _no_general_play,
    "too_short": _too_few,
    "entry_missing": _lacking,
    "track_order": _track,
    "weights_sum": _weights,
    "bands_order": _bands,
    "content_order": _content,
    "window_order": _window,
    "cap_order": _cap,
}

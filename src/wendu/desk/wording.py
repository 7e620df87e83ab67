"""Codes and numbers of the method, as sentences: the one place where a reason becomes words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wendu.desk.degrees import counted, points, times, whole
from wendu.desk.wording_deals import DEALS
from wendu.desk.wording_life import LIFE
from wendu.desk.wording_more import MORE
from wendu.desk.wording_value import VALUE
from wendu.method.reading import Reason
from wendu.playbooks import Playbook
from wendu.playbooks.situations import Situation
from wendu.touches.choices import TouchKind

Numbers = Mapping[str, Any]
Sentence = Callable[[Numbers], str]

_KINDS, _SITUATIONS = frozenset(TouchKind.values), frozenset(each.value for each in Situation)


@dataclass(frozen=True, slots=True)
class Worded:
    """One reason in words: what it added or took as text, and the sentence."""

    points: str
    words: str
    code: str


def lang() -> str:
    """The reader's language, as the playbook's words know it: `zh` or `en`."""
    return "zh" if (get_language() or "").lower().startswith("zh") else "en"


def reason_words(reason: Reason, playbook: Playbook | None = None) -> str:
    """One reason as a sentence; a situation of the plan without its own sentence takes the playbook's name for it."""
    sentence = SENTENCES.get(reason.code) or MORE.get(reason.code) or LIFE.get(reason.code) or DEALS.get(reason.code)
    sentence = sentence or VALUE.get(reason.code)
    if sentence is not None:
        return sentence(reason.numbers)
    return situation_name(reason.code, playbook) if playbook else reason.code


def situation_name(code: str, playbook: Playbook) -> str:
    """What the playbook calls a situation."""
    known = code in _SITUATIONS
    return playbook.situations[Situation(code)].name.of(lang()) if known else code


def worded(reasons: Iterable[Reason], playbook: Playbook | None = None) -> list[Worded]:
    """Reasons ready for `reason_list` and `why`: the points each brought, and its sentence."""
    return [Worded(_points(reason), reason_words(reason, playbook), reason.code) for reason in reasons]


def advice_words(code: str, playbook: Playbook, **values: object) -> str:
    """The playbook's own words of an advice."""
    text = playbook.advice.get(code) or playbook.suggestions.get(code)
    return playbook.tell(text, dict(values), lang=lang()) if text else ""


def screen_band(code: str) -> str:
    """The band as the style sheets know it."""
    return "boil" if code == "boiled" else code


def kind_words(code: object) -> str:
    """How we were in contact."""
    return str(TouchKind(str(code)).label) if str(code) in _KINDS else str(code)


def day_words(value: object) -> str:
    """A day of a reason as MM-DD."""
    if isinstance(value, date):
        return value.strftime("%m-%d")
    try:
        return date.fromisoformat(str(value)).strftime("%m-%d")
    except ValueError:
        return _("a day unknown")


def _points(reason: Reason) -> str:
    numbers = reason.numbers
    if reason.code == "touch":
        return points(numbers.get("gain"), signed=True)
    if reason.code == "leftover":
        return points(numbers.get("points"), signed=False)
    if numbers.get("factor") is not None:
        return times(numbers["factor"])
    value = numbers.get("points")
    return points(value, signed=True) if isinstance(value, int | float) and reason.code in SUMMED else ""


SUMMED = frozenset({"cooled", "quadrant", "heat", "value", "pressure"})


def _touch(n: Numbers) -> str:
    parts = [f"{kind_words(n.get('kind'))} {whole(n.get('points'))}"]
    for name, words in (("quality", _quality), ("reach", _reach), ("share", _share)):
        factor = float(n.get(name) or 1)
        if factor != 1:
            parts.append(f"{words(factor)} {times(factor)[1:]}")
    text = " × ".join(parts)
    return (
        _("%(sum)s, held at its ceiling %(ceiling)s°") % {"sum": text, "ceiling": whole(n.get("ceiling"))}
        if n.get("clipped")
        else text
    )


def _quality(factor: float) -> str:
    return _("advance") if factor > 1 else _("nothing new")


def _reach(factor: float) -> str:
    return _("decision-maker") if factor > 1 else _("far from the decision")


def _share(_factor: float) -> str:
    return _("one-way")


SENTENCES: dict[str, Sentence] = {
    "no_contact": lambda _n: _("Nobody has talked with them yet"),
    "leftover": lambda n: _("Heat left over on %(day)s") % {"day": day_words(n.get("on"))},
    "touch": _touch,
    "value_note_missing": lambda _n: _("Say which value it brought, and it counts in full"),
    "purchase_refused": lambda _n: _("They refused to buy"),
    "objective_refused": lambda _n: _("They refused what was asked"),
    "bad_experience": lambda _n: _("It cost them more than it gave"),
    "order": lambda _n: _("They ordered"),
    "cooled": lambda n: (
        ngettext(
            "Silent for %(days)s day, %(grace)s of them free",
            "Silent for %(days)s days, %(grace)s of them free",
            counted(n, "days"),
        )
        % {"days": n.get("days"), "grace": whole(n.get("grace"))}
    ),
    "agreed_date": lambda n: _("Agreed for %(day)s; no cooling until then") % {"day": day_words(n.get("on"))},
    "quiet_period": lambda n: (
        _("Quiet period until %(day)s; the clocks stand still") % {"day": day_words(n.get("until"))}
        if n.get("until")
        else _("Quiet period; the clocks stand still")
    ),
    "counted": lambda n: (
        _("Latest two-way touch or order on %(day)s") % {"day": day_words(n.get("on"))}
        if n.get("on")
        else _("No two-way touch counts for it yet")
    ),
    "capped": lambda n: (
        ngettext(
            "No advance in %(days)s day, held at %(cap)s°",
            "No advance in %(days)s days, held at %(cap)s°",
            counted(n, "days"),
        )
        % {"days": n.get("days"), "cap": whole(n.get("cap"))}
    ),
    "raised": lambda n: (
        _("Strike since %(day)s") % {"day": day_words(n.get("on"))}
        + (_(", below the line on %(day)s") % {"day": day_words(n["falls_on"])} if n.get("falls_on") else "")
    ),
    "agreed": lambda n: (
        _("Agreed on %(day)s, asked again on %(again)s")
        % {"day": day_words(n.get("on")), "again": day_words(n.get("reopens_on"))}
    ),
    "guessed": lambda n: (
        _("You felt %(guess)s°, it works out at %(computed)s°")
        % {"guess": whole(n.get("guess")), "computed": whole(n.get("computed"))}
    ),
    "silent": lambda n: (
        ngettext(
            "%(days)s day of silence since %(day)s; at most %(allowed)s",
            "%(days)s days of silence since %(day)s; at most %(allowed)s",
            counted(n, "days"),
        )
        % {"days": n.get("days"), "day": day_words(n.get("since")), "allowed": n.get("allowed")}
    ),
    "drop": lambda n: (
        _("Fell %(points)s° or more on %(day)s") % {"points": whole(n.get("points")), "day": day_words(n.get("on"))}
    ),
    "window": lambda n: (
        _("Window from %(start)s, expected %(expected)s, over on %(deadline)s")
        % {name: day_words(n.get(name)) for name in ("start", "expected", "deadline")}
    ),
    "window_stretched": lambda n: (
        _("%(factor)s times the usual for this kind of customer") % {"factor": f"{float(n.get('factor') or 1):g}"}
    ),
    "window_extended": lambda n: _("Longer by %(days)s quiet days") % {"days": n.get("quiet_days")},
}

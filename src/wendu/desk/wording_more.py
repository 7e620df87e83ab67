"""More sentences: the class, the alerts, the situations of the plan, and the parts of the priority."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.desk.degrees import counted, whole

Numbers = Mapping[str, Any]


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).strftime("%m-%d")
    except ValueError:
        return _("a day unknown")


def _axis(name: str) -> str:
    return {"willingness": _("Willingness"), "need": _("Need")}.get(name, name)


def _score(axis: str) -> Callable[[Numbers], str]:
    def words(n: Numbers) -> str:
        text = _("%(axis)s strong: %(value)s of 100") if n.get("high") else _("%(axis)s weak: %(value)s of 100")
        answered = int(n.get("answered") or 0)
        of = ngettext("%(n)s question answered", "%(n)s questions answered", answered) % {"n": answered}
        return f"{text % {'axis': _axis(axis), 'value': whole(n.get('value'))}} · {of}"

    return words


def _class(value: object) -> str:
    return _("unclassified") if value in ("unclassified", "", None) else str(value)


def _since(n: Numbers, words: str) -> str:
    return words % {"day": _day(n.get("since") or n.get("silent_since") or n.get("on"))}


def _due(n: Numbers, today: str, late: str) -> str:
    days = int(n.get("days") or 0)
    return late % {"days": days} if days > 0 else today


def _prior(n: Numbers, known: str, unknown: str) -> str:
    return unknown if n.get("prior") else known


def _reorder_shape(n: Numbers) -> str:
    """Their own rhythm, or how long the product lasts."""
    if n.get("product"):
        return ngettext(
            "What they bought lasts %(every)s days; that was %(days)s day ago, the next is expected on %(day)s",
            "What they bought lasts %(every)s days; that was %(days)s days ago, the next is expected on %(day)s",
            counted(n, "days"),
        )
    return ngettext(
        "Orders every %(every)s days; the latest was %(days)s day ago, expected on %(day)s",
        "Orders every %(every)s days; the latest was %(days)s days ago, expected on %(day)s",
        counted(n, "days"),
    )


MORE: dict[str, Callable[[Numbers], str]] = {
    "willingness_score": _score("willingness"),
    "need_score": _score("need"),
    "class_overridden": lambda n: (
        _("Set by hand to %(standing)s; the answers say %(judged)s")
        % {"standing": _class(n.get("standing")), "judged": _class(n.get("judged"))}
    ),
    "answer_stale": lambda n: (
        ngettext(
            "%(axis)s: an answer is %(days)s day old; ask again",
            "%(axis)s: an answer is %(days)s days old; ask again",
            counted(n, "days"),
        )
        % {"axis": _axis(str(n.get("axis"))), "days": n.get("days")}
    ),
    "answered_before_order": lambda n: (
        _("Answered before the order of %(day)s; ask again") % {"day": _day(n.get("on"))}
    ),
    "strike": lambda n: _since(n, _("Strike since %(day)s")),
    "close": lambda n: _("At %(heat)s°: ask for the order") % {"heat": whole(n.get("heat"))},
    "recheck_class": lambda n: _("At %(heat)s°, yet weak need: check the class first") % {"heat": whole(n.get("heat"))},
    "missed_heat": lambda n: _since(n, _("The strike was missed on %(day)s")),
    "cold_gap": lambda n: _since(n, _("Cold gap since %(day)s")),
    "cold_gap_severe": lambda n: _since(n, _("Long cold gap since %(day)s")),
    "routine": lambda n: (
        _("Next touch due on %(day)s") % {"day": _day(n["due"])} if n.get("due") else _("No next step yet")
    ),
    "first_touch_due": lambda _n: _("Not yet contacted"),
    "unlogged": lambda _n: _("Not one touch on record"),
    "first_touch_old": lambda _n: _("Waiting for a first word too long"),
    "erratic": lambda n: _("Up and down: %(drops)s sharp drops in 90 days") % {"drops": n.get("drops")},
    "open_tail": lambda n: (
        ngettext("%(n)s problem still open", "%(n)s problems still open", int(n.get("open") or 1))
        % {"n": n.get("open") or 1}
    ),
    "unconfirmed_influencer": lambda n: (
        ngettext(
            "%(people)s person in the decision not heard yet",
            "%(people)s people in the decision not heard yet",
            counted(n, "people"),
        )
        % {"people": n.get("people")}
    ),
    "trust_gap": lambda n: (
        _("Trust %(trust)s, needs more than %(above)s")
        % {"trust": whole(n.get("trust")), "above": whole(n.get("above"))}
    ),
    "stalled": lambda n: (
        ngettext(
            "%(touches)s talk in a row without a step by them",
            "%(touches)s talks in a row without a step by them",
            counted(n, "touches"),
        )
        % {"touches": n.get("touches")}
    ),
    "nurture_wake": lambda n: _since(n, _("Back in pursuit since %(day)s")),
    "nurture_touch": lambda n: _due(
        n,
        _("A light touch is due"),
        ngettext(
            "A light touch is due after %(days)s day", "A light touch is due after %(days)s days", counted(n, "days")
        ),
    ),
    "nurture_reply": lambda n: _since(n, _("They answered on %(day)s while resting")),
    "review_due": lambda n: (
        ngettext(
            "In class D for %(days)s day without a fresh look",
            "In class D for %(days)s days without a fresh look",
            counted(n, "days"),
        )
        % {"days": n.get("days")}
    ),
    "window_due_soon": lambda n: _("The window closes on %(day)s") % {"day": _day(n.get("deadline"))},
    "window_overdue": lambda n: _("The window was over on %(day)s") % {"day": _day(n.get("deadline"))},
    "requalify": lambda _n: _("A whole window past its end: judge the class again"),
    "agreed_today": lambda n: _since(n, _("Agreed with them for %(day)s")),
    "name_the_customer": lambda _n: _("Deals whose customer nobody knows"),
    "promise_due": lambda n: _due(
        n,
        _("A promise of ours is due"),
        ngettext(
            "A promise of ours is %(days)s day late", "A promise of ours is %(days)s days late", counted(n, "days")
        ),
    ),
    "commitment_due": lambda n: _due(
        n,
        _("What they agreed to do is due"),
        ngettext(
            "What they agreed to do is %(days)s day late",
            "What they agreed to do is %(days)s days late",
            counted(n, "days"),
        ),
    ),
    "old_promise": lambda n: _due(
        n,
        _("An old promise is open"),
        ngettext("An old promise is %(days)s day late", "An old promise is %(days)s days late", counted(n, "days")),
    ),
    "gap_case": lambda n: _due(
        n,
        _("Below what was expected"),
        ngettext(
            "Below what was expected for %(days)s day", "Below what was expected for %(days)s days", counted(n, "days")
        ),
    ),
    "pulse_due": lambda n: _due(
        n,
        _("Ask how it goes"),
        ngettext(
            "Asking how it goes is %(days)s day late", "Asking how it goes is %(days)s days late", counted(n, "days")
        ),
    ),
    "repurchase_due": lambda n: (
        _reorder_shape(n) % {"every": n.get("every"), "days": n.get("days"), "day": _day(n.get("on"))}
    ),
    "quiet_over": lambda n: (
        _("The quiet period ended on %(day)s and nobody asked since") % {"day": _day(n.get("ended_on"))}
    ),
    "result_due": lambda n: (
        _("Expected to sign on %(day)s and nobody asked since") % {"day": _day(n.get("expected_on"))}
    ),
    "revisit_due": lambda n: _due(
        n,
        _("A revisit is due"),
        ngettext("A revisit is %(days)s day late", "A revisit is %(days)s days late", counted(n, "days")),
    ),
    "recovery_48h": lambda n: (
        ngettext(
            "The meeting failed; %(hours)s hour left to mend it",
            "The meeting failed; %(hours)s hours left to mend it",
            counted(n, "hours_left"),
        )
        % {"hours": n.get("hours_left")}
    ),
    "indirect_is_better": lambda _n: _("With this class the indirect way is stronger than a visit"),
    "long_war_eats_time": lambda n: (
        _("Class D takes %(share)s%% of the time") % {"share": whole(100 * float(n.get("share") or 0))}
    ),
    "quadrant": lambda n: _prior(n, _("Class"), _("Class unknown: a middle value stands in")),
    "heat": lambda _n: _("Temperature"),
    "value": lambda n: _prior(n, _("Amount"), _("Amount unknown: the middle of yours stands in")),
    "pressure": lambda n: _prior(n, _("Deadline"), _("No deadline yet: a middle value stands in")),
    "in_touch": lambda _n: _("In touch"),
}

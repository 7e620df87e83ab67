"""Sentences of the deal room: what speaks for and against trust, the chain, the talk, the offer and the exchange."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from wendu.desk.degrees import whole

Numbers = Mapping[str, Any]
PERCENT = 100


def _say(words: Callable[[], str], *names: str) -> Callable[[Numbers], str]:
    """A sentence with the numbers it names; one that is not known is a question mark."""

    def sentence(n: Numbers) -> str:
        return words() % {name: _shown(n.get(name)) for name in names} if names else words()

    return sentence


def _shown(value: object) -> str:
    if value is None or value == "":
        return "?"
    return whole(value) if isinstance(value, int | float) else str(value)


def _percent(n: Numbers, name: str) -> str:
    value = n.get(name)
    return whole(PERCENT * value) if isinstance(value, int | float) else "?"


DEALS: dict[str, Callable[[Numbers], str]] = {
    "few_decided": _say(
        lambda: _("%(decided)s of the deals with it are decided; a rate is shown from %(need)s"), "decided", "need"
    ),
    "decided": _say(lambda: _("%(won)s of %(decided)s decided deals with it were won"), "won", "decided"),
    "trust_below": _say(lambda: _("A key person trusts us at %(value)s, not over the line"), "value"),
    "trust_unknown": _say(lambda: _("Nobody rated the trust of a key person")),
    "trust_stale": _say(lambda: _("A key person was rated %(days)s days ago; ask again"), "days"),
    "mean_below": _say(lambda: _("Trust by weight is %(value)s, not over %(line)s"), "value", "line"),
    "no_key_person": _say(lambda: _("No key person is named yet")),
    "need_not_confirmed": _say(lambda: _("The need of a key person is not confirmed")),
    "focus_found": _say(lambda: _("%(people)s found on the way in"), "people"),
    "department_links": _say(
        lambda: _("%(contacts)s of theirs and %(ours)s of ours are linked in the buying department"), "contacts", "ours"
    ),
    "company_links": _say(
        lambda: _("%(departments)s of their departments, %(executives)s links of executives"),
        "departments",
        "executives",
    ),
    "backups": _say(lambda: _("%(active)s active, %(backups)s of them would stand in"), "active", "backups"),
    "main_leaves": _say(lambda: _("The main person is leaving")),
    "main_cooled": _say(lambda: _("The main person has cooled")),
    "chain_open": _say(lambda: _("A problem lacks questions: %(lacks)s"), "lacks"),
    "not_solvable": _say(lambda: _("Our product does not solve this problem")),
    "payoff_before_implication": _say(lambda: _("Question %(number)s asks for the value before the harm"), "number"),
    "too_many_situation": _say(lambda: _("%(count)s questions about the situation, at most %(most)s"), "count", "most"),
    "look_it_up": _say(lambda: _("Question %(number)s can be looked up beforehand"), "number"),
    "misuse": _say(lambda: _("Question %(number)s is about us or too private"), "number"),
    "advantage_only": _say(lambda: _("A benefit nobody asked for is only an advantage")),
    "no_idea": _say(lambda: _("Bring an idea for them")),
    "objective_not_theirs": _say(lambda: _("The goal of a talk is something they do")),
    "no_fallback": _say(lambda: _("Have a smaller step ready")),
    "no_message": _say(lambda: _("Decide on the one thing they should remember")),
    "customer_gain": _say(lambda: _("They gain by %(findings)s findings"), "findings"),
    "gain_to_price": lambda n: _("They gain %(ratio)s times the price a year") % {"ratio": _ratio(n)},
    "top_not_proven": _say(lambda: _("What matters most to a key person (%(weight)s) is not proven"), "weight"),
    "points": _say(lambda: _("%(linked)s of %(shown)s points shown touch a confirmed need"), "linked", "shown"),
    "message_open": _say(lambda: _("A key person has not repeated a message")),
    "can_meet_open": _say(lambda: _("A key person has not said that we can meet the need")),
    "several_key_people": _say(lambda: _("%(people)s key people read it"), "people"),
    "key_person_not_reached": _say(lambda: _("%(people)s key people we do not meet"), "people"),
    "amount": _say(lambda: _("The amount is large")),
    "asked_for": _say(lambda: _("They asked for it")),
    "concern_open": _say(lambda: _("A concern of gravity %(severity)s is open"), "severity"),
    "re_raised": _say(lambda: _("What was settled came up again")),
    "sudden_price_complaint": _say(lambda: _("The price is a worry only now")),
    "new_silence": _say(lambda: _("They have gone silent")),
    "refuses_to_meet": _say(lambda: _("They turned down what we asked for last")),
    "postponed": _say(lambda: _("Put off %(times)s times"), "times"),
    "ended_deals": _say(lambda: _("%(won)s won of %(deals)s that ended"), "won", "deals"),
    "talks": _say(lambda: _("%(moved)s of %(meant)s talks with a goal moved it on"), "moved", "meant"),
    "advantage": _say(lambda: _("What is left to them, against the best other choice")),
    "margin": lambda n: (
        _("Our margin is %(share)s%%, the floor %(floor)s%%")
        % {"share": _percent(n, "share"), "floor": _percent(n, "floor")}
    ),
    "must_not_met": _say(lambda: _("The product cannot do something they must have")),
    "cannot_use": _say(lambda: _("They could not use it well")),
    "over_claim": _say(lambda: _("We promised what the product cannot do")),
    "not_conveyed": _say(lambda: _("The value has arrived at %(value)s%%"), "value"),
    "no_trust": _say(lambda: _("Trust is %(value)s"), "value"),
    "gives_price": lambda n: _("The price is %(share)s%% lower") % {"share": _one_decimal(n, "share")},
    "gives_free": _say(lambda: _("For nothing: %(items)s"), "items"),
    "gives_term": _say(lambda: _("%(days)s days to pay, usual are %(usual)s"), "days", "usual"),
    "gives_rebate": lambda n: _("%(percent)s%% is paid back") % {"percent": f"{n.get('percent') or 0:g}"},
    "gives_extra": _say(lambda: _("On top: %(what)s"), "what"),
    "too_little": _say(lambda: _("%(rival)s is worth more to them"), "rival"),
    "cheaper": _say(lambda: _("%(rival)s gives the same for less"), "rival"),
    "too_early_to_negotiate": _say(lambda: _("Trust is not there yet; too early to negotiate")),
    "expectation_not_whole": _say(lambda: _("An expectation lacks a part")),
    "expectation_unrealistic": _say(lambda: _("They expect more than we ever reached")),
    "over_promised": _say(lambda: _("We promised more than we ever reached")),
    "reach_unknown": _say(lambda: _("Nobody has written down what we reach")),
}


def _one_decimal(n: Numbers, name: str) -> str:
    value = n.get(name)
    return f"{PERCENT * value:.1f}".removesuffix(".0") if isinstance(value, int | float) else "?"


def _ratio(n: Numbers) -> str:
    value = n.get("ratio")
    return f"{value:.1f}" if isinstance(value, int | float) else "?"

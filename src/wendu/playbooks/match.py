"""Choosing the play for a customer today, and the words to go with it."""

from dataclasses import dataclass

from wendu.playbooks.plays import Play, Script, When
from wendu.playbooks.schema import Playbook
from wendu.playbooks.situations import Situation
from wendu.playbooks.text import Text

_UNKNOWN_CLASS = "unclassified"
_EXISTING = "existing"
_USUAL_MARKET = "b2b"
_EVERY_MARKET = 3


def class_row(quadrant: str, status: str) -> str:
    """Return the row of the playbook a customer stands in: its class, or `existing` without an open deal."""
    return _EXISTING if status == _EXISTING else quadrant or _UNKNOWN_CLASS


def pick_play(
    playbook: Playbook,
    *,
    quadrant: str,
    situation: str,
    market: str = _USUAL_MARKET,
    sale_kind: str = "standard",
    status: str = "in_pursuit",
) -> Play:
    """Return the play written most closely for this customer; equal ones go by market, class, sale, status, order."""
    facts = _Facts(Situation(situation), class_row(quadrant, status), market, sale_kind, status)
    return max((play for play in playbook.plays if facts.fit(play.when)), key=lambda play: _closeness(play.when))


def pick_script(play: Play, *, market: str = _USUAL_MARKET, seed: int = 0) -> Text:
    """Return one script for the market; the same seed gives the same words, the next one the next."""
    suited = _suited(play, market)
    return suited[seed % len(suited)].text


def scripts_for(play: Play, *, market: str = _USUAL_MARKET) -> tuple[Text, ...]:
    """Return every script that suits the market, those written for it first."""
    return tuple(script.text for script in _suited(play, market))


def why(playbook: Playbook, play: Play, situation: str, reason: str = "default") -> Text:
    """Return the sentence that says why: the play's own, else by reason code, else the situation's plain one."""
    words = playbook.situations[Situation(situation)].why
    if reason in words and reason != "default":
        return words[reason]
    return play.why or words["default"]


def never_chosen(playbook: Playbook) -> dict[str, str]:
    """Plays another one always goes before, being asked first for the same customers: their keys, and its key."""
    found = {}
    for number, play in enumerate(playbook.plays):
        before = [
            next((other for other in playbook.plays[:number] if _covers(other.when, play.when, each)), None)
            for each in play.when.situations
        ]
        if before[0] is not None and all(before):
            found[play.key] = before[0].key
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known about a customer when a play is chosen."""

    situation: Situation
    row: str
    market: str
    sale: str
    status: str

    def fit(self, when: When) -> bool:
        return (
            self.situation in when.situations
            and (not when.classes or self.row in when.classes)
            and (not when.markets or self.market in when.markets)
            and (not when.sales or self.sale in when.sales)
            and (not when.statuses or self.status in {status.value for status in when.statuses})
        )


def _closeness(when: When) -> tuple[int, bool, bool, bool, bool]:
    asked = (bool(when.markets), bool(when.classes), bool(when.sales), bool(when.statuses))
    return (sum(asked), *asked)


def _covers(first: When, other: When, situation: Situation) -> bool:
    """Whether the first, written as closely, fits whomever the other one fits in this situation."""
    pairs = (
        (first.markets, other.markets),
        (first.classes, other.classes),
        (first.sales, other.sales),
        (first.statuses, other.statuses),
    )
    return situation in first.situations and all(
        bool(mine) == bool(theirs) and set(theirs) <= set(mine) for mine, theirs in pairs
    )


def _suited(play: Play, market: str) -> list[Script]:
    """Scripts for the market: those that name it alone first, then the rest that suit it."""
    suited = [script for script in play.scripts if script.suits(market)] or list(play.scripts)
    return sorted(suited, key=lambda script: len(script.markets) or _EVERY_MARKET)

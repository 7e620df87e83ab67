"""A talk planned by itself: which problems to speak about, and which questions to ask whom (method: 3.9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from wendu.method.deals.codes import Question, Role
from wendu.method.deals.scales import TalkScale

ENOUGH = 2
"""So many problems make a talk; only below that it is filled up with what is merely usual in the trade."""
EACH = {Question.PROBLEM: 2, Question.IMPLICATION: 2, Question.NEED_PAYOFF: 1}
"""Questions of a kind about one problem: a talk is no questionnaire."""


class Lined(NamedTuple):
    """A question of a plan by what its place depends on: its kind, what it is about, and whether it is looked up."""

    kind: Question
    problem: str = ""
    look_up: bool = False


class Why(StrEnum):
    """Why a problem is in the plan, the strongest first."""

    THEIR_WORDS = "their_words"
    PRODUCT = "product"
    TRADE = "trade"
    ANYWHERE = "anywhere"


class Offered(NamedTuple):
    """A question of the bank: whom it suits (nobody named: everybody), and how often it led on, if that is known."""

    code: str
    kind: Question
    roles: frozenset[str] = frozenset()
    look_up: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem that might be spoken about, with its questions in the order of the bank."""

    code: str
    why: Why
    questions: tuple[Offered, ...]


class Picked(NamedTuple):
    """A question of the plan."""

    problem: str
    why: Why
    question: Offered


OURS = ("我", "咱", "本人", "i ", "i'll", "we ", "we'll", "our ", "me ")
"""How a sentence begins that says what we do."""

AUDIENCES: Mapping[Role, str] = {
    Role.DECISION_MAKER: "decider",
    Role.APPROVER: "finance",
    Role.TECHNICAL: "technical",
    Role.USER: "user",
    Role.PURCHASER: "purchasing",
    Role.INITIATOR: "user",
    Role.COACH: "user",
}


def audience(role: Role | None, *, private: bool) -> str:
    """Whom one speaks to, by the part in the decision; nothing while that is unknown, and a family is a family."""
    if private:
        return "household"
    return AUDIENCES[role] if role is not None else ""


def chosen_problems(candidates: Iterable[Candidate], scale: TalkScale) -> list[Candidate]:
    """Which problems a talk is about: what they said, then what our product meets, up to the limit of the scale.

    What is usual in the trade only fills a talk up to two problems, what may come up anywhere only an empty one.
    """
    ranked = sorted(candidates, key=lambda each: list(Why).index(each.why))
    chosen: list[Candidate] = []
    for each in ranked:
        room = {Why.TRADE: min(ENOUGH, scale.problems), Why.ANYWHERE: 1}.get(each.why, scale.problems)
        if len(chosen) < room:
            chosen.append(each)
    return chosen


def planned_questions(problems: Sequence[Candidate], who: str, scale: TalkScale) -> list[Picked]:
    """The questions in the order they are asked: what to look up, the situation, then each problem to its end.

    Of each kind those that suit this person, those meant for him before those for everybody, and among them what led
    on most often. About what they said themselves one question a kind is enough, in other words for each problem, so
    that the talk does not sound like a form. Where nothing suits, or the part of the person is not known, the first
    one keeps the chain whole.
    """
    looked = [Picked(each.code, each.why, asked) for each in problems for asked in each.questions if asked.look_up]
    situation: list[Picked] = []
    for place, each in enumerate(problems):
        if not (place and each.why is Why.THEIR_WORDS):
            situation += [Picked(each.code, each.why, asked) for asked in _suited(each, Question.SITUATION, who)[:1]]
    rest = [asked for place, each in enumerate(problems) for asked in _about(each, place, who)]
    return [*looked, *situation[: scale.situation_questions], *rest]


def places_for(plan: Sequence[Lined], added: Iterable[Lined]) -> list[int]:
    """Where questions added by hand belong, one place each, as the plan grows: S, then P, I, N problem by problem.

    What stands there keeps its order, however it was put; a problem not spoken of yet comes last (method: 3.9).
    """
    standing, places = list(plan), []
    for each in added:
        order = _problems_of([*standing, each])
        mine = _rank(each, order)
        place = next((at for at in range(len(standing), 0, -1) if _rank(standing[at - 1], order) <= mine), 0)
        standing.insert(place, each)
        places.append(place)
    return places


def misuse(words: str, spoiling: Iterable[tuple[str, Iterable[str]]]) -> str:
    """What is wrong with the wording of a question, by the words that spoil one; nothing if it is fine."""
    said = words.casefold()
    return next((code for code, parts in spoiling if any(part in said for part in parts)), "")


def is_theirs(objective: str) -> bool:
    """Whether somebody of the customer does it: what begins with us is our own work (method: 3.15)."""
    said = objective.strip().casefold()
    return bool(said) and not said.startswith(OURS)


def _problems_of(plan: Iterable[Lined]) -> dict[str, int]:
    """The problems in the order in which the talk comes to them."""
    named = (each.problem for each in plan if not each.look_up and each.kind is not Question.SITUATION)
    return {problem: place for place, problem in enumerate(dict.fromkeys(named))}


def _rank(asked: Lined, problems: Mapping[str, int]) -> tuple[int, int, int]:
    """Looked up before everything, the situation before any problem, then each problem to its end."""
    if asked.look_up:
        return (0, 0, 0)
    if asked.kind is Question.SITUATION:
        return (1, 0, 0)
    return (2, problems[asked.problem], list(Question).index(asked.kind))


def _about(problem: Candidate, place: int, who: str) -> Iterable[Picked]:
    """A problem to its end: difficulty, what follows, what a solution is worth."""
    for kind, most in EACH.items():
        suited = _suited(problem, kind, who) or _suited(problem, kind, "")
        if problem.why is Why.THEIR_WORDS and suited:
            suited, most = suited[place % len(suited) :], 1  # noqa: PLW2901 - one, and not the words of the one before
        yield from (Picked(problem.code, problem.why, asked) for asked in suited[:most])


def _suited(problem: Candidate, kind: Question, who: str) -> list[Offered]:
    fit = [
        asked
        for asked in problem.questions
        if asked.kind is kind and not asked.look_up and (not asked.roles or not who or who in asked.roles)
    ]
    meant = sorted(fit, key=lambda asked: (-(asked.share or 0.0), bool(who) and who not in asked.roles))
    return meant if who else meant[:1]

"""A talk prepared: the four kinds of questions, chained per problem, and what the plan lacks (method: 3.9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from wendu.method.codes import Quadrant
from wendu.method.deals.codes import Question
from wendu.method.deals.scales import TalkScale
from wendu.method.reading import Reading, Reason, because

PERCENT = 100.0
BEFORE_TRUST = ("ST1", "ST2", "ST3")
CHAIN = (Question.PROBLEM, Question.IMPLICATION, Question.NEED_PAYOFF)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a plan, in its place; `problem` is what it is about, `misuse` what is wrong with its wording."""

    kind: Question
    problem: str = ""
    researchable: bool = False
    misuse: str = ""


@dataclass(frozen=True, slots=True)
class PlannedBenefit:
    """A benefit meant to be shown for a problem."""

    problem: str


@dataclass(frozen=True, slots=True)
class CallPlan:
    """What a visit is prepared with; a constructive visit brings an `idea`, an improvement thought for the customer."""

    idea: str
    objective: str
    objective_is_theirs: bool
    questions: tuple[Asked, ...] = ()
    problems: tuple[str, ...] = ()
    solvable: frozenset[str] = frozenset()
    benefits: tuple[PlannedBenefit, ...] = ()
    explicit: frozenset[str] = frozenset()
    fallback: str = ""
    message: str = ""


class Manner(StrEnum):
    """How one speaks; debate has its place in our own rehearsal and never before the customer (method: 3.30)."""

    LISTENING = "listening"
    SPEECH = "speech"
    PERSUASION = "persuasion"
    NEGOTIATION = "negotiation"


class Usefulness(NamedTuple):
    """How often a question was asked, and how often the talk advanced; the share is shown from enough uses on."""

    used: int
    advanced: int
    share: float | None


def readiness(plan: CallPlan, scale: TalkScale) -> Reading:
    """The share of problems with a whole chain of questions, 0 to 100, and every hint the plan deserves.

    `ready` when every chain is whole, an idea is brought and the objective is something the customer does.
    """
    whole = [problem for problem in plan.problems if _has_chain(plan.questions, problem)]
    reasons = [
        *_chains(plan),
        *_order(plan),
        *_situation(plan, scale),
        *(because("misuse", number=number, what=asked.misuse) for number, asked in _counted(plan) if asked.misuse),
        *_benefits(plan),
        *([] if plan.idea else [because("no_idea")]),
        *([] if plan.objective and plan.objective_is_theirs else [because("objective_not_theirs")]),
        *([] if plan.fallback else [because("no_fallback")]),
        *([] if plan.message else [because("no_message")]),
    ]
    ready = bool(plan.problems) and len(whole) == len(plan.problems) and plan.idea and plan.objective_is_theirs
    return Reading(
        value=PERCENT * len(whole) / len(plan.problems) if plan.problems else None,
        band="ready" if ready else "not_ready",
        reasons=tuple(reasons),
        missing=() if plan.problems else ("problems",),
    )


def usefulness(used: int, advanced: int, scale: TalkScale) -> Usefulness:
    """How often a question of the bank led on, in per cent; a few uses say nothing."""
    return Usefulness(used, advanced, PERCENT * advanced / used if used >= scale.useful_from_uses else None)


def manner(stage: str, *, doubts: bool) -> Manner:
    """How to speak at a stage: a doubt is answered first and one to one, a group is presented to, price comes last."""
    if doubts:
        return Manner.PERSUASION
    return {"ST2": Manner.SPEECH, "ST4": Manner.NEGOTIATION}.get(stage, Manner.LISTENING)


def too_early_to_negotiate(stage: str, quadrant: Quadrant, *, offer_stands: bool) -> bool:
    """Whether trust has not passed its gate yet; class A with an offer that may go out decides fast (method: 2.3, 3.5).

    A warning, never a block.
    """
    fast = quadrant is Quadrant.A and offer_stands
    return stage in BEFORE_TRUST and not fast


def _has_chain(questions: Iterable[Asked], problem: str) -> bool:
    kinds = {asked.kind for asked in questions if asked.problem == problem}
    return kinds.issuperset(CHAIN)


def _chains(plan: CallPlan) -> Iterable[Reason]:
    for problem in plan.problems:
        kinds = {asked.kind for asked in plan.questions if asked.problem == problem}
        lacks = [kind.value for kind in CHAIN if kind not in kinds]
        if lacks:
            yield because("chain_open", problem=problem, lacks=",".join(lacks))
        if problem not in plan.solvable:
            yield because("not_solvable", problem=problem)


def _order(plan: CallPlan) -> Iterable[Reason]:
    """A pay-off asked before the problem hurts sounds like a pitch."""
    hurt: set[str] = set()
    for number, asked in _counted(plan):
        if asked.kind is Question.IMPLICATION:
            hurt.add(asked.problem)
        if asked.kind is Question.NEED_PAYOFF and asked.problem not in hurt:
            yield because("payoff_before_implication", number=number, problem=asked.problem)


def _situation(plan: CallPlan, scale: TalkScale) -> Iterable[Reason]:
    situation = [(number, asked) for number, asked in _counted(plan) if asked.kind is Question.SITUATION]
    if len(situation) > scale.situation_questions:
        yield because("too_many_situation", count=len(situation), most=scale.situation_questions)
    yield from (because("look_it_up", number=number) for number, asked in situation if asked.researchable)


def _benefits(plan: CallPlan) -> Iterable[Reason]:
    shown = dict.fromkeys(benefit.problem for benefit in plan.benefits)
    yield from (because("advantage_only", problem=problem) for problem in shown if problem not in plan.explicit)


def _counted(plan: CallPlan) -> Sequence[tuple[int, Asked]]:
    return tuple(enumerate(plan.questions, start=1))

"""Questions picked from the bank by hand for a prepared talk: each finds its place in the plan (method: 3.9)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from wendu.coach.planning import LETTERS, THEIR_PROBLEM, THEIR_REQUEST
from wendu.discovery.actions import PlanDraft, ProblemDraft, QuestionDraft
from wendu.kernel.errors import ActionError
from wendu.method.deals.codes import Question
from wendu.method.deals.planning import Lined, places_for
from wendu.playbooks import Playbook, fill
from wendu.playbooks.talks import SpinProblem, SpinQuestion

THEIR_WORDS = (THEIR_PROBLEM, THEIR_REQUEST)
"""The chains that ask about what the customer said; they need his words."""


class NothingPicked(ActionError):
    """Nothing was ticked."""

    code = "nothing_picked"
    message = _("Tick the questions you want to ask, then add them.")


class QuestionGone(ActionError):
    """The playbook was changed meanwhile."""

    code = "question_gone"
    message = _("A question you ticked is not in the bank any more. Look again and tick what is there now.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A question of the bank that may be added: about which problem of the talk, and whether it is in the plan."""

    key: str
    step: str
    asked: SpinQuestion
    chain: SpinProblem
    problem: str
    is_in: bool


def offers(draft: PlanDraft, book: Playbook, lang: str) -> Iterator[Offer]:
    """Every question of the bank as it would stand in this plan: their own problems first, then those of the bank."""
    there = {(each.source, each.problem) for each in draft.questions}
    for place, (chain, name) in enumerate(_spoken_of(draft, book, lang)):
        for step, asked in chain.questions():
            source = f"{chain.code}.{step}.{asked.code}"
            key = f"{source}@{place}" if chain.code in THEIR_WORDS else source
            yield Offer(key, step, asked, chain, name, (source, name) in there)


def with_picked(draft: PlanDraft, keys: Iterable[str], book: Playbook, lang: str) -> PlanDraft:
    """The plan with the questions of these keys, each in its place, and the problems they are about."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        raise NothingPicked
    known = {each.key: each for each in offers(draft, book, lang)}
    if not known.keys() >= set(wanted):
        raise QuestionGone
    chosen = [each for key, each in known.items() if key in wanted and not each.is_in]
    questions = list(draft.questions)
    places = places_for([_lined(each) for each in questions], [_place_of(each) for each in chosen])
    for place, each in zip(places, chosen, strict=True):
        questions.insert(place, _question(each, lang))
    return replace(draft, problems=tuple(_problems(draft, chosen)), questions=tuple(questions))


def _spoken_of(draft: PlanDraft, book: Playbook, lang: str) -> Iterator[tuple[SpinProblem, str]]:
    """The chains with the name their problem has in the talk."""
    chains = {each.code: each for each in book.spin}
    for problem in draft.problems:
        if problem.code in THEIR_WORDS and problem.code in chains:
            yield chains[problem.code], problem.name
    names = {each.code: each.name for each in draft.problems}
    for code, chain in chains.items():
        if code not in THEIR_WORDS:
            yield chain, names.get(code, chain.name.of(lang))


def _lined(asked: QuestionDraft) -> Lined:
    return Lined(Question(asked.kind), asked.problem, asked.is_look_up)


def _place_of(offer: Offer) -> Lined:
    return Lined(LETTERS[offer.step], offer.problem, offer.step == "look_up")


def _question(offer: Offer, lang: str) -> QuestionDraft:
    return QuestionDraft(
        kind=LETTERS[offer.step].value,
        text=fill(offer.asked.text.of(lang), {"problem": offer.problem}),
        problem=offer.problem,
        is_look_up=offer.step == "look_up",
        source=f"{offer.chain.code}.{offer.step}.{offer.asked.code}",
    )


def _problems(draft: PlanDraft, chosen: Iterable[Offer]) -> Iterator[ProblemDraft]:
    """What is spoken about, with what the questions bring along."""
    yield from draft.problems
    named = {each.name for each in draft.problems}
    for name, code in {each.problem: each.chain.code for each in chosen}.items():
        if name not in named:
            yield ProblemDraft(name=name, code=code)

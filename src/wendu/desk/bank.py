"""The question bank as it is read: problems with their questions, narrowed by trade, person, kind and words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from wendu.desk.wording import lang
from wendu.method.deals.codes import Question
from wendu.playbooks import Playbook, fill
from wendu.playbooks.talks import SpinProblem, SpinQuestion

KINDS: Mapping[str, tuple[Question, Promise]] = {
    "look_up": (Question.SITUATION, pgettext_lazy("question", "Find out before")),
    "situation": (Question.SITUATION, pgettext_lazy("question", "Situation")),
    "problem": (Question.PROBLEM, pgettext_lazy("question", "Difficulty")),
    "implication": (Question.IMPLICATION, pgettext_lazy("question", "What follows")),
    "payoff": (Question.NEED_PAYOFF, pgettext_lazy("question", "What it is worth")),
}
"""The lists of a problem as people call them, with the letter of their kind."""
ANY_TRADE, PRIVATE = "any", "b2c"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the bank is narrowed by; nothing said takes everything."""

    words: str = ""
    trade: str = ""
    who: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BankRow:
    """One question, with the names of those it suits."""

    step: str
    letter: str
    kind: str
    text: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BankProblem:
    """A problem and those of its questions that are wanted."""

    code: str
    name: str
    trades: tuple[str, ...]
    rows: tuple[BankRow, ...]


def question_bank(book: Playbook, wanted: Wanted) -> list[BankProblem]:
    """The problems with at least one question that is wanted, in the order of the playbook."""
    found = (_narrowed(book, problem, wanted) for problem in book.spin if _of_trade(problem, wanted.trade))
    return [problem for problem in found if problem.rows]


def trades_of(book: Playbook) -> list[tuple[str, str]]:
    """The trades the bank knows problems of, by name."""
    known = {code for problem in book.spin for code in problem.industries}
    names = [(code, trade.name.of(lang())) for code, trade in book.factors.industry.items() if code in known]
    private = book.factors.market.get(PRIVATE)
    families = [(PRIVATE, private.name.of(lang()))] if private else []
    return [*names, *families, (ANY_TRADE, str(pgettext_lazy("question", "Any trade")))]


def people_of(book: Playbook) -> list[tuple[str, str]]:
    """Whom questions are meant for, by name."""
    return [(code.value, card.name.of(lang())) for code, card in book.talks.audiences.items()]


def _of_trade(problem: SpinProblem, trade: str) -> bool:
    if trade == PRIVATE:
        return PRIVATE in problem.markets
    if trade == ANY_TRADE:
        return not problem.industries
    return not trade or trade in problem.industries


def _narrowed(book: Playbook, problem: SpinProblem, wanted: Wanted) -> BankProblem:
    names = dict(people_of(book))
    name = problem.name.of(lang())
    known = book.factors.industry  # a trade taken out of the list may still be named by a problem
    trades = tuple(known[code].name.of(lang()) for code in problem.industries if code in known)
    whole = _says(f"{problem.name.zh} {problem.name.en} {' '.join(trades)}", wanted.words)
    rows = tuple(
        BankRow(
            step,
            KINDS[step][0].value,
            str(KINDS[step][1]),
            fill(asked.text.of(lang()), {"problem": pgettext("question", "what they said")}),
            tuple(names[each.value] for each in asked.roles),
        )
        for step, asked in _wanted(problem, wanted, whole=whole)
    )
    return BankProblem(problem.code, name, trades, rows)


def _wanted(problem: SpinProblem, wanted: Wanted, *, whole: bool) -> Iterator[tuple[str, SpinQuestion]]:
    for step, asked in problem.questions():
        fits = not wanted.who or not asked.roles or wanted.who in {each.value for each in asked.roles}
        if fits and wanted.kind in ("", step) and (whole or _says(f"{asked.zh} {asked.en}", wanted.words)):
            yield step, asked


def _says(text: str, words: str) -> bool:
    """Whether every word typed stands in a text."""
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())

"""The question bank as it is read: problems with their questions, narrowed by trade, person, kind and words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from wendu.coach.picking import Offer, offers
from wendu.desk.wording import lang
from wendu.discovery.actions import PlanDraft
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
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BankRow:
    """One question, with the names of those it suits."""

    step: str
    letter: str
    kind: str
    text: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PickRow:
    """One question that may be added to a plan; one that is in it already is only shown."""

    key: str
    letter: str
    kind: str
    text: str
    roles: tuple[str, ...]
    is_in: bool


@dataclass(frozen=True, slots=True)
class PickProblem:
    """What questions of the bank are about, as the plan calls it."""

    code: str
    name: str
    trades: tuple[str, ...]
    rows: tuple[PickRow, ...]


@dataclass(frozen=True, slots=True)
class BankProblem:
    """A problem and those of its questions that are wanted."""

    code: str
    name: str
    trades: tuple[str, ...]
    rows: tuple[BankRow, ...]


def question_bank(book: Playbook, wanted: Wanted) -> list[BankProblem]:
    """The problems with at least one question that is wanted, in the order of the playbook."""
    found = (_narrowed(book, problem, wanted) for problem in book.spin if _of_topic(problem, wanted))
    return [problem for problem in found if problem.rows]


def pickable(book: Playbook, draft: PlanDraft, wanted: Wanted) -> list[PickProblem]:
    """The questions that may be added to a plan: about their own problems first, whatever the trade."""
    names, trades = dict(people_of(book)), book.factors.industry
    found: dict[tuple[str, str], list[PickRow]] = {}
    chains: dict[str, SpinProblem] = {}
    for each in offers(draft, book, lang()):
        if _is_wanted(each, wanted):
            row = PickRow(
                each.key,
                KINDS[each.step][0].value,
                str(KINDS[each.step][1]),
                fill(each.asked.text.of(lang()), {"problem": each.problem}),
                tuple(names[role.value] for role in each.asked.roles),
                each.is_in,
            )
            found.setdefault((each.chain.code, each.problem), []).append(row)
            chains[each.chain.code] = each.chain
    return [
        PickProblem(
            code, name, tuple(trades[at].name.of(lang()) for at in chains[code].industries if at in trades), tuple(rows)
        )
        for (code, name), rows in found.items()
    ]


def problems_of(book: Playbook, trade: str = "") -> list[tuple[str, str]]:
    """What the bank asks about, by name; those of one trade where one is chosen."""
    return [(each.code, each.name.of(lang())) for each in book.spin if _of_trade(each, trade)]


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


def _is_wanted(offer: Offer, wanted: Wanted) -> bool:
    """Their own words suit any trade; all else is narrowed as the bank is."""
    asked, roles = offer.asked, {each.value for each in offer.asked.roles}
    if wanted.problem and offer.chain.code != wanted.problem:
        return False
    if "@" not in offer.key and not _of_trade(offer.chain, wanted.trade):
        return False
    said = f"{offer.problem} {offer.chain.name.zh} {offer.chain.name.en} {asked.zh} {asked.en}"
    return (
        (not wanted.who or not roles or wanted.who in roles)
        and wanted.kind in ("", offer.step)
        and _says(said, wanted.words)
    )


def _of_topic(problem: SpinProblem, wanted: Wanted) -> bool:
    return wanted.problem in ("", problem.code) and _of_trade(problem, wanted.trade)


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

"""Talks planned by themselves, and what a plan lacks (method: 3.9).

Everything a plan starts from is written down somewhere: the part in the decision, needs and effects, what is sold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from wendu.coach.frame import Frame
from wendu.customers.choices import Market
from wendu.customers.models import Contact, Customer
from wendu.discovery.actions import PlanDraft, ProblemDraft, QuestionDraft
from wendu.discovery.choices import Capability, NeedKind
from wendu.discovery.models import CallPlan, Demand, Effect, PlanQuestion
from wendu.method.deals.codes import Question, Role
from wendu.method.deals.planning import (
    ENOUGH,
    Candidate,
    Offered,
    Picked,
    Why,
    audience,
    chosen_problems,
    misuse,
    planned_questions,
)
from wendu.method.deals.talk import Asked, PlannedBenefit, readiness, usefulness
from wendu.method.deals.talk import CallPlan as Planned
from wendu.method.reading import Reading
from wendu.offers.models import BenefitCard
from wendu.opportunities.models import Influencer, Opportunity
from wendu.playbooks import Playbook, fill
from wendu.playbooks.talks import SpinProblem, said_words
from wendu.touches.choices import TouchOutcome

THEIR_PROBLEM, THEIR_REQUEST = "their_problem", "their_request"
"""The chains of the bank for a problem, and for a request, in the customer's own words."""
LETTERS = {
    "look_up": Question.SITUATION,
    "situation": Question.SITUATION,
    "problem": Question.PROBLEM,
    "implication": Question.IMPLICATION,
    "payoff": Question.NEED_PAYOFF,
}
CAN = (Capability.YES, Capability.CONFIGURABLE)
WIDTH = 200


@dataclass(frozen=True, slots=True)
class _Known:
    """A problem or a request written down about this customer, and the chain of the bank that asks about it."""

    name: str
    chain: str
    solution: str = ""
    cost_minor: int | None = None


def suggested_plan(
    customer: Customer,
    *,
    deal: Opportunity | None,
    contact: Contact | None,
    frame: Frame,
    on: date,
    lang: str,
    who: str | None = None,
) -> PlanDraft:
    """A plan for a talk with this person: his problems first, then what our product is sold against."""
    book, private = frame.playbook, customer.market == Market.B2C
    to = _audience(deal, contact, private=private) if who is None else who
    known = _known(deal, contact)
    named, spin = {f"known{number}": each for number, each in enumerate(known)}, {each.code: each for each in book.spin}
    shares = _shares(frame)
    candidates = [
        *(
            _candidate(code, Why.THEIR_WORDS, spin[each.chain], shares)
            for code, each in named.items()
            if each.chain in spin
        ),
        *_from_bank(book, customer, deal, to, shares),
    ]
    problems = chosen_problems(candidates, frame.scale.deal.talk)
    picked = planned_questions(problems, to, frame.scale.deal.talk)
    drafts = {each.code: _problem(each.code, named, spin, lang) for each in problems}
    asks = _asks(book, deal, private=private)
    words = {"contact": contact.name if contact else customer.name, "customer": customer.name}
    card = {code.value: each for code, each in book.talks.audiences.items()}.get(to)
    return PlanDraft(
        contact_id=contact.pk if contact else None,
        asked_as=to,
        planned_on=on,
        idea=next((each.solution for each in known if each.chain == THEIR_PROBLEM and each.solution), ""),
        objective=fill(asks.objective.of(lang), words)[:WIDTH],
        fallback=fill(asks.fallback.of(lang), words)[:WIDTH],
        message=card.message.of(lang) if card else "",
        mood=card.mood.of(lang) if card else "",
        problems=tuple(drafts.values()),
        questions=tuple(_question(each, drafts[each.problem], spin, lang) for each in picked),
    )


def _question(picked: Picked, problem: ProblemDraft, spin: Mapping[str, SpinProblem], lang: str) -> QuestionDraft:
    asked = picked.question
    return QuestionDraft(
        kind=asked.kind.value,
        text=_worded(spin[problem.code], asked.code, problem.name, lang),
        problem=problem.name,
        is_look_up=asked.look_up,
        source=f"{problem.code}.{asked.code}",
        why=picked.why.value,
    )


def plan_readiness(plan: PlanDraft, *, explicit: frozenset[str], frame: Frame) -> Reading:
    """What a plan still lacks; the problems for which somebody said that he wants them solved are `explicit`."""
    spoiling = [(hint.code, said_words(hint.words)) for hint in frame.playbook.talks.misuse]
    planned = Planned(
        idea=plan.idea,
        objective=plan.objective,
        objective_is_theirs=bool(plan.objective),
        fallback=plan.fallback,
        message=plan.message,
        questions=tuple(
            Asked(Question(each.kind), each.problem, misuse=misuse(each.text, spoiling))
            for each in plan.questions
            if not each.is_look_up
        ),
        problems=tuple(each.name for each in plan.problems),
        solvable=frozenset(each.name for each in plan.problems if each.solution),
        benefits=tuple(PlannedBenefit(each.name) for each in plan.problems if each.solution),
        explicit=explicit,
    )
    return readiness(planned, frame.scale.deal.talk)


def explicit_problems(plan: CallPlan) -> frozenset[str]:
    """The problems of a plan of which somebody of this deal said that he wants them solved (one query)."""
    if plan.opportunity_id is None:
        return frozenset()
    rows = Demand.objects.standing().filter(opportunity=plan.opportunity_id, kind=NeedKind.EXPLICIT)
    return frozenset(words for row in rows for words in (row.requirement, row.need) if words)


def _audience(deal: Opportunity | None, contact: Contact | None, *, private: bool) -> str:
    part = Influencer.objects.filter(opportunity=deal, contact=contact).first() if deal and contact else None
    return audience(Role(part.role) if part else None, private=private)


def _known(deal: Opportunity | None, contact: Contact | None) -> list[_Known]:
    """Two things to speak about: what is wrong at the firm, then what this person asks for, a plain wish first."""
    if deal is None:
        return []
    demands = Demand.objects.standing().filter(opportunity=deal, contact=contact).order_by("pk")
    effects = Effect.objects.standing().filter(opportunity=deal).order_by("pk")
    cards = dict(BenefitCard.objects.standing().filter(opportunity=deal).values_list("demand_id", "feature"))
    wrong = [
        _Known(each.problem, THEIR_PROBLEM, each.solution, _sum(each.earn_minor, each.save_minor)) for each in effects
    ]
    asked = [
        _Known(each.requirement, THEIR_REQUEST, cards.get(each.pk) or _can(each))
        for each in sorted(demands, key=lambda each: each.kind != NeedKind.EXPLICIT)
    ]
    names = {each.name for each in wrong}
    asked = [each for each in asked if each.name not in names]
    return [*wrong[: 1 if asked else ENOUGH], *asked][:ENOUGH]


def _can(demand: Demand) -> str:
    """That the product can, where nobody wrote down by what."""
    return str(Capability(demand.capability).label) if demand.capability in CAN else ""


def _sum(*amounts: int | None) -> int | None:
    told = [amount for amount in amounts if amount is not None]
    return sum(told) if told else None


def _from_bank(
    book: Playbook, customer: Customer, deal: Opportunity | None, who: str, shares: Mapping[str, float | None]
) -> Iterable[Candidate]:
    sold = f"{deal.title} {deal.product}" if deal else ""
    for problem in book.spin:
        if problem.code in (THEIR_PROBLEM, THEIR_REQUEST) or not problem.suits(customer.market):
            continue
        why = _why(problem, customer, sold, who)
        if why is not None:
            yield _candidate(problem.code, why, problem, shares)


def _why(problem: SpinProblem, customer: Customer, sold: str, who: str) -> Why | None:
    """Why a problem of the bank may come up; a private person has no trade, so only what we sell says it."""
    in_trade = customer.industry in problem.industries
    if problem.is_met_by(sold) and (in_trade or not customer.industry or customer.market == Market.B2C):
        return Why.PRODUCT
    if customer.market == Market.B2C:
        return None
    if in_trade:
        return Why.TRADE
    meant = {role.value for _step, asked in problem.questions() for role in asked.roles}
    return Why.ANYWHERE if not problem.industries and (not who or who in meant) else None


def _candidate(code: str, why: Why, problem: SpinProblem, shares: Mapping[str, float | None]) -> Candidate:
    questions = tuple(
        Offered(
            f"{step}.{asked.code}",
            LETTERS[step],
            frozenset(role.value for role in asked.roles),
            look_up=step == "look_up",
            share=shares.get(f"{problem.code}.{step}.{asked.code}"),
        )
        for step, asked in problem.questions()
    )
    return Candidate(code, why, questions)


def _problem(code: str, named: Mapping[str, _Known], spin: Mapping[str, SpinProblem], lang: str) -> ProblemDraft:
    if code in named:
        known = named[code]
        return ProblemDraft(name=known.name, solution=known.solution, code=known.chain, cost_minor=known.cost_minor)
    return ProblemDraft(name=spin[code].name.of(lang), code=code)


def _worded(chain: SpinProblem, question: str, name: str, lang: str) -> str:
    step, _dot, code = question.partition(".")
    asked = next(each for list_name, each in chain.questions() if (list_name, each.code) == (step, code))
    return fill(asked.text.of(lang), {"problem": name})


def _asks(book: Playbook, deal: Opportunity | None, *, private: bool) -> Any:
    advances = {str(code): words for code, words in book.talks.advances.items()}
    return advances["household"] if private else advances.get(deal.stage if deal else "none", advances["ST4"])


def _shares(frame: Frame) -> dict[str, float | None]:
    """How often each question of the bank led on, where it was asked often enough to tell (one query)."""
    rows = (
        PlanQuestion.objects.exclude(source="")
        .filter(was_asked=True, plan__touch__undone_at__isnull=True, plan__touch__isnull=False)
        .values("source")
        .annotate(
            used=Count("pk"),
            moved=Count("pk", filter=Q(plan__touch__outcome__in=(TouchOutcome.ADVANCE, TouchOutcome.ORDER))),
        )
    )
    scale = frame.scale.deal.talk
    return {row["source"]: usefulness(row["used"], row["moved"], scale).share for row in rows}

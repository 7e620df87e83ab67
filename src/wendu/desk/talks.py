"""A prepared talk as one page: what they should do, what to ask in which order, and what the plan still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.access.verbs import can
from wendu.coach.frame import Frame
from wendu.coach.planning import explicit_problems, plan_readiness
from wendu.desk.points import TalkSheet, talk_sheet
from wendu.desk.wording import lang, reason_words
from wendu.discovery.actions import PlanDraft, ProblemDraft, QuestionDraft
from wendu.discovery.choices import Heard, QuestionKind
from wendu.discovery.models import CallPlan, PlanQuestion
from wendu.identity.models import User
from wendu.method.deals.talk import Manner, manner
from wendu.method.reading import Reason
from wendu.offers.choices import ConcernState
from wendu.offers.models import Concern
from wendu.opportunities.models import Influencer, Opportunity
from wendu.playbooks import Playbook

WHYS = {
    "their_words": pgettext_lazy("question", "written down about them"),
    "product": pgettext_lazy("question", "our product is sold against it"),
    "trade": pgettext_lazy("question", "usual in the trade"),
    "anywhere": pgettext_lazy("question", "comes up anywhere"),
}
LETTERS = {kind.value: kind.label for kind in QuestionKind}
CHAIN = ("P", "I", "N")
MANNERS = {
    Manner.LISTENING: gettext_lazy("Ask and listen; explain little."),
    Manner.SPEECH: gettext_lazy("Present to those who decide together: one point for each of them."),
    Manner.PERSUASION: gettext_lazy("Something worries this person: answer that first, one to one, with evidence."),
    Manner.NEGOTIATION: gettext_lazy("Negotiate: give nothing without getting something."),
}
"""Whatever the stage, debate has its place in our own rehearsal: who beats a customer in an argument loses him."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One question with what was heard."""

    number: int
    letter: str
    kind: str
    text: str
    hint: str
    answer: str
    heard: str
    was_asked: bool | None = None


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem with its questions, what we do about it, and what is missing."""

    name: str
    why: str
    solution: str
    cost_minor: int | None
    times_price: float | None
    rows: tuple[AskedRow, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything the page of a plan shows."""

    plan: CallPlan
    who: str
    look_up: tuple[str, ...]
    situation: tuple[AskedRow, ...]
    problems: tuple[ProblemView, ...]
    loose: tuple[AskedRow, ...]
    ready: float | None
    is_ready: bool
    hints: tuple[str, ...]
    outside: bool
    may_plan: bool
    may_log: bool
    watch: tuple[str, ...]
    sheet: TalkSheet | None
    manner: str = ""

    @property
    def currency(self) -> str:
        """In which money costs are written."""
        return self.plan.opportunity.currency if self.plan.opportunity else ""


def plan_page(user: User, plan: CallPlan, frame: Frame) -> PlanPage:
    """Read the page of a plan one sees: a fixed number of queries."""
    questions = list(plan.questions.order_by("place"))
    draft = draft_of(plan, questions)
    reading = plan_readiness(draft, explicit=explicit_problems(plan), frame=frame)
    asked = [each for each in questions if not each.is_look_up]
    hints = _question_hints(reading.reasons, frame.playbook)
    rows = {each.pk: _row(number, each, hints) for number, each in enumerate(asked, start=1)}
    names = [each["name"] for each in plan.problems]
    used = plan.is_used
    return PlanPage(
        plan=plan,
        who=_audience(frame.playbook, plan.asked_as),
        look_up=tuple(each.text for each in questions if each.is_look_up),
        situation=tuple(rows[each.pk] for each in asked if each.kind == QuestionKind.SITUATION),
        problems=tuple(_problem(plan, each, asked, rows, reading.reasons) for each in plan.problems),
        loose=tuple(
            rows[each.pk] for each in asked if each.kind != QuestionKind.SITUATION and each.problem not in names
        ),
        ready=float(reading.value) if isinstance(reading.value, int | float) else None,
        is_ready=reading.band == "ready",
        hints=tuple(_general(reading.reasons, frame.playbook)),
        outside=_is_outside(plan),
        may_plan=can(user, "talk.plan", plan.customer) and not used,
        may_log=can(user, "touch.log", plan.customer) and not used and plan.removed_at is None,
        watch=tuple(_to_watch(plan, asked)),
        sheet=talk_sheet(plan, frame),
        manner=_manner(plan),
    )


def _manner(plan: CallPlan) -> str:
    """How to speak in this talk; nothing where it is about no deal."""
    if plan.opportunity is None:
        return ""
    open_ones = Concern.objects.standing().filter(state__in=(ConcernState.OPEN, ConcernState.ANSWERING))
    doubts = open_ones.filter(opportunity=plan.opportunity, contact=plan.contact).exists()
    return str(MANNERS[manner(plan.opportunity.stage, doubts=doubts)])


def draft_of(plan: CallPlan, questions: Iterable[PlanQuestion]) -> PlanDraft:
    """A plan as it could be written anew."""
    names = ("contact_id", "asked_as", "planned_on", "idea", "objective", "objective_on", "fallback", "message", "mood")
    return PlanDraft(
        **{name: getattr(plan, name) for name in names},
        evidence=plan.evidence,
        companion_id=plan.companion_id,
        problems=tuple(ProblemDraft(**each) for each in plan.problems),
        questions=tuple(
            QuestionDraft(
                kind=each.kind,
                text=each.text,
                problem=each.problem,
                is_look_up=each.is_look_up,
                source=each.source,
                why=each.why,
            )
            for each in questions
        ),
    )


def plans_ahead(user: User, *, deal: Opportunity) -> list[CallPlan]:
    """Talks prepared about a deal and not held yet, the nearest first (one query)."""
    return _ahead(user, deal.pk)


@prepared_records
def _ahead(me: Scope, deal_id: int) -> QuerySet[CallPlan]:
    rows = CallPlan.objects.visible_to(me).ahead().filter(opportunity=deal_id)
    return rows.select_related("contact").order_by("planned_on", "pk")[:5]


def _row(number: int, asked: PlanQuestion, hints: dict[int, str]) -> AskedRow:
    heard = str(Heard(asked.heard).label) if asked.answer and asked.heard != Heard.NOTHING else ""
    return AskedRow(
        number=number,
        letter=asked.kind,
        kind=str(LETTERS[asked.kind]),
        text=asked.text,
        hint=hints.get(number, ""),
        answer=asked.answer,
        heard=heard,
        was_asked=asked.was_asked,
    )


def _problem(
    plan: CallPlan, problem: Any, asked: list[PlanQuestion], rows: dict[int, AskedRow], reasons: Iterable[Reason]
) -> ProblemView:
    mine = [each for each in asked if each.problem == problem["name"] and each.kind != QuestionKind.SITUATION]
    price, cost = plan.opportunity.amount_minor if plan.opportunity else None, problem["cost_minor"]
    why = next((each.why for each in asked if each.problem == problem["name"] and each.why), "")
    return ProblemView(
        name=problem["name"],
        why=str(WHYS.get(why, "")),
        solution=problem["solution"],
        cost_minor=cost,
        times_price=cost / price if cost and price else None,
        rows=tuple(rows[each.pk] for each in mine),
        lacks=tuple(_lacks(problem["name"], reasons)),
    )


def _lacks(name: str, reasons: Iterable[Reason]) -> Iterable[str]:
    for reason in reasons:
        if reason.numbers.get("problem") != name:
            continue
        if reason.code == "chain_open":
            kinds = pgettext("list", ", ").join(str(LETTERS[each]) for each in str(reason.numbers["lacks"]).split(","))
            yield _("No question yet: %(kinds)s") % {"kinds": kinds}
        elif reason.code == "not_solvable":
            yield _("Nothing of ours against it is named: write it, or leave the problem out")
        elif reason.code == "advantage_only":
            yield _("Nobody said yet that he wants it solved: ask before you show")


def _question_hints(reasons: Iterable[Reason], book: Playbook) -> dict[int, str]:
    """What is wrong with single questions, by their number."""
    spoils = {each.code: each.hint.of(lang()) for each in book.talks.misuse}
    found: dict[int, str] = {}
    for reason in reasons:
        number = reason.numbers.get("number")
        if isinstance(number, int):
            told = spoils.get(str(reason.numbers.get("what", "")), "")
            found[number] = told or (
                _("Ask first what follows from the difficulty, then what a solution is worth")
                if reason.code == "payoff_before_implication"
                else reason_words(reason)
            )
    return found


def _general(reasons: Iterable[Reason], book: Playbook) -> Iterable[str]:
    for reason in reasons:
        if "number" not in reason.numbers and "problem" not in reason.numbers:
            yield reason_words(reason, book)


def _audience(book: Playbook, code: str) -> str:
    return next((card.name.of(lang()) for known, card in book.talks.audiences.items() if known.value == code), "")


def _is_outside(plan: CallPlan) -> bool:
    """The deal does not know the part of this person, so nothing heard can become his need (one query)."""
    if plan.opportunity_id is None:
        return False
    return not Influencer.objects.filter(opportunity=plan.opportunity_id, contact=plan.contact_id).exists()


def _to_watch(plan: CallPlan, asked: list[PlanQuestion]) -> Iterable[str]:
    """What whoever comes along looks at, so that the talk can be gone through afterwards."""
    kinds = [each.kind for each in asked]
    yield _("How long they speak and how long we do; who is interrupted")
    yield _("Which of the %(count)s questions are really asked, and in which order") % {"count": len(kinds)}
    yield _("Whether a difficulty is followed up before anything of ours is shown")
    yield _("Each point of ours that is shown, and whether it touched something they had said")
    yield _("Their words when they want something solved, to be written down as they said them")
    yield _("Whether this was asked for: %(objective)s") % {"objective": plan.objective}
    yield _("Who of them does what by when, said by themselves at the end")

"""A prepared talk is logged: what was heard becomes needs and worries of the deal with the touch (method: 3.9, 3.15).

A touch that is taken back takes along what was heard in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wendu.discovery.actions import DEMAND, AnswerWritten, NobodyNamed, answer_plan
from wendu.discovery.choices import Heard, NeedKind
from wendu.discovery.models import CallPlan, Demand, PlanQuestion
from wendu.identity.models import User
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError
from wendu.offers.actions import CONCERN
from wendu.offers.models import Concern
from wendu.opportunities.actions import (
    FindingKind,
    bring_back_finding,
    correct_finding,
    take_back_finding,
    write_finding,
)
from wendu.touches.actions import TouchDraft, log_touch
from wendu.touches.models import Touch

LONGEST_NEED, LONGEST_ANSWER = 200, 300
_FINDINGS: Mapping[str, tuple[FindingKind[Any], type[Any]]] = {
    "demand": (DEMAND, Demand),
    "concern": (CONCERN, Concern),
}


class WorryUnnamed(ActionError):
    """A worry is answered by what it is about."""

    code = "worry_unnamed"
    message = _("Say what the worry is about.")


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a question was asked, what was heard, and as what; words say that it was, a worry what it is about."""

    question: PlanQuestion
    words: str
    heard: str = Heard.NOTHING.value
    worry: str = ""
    was_asked: bool = False


@dataclass(frozen=True, slots=True)
class _Became:
    """The finding an answer became, and how that stood before if it was there already."""

    kind: str
    finding: UUID
    was: dict[str, Any] | None = None


@transaction.atomic
def log_planned_talk(
    *,
    plan: CallPlan,
    draft: TouchDraft,
    answers: Sequence[Answer],
    actor: User,
    at: datetime,
    key: str = "",
    reached: str = "",
) -> Touch:
    """Log the talk that was planned; what was heard becomes needs and worries of its deal, all of it or nothing.

    `reached` says what became of the objective; nothing while nobody said.
    """
    touch = log_touch(customer=plan.customer, actor=actor, at=at, draft=draft, key=key)
    plan.refresh_from_db()
    if plan.touch_id == touch.pk:
        return touch  # sent twice: it was logged already
    said = [each for each in answers if each.words.strip()]
    became = _written(plan, said, touch.touched_on, actor, at) if plan.opportunity_id is not None else {}
    noted = [_noted(each, became) for each in answers]
    answer_plan(plan=plan, touch=touch, answers=noted, actor=actor, at=at, reached=reached)
    return touch


def follow_touch(entry: Entry) -> None:
    """A prepared talk was taken back, or stands again: so do the findings that were heard in it."""
    plan = CallPlan.objects.filter(touch=entry.subject_id).first()
    for asked in _with_findings(plan) if plan is not None else ():
        kind, model = _FINDINGS[asked.finding_kind]
        row = model.objects.select_related("opportunity__customer").filter(uuid=asked.finding).first()
        if row is not None:
            _turn(kind, row, asked, entry)


def _with_findings(plan: CallPlan) -> Iterable[PlanQuestion]:
    """One question per finding."""
    rows = plan.questions.exclude(finding=None).order_by("place")
    return {each.finding: each for each in rows}.values()


def _turn(kind: FindingKind[Any], row: Any, asked: PlanQuestion, entry: Entry) -> None:
    """Take back what the talk brought; what was there before goes back to how it stood."""
    gone = entry.verb == "touch.undone"
    if asked.was is None:
        (take_back_finding if gone else bring_back_finding)(kind, finding=row, actor=entry.actor, at=entry.at)
    elif row.removed_at is None:
        said = {"kind": NeedKind.EXPLICIT, "quote": asked.answer} if asked.heard == Heard.EXPLICIT else {}
        values = asked.was if gone else {"quote": asked.answer, **said}
        correct_finding(kind, finding=row, values=values, actor=entry.actor, at=entry.at)


def _noted(said: Answer, became: Mapping[int, _Became]) -> AnswerWritten:
    found = became.get(said.question.pk)
    return AnswerWritten(
        question=said.question,
        was_asked=said.was_asked or bool(said.words.strip()),
        answer=said.words.strip()[:LONGEST_ANSWER],
        heard=said.heard,
        finding_kind=found.kind if found else "",
        finding=found.finding if found else None,
        was=found.was if found else None,
    )


def _written(plan: CallPlan, said: Sequence[Answer], on: date, actor: User, at: datetime) -> dict[int, _Became]:
    """One need a problem, by the strongest thing said about it; one concern a worry."""
    found: dict[int, _Became] = {}
    by_problem: dict[str, list[Answer]] = {}
    for each in said:
        if each.heard in (Heard.IMPLIED, Heard.EXPLICIT):
            by_problem.setdefault((each.question.problem or each.question.text)[:LONGEST_NEED], []).append(each)
        elif each.heard == Heard.CONCERN:
            found[each.question.pk] = _worry(plan, each, on, actor, at)
    for problem, answers in by_problem.items():
        became = _need(plan, problem, answers, actor, at)
        found |= {each.question.pk: became for each in answers if became is not None}
    return found


def _worry(plan: CallPlan, said: Answer, on: date, actor: User, at: datetime) -> _Became:
    if not said.worry:
        raise WorryUnnamed
    values = {
        "contact_id": plan.contact_id,
        "kind": said.worry,
        "what": said.words.strip()[:LONGEST_ANSWER],
        "raised_on": on,
    }
    row = write_finding(CONCERN, opportunity=_deal(plan), values=values, actor=actor, at=at)
    return _Became("concern", row.uuid)


def _need(plan: CallPlan, problem: str, answers: Sequence[Answer], actor: User, at: datetime) -> _Became | None:
    """Write the need, or make more of the one that is known; a wish stays a wish."""
    if plan.contact_id is None:
        raise NobodyNamed
    strongest = max(answers, key=lambda each: each.heard == Heard.EXPLICIT)
    is_wish = strongest.heard == Heard.EXPLICIT
    kind = NeedKind.EXPLICIT if is_wish else NeedKind.IMPLIED
    values: dict[str, Any] = {"kind": kind, "quote": strongest.words.strip()[:LONGEST_ANSWER]}
    rows = Demand.objects.standing().filter(opportunity=plan.opportunity_id, contact=plan.contact_id)
    known = rows.filter(Q(requirement=problem) | Q(need=problem)).order_by("pk").first()
    if known is None:
        new = {"contact_id": plan.contact_id, "requirement": problem, "is_must": is_wish, **values}
        return _Became("demand", write_finding(DEMAND, opportunity=_deal(plan), values=new, actor=actor, at=at).uuid)
    if known.kind == NeedKind.EXPLICIT and not is_wish:
        return None
    was = {"kind": known.kind, "quote": known.quote}
    correct_finding(DEMAND, finding=known, values=values, actor=actor, at=at)
    return _Became("demand", known.uuid, was)


def _deal(plan: CallPlan) -> Any:
    return plan.opportunity

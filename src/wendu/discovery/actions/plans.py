"""Preparing a talk: the plan is written, changed, dropped, and used by the touch that logs the talk (method: 3.9)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.actions import lock_customer
from wendu.customers.choices import CustomerKind
from wendu.customers.models import Contact, Customer
from wendu.discovery.choices import Heard, QuestionKind, Reached
from wendu.discovery.models import CallPlan, PlanQuestion
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.changes import Change, apply_changes
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line
from wendu.method.deals.planning import is_theirs
from wendu.opportunities.models import Opportunity
from wendu.touches.models import Touch

declare("callplan.written", "callplan.edited", "callplan.dropped", "callplan.restored")
declare("callplan.answered")
MOST_QUESTIONS, MOST_PROBLEMS, LONGEST_QUESTION, LONGEST_PROBLEM = 40, 8, 300, 200
COLUMNS = (
    "contact_id", "asked_as", "planned_on", "idea", "objective", "objective_on", "fallback", "message", "mood",
    "evidence", "companion_id",
)  # fmt: skip


class ObjectiveMissing(ActionError):
    """A talk without something the customer is to do is a chat."""

    code = "objective_missing"
    field = "objective"
    message = _("Say what they should do after the talk; without it nothing can move.")


class ObjectiveIsOurs(ActionError):
    """What only we do moves nothing."""

    code = "objective_is_ours"
    field = "objective"
    message = _("This is something we do. Write what they should do: who of them, and what.")


class ObjectiveUndated(ActionError):
    """Without a day nobody knows whether it was reached."""

    code = "objective_undated"
    field = "objective_on"
    message = _("Give the day by which they should do it.")


class NobodyNamed(ActionError):
    """A firm does nothing; people do."""

    code = "nobody_named"
    field = "contact_id"
    message = _("Choose whom of them you will speak to; it is they who are to do something.")


class NotOfThisCustomer(ActionError):
    """Somebody or something of another customer."""

    code = "not_of_this_customer"
    message = _("This belongs to another customer. Choose one of this customer's.")


class TooMuch(ActionError):
    """A plan is one page."""

    code = "plan_too_long"
    message = _("A plan is one page: at most %(questions)s questions about %(problems)s problems. Take some out.")


class LineTooLong(ActionError):
    """A line longer than anybody reads."""

    code = "plan_text_too_long"
    message = _("“%(start)s…” is too long: at most %(most)s characters. Shorten it.")


class PlanUsed(ActionError):
    """What was answered in a talk is history."""

    code = "plan_used"
    message = _("The talk was logged with this plan; it stays as it was. Prepare the next one.")


class PlanDropped(ActionError):
    """A plan that was taken back is not changed."""

    code = "plan_dropped"
    message = _("This plan was taken back. Bring it back first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDraft:
    """A problem to speak about: what of ours solves it, and what it costs them a year, if anybody knows."""

    name: str
    solution: str = ""
    code: str = ""
    cost_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDraft:
    """One question of a plan; `source` is the question of the bank, `why` says why it was chosen."""

    kind: str
    text: str
    problem: str = ""
    is_look_up: bool = False
    source: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A plan as it is about to be written."""

    contact_id: int | None = None
    asked_as: str = ""
    planned_on: date | None = None
    idea: str = ""
    objective: str = ""
    objective_on: date | None = None
    fallback: str = ""
    message: str = ""
    mood: str = ""
    evidence: str = ""
    companion_id: int | None = None
    problems: tuple[ProblemDraft, ...] = ()
    questions: tuple[QuestionDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWritten:
    """Whether a question was asked, what was heard, as what, and the finding it became; words mean it was asked."""

    question: PlanQuestion
    answer: str
    was_asked: bool = True
    heard: str = Heard.NOTHING.value
    finding_kind: str = ""
    finding: UUID | None = None
    was: dict[str, Any] | None = None


@transaction.atomic
def write_plan(
    *, customer: Customer, opportunity: Opportunity | None, draft: PlanDraft, actor: User | None, at: datetime
) -> CallPlan:
    """Prepare a talk with a customer, perhaps about one deal."""
    permit(actor, "talk.plan", customer)
    lock_customer(customer)
    if opportunity is not None and opportunity.customer_id != customer.pk:
        raise NotOfThisCustomer
    plan = CallPlan(customer=customer, opportunity=opportunity, author=actor, written_at=at)
    change = _filled(plan, draft)
    plan.save()
    _ask(plan, draft.questions)
    after = {**change.after, "questions": len(draft.questions)}
    record("callplan.written", subject=plan, root=customer, actor=actor, at=at, after=after)
    return plan


@transaction.atomic
def rewrite_plan(*, plan: CallPlan, draft: PlanDraft, actor: User, at: datetime, seen: int | None = None) -> CallPlan:
    """Change a plan that was not used yet; its questions stand as the draft has them, in that order."""
    permit(actor, "talk.plan", plan.customer)
    lock_customer(plan.customer)
    advance(plan, seen=seen)
    plan.refresh_from_db()
    _changeable(plan)
    before = [(each.kind, each.text) for each in plan.questions.order_by("place")]
    change = _filled(plan, draft)
    plan.save()
    plan.questions.all().delete()
    _ask(plan, draft.questions)
    after = [(each.kind, each.text) for each in plan.questions.order_by("place")]
    if change or before != after:
        counts = ({"questions": len(before)}, {"questions": len(after)}) if before != after else ({}, {})
        record(
            "callplan.edited", subject=plan, root=plan.customer, actor=actor, at=at,
            before={**change.before, **counts[0]}, after={**change.after, **counts[1]},
        )  # fmt: skip
    return plan


@transaction.atomic
def drop_plan(*, plan: CallPlan, actor: User, at: datetime) -> CallPlan:
    """Take a plan back; it can be brought back."""
    permit(actor, "talk.plan", plan.customer)
    lock_customer(plan.customer)
    plan.refresh_from_db()
    if plan.is_used:
        raise PlanUsed
    if plan.removed_at is None:
        plan.removed_at = at
        plan.save(update_fields=["removed_at"])
        record("callplan.dropped", subject=plan, root=plan.customer, actor=actor, at=at)
    return plan


@transaction.atomic
def restore_plan(*, plan: CallPlan, actor: User, at: datetime) -> CallPlan:
    """Bring a plan back that was taken back."""
    permit(actor, "talk.plan", plan.customer)
    lock_customer(plan.customer)
    plan.refresh_from_db()
    if plan.removed_at is not None:
        plan.removed_at = None
        plan.save(update_fields=["removed_at"])
        record("callplan.restored", subject=plan, root=plan.customer, actor=actor, at=at)
    return plan


@transaction.atomic
def answer_plan(
    *,
    plan: CallPlan,
    touch: Touch,
    answers: Sequence[AnswerWritten],
    actor: User,
    at: datetime,
    reached: str = "",
) -> CallPlan:
    """Note that a touch logged the talk that was planned, what was asked and heard, and what became of its objective.

    Of questions without an entry it stays unknown whether they were asked.
    """
    permit(actor, "touch.log", plan.customer)
    plan.refresh_from_db()
    _changeable(plan)
    if touch.customer_id != plan.customer_id:
        raise NotOfThisCustomer
    plan.touch, plan.reached = touch, Reached(reached) if reached else ""
    plan.save(update_fields=["touch", "reached"])
    plan.questions.update(was_asked=None, answer="", heard=Heard.NOTHING, finding_kind="", finding=None, was=None)
    for said in answers:
        row = said.question
        row.answer, row.heard = said.answer, said.heard
        row.was_asked = said.was_asked or bool(said.answer)
        row.finding_kind, row.finding = said.finding_kind, said.finding
        row.was = said.was
        row.save(update_fields=["was_asked", "answer", "heard", "finding_kind", "finding", "was"])
    heard = sum(bool(said.answer) for said in answers)
    asked = sum(said.was_asked or bool(said.answer) for said in answers)
    after = {"asked": asked, "heard": heard, **({"reached": reached} if reached else {})}
    record("callplan.answered", subject=plan, root=plan.customer, actor=actor, at=at, after=after)
    return plan


def _changeable(plan: CallPlan) -> None:
    if plan.removed_at is not None:
        raise PlanDropped
    if plan.is_used:
        raise PlanUsed


def _filled(plan: CallPlan, draft: PlanDraft) -> Change:
    """Put the draft on the plan, checked; its questions are written apart. Of problems the journal keeps the names."""
    _check(plan, draft)
    before, problems = plan.problems, [asdict(replace(each, name=tidy_line(each.name))) for each in draft.problems]
    change = apply_changes(plan, {name: getattr(draft, name) for name in COLUMNS}, writable=COLUMNS)
    plan.problems = problems
    if problems != before:
        change.before["problems"] = [each["name"] for each in before]
        change.after["problems"] = [each["name"] for each in problems]
    return change


def _check(plan: CallPlan, draft: PlanDraft) -> None:
    customer = plan.customer
    if draft.contact_id is None and customer.kind == CustomerKind.ORG:
        raise NobodyNamed
    contacts = Contact.objects.standing().filter(customer=customer)
    if draft.contact_id is not None and not contacts.filter(pk=draft.contact_id).exists():
        raise _refused(NotOfThisCustomer(), "contact_id")
    if not draft.objective.strip():
        raise ObjectiveMissing
    if not is_theirs(draft.objective):
        raise ObjectiveIsOurs
    if draft.objective_on is None:
        raise ObjectiveUndated
    if len(draft.questions) > MOST_QUESTIONS or len(draft.problems) > MOST_PROBLEMS:
        raise TooMuch(questions=MOST_QUESTIONS, problems=MOST_PROBLEMS)
    lines = [(each.text, LONGEST_QUESTION) for each in draft.questions]
    lines += [(words, LONGEST_PROBLEM) for each in draft.problems for words in (each.name, each.solution)]
    long = next(((words, most) for words, most in lines if len(words) > most), None)
    if long is not None:
        raise LineTooLong(start=long[0][:12], most=long[1])


def _ask(plan: CallPlan, questions: Sequence[QuestionDraft]) -> None:
    PlanQuestion.objects.bulk_create(
        PlanQuestion(
            plan=plan,
            place=place,
            kind=QuestionKind(asked.kind),
            text=tidy_line(asked.text),
            problem=tidy_line(asked.problem),
            is_look_up=asked.is_look_up,
            source=asked.source,
            why=asked.why,
        )
        for place, asked in enumerate(questions)
    )


def _refused(refusal: ActionError, name: str) -> ActionError:
    refusal.field = name
    return refusal

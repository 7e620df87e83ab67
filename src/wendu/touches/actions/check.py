"""The one set of checks every door uses before a touch is written: form, command line, import and programs alike."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from wendu.touches.actions import errors
from wendu.touches.actions.draft import AnswerDraft, CommitmentDraft, PromiseDraft, QuietDraft, TailDraft, TouchDraft
from wendu.touches.actions.known import Known, known_of
from wendu.touches.choices import Answer, QuietReason, Refusal, TouchKind, TouchOutcome

EARLIEST_DAY = date(2000, 1, 1)
FARTHEST_DAYS = 3650
LONGEST_QUIET_DAYS = 366
LONGEST_NOTE = 20_000
LONGEST = {
    "objective": 200,
    "value_note": 300,
    "note": LONGEST_NOTE,
    "external_id": 100,
    "commitment.what": 200,
    "order.title": 200,
}
LONGEST_PROMISE, LONGEST_TAIL, LONGEST_EVIDENCE, LONGEST_QUIET_NOTE = 200, 300, 300, 200
MOST_CONTACTS, MOST_PROMISES, MOST_TAILS, MOST_ANSWERS = 50, 20, 20, 10

KINDS, OUTCOMES = tuple(TouchKind.values), tuple(TouchOutcome.values)

Errors = Iterator[errors.DraftError]


class Home(Protocol):
    """The customer a touch is about, as far as the checks look at it."""

    @property
    def pk(self) -> Any:
        """Its key."""

    @property
    def name(self) -> Any:
        """How it is called."""

    @property
    def deleted_at(self) -> Any:
        """When it was deleted, if it was."""


def check(
    draft: TouchDraft, customer: Home, today: date, *, known: Known | None = None, touch_id: int | None = None
) -> list[errors.DraftError]:
    """Say everything that keeps a draft from being stored, at most one error a field.

    `known` saves the queries when many drafts are checked at once; `touch_id` names the touch that is being edited.
    """
    known = known or known_of(customer.pk, draft, touch_id=touch_id)
    found: dict[str | None, errors.DraftError] = {}
    for error in _all_errors(draft, customer, today, known):
        found.setdefault(error.field, error)
    return list(found.values())


def day_errors(day: date, field: str, *, today: date) -> Errors:
    """Check the day of something that has happened."""
    if day > today:
        yield errors.DayToCome(day=day.isoformat()).at(field)
    elif day < EARLIEST_DAY:
        yield errors.DayTooOld(day=day.isoformat()).at(field)


def quiet_errors(quiet: QuietDraft, *, today: date, prefix: str = "") -> Errors:
    """Check days in which a customer is to be left in peace."""
    yield from choice_errors(quiet.reason, QuietReason.values, f"{prefix}reason")
    yield from text_errors(quiet.note, LONGEST_QUIET_NOTE, f"{prefix}note")
    if quiet.starts_on < EARLIEST_DAY:
        yield errors.DayTooOld(day=quiet.starts_on.isoformat()).at(f"{prefix}starts_on")
    yield from _far_errors(quiet.starts_on, f"{prefix}starts_on", today=today)
    days = (quiet.ends_on - quiet.starts_on).days + 1
    if days < 1:
        yield errors.EndBeforeStart(start=quiet.starts_on.isoformat(), end=quiet.ends_on.isoformat()).at(
            f"{prefix}ends_on"
        )
    elif days > LONGEST_QUIET_DAYS:
        yield errors.SpellTooLong(days=days, limit=LONGEST_QUIET_DAYS).at(f"{prefix}ends_on")


def answer_errors(answers: Sequence[AnswerDraft], axes: Mapping[str, str]) -> Errors:
    """Check answers to the ten questions; `axes` names the axis of every question of the playbook."""
    yield from _many_errors(answers, MOST_ANSWERS, "answers")
    seen: set[tuple[str, str]] = set()
    for position, answer in enumerate(answers):
        prefix = f"answers.{position}"
        yield from choice_errors(answer.indicator, axes, f"{prefix}.indicator")
        yield from choice_errors(answer.axis, [axes.get(answer.indicator, answer.axis)], f"{prefix}.axis")
        yield from choice_errors(answer.value, Answer.values, f"{prefix}.value")
        yield from text_errors(answer.evidence, LONGEST_EVIDENCE, f"{prefix}.evidence")
        if (answer.axis, answer.indicator) in seen:
            yield errors.AnsweredTwice(indicator=answer.indicator).at(f"{prefix}.indicator")
        seen.add((answer.axis, answer.indicator))


def choice_errors(value: object, choices: Collection[object], field: str) -> Errors:
    """Check a stored symbol."""
    if value not in choices:
        yield errors.NotAChoice(value=value, choices=", ".join(str(choice) for choice in choices)).at(field)


def text_errors(text: str, limit: int, field: str) -> Errors:
    """Check the length of a text."""
    if len(text) > limit:
        yield errors.TextTooLong(length=len(text), limit=limit).at(field)


def needed_text_errors(text: str, limit: int, field: str) -> Errors:
    """Check a text that must be there."""
    if not text.strip():
        yield errors.TextMissing().at(field)
    yield from text_errors(text, limit, field)


def _all_errors(draft: TouchDraft, customer: Home, today: date, known: Known) -> Errors:
    if customer.deleted_at is not None:
        yield errors.CustomerGone(customer=customer.name).at("customer")
    yield from day_errors(draft.touched_on, "touched_on", today=today)
    yield from _symbol_errors(draft)
    yield from _text_limit_errors(draft)
    yield from _number_errors(draft)
    yield from _people_errors(draft, customer, known)
    yield from _opportunity_errors(draft, customer, known)
    yield from _agreement_errors(draft, today)
    if draft.tails or draft.closed_tail_ids:
        yield from _tail_errors(draft, customer, known)
    if draft.answers:
        yield from answer_errors(draft.answers, known.axes)
    if draft.quiet is not None:
        yield from quiet_errors(draft.quiet, today=today, prefix="quiet.")
    if draft.external_id in known.taken_ids:
        yield errors.AlreadyLogged(external_id=draft.external_id).at("external_id")


def _symbol_errors(draft: TouchDraft) -> Errors:
    yield from choice_errors(draft.kind, KINDS, "kind")
    yield from choice_errors(draft.outcome, OUTCOMES, "outcome")
    if draft.outcome == TouchOutcome.NO_SALE:
        yield from choice_errors(draft.refusal, ["", *Refusal.values], "refusal")
    elif draft.refusal:
        yield errors.RefusalWithoutNoSale().at("refusal")


def _text_limit_errors(draft: TouchDraft) -> Errors:
    for field in ("objective", "value_note", "note", "external_id"):
        yield from text_errors(getattr(draft, field), LONGEST[field], field)
    if draft.commitment is not None:
        yield from text_errors(draft.commitment.what, LONGEST["commitment.what"], "commitment.what")
    if draft.order is not None:
        yield from text_errors(draft.order.title, LONGEST["order.title"], "order.title")


def _number_errors(draft: TouchDraft) -> Errors:
    yield from _range_errors(draft.emotion_benefit, 10, "emotion_benefit")
    yield from _range_errors(draft.emotion_cost, 10, "emotion_cost")
    yield from _range_errors(draft.guess, 100, "guess")
    if draft.order is not None:
        yield from _range_errors(draft.order.amount_minor, 10**15, "order.amount_minor")


def _people_errors(draft: TouchDraft, customer: Home, known: Known) -> Errors:
    yield from _many_errors(draft.contact_ids, MOST_CONTACTS, "contact_ids")
    for field, contact_id in _named_contacts(draft):
        if contact_id not in known.contact_ids:
            yield errors.ForeignContact(customer=customer.name).at(field)


def _named_contacts(draft: TouchDraft) -> Iterator[tuple[str, int]]:
    for contact_id in draft.contact_ids:
        yield "contact_ids", contact_id
    rows: list[tuple[str, CommitmentDraft | PromiseDraft | TailDraft | None]] = [("commitment", draft.commitment)]
    rows += [(f"promises.{position}", promise) for position, promise in enumerate(draft.promises)]
    rows += [(f"tails.{position}", tail) for position, tail in enumerate(draft.tails)]
    for field, row in rows:
        if row is not None and row.contact_id is not None:
            yield f"{field}.contact_id", row.contact_id


def _opportunity_errors(draft: TouchDraft, customer: Home, known: Known) -> Errors:
    is_order = draft.outcome == TouchOutcome.ORDER
    if draft.opportunity_id is not None:
        if draft.opportunity_id not in known.closed_on:
            yield errors.ForeignOpportunity(customer=customer.name).at("opportunity_id")
            return
        closed_on = known.closed_on[draft.opportunity_id]
        is_won_that_day = draft.opportunity_id in known.won_ids and closed_on == draft.touched_on
        if closed_on is not None and (is_order or closed_on < draft.touched_on) and not is_won_that_day:
            yield errors.OpportunityClosed(day=closed_on.isoformat()).at("opportunity_id")
    elif is_order and (draft.order is None or not draft.order.title.strip()):
        count = len(known.open_ids)
        if count > 1:
            yield errors.WhichOpportunity(customer=customer.name, count=count).at("opportunity_id")
        elif count == 0:
            yield errors.NothingToSign(customer=customer.name).at("order.title")


def _agreement_errors(draft: TouchDraft, today: date) -> Errors:
    if draft.agreed_on is not None:
        yield from _due_errors(draft.agreed_on, "agreed_on", draft=draft, today=today)
    if draft.commitment is not None and draft.commitment.due_on is not None:
        yield from _due_errors(draft.commitment.due_on, "commitment.due_on", draft=draft, today=today)
    yield from _many_errors(draft.promises, MOST_PROMISES, "promises")
    for position, promise in enumerate(draft.promises):
        yield from needed_text_errors(promise.what, LONGEST_PROMISE, f"promises.{position}.what")
        if promise.due_on is None:
            yield errors.DayMissing().at(f"promises.{position}.due_on")
        else:
            yield from _due_errors(promise.due_on, f"promises.{position}.due_on", draft=draft, today=today)


def _tail_errors(draft: TouchDraft, customer: Home, known: Known) -> Errors:
    yield from _many_errors(draft.tails, MOST_TAILS, "tails")
    yield from _many_errors(draft.closed_tail_ids, MOST_CONTACTS, "closed_tail_ids")
    for position, tail in enumerate(draft.tails):
        yield from needed_text_errors(tail.what, LONGEST_TAIL, f"tails.{position}.what")
    for tail_id in draft.closed_tail_ids:
        raised_on = known.open_tails.get(tail_id)
        if raised_on is None:
            yield errors.NotAnOpenTail(customer=customer.name).at("closed_tail_ids")
        elif raised_on > draft.touched_on:
            yield errors.TailRaisedLater(day=raised_on.isoformat()).at("closed_tail_ids")


def _due_errors(day: date, field: str, *, draft: TouchDraft, today: date) -> Errors:
    if day < draft.touched_on:
        yield errors.DayBeforeTouch(day=day.isoformat(), touched=draft.touched_on.isoformat()).at(field)
    yield from _far_errors(day, field, today=today)


def _far_errors(day: date, field: str, *, today: date) -> Errors:
    if day - today > timedelta(days=FARTHEST_DAYS):
        yield errors.DayTooFar(day=day.isoformat()).at(field)


def _many_errors(rows: Iterable[object], limit: int, field: str) -> Errors:
    count = len(list(rows))
    if count > limit:
        yield errors.TooMany(count=count, limit=limit).at(field)


def _range_errors(number: int | None, most: int, field: str) -> Errors:
    if number is not None and not 0 <= number <= most:
        yield errors.OutOfRange(value=number, least=0, most=most).at(field)

"""All that can be done to a quote: written, asked for, decided, sent as it stands, and answered.

Whether a quote may go out is judged by `coach.quoting`, which knows the evidence; these verbs keep the order of steps.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.money import LARGEST_MINOR, AmountTooLarge
from wendu.kernel.names import tidy_line
from wendu.method.deals.quote import total
from wendu.opportunities.actions import edit_opportunity
from wendu.opportunities.actions.standing import lock, lock_open
from wendu.opportunities.models import Opportunity
from wendu.quotes.choices import QuoteState
from wendu.quotes.facts import line_of, lines_of
from wendu.quotes.models import OPEN, Quote, QuoteLine, QuoteMove, QuoteSnapshot

declare(
    *(f"quote.{verb}" for verb in ("written", "corrected", "asked", "approved", "refused", "sent")),
    *(f"quote.{verb}" for verb in ("accepted", "declined")),
    *(f"quoteline.{verb}" for verb in ("written", "corrected", "taken_back", "brought_back")),
)

HEAD = ("valid_until", "tax_included", "payment_days", "rebate", "extras", "terms")
LINE = ("item", "detail", "unit", "quantity", "unit_minor", "list_minor", "discount", "tax")
MOST_LINES = 100
LONGEST_REASON = 300
NEXT: Mapping[QuoteState, tuple[QuoteState, ...]] = {
    QuoteState.DRAFT: (QuoteState.AWAITING, QuoteState.SENT),
    QuoteState.AWAITING: (QuoteState.APPROVED, QuoteState.REFUSED),
    QuoteState.APPROVED: (QuoteState.SENT,),
    QuoteState.SENT: (QuoteState.ACCEPTED, QuoteState.DECLINED),
}


class NotADraft(ActionError):
    """What was asked for, decided or sent is not written over."""

    code = "quote_not_a_draft"
    message = _("This version is: %(state)s. Only a draft is changed; make a new version instead.")


class QuoteUnderWay(ActionError):
    """One version of a deal is worked on at a time."""

    code = "quote_under_way"
    message = _("Version %(version)s is still being worked on. Go on with that one.")


class NotNextState(ActionError):
    """A quote goes its way step by step."""

    code = "quote_not_next"
    message = _("This version is: %(state)s. That step is not possible from there.")


class NothingQuoted(ActionError):
    """An empty sheet is no offer."""

    code = "nothing_quoted"
    message = _("Nothing stands on this quote yet. Add a line first.")


class TooManyLines(ActionError):
    """A quote is read by a person."""

    code = "too_many_quote_lines"
    message = _("A quote takes %(most)s lines at most. Put some of them together.")


class AlreadyExpired(ActionError):
    """An offer whose day is over binds nobody."""

    code = "quote_expired"
    field = "valid_until"
    message = _("It was valid until %(day)s. Make a new version with a later day.")


class QuoteReasonNeeded(ActionError):
    """Whoever asks for a favour or decides about one says why."""

    code = "quote_reason_needed"
    field = "reason"
    message = _("Say why in a few words (at most 300 characters).")


class BadLine(ActionError):
    """A line has a quantity and a price, and takes off at most everything."""

    code = "bad_quote_line"
    message = _("Enter a number above 0 for the quantity, 0 or more for the price, and 0 to 100 for per cent.")


@transaction.atomic
def write_quote(*, opportunity: Opportunity, values: Mapping[str, object], actor: User, at: datetime) -> Quote:
    """Begin the next version of an open deal's quote; it takes over the lines of the version before."""
    permit(actor, "quote.write", opportunity)
    lock_open(opportunity)
    versions = list(Quote.objects.filter(opportunity=opportunity).order_by("-version"))
    under_way = next((each for each in versions if each.state in OPEN), None)
    if under_way is not None:
        raise QuoteUnderWay(version=under_way.version)
    before = versions[0] if versions else None
    quote = Quote(
        opportunity=opportunity,
        version=before.version + 1 if before else 1,
        currency=opportunity.currency,
        author=actor,
        written_at=at,
    )
    change = apply_changes(quote, values, writable=HEAD)
    _check_head(quote, at=at)
    quote.save()
    for row in lines_of(before) if before is not None else ():
        QuoteLine.objects.create(quote=quote, **{name: getattr(row, name) for name in LINE})
    after = {"opportunity": opportunity.pk, "version": quote.version, **change.after}
    _note("quote.written", quote, actor, at, after=after)
    return quote


@transaction.atomic
def correct_quote(
    *, quote: Quote, values: Mapping[str, object], actor: User, at: datetime, seen: int | None = None
) -> Quote:
    """Correct what a draft says beside its lines."""
    _hold_draft(quote, actor, seen=seen)
    change = apply_changes(quote, values, writable=HEAD)
    if change:
        _check_head(quote, at=at)
        quote.save()
        _note("quote.corrected", quote, actor, at, before=change.before, after=change.after)
    return quote


@transaction.atomic
def write_line(*, quote: Quote, values: Mapping[str, object], actor: User, at: datetime) -> QuoteLine:
    """Put one more thing on a draft."""
    _hold_draft(quote, actor)
    if quote.lines.filter(removed_at__isnull=True).count() >= MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    row = QuoteLine(quote=quote)
    change = apply_changes(row, values, writable=LINE)
    _check_line(row)
    row.save()
    _note("quoteline.written", row, actor, at, after={"version": quote.version, **change.after})
    return row


@transaction.atomic
def correct_line(
    *, line: QuoteLine, values: Mapping[str, object], actor: User, at: datetime, seen: int | None = None
) -> QuoteLine:
    """Correct a line of a draft."""
    _hold_draft(line.quote, actor)
    advance(line, seen=seen)
    line.refresh_from_db(fields=[*LINE, "removed_at"])
    change = apply_changes(line, values, writable=LINE)
    if change:
        _check_line(line)
        line.save()
        _note("quoteline.corrected", line, actor, at, before=change.before, after=change.after)
    return line


@transaction.atomic
def take_line_back(*, line: QuoteLine, actor: User, at: datetime) -> QuoteLine:
    """Take a line off a draft; it can be brought back."""
    _hold_draft(line.quote, actor)
    if line.removed_at is None:
        line.removed_at = at
        line.save(update_fields=["removed_at"])
        before = {name: plain(getattr(line, name)) for name in LINE}
        _note("quoteline.taken_back", line, actor, at, before=before)
    return line


@transaction.atomic
def bring_line_back(*, line: QuoteLine, actor: User, at: datetime) -> QuoteLine:
    """Bring a line of a draft back."""
    _hold_draft(line.quote, actor)
    if line.removed_at is not None:
        line.removed_at = None
        line.save(update_fields=["removed_at"])
        after = {name: plain(getattr(line, name)) for name in LINE}
        _note("quoteline.brought_back", line, actor, at, after=after)
    return line


@transaction.atomic
def ask_for_approval(
    *, quote: Quote, reason: str, given: Sequence[Mapping[str, Any]], cause: str, actor: User, at: datetime
) -> Quote:
    """Ask whoever leads to let a draft out, with what it gives and what the evidence says about that."""
    permit(actor, "quote.write", quote.opportunity)
    _move(quote, QuoteState.AWAITING, reason=_why(reason), given=given, cause=cause, actor=actor, at=at)
    _note(
        "quote.asked", quote, actor, at, after={"version": quote.version, "reason": tidy_line(reason), "cause": cause}
    )
    return quote


@transaction.atomic
def decide_on_quote(*, quote: Quote, approved: bool, reason: str, actor: User, at: datetime) -> Quote:
    """Let a quote out or refuse it; both say why."""
    permit(actor, "quote.decide", quote.opportunity)
    to_state = QuoteState.APPROVED if approved else QuoteState.REFUSED
    _move(quote, to_state, reason=_why(reason), actor=actor, at=at)
    _note(f"quote.{to_state}", quote, actor, at, after={"version": quote.version, "reason": tidy_line(reason)})
    return quote


@transaction.atomic
def send_quote(*, quote: Quote, content: Mapping[str, Any], actor: User, at: datetime) -> QuoteSnapshot:
    """Keep a quote as it goes out; from then on it is not changed."""
    permit(actor, "quote.write", quote.opportunity)
    today = Organisation.objects.current().today(at)
    _move(quote, QuoteState.SENT, actor=actor, at=at)
    if quote.valid_until < today:
        raise AlreadyExpired(day=quote.valid_until)
    snapshot = QuoteSnapshot.objects.create(quote=quote, content=dict(content), sent_by=actor, sent_at=at)
    after = {"version": quote.version, "amount_minor": _gross(quote), "valid_until": plain(quote.valid_until)}
    _note("quote.sent", quote, actor, at, after=after)
    return snapshot


@transaction.atomic
def answer_quote(*, quote: Quote, accepted: bool, reason: str, actor: User, at: datetime) -> Quote:
    """Write down what the customer said; what is accepted becomes the amount of the deal."""
    permit(actor, "quote.write", quote.opportunity)
    to_state = QuoteState.ACCEPTED if accepted else QuoteState.DECLINED
    today = Organisation.objects.current().today(at)
    _move(quote, to_state, reason=tidy_line(reason)[:LONGEST_REASON], actor=actor, at=at)
    if accepted and today > quote.valid_until:
        raise AlreadyExpired(day=quote.valid_until)
    _note(f"quote.{to_state}", quote, actor, at, after={"version": quote.version, "reason": tidy_line(reason)})
    if accepted:
        changes = {"amount_minor": _gross(quote), "amount_is_estimated": False}
        edit_opportunity(opportunity=quote.opportunity, changes=changes, actor=actor, at=at)
    return quote


def _gross(quote: Quote) -> int:
    return total(map(line_of, lines_of(quote)), tax_included=quote.tax_included).gross


def _hold(quote: Quote, *, seen: int | None = None) -> None:
    lock(quote.opportunity)
    advance(quote, seen=seen)
    opportunity = quote.opportunity
    quote.refresh_from_db()
    quote.opportunity = opportunity


def _hold_draft(quote: Quote, actor: User, *, seen: int | None = None) -> None:
    permit(actor, "quote.write", quote.opportunity)
    _hold(quote, seen=seen)
    if quote.state != QuoteState.DRAFT:
        raise NotADraft(state=QuoteState(quote.state).label)


def _move(
    quote: Quote,
    to_state: QuoteState,
    *,
    actor: User,
    at: datetime,
    reason: str = "",
    given: Sequence[Mapping[str, Any]] = (),
    cause: str = "",
) -> None:
    _hold(quote)
    here = QuoteState(quote.state)
    if to_state not in NEXT.get(here, ()):
        raise NotNextState(state=here.label)
    if here == QuoteState.DRAFT and not lines_of(quote):
        raise NothingQuoted
    quote.state = to_state
    quote.save(update_fields=["state"])
    QuoteMove.objects.create(
        quote=quote, to_state=to_state, reason=reason, given=list(given), cause=cause, moved_by=actor, moved_at=at
    )


def _why(reason: str) -> str:
    words = tidy_line(reason)
    if not 0 < len(words) <= LONGEST_REASON:
        raise QuoteReasonNeeded
    return words


def _check_head(quote: Quote, *, at: datetime) -> None:
    today: date = Organisation.objects.current().today(at)
    if quote.valid_until < today:
        raise AlreadyExpired(day=quote.valid_until)
    if not 0 <= quote.rebate <= 100:  # noqa: PLR2004  per cent
        refusal = BadLine()
        refusal.field = "rebate"
        raise refusal


def _check_line(row: QuoteLine) -> None:
    wrong = {
        "quantity": row.quantity <= 0,
        "unit_minor": row.unit_minor < 0,
        "list_minor": row.list_minor is not None and row.list_minor < 0,
        "discount": not 0 <= row.discount <= 100,  # noqa: PLR2004  per cent
        "tax": not 0 <= row.tax <= 100,  # noqa: PLR2004  per cent
    }
    if row.quantity * max(row.unit_minor, row.list_minor or 0) > LARGEST_MINOR // MOST_LINES:
        refusal: ActionError = AmountTooLarge(text=f"{row.quantity} × {row.item}"[:40])
        refusal.field = "unit_minor"
        raise refusal
    field = next((name for name, is_wrong in wrong.items() if is_wrong), None)
    if field is not None:
        refusal = BadLine()
        refusal.field = field
        raise refusal


def _note(verb: str, subject: Quote | QuoteLine, actor: User, at: datetime, **values: Any) -> None:
    quote = subject if isinstance(subject, Quote) else subject.quote
    record(verb, subject=subject, root=quote.opportunity.customer, actor=actor, at=at, **values)

"""What is known of a customer without a touch: answers to the ten questions, and days of silence."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.customers.actions import lock_customer
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line
from wendu.touches.actions.check import answer_errors, day_errors, quiet_errors
from wendu.touches.actions.draft import AnswerDraft, QuietDraft
from wendu.touches.actions.errors import AlreadyWithdrawn, DraftRefused
from wendu.touches.actions.known import axes_of_questions
from wendu.touches.models import IndicatorAnswer, QuietPeriod

declare("indicators.answered", "quiet_period.set", "quiet_period.withdrawn")


@transaction.atomic
def answer_indicators(
    *, customer: Customer, answers: Sequence[AnswerDraft], actor: User, at: datetime, on: date | None = None
) -> list[IndicatorAnswer]:
    """Answer some of the ten questions outside a touch; the latest answer of each question counts."""
    permit(actor, "indicator.answer", customer)
    lock_customer(customer)
    today = Organisation.objects.current().today(at)
    on = on or today
    errors = [*answer_errors(answers, axes_of_questions()), *day_errors(on, "on", today=today)]
    if errors:
        raise DraftRefused(errors)
    rows = IndicatorAnswer.objects.bulk_create(
        IndicatorAnswer(
            customer=customer,
            author=actor,
            axis=row.axis,
            indicator=row.indicator,
            value=row.value,
            evidence=tidy_line(row.evidence),
            answered_on=on,
        )
        for row in answers
    )
    after = {"from_on": on.isoformat(), "answers": {row.indicator: row.value for row in answers}}
    record("indicators.answered", subject=customer, root=customer, actor=actor, at=at, after=after)
    return rows


@transaction.atomic
def set_quiet_period(*, customer: Customer, quiet: QuietDraft, actor: User, at: datetime) -> QuietPeriod:
    """Leave a customer in peace for some days: its clocks stand still and its window grows by them (method: 3.4)."""
    permit(actor, "quiet_period.start", customer)
    lock_customer(customer)
    today = Organisation.objects.current().today(at)
    errors = list(quiet_errors(quiet, today=today))
    if errors:
        raise DraftRefused(errors)
    period = QuietPeriod.objects.create(
        customer=customer,
        starts_on=quiet.starts_on,
        ends_on=quiet.ends_on,
        reason=quiet.reason,
        note=tidy_line(quiet.note),
        set_on=today,
    )
    record("quiet_period.set", subject=period, root=customer, actor=actor, at=at, after=_said(period))
    return period


@transaction.atomic
def withdraw_quiet_period(*, period: QuietPeriod, actor: User, at: datetime) -> QuietPeriod:
    """Take a quiet period back as if it had never been agreed."""
    permit(actor, "quiet_period.end", period)
    lock_customer(period.customer)
    period.refresh_from_db()
    if period.withdrawn_at is not None:
        raise AlreadyWithdrawn
    period.withdrawn_at = at
    period.save(update_fields=["withdrawn_at"])
    record("quiet_period.withdrawn", subject=period, root=period.customer, actor=actor, at=at, after=_said(period))
    return period


def _said(period: QuietPeriod) -> dict[str, str]:
    return {
        "from_on": period.starts_on.isoformat(),
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "reason": period.reason,
    }

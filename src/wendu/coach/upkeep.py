"""What keeps a customer apart from deals: money that is late and what is about to end, each on the day it is time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wendu.agreements.facts import Overdue, Renewing, overdue_payments, overdue_with, renewing_of, renewing_with
from wendu.coach.frame import Frame
from wendu.method.payments import money_asked_on
from wendu.method.reading import Reason, because
from wendu.method.subscriptions import ahead_of, renewal_asked_on


def late_money_with(user: Any, frame: Frame) -> dict[int, Overdue]:
    """Whose payments are late, of the customers a person looks after."""
    return overdue_with(user, as_of=frame.today, currency=frame.currency)


def renewals_with(user: Any, frame: Frame) -> dict[int, Renewing]:
    """What renews next with the customers a person looks after, one per customer."""
    return _one_each(renewing_with(user, _horizon(frame)), frame)


def asked_for_money_on(late: Overdue, talked_on: date | None, frame: Frame) -> date:
    """The day to ask for money that is late, or to ask again."""
    return money_asked_on(late.since, talked_on, every_days=frame.scale.plan.payment_every_days)


def asked_to_renew_on(row: Renewing, talked_on: date | None, frame: Frame) -> date | None:
    """The day to ask about a renewal, or to ask again; None once it is history."""
    plan = frame.scale.plan
    return renewal_asked_on(
        row.renews_on,
        talked_on,
        on=frame.today,
        ahead_days=_ahead(row, frame),
        every_days=plan.renewal_every_days,
        stale_days=plan.silence_stale_days,
    )


def late_money_reason(late: Overdue | None, talked_on: date | None, frame: Frame) -> Reason | None:
    """Why to speak of money today: how much is late, since when; None while it is not time."""
    if late is None or asked_for_money_on(late, talked_on, frame) > frame.today:
        return None
    return because(
        "payment_overdue",
        minor=late.amount_minor,
        currency=frame.currency,
        on=late.since.isoformat(),
        days=(frame.today - late.since).days,
        orders=late.orders,
    )


def renewal_reason(row: Renewing | None, talked_on: date | None, frame: Frame) -> Reason | None:
    """Why to speak of a renewal today: what ends, and when; None while it is not time."""
    due_on = asked_to_renew_on(row, talked_on, frame) if row else None
    if row is None or due_on is None or due_on > frame.today:
        return None
    return because(
        "renewal_due",
        item=row.item,
        minor=row.fee_minor,
        currency=row.currency,
        on=row.renews_on.isoformat(),
        left=(row.renews_on - frame.today).days,
        trial=row.is_trial,
    )


def upkeep_of(customer_id: int, talked_on: date | None, frame: Frame) -> tuple[Reason | None, Reason | None]:
    """Both reasons of one customer, money before renewal (two queries, three more where orders run)."""
    late = overdue_payments([customer_id], as_of=frame.today, currency=frame.currency).get(customer_id)
    renewing = _one_each(renewing_of(customer_id, until=_horizon(frame)), frame).get(customer_id)
    return late_money_reason(late, talked_on, frame), renewal_reason(renewing, talked_on, frame)


def _one_each(rows: Iterable[Renewing], frame: Frame) -> dict[int, Renewing]:
    """The earliest that is no history yet: an old one that nobody ended hides none that is about to end."""
    found: dict[int, Renewing] = {}
    for row in rows:
        if asked_to_renew_on(row, None, frame) is not None:
            found.setdefault(row.customer_id, row)
    return found


def _ahead(row: Renewing, frame: Frame) -> int:
    life = frame.scale.lifecycle
    return ahead_of(row.term_months, ahead_days=life.renewal_ahead_days, share=life.renewal_ahead_share)


def _horizon(frame: Frame) -> date:
    return frame.today + timedelta(days=frame.scale.lifecycle.renewal_ahead_days)

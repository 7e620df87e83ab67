"""What keeps a customer apart from deals: money that is late and what is about to end, each on the day it is time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from wendu.agreements.choices import ContractKind
from wendu.agreements.facts import Overdue, overdue_payments, overdue_with
from wendu.agreements.models import MOST_NOTICE
from wendu.agreements.queries import (
    Ending,
    Renewing,
    Unexplained,
    ending_of,
    ending_with,
    renewing_of,
    renewing_with,
    unexplained_of,
    unexplained_with,
)
from wendu.coach.frame import Frame
from wendu.method.contracts import end_asked_on
from wendu.method.datasheet import why_asked_on
from wendu.method.payments import money_asked_on
from wendu.method.reading import Reason, because
from wendu.method.subscriptions import ahead_of, renewal_asked_on
from wendu.touches.facts import asked_days


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What is late or about to end with some customers, one of a kind each, and when we turned to them since.

    `asked` holds the latest talk that may have been about it: care, a repair, or a call of theirs was not.
    """

    late_money: Mapping[int, Overdue] = field(default_factory=dict)
    renewing: Mapping[int, Renewing] = field(default_factory=dict)
    ending: Mapping[int, Ending] = field(default_factory=dict)
    unexplained: Mapping[int, Unexplained] = field(default_factory=dict)
    asked: Mapping[int, date] = field(default_factory=dict)


class Upkept(NamedTuple):
    """The reasons of one customer, each None while it is not time."""

    late_money: Reason | None
    contract_end: Reason | None
    renewal: Reason | None
    why_unknown: Reason | None


def upkeep_with(user: Any, frame: Frame) -> Upkeep:
    """What is late or about to end with the customers a person looks after (four queries, one more where some is)."""
    ending = ending_with(user, _history(frame), _farthest(frame))
    renewing = renewing_with(user, _horizon(frame))
    late = overdue_with(user, as_of=frame.today, currency=frame.currency)
    return _upkeep(late, renewing, ending, unexplained_with(user, _forgotten(frame), frame.today), frame)


def upkeep_of(customer_id: int, frame: Frame) -> Upkept:
    """The reasons of one customer: money, contract, renewal (four queries; more where orders run or some ends)."""
    late = overdue_payments([customer_id], as_of=frame.today, currency=frame.currency)
    ending = ending_of(customer_id, since=_history(frame), until=_farthest(frame))
    renewing = renewing_of(customer_id, until=_horizon(frame))
    unexplained = unexplained_of(customer_id, since=_forgotten(frame), until=frame.today)
    return upkept(customer_id, _upkeep(late, renewing, ending, unexplained, frame), frame)


def upkept(customer_id: int, found: Upkeep, frame: Frame) -> Upkept:
    """Why to speak of it today with one of these customers."""
    reasons: dict[str, Reason] = {}
    days = dict(asked_on(customer_id, found, frame))
    if late := found.late_money.get(customer_id):
        reasons["payment_overdue"] = _late_money(late, frame)
    if ending := found.ending.get(customer_id):
        reasons["contract_ending"] = _contract_end(ending, frame)
    if renewing := found.renewing.get(customer_id):
        reasons["renewal_due"] = _renewal(renewing, frame)
    if order := found.unexplained.get(customer_id):
        ago = (frame.today - order.ordered_on).days
        reasons["why_unknown"] = because("why_unknown", on=order.ordered_on.isoformat(), days=ago)
    told = [
        reasons[code] if code in days and days[code] <= frame.today else None
        for code in ("payment_overdue", "contract_ending", "renewal_due", "why_unknown")
    ]
    return Upkept(*told)


def asked_on(customer_id: int, found: Upkeep, frame: Frame) -> Iterable[tuple[str, date]]:
    """The day to ask this customer about each thing that is late or about to end, or to ask again."""
    plan, talked_on = frame.scale.plan, found.asked.get(customer_id)
    if late := found.late_money.get(customer_id):
        yield "payment_overdue", money_asked_on(late.since, talked_on, every_days=plan.payment_every_days)
    if (ending := found.ending.get(customer_id)) and (day := _end_asked_on(ending, talked_on, frame)):
        yield "contract_ending", day
    if (renewing := found.renewing.get(customer_id)) and (day := _renewal_asked_on(renewing, talked_on, frame)):
        yield "renewal_due", day
    if (order := found.unexplained.get(customer_id)) and (day := _why_asked_on(order, talked_on, frame)):
        yield "why_unknown", day


def _why_asked_on(row: Unexplained, talked_on: date | None, frame: Frame) -> date | None:
    every = frame.scale.plan.renewal_every_days
    return why_asked_on(row.ordered_on, talked_on, frame.today, frame.scale.sheet, every_days=every)


def _upkeep(
    late: Mapping[int, Overdue],
    renewing: Iterable[Renewing],
    ending: Iterable[Ending],
    orders: Iterable[Unexplained],
    frame: Frame,
) -> Upkeep:
    """One renewal and one contract each: the first to be spoken of that is no history yet."""
    first_renewing, first_ending = _first(renewing, _renewal_asked_on, frame), _first(ending, _end_asked_on, frame)
    unexplained: dict[int, Unexplained] = {}
    for row in orders:
        unexplained.setdefault(row.customer_id, row)
    keys = {*late, *first_renewing, *first_ending, *unexplained}
    return Upkeep(late, first_renewing, first_ending, unexplained, _asked(keys, frame))


def _asked(customer_ids: Collection[int], frame: Frame) -> dict[int, date]:
    kinds = [code for code, kind in frame.scale.heat.kinds.items() if kind.asks]
    return asked_days(customer_ids, kinds, upto=frame.today)


def _first(rows: Iterable[Any], asked: Any, frame: Frame) -> dict[int, Any]:
    found: dict[int, tuple[date, Any]] = {}
    for row in rows:
        day = asked(row, None, frame)
        if day is not None and (row.customer_id not in found or day < found[row.customer_id][0]):
            found[row.customer_id] = (day, row)
    return {pk: row for pk, (_day, row) in found.items()}


def _renewal_asked_on(row: Renewing, talked_on: date | None, frame: Frame) -> date | None:
    plan, life = frame.scale.plan, frame.scale.lifecycle
    ahead = ahead_of(row.term_months, ahead_days=life.renewal_ahead_days, share=life.renewal_ahead_share)
    asks = {"every_days": plan.renewal_every_days, "stale_days": plan.silence_stale_days}
    return renewal_asked_on(row.renews_on, talked_on, on=frame.today, ahead_days=ahead, **asks)


def _end_asked_on(row: Ending, talked_on: date | None, frame: Frame) -> date | None:
    plan, notice = frame.scale.plan, row.notice_days
    return end_asked_on(
        row.ends_on,
        talked_on,
        on=frame.today,
        notice_days=frame.scale.lifecycle.renewal_ahead_days if notice is None else notice,
        every_days=plan.renewal_every_days,
        stale_days=plan.silence_stale_days,
        renews=row.renews,
    )


def _late_money(late: Overdue, frame: Frame) -> Reason:
    """How much is late, and since when."""
    return because(
        "payment_overdue",
        minor=late.amount_minor,
        currency=frame.currency,
        on=late.since.isoformat(),
        days=(frame.today - late.since).days,
        orders=late.orders,
    )


def _contract_end(row: Ending, frame: Frame) -> Reason:
    """Which contract ends and when, and whether it runs on by itself."""
    return because(
        "contract_ending",
        item=row.title,
        on=row.ends_on.isoformat(),
        left=(row.ends_on - frame.today).days,
        renews=row.renews,
        once=row.kind == ContractKind.ONE_OFF,
    )


def _renewal(row: Renewing, frame: Frame) -> Reason:
    """What ends, and when."""
    return because(
        "renewal_due",
        item=row.item,
        minor=row.fee_minor,
        currency=row.currency,
        on=row.renews_on.isoformat(),
        left=(row.renews_on - frame.today).days,
        trial=row.is_trial,
    )


def _history(frame: Frame) -> date:
    return frame.today - timedelta(days=frame.scale.plan.silence_stale_days)


def _forgotten(frame: Frame) -> date:
    return frame.today - timedelta(days=frame.scale.sheet.why_within_days)


def _farthest(frame: Frame) -> date:
    """No contract is spoken of earlier than with the longest notice."""
    return frame.today + timedelta(days=MOST_NOTICE)


def _horizon(frame: Frame) -> date:
    return frame.today + timedelta(days=frame.scale.lifecycle.renewal_ahead_days)

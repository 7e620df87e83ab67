"""The facts of all rooms about many customers, day by day, as the method folds them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from wendu.agreements.facts import OrderDay, begun_days, order_days
from wendu.coach.frame import Frame
from wendu.coach.models import Requalification
from wendu.customers.facts import NurtureMark, nurture_marks, profiles
from wendu.kernel.prepared import Among, prepared
from wendu.method.codes import DealEvent, Quadrant
from wendu.method.facts import Answer, ClassOverride, Context, DayFacts, Profile, TouchFact
from wendu.method.journey import Journey, fold, rolled
from wendu.opportunities.facts import DealHistory, OpenDeal, deal_histories
from wendu.readings.models import Override
from wendu.touches.facts import answer_facts, quiet_facts, touch_facts
from wendu.touches.models import Touch

Rows = QuerySet[Any, Any]
Decisions = dict[int, dict[date, dict[str, Any]]]
Days = Mapping[int, list[OrderDay]]

BEFORE_ALL = date(2000, 1, 1)
CLASS = "quadrant"
NOBODY = Profile(market="b2b")
NO_DEALS = DealHistory()
NO_DAYS: dict[date, dict[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Case:
    """One customer's facts in order of day, and the context to judge them in."""

    customer_id: int
    days: tuple[DayFacts, ...]
    context: Context
    deals: tuple[OpenDeal, ...] = ()
    upto: date | None = None
    touched_on: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A folded case: every class it passed through, the state at the end, and the state before the latest day."""

    customer_id: int
    context: Context
    deals: tuple[OpenDeal, ...]
    journey: Journey
    base: Journey
    days: int
    classes: tuple[tuple[date, Quadrant, bool], ...]
    touched_on: date | None
    checkpoints: tuple[tuple[int, Journey], ...]


def gather(
    customer_ids: Collection[int], frame: Frame, *, since: date | None = None, upto: date | None = None
) -> list[Case]:
    """Read what happened with these customers, from a day on and up to a day; a fixed number of queries."""
    upto = upto or frame.today
    touched = touch_facts(customer_ids, since=since, upto=upto)
    answered = answer_facts(customer_ids, since=since, upto=upto)
    deals = deal_histories(customer_ids, as_of=upto)
    bought = (order_days(customer_ids, as_of=upto), begun_days(customer_ids, as_of=upto))
    decided = _decisions(customer_ids, deals, bought, upto)
    quiet = quiet_facts(customer_ids, as_of=upto)
    known = profiles(customer_ids)
    return [
        Case(
            pk,
            _in_order(touched[pk], answered[pk], decided.get(pk, NO_DAYS), since or date.min),
            frame.context(known.get(pk, NOBODY), tuple(quiet[pk])),
            deals.get(pk, NO_DEALS).open,
            upto,
            max(touched[pk], default=None) or (_touched_before(pk, since) if since else None),
        )
        for pk in customer_ids
    ]


def folded(case: Case, *, start: Journey | None = None, before: int = 0, every: int = 0) -> Course:
    """Fold a case from a state (or from nothing); with `every`, keep the state after each so many days."""
    state = start or Journey.empty()
    base, kept, count = Journey.empty(), [], before
    classes: list[tuple[date, Quadrant, bool]] = []
    for day in case.days:
        held = _lapsed(state, date.fromordinal(day.on.toordinal() - 1), case.context, classes)
        base, state = state, fold(state, day, case.context)
        count += 1
        if state.quadrant is not held.quadrant or (state.override is None) is not (held.override is None):
            classes.append((day.on, state.quadrant, state.override is not None))
        if every and count % every == 0:
            kept.append((count, state))
    if case.upto is not None:
        _lapsed(state, case.upto, case.context, classes)
    return Course(
        case.customer_id, case.context, case.deals, state, base, count, tuple(classes), case.touched_on, tuple(kept)
    )


def _lapsed(state: Journey, upto: date, ctx: Context, classes: list[tuple[date, Quadrant, bool]]) -> Journey:
    """A person's own class that ran out while nothing happened is the end of a spell on that very day."""
    if state.override is None or state.override.expires_on > upto:
        return state
    after = rolled(state, state.override.expires_on, ctx)
    classes.append((state.override.expires_on, after.quadrant, False))
    return after


def _touched_before(customer_id: int, day: date) -> date | None:
    """The latest touch before the days that were read: for what moves a customer without a touch."""
    latest = _latest_touch(customer_id, day)
    return latest[0][0] if latest else None


def _in_order(
    touched: Mapping[date, list[TouchFact]],
    answered: Mapping[date, list[Answer]],
    decided: Mapping[date, Mapping[str, Any]],
    since: date,
) -> tuple[DayFacts, ...]:
    return tuple(
        [
            DayFacts(on, tuple(touched.get(on, ())), tuple(answered.get(on, ())), **decided.get(on, {}))
            for on in sorted({*touched, *answered, *decided})
            if on >= since
        ]
    )


def _decisions(
    customer_ids: Collection[int], deals: Mapping[int, DealHistory], bought: tuple[Days, Days], upto: date
) -> Decisions:
    """What was decided beside the touches: on deals, on the pursuit, and by people who saw it differently."""
    days: Decisions = defaultdict(lambda: defaultdict(dict))
    orders, begun = bought
    _note_deals(days, deals, orders)
    _note_begun(days, deals, begun)
    for pk, marks in nurture_marks(customer_ids, as_of=upto).items():
        for mark in marks:
            days[pk][mark.on].update(_rest(mark))
    for pk, from_on, quadrant, expires_on, ended_on in _overrides(customer_ids, upto):
        if ended_on == from_on:
            continue
        days[pk][from_on]["override"] = ClassOverride(Quadrant(quadrant), expires_on)
        if ended_on is not None and ended_on <= min(upto, expires_on):
            days[pk][ended_on].setdefault("override_cleared", True)
    for pk, on in _requalified(customer_ids, upto):
        days[pk][on]["requalified"] = True
    return days


def _note_begun(days: Decisions, deals: Mapping[int, DealHistory], begun: Days) -> None:
    """What runs on was bought when it began; of a won deal the win says so."""
    for pk, each in begun.items():
        told = deals[pk].days if pk in deals else ()
        won = {event.fact.deal for event in told if event.fact.event is DealEvent.WON}
        for row in each:
            if row.opportunity_id not in won:
                days[pk][row.ordered_on]["subscribed"] = True


def _note_deals(days: Decisions, deals: Mapping[int, DealHistory], orders: Days) -> None:
    """What happened to deals and what was ordered: a won deal whose orders are written down is none itself."""
    for pk, history in deals.items():
        written = {order.opportunity_id for order in orders.get(pk, ())}
        for event in history.days:
            day, fact = days[pk][event.on or BEFORE_ALL], event.fact
            if fact.event is DealEvent.WON and fact.deal in written:
                fact = fact._replace(is_order=False)
            day["deals"] = (*day.get("deals", ()), fact)
    for pk, each in orders.items():
        for order in each:
            _note_order(days[pk][order.ordered_on], order)


def _note_order(day: dict[str, Any], order: OrderDay) -> None:
    day["ordered"] = True
    if order.lasts_days is not None:
        day["lasts_days"] = min(order.lasts_days, day.get("lasts_days", order.lasts_days))
    if order.opportunity_id is not None:
        day["ordered_deals"] = (*day.get("ordered_deals", ()), order.opportunity_id)


def _rest(mark: NurtureMark) -> dict[str, Any]:
    if mark.woken:
        return {"woken": True}
    if mark.churned:
        return {"churned": True}
    return {"dropped": True} if mark.dropped else {"nurture_until": mark.until}


@prepared
def _latest_touch(customer_id: int, before: date) -> Rows:
    rows = Touch.objects.standing().filter(customer_id=customer_id, touched_on__lt=before)
    return rows.order_by("-touched_on").values_list("touched_on")[:1]


@prepared
def _overrides(customer_ids: Collection[int], upto: date) -> Rows:
    rows = Override.objects.filter(Among("subject_id", customer_ids), subject_kind="customer", code=CLASS)
    rows = rows.filter(from_on__lte=upto).order_by("pk")
    return rows.values_list("subject_id", "from_on", "value", "expires_on", "ended_on")


@prepared
def _requalified(customer_ids: Collection[int], upto: date) -> Rows:
    rows = Requalification.objects.filter(Among("customer_id", customer_ids), on__lte=upto)
    return rows.values_list("customer_id", "on")

"""The facts of all rooms about many customers, day by day, as the method folds them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wendu.coach.frame import Frame
from wendu.coach.models import Requalification
from wendu.customers.facts import nurture_marks, profiles
from wendu.method.codes import Quadrant
from wendu.method.facts import ClassOverride, Context, DayFacts, Profile
from wendu.method.journey import Journey, fold, rolled
from wendu.opportunities.facts import DealHistory, OpenDeal, deal_histories
from wendu.readings.models import Override
from wendu.touches.facts import answer_facts, quiet_facts, touch_facts
from wendu.touches.models import Touch

BEFORE_ALL = date(2000, 1, 1)
CLASS = "quadrant"
NOBODY = Profile(market="b2b")
NO_DEALS = DealHistory()


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
    days: dict[int, dict[date, dict[str, Any]]] = {pk: defaultdict(dict) for pk in customer_ids}
    logs = touch_facts(customer_ids, since=since, upto=upto)
    for pk, touched in logs.items():
        for on, touches in touched.items():
            days[pk][on]["touches"] = tuple(touches)
    for pk, answered in answer_facts(customer_ids, since=since, upto=upto).items():
        for on, answers in answered.items():
            days[pk][on]["answers"] = tuple(answers)
    deals = deal_histories(customer_ids, as_of=upto)
    _add_deals(days, deals)
    _add_rests(days, customer_ids, upto)
    _add_overrides(days, customer_ids, upto)
    for pk, on in Requalification.objects.filter(customer_id__in=customer_ids, on__lte=upto).values_list(
        "customer_id", "on"
    ):
        days[pk][on]["requalified"] = True
    quiet = quiet_facts(customer_ids, as_of=upto)
    known = profiles(customer_ids)
    return [
        Case(
            pk,
            _in_order(days[pk], since),
            frame.context(known.get(pk, NOBODY), tuple(quiet[pk])),
            deals.get(pk, NO_DEALS).open,
            upto,
            max(logs[pk], default=None) or (_touched_before(pk, since) if since else None),
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
    rows = Touch.objects.standing().filter(customer_id=customer_id, touched_on__lt=day)
    return rows.order_by("-touched_on").values_list("touched_on", flat=True).first()


def _in_order(days: Mapping[date, dict[str, Any]], since: date | None) -> tuple[DayFacts, ...]:
    return tuple(DayFacts(on, **days[on]) for on in sorted(days) if since is None or on >= since)


def _add_deals(days: dict[int, dict[date, dict[str, Any]]], deals: Mapping[int, DealHistory]) -> None:
    for pk, history in deals.items():
        for event in history.days:
            day = days[pk][event.on or BEFORE_ALL]
            day["deals"] = (*day.get("deals", ()), event.fact)


def _add_rests(days: dict[int, dict[date, dict[str, Any]]], ids: Collection[int], upto: date) -> None:
    for pk, marks in nurture_marks(ids, as_of=upto).items():
        for mark in marks:
            day = days[pk][mark.on]
            if mark.woken:
                day["woken"] = True
            elif mark.dropped:
                day["dropped"] = True
            else:
                day["nurture_until"] = mark.until


def _add_overrides(days: dict[int, dict[date, dict[str, Any]]], ids: Collection[int], upto: date) -> None:
    rows = Override.objects.filter(subject_kind="customer", subject_id__in=ids, code=CLASS, from_on__lte=upto)
    for row in rows.order_by("pk"):
        if row.ended_on == row.from_on:
            continue
        days[row.subject_id][row.from_on]["override"] = ClassOverride(Quadrant(row.value), row.expires_on)
        if row.ended_on is not None and row.ended_on <= min(upto, row.expires_on):
            days[row.subject_id][row.ended_on].setdefault("override_cleared", True)

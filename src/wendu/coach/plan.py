"""The morning question of one person: whom to follow up today, why now, how, and what to get (method: plan)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from wendu.agenda.models import Step as PlannedStep
from wendu.agenda.queries import open_steps, snoozed_customer_ids
from wendu.coach.book import Book, book_as_of, stored_book
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import DealStanding, Standing
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.kernel.currencies import minor_digits
from wendu.method.codes import Quadrant, Status
from wendu.method.facts import Context
from wendu.method.plan import ALERT_ORDER, DayPlan, PlanStep, QueueItem, Row, day_plan
from wendu.method.priority import ValueScale, Worth, priority, value_scale
from wendu.method.reading import Reading, Reason, because
from wendu.method.strategy import Circumstances, next_best_action
from wendu.method.view import CustomerView, view
from wendu.opportunities.models import Opportunity
from wendu.opportunities.queries import won_cycle_days
from wendu.playbooks import Play, pick_play
from wendu.touches.facts import open_tail_counts
from wendu.touches.models import Touch
from wendu.touches.queries.due import commitments_due, promises_due

FIRST_TOUCH_LATE_DAYS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the day: a customer, the reason, and the play to follow."""

    customer_id: int
    group: str
    situation: str
    reason: Reason
    others: tuple[Reason, ...]
    play: Play
    due_on: date | None
    priority: Reading | None
    heat: float | None
    seen: CustomerView | None
    context: Context | None
    standing: Standing | None
    deal: DealStanding | None
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The plan of one person for one day, with what found no room and who waits until when."""

    user: User
    frame: Frame
    capacity: int
    steps: tuple[Step, ...]
    left_out: tuple[Step, ...]
    waiting: tuple[tuple[int, date], ...]
    done: frozenset[int]
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the plan needs beside the book."""

    user: User
    room: int
    planned: Mapping[int, PlannedStep]
    promises: Mapping[int, tuple[date, str]]
    commitments: Mapping[int, date]
    done: frozenset[int]
    snoozed: Collection[int]
    median_cycle_days: float | None


def daily_plan(
    user: User,
    *,
    at: datetime | None = None,
    on: date | None = None,
    capacity: int | None = None,
    from_facts: bool = False,
) -> Day:
    """Fill a person's day; `from_facts` tells a past day from the facts known then, never from rows kept since."""
    frame = Frame.on(on) if on is not None else Frame.at(_needed(at))
    book = book_as_of(user, frame) if from_facts else stored_book(user, frame)
    desk = _desk(user, book, capacity or user.daily_capacity or frame.scale.plan.capacity)
    rows, queues = _rows(book, desk), _queues(book, desk)
    plan = day_plan(
        frame.today,
        rows,
        frame.scale.plan,
        promises=[QueueItem(pk, "promise_due", due) for pk, (due, _) in desk.promises.items()],
        queues=queues,
        done=desk.done,
        snoozed=desk.snoozed,
        capacity=desk.room,
    )
    return _worded(plan, {row.customer: row for row in rows}, book, desk)


def _needed(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("a plan needs a moment or a day")
    return at


def _desk(user: User, book: Book, room: int) -> _Desk:
    today = book.frame.today
    promises: dict[int, tuple[date, str]] = {}
    for promise in promises_due(user, today):
        promises.setdefault(promise.customer_id, (promise.due_on, promise.what))
    commitments: dict[int, date] = {}
    for commitment in commitments_due(user, today):
        commitments.setdefault(commitment.customer_id, commitment.due_on)
    done = Touch.objects.standing().filter(author=user, touched_on=today, is_two_way=True)
    needs_cycle = any(pk not in book.touched for pk in book.deals)
    return _Desk(
        user=user,
        room=room,
        planned={step.customer_id: step for step in reversed(list(open_steps(user)))},
        promises=promises,
        commitments=commitments,
        done=frozenset(done.values_list("customer_id", flat=True)),
        snoozed=set(snoozed_customer_ids(user, today)),
        median_cycle_days=won_cycle_days(user, as_of=today).days if needs_cycle else None,
    )


def _rows(book: Book, desk: _Desk) -> list[Row]:
    """Customers in pursuit: no order yet, or an open opportunity."""
    pursued = [row for row in book.standings.values() if _is_pursued(row, book)]
    worths = {row.pk: _value(row) for row in pursued}
    among = value_scale(worths.values())
    return [_row(row, worths[row.pk], among, book, desk) for row in pursued]


def _is_pursued(row: Standing, book: Book) -> bool:
    return row.in_pursuit or (row.status == Status.UNVISITED and bool(book.deals.get(row.pk)))


def _row(row: Standing, value: float | None, among: ValueScale, book: Book, desk: _Desk) -> Row:
    today = book.frame.today
    planned = desk.planned.get(row.pk)
    untouched = row.pk not in book.touched
    quiet = row.pk in book.quiet
    share = _deal_age_share(row, today, desk) if untouched else _elapsed(row, today)
    worth = Worth(Quadrant(row.quadrant or "unclassified"), _hottest(row, book), value, share)
    score = priority(worth, among, book.frame.scale.plan)
    if untouched:
        score = replace(score, missing=(*score.missing, "two_way_touch"), provisional=True)
    hard = row.hard_on is not None and today > row.hard_on
    return Row(
        customer=row.pk,
        priority=score,
        due_on=(row.oldest_deal_on or today) if untouched else row.due_on,
        planned_on=planned.planned_on if planned else None,
        alerts=() if untouched else _alerts(row, book, planned.planned_on if planned else None),
        is_quiet=quiet,
        requalify_on=row.hard_on if hard else None,
    )


def _alerts(row: Standing, book: Book, planned_on: date | None) -> tuple[str, ...]:
    """Alerts of one customer from its row, by the same rules as the method's own view of it."""
    today = book.frame.today
    if today in book.frame.holidays or row.pk in book.quiet:
        return ()
    due = min((day for day in (row.due_on, planned_on) if day), default=today)
    found = set()
    for deal in book.deals.get(row.pk, ()):
        if deal.strike_since and deal.strike_since <= today and (deal.strike_since == today or due <= today):
            found.add("strike")
        if deal.missed_on and deal.missed_on <= today:
            found.add("missed_heat")
    if row.severe_on and row.severe_on <= today:
        found.add("cold_gap_severe")
    elif row.gap_on and row.gap_on <= today:
        found.add("cold_gap")
    return tuple(code for code in ALERT_ORDER if code in found)


def _queues(book: Book, desk: _Desk) -> list[QueueItem]:
    today = book.frame.today
    items = [QueueItem(pk, "name_the_customer", opened or today) for pk, opened in book.buckets.items()]
    for row in book.standings.values():
        if row.pk in book.quiet:
            continue
        if row.status == Status.EXISTING and row.revisit_on is not None:
            items.append(QueueItem(row.pk, "revisit_due", row.revisit_on))
        if row.status == Status.UNVISITED and not book.deals.get(row.pk):
            items.append(QueueItem(row.pk, "first_touch_due", row.latest_touch_on or today))
        if row.status == Status.EXISTING and row.due_on is not None:
            items.append(QueueItem(row.pk, "agreed_today", row.due_on))
    items += [QueueItem(pk, "commitment_due", due) for pk, due in desk.commitments.items()]
    items += [
        QueueItem(pk, "routine", step.planned_on)
        for pk, step in desk.planned.items()
        if pk in book.standings and not _is_pursued(book.standings[pk], book)
    ]
    return items


def _worded(plan: DayPlan, rows: Mapping[int, Row], book: Book, desk: _Desk) -> Day:
    """The steps with their plays; only what is shown is looked at closely."""
    named = (*plan.steps, *plan.left_out[: desk.room])
    ids = [step.customer for step in named if step.customer not in book.buckets]
    book.look_closer(ids)
    tails = open_tail_counts(ids, as_of=book.frame.today)
    markets = dict(Customer.objects.filter(pk__in=[step.customer for step in named]).values_list("pk", "market"))
    made = {
        step.customer: _step(step, rows.get(step.customer), _Near(book, desk, tails, markets), found)
        for step in named
        for found in (_found(step, book, desk, tails),)
    }
    steps = tuple(made[step.customer] for step in plan.steps)
    return Day(
        user=desk.user,
        frame=book.frame,
        capacity=desk.room,
        steps=steps,
        left_out=tuple(made[step.customer] for step in plan.left_out[: desk.room]),
        waiting=plan.waiting,
        done=desk.done,
        provisional=any(step.priority is not None and step.priority.provisional for step in steps),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """Why a customer is on the list: the strongest reason, then the others."""

    reason: Reason
    others: tuple[Reason, ...]
    seen: CustomerView | None


@dataclass(frozen=True, slots=True)
class _Near:
    """What is known around the customers that are shown."""

    book: Book
    desk: _Desk
    tails: Mapping[int, int]
    markets: Mapping[int, str]


def _found(step: PlanStep, book: Book, desk: _Desk, tails: Mapping[int, int]) -> _Found:
    pk, today = step.customer, book.frame.today
    if pk in book.buckets:
        return _Found(because("name_the_customer", count=_bucket_size(pk, book)), (), None)
    seen: CustomerView | None = None
    reason, others = because(step.code), tuple[Reason, ...]()
    if pk in book.held:
        journey, ctx = book.held[pk]
        seen = view(journey, today, ctx)
        found = next_best_action(seen, _around(pk, book, desk, tails), ctx)
        reason, others = found.reason, found.others
    if pk not in book.touched:
        return _Found(_first_touch(book, pk, desk), (), seen)
    if step.group in ("alert", "promise", "queue") and step.code not in (reason.code, "routine"):
        named = next((each for each in others if each.code == step.code), because(step.code))
        reason, others = named, (reason, *(each for each in others if each is not named))
    return _Found(reason, others, seen)


def _step(step: PlanStep, row: Row | None, near: _Near, found: _Found) -> Step:
    pk, book = step.customer, near.book
    stands, deals = book.standings.get(pk), book.deals.get(pk, [])
    play = pick_play(
        book.frame.playbook,
        quadrant=(stands.quadrant if stands else "") or "unclassified",
        situation=found.reason.code,
        market=near.markets.get(pk, "b2b"),
        status=stands.status if stands else Status.UNVISITED.value,
    )
    return Step(
        customer_id=pk,
        group=step.group,
        situation=found.reason.code,
        reason=found.reason,
        others=found.others,
        play=play,
        due_on=step.due_on,
        priority=row.priority if row else None,
        heat=None if stands is None or pk not in book.touched else _hottest(stands, book),
        seen=found.seen,
        context=book.held[pk][1] if pk in book.held else None,
        standing=stands,
        deal=max(deals, key=lambda each: (heat_today(each, book.frame), each.pk), default=None),
        promise=near.desk.promises.get(pk, (book.frame.today, ""))[1],
    )


def _around(pk: int, book: Book, desk: _Desk, tails: Mapping[int, int]) -> Circumstances:
    planned, promise = desk.planned.get(pk), desk.promises.get(pk)
    return Circumstances(
        planned_on=planned.planned_on if planned else None,
        open_tails=tails.get(pk, 0),
        promise_due_on=promise[0] if promise else None,
        commitment_due_on=desk.commitments.get(pk),
        nameless=pk in book.buckets,
    )


def _first_touch(book: Book, pk: int, desk: _Desk) -> Reason:
    """Nobody ever logged a word with this customer: begin, and answer the ten questions."""
    stands = book.standings.get(pk)
    since = stands.oldest_deal_on if stands and book.deals.get(pk) else None
    age = (book.frame.today - since).days if since else None
    late = age is not None and age > FIRST_TOUCH_LATE_DAYS
    return because("first_touch_old" if late else "first_touch_due", days=age, usual_days=desk.median_cycle_days)


def _bucket_size(pk: int, book: Book) -> int:
    return Opportunity.objects.open_on(book.frame.today).filter(customer_id=pk).count()


def _hottest(row: Standing, book: Book) -> float:
    """The heat of the hottest open opportunity, else the customer's."""
    deals = [heat_today(deal, book.frame) for deal in book.deals.get(row.pk, ())]
    return max(deals) if deals else heat_today(row, book.frame)


def _value(row: Standing) -> float | None:
    if row.open_amount_minor is None:
        return None
    return row.open_amount_minor / 10 ** minor_digits(Organisation.objects.current().currency)


def _elapsed(row: Standing, today: date) -> float | None:
    """Used share of the signing window; unknown without one."""
    if row.window_from is None or row.deadline_on is None:
        return None
    length = (row.deadline_on - row.window_from).days
    return 1.0 if length <= 0 else min(1.0, max(0.0, (today - row.window_from).days / length))


def _deal_age_share(row: Standing, today: date, desk: _Desk) -> float | None:
    """Age of the oldest open deal against the team's own median won cycle; unknown without either."""
    if row.oldest_deal_on is None or not desk.median_cycle_days:
        return None
    return min(1.0, (today - row.oldest_deal_on).days / desk.median_cycle_days)

"""The morning question of one person: whom to follow up today, why now, how, and what to get (method: plan)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from wendu.agenda.queries import Plan
from wendu.coach.beside import Beside, beside, queues
from wendu.coach.book import Book, book_as_of, stored_book
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.lean import LeanDeal, LeanStanding
from wendu.coach.models import DealStanding, Standing
from wendu.coach.ranking import Ranking, hottest
from wendu.coach.sight import seen as closely
from wendu.coach.stuck import NOT_STUCK, Stuck, stuck_of
from wendu.coach.upkeep import upkept
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.method.codes import Status
from wendu.method.facts import Context
from wendu.method.journey import Journey
from wendu.method.plan import DayPlan, PlanStep, QueueItem, day_plan
from wendu.method.reading import Reading, Reason, because
from wendu.method.stops import Interval
from wendu.method.strategy import Circumstances, next_best_action
from wendu.method.view import CustomerView
from wendu.playbooks import Play, pick_play
from wendu.touches.facts import open_tail_counts
from wendu.touches.queries.due import Word

ASKED_BEFORE_ALERTS = ("quiet_over", "result_due")
"""A result that may be there already is asked for before anybody strikes, or is called neglected."""


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
    standing: Standing | LeanStanding | None
    deal: DealStanding | LeanDeal | None
    promise: str = ""
    planned: Plan | None = None


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
    owed: tuple[Word, ...] = ()
    agreed: tuple[Word, ...] = ()
    snoozed: Mapping[int, date] = field(default_factory=dict)
    held: Mapping[int, tuple[Journey, Context]] = field(default_factory=dict)
    spells: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)


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
    room = capacity or user.daily_capacity or frame.scale.plan.capacity
    desk = beside(user, book, room, is_past=from_facts)
    planned = {pk: step.planned_on for pk, step in desk.planned.items()}
    ranking = Ranking(book, planned, desk.median_cycle_days)
    plan = day_plan(
        frame.today,
        [row._replace(is_quiet=True) if row.customer in desk.opted_out else row for row in ranking.rows],
        frame.scale.plan,
        promises=[QueueItem(pk, "promise_due", due) for pk, (due, _) in desk.promises.items()],
        queues=queues(book, desk),
        done=desk.done,
        snoozed=desk.snoozed,
        capacity=desk.room,
    )
    return _worded(plan, ranking, book, desk)


def _needed(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("a plan needs a moment or a day")
    return at


def _worded(plan: DayPlan, ranking: Ranking, book: Book, desk: Beside) -> Day:
    """The steps with their plays; only what is shown is looked at closely."""
    named = (*plan.steps, *plan.left_out[: desk.room])
    ids = [step.customer for step in named if step.customer not in book.buckets]
    book.look_closer(ids)
    tails, stuck = (
        open_tail_counts(ids, as_of=book.frame.today),
        stuck_of([pk for pk in ids if book.deals.get(pk)], book.frame),
    )
    markets = _markets([step.customer for step in named], book)
    made = {
        step.customer: _step(step, ranking.priority(step.customer), _Near(book, desk, tails, markets), found)
        for step in named
        for found in (_found(step, book, desk, _Open(tails, stuck)),)
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
        owed=desk.owed,
        agreed=desk.agreed,
        snoozed=desk.snoozed,
        held=book.held,
        spells=book.spells,
    )


def _markets(ids: Collection[int], book: Book) -> dict[int, str]:
    """To whom each of these customers sells; asked only of those nothing was judged about yet."""
    found = {pk: bucket.market for pk, bucket in book.buckets.items()}
    found |= {pk: ctx.profile.market for pk, (_, ctx) in book.held.items()}
    unknown = [pk for pk in ids if pk not in found]
    if unknown:
        found |= dict(Customer.objects.filter(pk__in=unknown).values_list("pk", "market"))
    return found


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
    desk: Beside
    tails: Mapping[int, int]
    markets: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Open:
    """What is open with the customers that are shown: problems, and where their deals are stuck."""

    tails: Mapping[int, int]
    stuck: Mapping[int, Stuck]


def _found(step: PlanStep, book: Book, desk: Beside, left: _Open) -> _Found:
    pk, today = step.customer, book.frame.today
    if pk in book.buckets:
        return _Found(because("name_the_customer", count=book.buckets[pk].deals), (), None)
    seen: CustomerView | None = None
    reason, others = because(step.code), tuple[Reason, ...]()
    if pk in book.held:
        journey, ctx = book.held[pk]
        seen = closely(journey, today, ctx)
        found = next_best_action(seen, _around(seen, pk, book, desk, left), ctx)
        reason, others = found.reason, found.others
    if pk not in book.touched or (seen is not None and seen.status is Status.UNVISITED):
        return _Found(_first_touch(book, pk, desk), (), seen)
    if step.code == "old_promise":
        return _Found(because("old_promise", days=(today - desk.stale[pk][0]).days), (reason, *others), seen)
    if step.code == "revisit_due":
        reason, others = _revisit(reason, others, book.held[pk][0]) if pk in book.held else (reason, others)
    asks_first = step.group == "alert" and reason.code in ASKED_BEFORE_ALERTS
    asks_first = asks_first or (step.code, reason.code) == ("revisit_due", "nurture_wake")
    if step.group in ("alert", "promise", "queue") and step.code not in (reason.code, "routine") and not asks_first:
        named = next((each for each in others if each.code == step.code), because(step.code))
        reason, others = named, (reason, *(each for each in others if each is not named))
    return _Found(reason, others, seen)


def _revisit(reason: Reason, others: tuple[Reason, ...], journey: Journey) -> tuple[Reason, tuple[Reason, ...]]:
    """The revisit with the day of the latest one, or of the order that none followed yet."""
    latest, since = journey.revisited_on, journey.revisited_on or journey.accepted_on or journey.ordered_on
    told = {"revisited": latest is not None, "since": since.isoformat() if since else None}
    first, *rest = (
        because(each.code, **each.numbers, **told) if each.code == "revisit_due" else each for each in (reason, *others)
    )
    return first, tuple(rest)


def _step(step: PlanStep, score: Reading | None, near: _Near, found: _Found) -> Step:
    pk, book, desk = step.customer, near.book, near.desk
    stands, deals = book.standings.get(pk), book.deals.get(pk, [])
    planned = desk.planned.get(pk)
    play = pick_play(
        book.frame.playbook,
        quadrant=(stands.quadrant if stands else "") or "unclassified",
        situation=found.reason.code,
        market=near.markets.get(pk, "b2b"),
        status=stands.status if stands else Status.UNVISITED.value,
    )
    asked = found.reason.numbers.get("deal") if found.reason.code == "result_due" else None
    said = {"promise_due": desk.promises, "commitment_due": desk.commitments, "old_promise": desk.stale}
    return Step(
        customer_id=pk,
        group=step.group,
        situation=found.reason.code,
        reason=found.reason,
        others=found.others,
        play=play,
        due_on=step.due_on,
        priority=score,
        heat=None if stands is None or pk not in book.touched else hottest(stands, book),
        seen=found.seen,
        context=book.held[pk][1] if pk in book.held else None,
        standing=stands,
        deal=max(deals, key=lambda each: (each.pk == asked, heat_today(each, book.frame), each.pk), default=None),
        promise=said.get(found.reason.code, {}).get(pk, (book.frame.today, ""))[1],
        planned=planned if planned and planned.planned_on <= book.frame.today else None,
    )


def _around(seen: CustomerView, pk: int, book: Book, desk: Beside, left: _Open) -> Circumstances:
    track = seen.facts.track
    upkeep = upkept(pk, desk.upkeep, book.frame)
    stuck = left.stuck.get(pk, NOT_STUCK)
    planned, promise, commitment = desk.planned.get(pk), desk.promises.get(pk), desk.commitments.get(pk)
    return Circumstances(
        planned_on=planned.planned_on if planned else None,
        open_tails=left.tails.get(pk, 0),
        unconfirmed_influencers=stuck.unconfirmed,
        trust=stuck.trust,
        stalled_touches=stuck.talks,
        promise_due_on=promise[0] if promise else None,
        commitment_due_on=commitment[0] if commitment else None,
        nurture_touch_due_on=track.due_on if track is not None and pk not in desk.opted_out else None,
        late_money=upkeep.late_money,
        contract_end=upkeep.contract_end,
        renewal=upkeep.renewal,
        why_unknown=upkeep.why_unknown,
        nameless=pk in book.buckets,
        opted_out=pk in desk.opted_out,
    )


def _first_touch(book: Book, pk: int, desk: Beside) -> Reason:
    """Nobody ever logged a word with this customer: begin, and answer the ten questions."""
    stands = book.standings.get(pk)
    begun = book.begun_on(pk)
    if pk not in book.touched and stands and (stands.latest_order_on or book.deals.get(pk)):
        days = (book.frame.today - begun).days if begun else None
        return because("unlogged", days=days, usual_days=desk.median_cycle_days)
    since = begun or book.born.get(pk)
    age = (book.frame.today - since).days if since else None
    late = age is not None and age > book.frame.scale.plan.first_touch_late_days
    return because("first_touch_old" if late else "first_touch_due", days=age, usual_days=desk.median_cycle_days)

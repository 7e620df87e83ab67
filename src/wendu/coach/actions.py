"""Keeping standings: the same judgement incrementally for one customer, and in bulk for all."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.agenda.due import due_row, replace_dues
from wendu.coach import alerts
from wendu.coach.choices import MOVES, Reach
from wendu.coach.explain import class_judgement, readings_of
from wendu.coach.facts import Course, folded, gather
from wendu.coach.frame import Frame
from wendu.coach.models import Checkpoint, ClassSpell, DealStanding, Memory, Requalification, Standing
from wendu.coach.rows import Copies, current, deal_row, standing_row
from wendu.customers.facts import Newcomer, profile_of
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.choices import Door
from wendu.journal.models import Entry
from wendu.journal.verbs import declare
from wendu.kernel.bulk import Json, write_rows, write_values
from wendu.kernel.errors import ActionError
from wendu.method.journey import Journey
from wendu.method.standing import StandingFacts
from wendu.opportunities.models import Opportunity
from wendu.readings.actions import forget_readings, write_readings

declare("customer.requalified")

CHECKPOINT_EVERY = 200
CHANGE_RULE = "standing.change"
CHUNK = 500


class ReasonNeeded(ActionError):
    """A window is not started afresh without saying why."""

    code = "reason_needed"
    field = "reason"
    message = _("Say why this customer is still worth pursuing.")


def react(entry: Entry) -> None:
    """Judge the customer anew inside the transaction of the action that moved it."""
    reach = MOVES.get(entry.verb)
    if reach is None or entry.root_kind != "customer" or entry.root_id is None:
        return
    if reach is Reach.COPIES:
        refresh_copies([entry.root_id])
        return
    if reach is Reach.STAGES:
        refresh_stages([entry.root_id])
        return
    since = _from_on(entry) if reach is Reach.SINCE else None
    is_past = entry.door == Door.IMPORT
    judge(entry.root_id, frame=Frame.at(entry.at), since=since, at=entry.at, is_news=True, alerting=not is_past)


def follow_team(entry: Entry) -> None:
    """A person changed teams and the customers went along: so do the copies in their standings."""
    team_id = User.objects.values_list("team_id", flat=True).get(pk=entry.subject_id)
    Standing.objects.filter(owner_id=entry.subject_id).update(team_id=team_id)
    DealStanding.objects.filter(customer__owner_id=entry.subject_id).update(team_id=team_id)


@transaction.atomic(savepoint=False)
def judge(
    customer_id: int,
    *,
    frame: Frame,
    at: datetime,
    since: date | None = None,
    is_news: bool = False,
    alerting: bool = True,
) -> None:
    """Judge one customer anew; with `since`, only from the latest state kept before that day.

    News may change the past, and with it what people were told; the mere passing of time cannot. What a file brings
    in is past: nobody is told of it.
    """
    copies = copies_of([customer_id], lock=True)
    start, before = _start(customer_id, since)
    case = gather([customer_id], frame, since=start.on and date.fromordinal(start.on.toordinal() + 1))[0]
    course = folded(case, start=start, before=before, every=CHECKPOINT_EVERY)
    old = _store([course], copies, frame, at=at, restart=start.on, alerting=alerting)
    reaches_back = since is None or since < frame.today
    if is_news and (reaches_back or any(frame.today in (row.strike_since, row.missed_on) for row in old.values())):
        alerts.take_back(case, start, today=frame.today, at=at)


@transaction.atomic(savepoint=False)
def judge_many(customer_ids: Sequence[int], *, frame: Frame, at: datetime, alerting: bool = False) -> None:
    """Judge customers from their whole history; a bulk load tells nobody of alerts that lie in the past."""
    copies = copies_of(customer_ids, lock=True)
    courses = [folded(case, every=CHECKPOINT_EVERY) for case in gather(customer_ids, frame)]
    _store(courses, copies, frame, at=at, restart=None, alerting=alerting)


def judge_new(newcomers: Sequence[Newcomer], *, frame: Frame) -> None:
    """Judge customers written in this transaction: nothing is known of them, so nothing has to be read or folded."""
    nothing, rows = Journey.empty(), []
    known: dict[tuple[str, ...], dict[str, Any]] = {}
    for newcomer in newcomers:
        pk, owner_id, team_id, *alike = newcomer
        standing = known.get(tuple(alike))
        if standing is None:
            context = frame.context(profile_of(newcomer))
            course = Course(pk, context, (), nothing, nothing, 0, (), None, ())
            facts = current(nothing, context, frame.today)
            standing = vars(standing_row(course, facts, frame, Copies(None, None, is_hidden=False)))
            known[tuple(alike)] = standing
        rows.append({**standing, "customer_id": pk, "owner_id": owner_id, "team_id": team_id})
    write_values(Standing, rows)
    empty = Json(json.dumps(nothing.to_json()))
    blank = {"journey": empty, "base": empty, "folded": 0}
    write_values(Memory, [{"customer_id": newcomer.pk, **blank} for newcomer in newcomers])


def recompute(*, at: datetime, customer_ids: Collection[int] | None = None, chunk: int = CHUNK) -> Iterator[int]:
    """Rebuild every standing from the facts, in short transactions; yields how many are done so far.

    Each chunk is judged by the numbers and holidays in force when its turn comes.
    """
    done, latest = 0, 0
    while True:
        rows = Customer.objects.filter(pk__gt=latest) if customer_ids is None else Customer.objects.none()
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[:chunk])
        if customer_ids is not None:
            ids = sorted(customer_ids)[done : done + chunk]
        if not ids:
            return
        judge_many(ids, frame=Frame.at(at), at=at)
        done, latest = done + len(ids), ids[-1]
        yield done


@transaction.atomic(savepoint=False)
def judge_next(after: int, *, at: datetime, chunk: int = CHUNK) -> list[int]:
    """Judge the customers that come after a key, by the numbers and holidays now in force; gives their keys."""
    ids = list(Customer.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:chunk])
    if ids:
        judge_many(ids, frame=Frame.at(at), at=at)
    return ids


def refresh_copies(customer_ids: Collection[int]) -> None:
    """Copy owner, team and visibility into the standings (method: nothing is judged)."""
    alike: dict[Copies, list[int]] = {}
    for pk, copies in copies_of(customer_ids).items():
        alike.setdefault(copies, []).append(pk)
    for copies, keys in alike.items():
        Standing.objects.filter(pk__in=keys).update(
            owner_id=copies.owner_id, team_id=copies.team_id, is_hidden=copies.is_hidden
        )
        DealStanding.objects.filter(customer__in=keys).update(team_id=copies.team_id)
        ownerless = DealStanding.objects.filter(customer__in=keys, opportunity__owner__isnull=True)
        ownerless.update(owner_id=copies.owner_id)


def refresh_stages(customer_ids: Collection[int]) -> None:
    """Note in the standings how far each open deal is, and the furthest of a customer (method: nothing is judged)."""
    here = Opportunity.objects.filter(pk=OuterRef("pk")).values("stage")
    DealStanding.objects.filter(customer__in=customer_ids).update(stage=Subquery(here))
    deals = DealStanding.objects.order_by().filter(customer_id=OuterRef("pk")).values("customer_id")
    furthest = Subquery(deals.annotate(far=Max("stage")).values("far"))
    Standing.objects.filter(pk__in=customer_ids).update(stage=Coalesce(furthest, Value("")))


@transaction.atomic
def requalify(*, customer: Customer, reason: str, actor: User, at: datetime) -> None:
    """Keep a customer whose window ran out: a new window starts today (method: windows, re-qualification)."""
    permit(actor, "override.set", customer)
    if not reason.strip():
        raise ReasonNeeded
    on = Organisation.objects.current().today(at)
    Requalification.objects.update_or_create(
        customer=customer, on=on, defaults={"actor": actor, "reason": reason.strip()[:300]}
    )
    record("customer.requalified", subject=customer, actor=actor, at=at, after={"reason": reason.strip()[:300]})


def _from_on(entry: Entry) -> date | None:
    named = (entry.after or {}).get("from_on") or (entry.before or {}).get("from_on")
    return date.fromisoformat(named) if isinstance(named, str) else None


def _start(customer_id: int, since: date | None) -> tuple[Journey, int]:
    """The latest state kept before a day, and how many days had been folded into it."""
    if since is None:
        return Journey.empty(), 0
    memory = Memory.objects.filter(pk=customer_id).first()
    if memory is None:
        return Journey.empty(), 0
    base = Journey.from_json(memory.base)
    if base.on is not None and base.on < since:
        return base, memory.folded - 1
    point = Checkpoint.objects.filter(customer_id=customer_id, on__lt=since).order_by("-on").first()
    return (Journey.from_json(point.journey), point.folded) if point else (Journey.empty(), 0)


def _store(
    courses: Sequence[Course],
    copies: Mapping[int, Copies],
    frame: Frame,
    *,
    at: datetime,
    restart: date | None,
    alerting: bool = True,
) -> dict[int, DealStanding]:
    """Write what was judged, in a fixed number of queries whatever the number of customers; gives the old deal rows."""
    ids = [course.customer_id for course in courses]
    facts = {course.customer_id: current(course.journey, course.context, frame.today) for course in courses}
    old = {row.pk: row for row in DealStanding.objects.filter(customer_id__in=ids)}
    judged = {c.customer_id: class_judgement(c, facts[c.customer_id].as_of or frame.today) for c in courses}
    new = [
        row
        for course in courses
        for deal in course.deals
        if (row := deal_row(course, facts[course.customer_id], deal, frame, copies[course.customer_id]))
    ]
    write_rows(
        (standing_row(c, facts[pk], frame, copies[pk], judged[pk]) for c in courses if (pk := c.customer_id)),
        unique=["customer"],
    )
    gone = set(old) - {row.pk for row in new}
    if gone:
        DealStanding.objects.filter(pk__in=gone).delete()
    write_rows(new, unique=["opportunity"])
    _remember(courses, restart)
    forget_readings("customer", [pk for pk in ids if facts[pk].window is None], codes=["window"])
    write_readings(
        row for c in courses if (pk := c.customer_id) for row in readings_of(c, facts[pk], frame, judged[pk])
    )
    _schedule(facts, ids)
    if alerting:
        alerts.tell(old, new, at=at)
    return old


def _remember(courses: Sequence[Course], restart: date | None) -> None:
    """Keep the states to start from next time, and the history of the class."""
    ids = [course.customer_id for course in courses]
    write_rows(
        (
            Memory(customer_id=c.customer_id, journey=c.journey.to_json(), base=c.base.to_json(), folded=c.days)
            for c in courses
        ),
        unique=["customer"],
    )
    points, spells = Checkpoint.objects.filter(customer_id__in=ids), ClassSpell.objects.filter(customer_id__in=ids)
    if restart is not None:
        points, spells = points.filter(on__gt=restart), spells.filter(since__gt=restart)
    points.delete()
    spells.delete()
    write_rows(
        Checkpoint(customer_id=c.customer_id, on=state.on, folded=count, journey=state.to_json())
        for c in courses
        for count, state in c.checkpoints
        if state.on is not None
    )
    changed: dict[tuple[int, date], ClassSpell] = {}
    for c in courses:
        for on, quadrant, is_override in c.classes:
            symbol = "" if quadrant == "unclassified" else quadrant.value
            changed[c.customer_id, on] = ClassSpell(
                customer_id=c.customer_id, since=on, quadrant=symbol, is_override=is_override
            )
    write_rows(changed.values(), keep=True)


def _schedule(facts: dict[int, StandingFacts], ids: Sequence[int]) -> None:
    """Note the next day on which a standing changes although nobody acts."""
    due = [
        due_row(on=stands.changes[0].on, rule=CHANGE_RULE, kind="customer", subject_id=pk)
        for pk, stands in facts.items()
        if stands.changes
    ]
    replace_dues(kind="customer", subject_ids=ids, rules=[CHANGE_RULE], rows=due)


def copies_of(ids: Collection[int], *, lock: bool = False) -> dict[int, Copies]:
    """Owner, team and visibility of customers (one query); locked, nobody else judges them until the end.

    The lock is of the kind that lets others refer to the customer, so that two actions beside each other never block.
    """
    customers = Customer.objects.filter(pk__in=ids)
    if lock:
        customers = customers.select_for_update(no_key=True).order_by("pk")
    rows = customers.values_list("pk", "owner_id", "team_id", "deleted_at", "bucket_of_id")
    return {pk: Copies(owner, team, gone is not None or bucket is not None) for pk, owner, team, gone, bucket in rows}

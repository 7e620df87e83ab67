"""What enters a day beside the ranked list: words given on both sides, plans, and the queues (method: plan)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope
from wendu.agenda.queries import Plan, open_plans, snoozed_customer_ids
from wendu.coach.book import Book, steps_known_on
from wendu.coach.lean import LeanStanding
from wendu.coach.ranking import is_pursued
from wendu.coach.upkeep import Upkeep, asked_on, upkeep_with
from wendu.customers.facts import opted_out
from wendu.identity.models import User
from wendu.method.codes import Status
from wendu.method.plan import QueueItem
from wendu.opportunities.queries import won_cycle_days
from wendu.touches.models import Touch
from wendu.touches.queries.due import Word, commitments_due, promises_due

AHEAD = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Beside:
    """What the plan needs beside the book; what is long overdue asks to be settled instead of leading the day."""

    user: User
    room: int
    planned: Mapping[int, Plan]
    promises: Mapping[int, tuple[date, str]]
    commitments: Mapping[int, tuple[date, str]]
    stale: Mapping[int, tuple[date, str]]
    done: frozenset[int]
    snoozed: Mapping[int, date]
    owed: tuple[Word, ...]
    agreed: tuple[Word, ...]
    opted_out: Collection[int]
    upkeep: Upkeep
    median_cycle_days: float | None


def beside(user: User, book: Book, room: int, *, is_past: bool) -> Beside:
    """Read what stands beside the book: plans, words given on both sides, what was done today, and who is put off."""
    today = book.frame.today
    alive_from = today - timedelta(days=book.frame.scale.plan.promise_stale_days)
    until, as_of = today + AHEAD, today if is_past else None
    promises, commitments = promises_due(user, until, as_of=as_of), commitments_due(user, until, as_of=as_of)
    owed, agreed = _words_due(promises, book), _words_due(commitments, book)
    steps = steps_known_on(user, today) if is_past else open_plans(user)
    needs_cycle = any(pk not in book.touched for pk in book.deals)
    upkeep = upkeep_with(user, book.frame)
    return Beside(
        user=user,
        room=room,
        planned={step.customer_id: step for step in reversed(steps)},
        promises=_earliest(owed, since=alive_from),
        commitments=_earliest(agreed, since=alive_from),
        stale=_earliest(sorted((*owed, *agreed)), before=alive_from),
        done=frozenset(pk for (pk,) in _talked_to(user, today)),
        snoozed=snoozed_customer_ids(user, today),
        owed=tuple(promises),
        agreed=tuple(commitments),
        opted_out=_opted_out(book, upkeep.unexplained),
        upkeep=upkeep,
        median_cycle_days=won_cycle_days(user, as_of=today).days if needs_cycle else None,
    )


class _Talked(NamedTuple):
    customer_id: int


@prepared_for(_Talked)
def _talked_to(me: Scope, on: date) -> QuerySet[Touch]:
    return Touch.objects.standing().filter(author_id=me.user_id, touched_on=on, is_two_way=True)


def queues(book: Book, near: Beside) -> list[QueueItem]:
    """Whoever enters the day beside the ranked list; what is so old that it only wants settling comes last."""
    today = book.frame.today
    stale_before = today - timedelta(days=book.frame.scale.plan.promise_stale_days)
    items = [QueueItem(pk, "name_the_customer", found.oldest_on or today) for pk, found in book.buckets.items()]
    for row in book.standings.values():
        if row.pk in book.quiet:
            continue
        if row.status == Status.EXISTING and row.due_on is not None and row.due_on >= stale_before:
            items.append(QueueItem(row.pk, "agreed_today", row.due_on))
        items += _of_existing(row, near)
        items += _upkeep(row, near, book)
        if row.status == Status.UNVISITED and not book.deals.get(row.pk) and row.pk not in near.opted_out:
            items.append(QueueItem(row.pk, "first_touch_due", row.latest_touch_on or book.born.get(row.pk, today)))
        if row.review_on or row.light_on or row.reply_on:
            items += _on_track(row, today, near)
    gone = {row.pk for row in book.standings.values() if row.status == Status.CHURNED}
    items += [QueueItem(pk, "commitment_due", due) for pk, (due, _) in near.commitments.items() if pk not in gone]
    items += [QueueItem(pk, "old_promise", today) for pk in near.stale]
    items += [
        QueueItem(pk, "routine", step.planned_on)
        for pk, step in near.planned.items()
        if pk in book.standings and not is_pursued(book.standings[pk], book)
    ]
    return items


def _opted_out(book: Book, unexplained: Collection[int]) -> Collection[int]:
    """Who would be written to or called by our own wish today, although nobody there wants to hear from us."""
    today = book.frame.today
    due = [
        row.pk
        for row in book.standings.values()
        if row.pk in book.deals
        or row.pk in unexplained
        or row.status == Status.UNVISITED
        or any(day is not None and day <= today for day in (row.due_on, row.light_on, row.revisit_on, row.reorder_on))
    ]
    return opted_out(due) if due else ()


def _of_existing(row: LeanStanding, near: Beside) -> list[QueueItem]:
    """A revisit, or the next order by their own rhythm; nobody is sent where nobody wants to hear from us."""
    if (row.revisit_on is None and row.reorder_on is None) or row.pk in near.opted_out:
        return []
    due = {"revisit_due": row.revisit_on if row.status == Status.EXISTING else None, "repurchase_due": row.reorder_on}
    return [QueueItem(row.pk, code, day) for code, day in due.items() if day is not None]


def _upkeep(row: LeanStanding, near: Beside, book: Book) -> Iterator[QueueItem]:
    """Money that is late, from whomever; what ends, unless they are gone; why they bought, if they want to hear us."""
    for code, day in asked_on(row.pk, near.upkeep, book.frame):
        if code == "why_unknown" and row.pk in near.opted_out:
            continue
        if code == "payment_overdue" or row.status != Status.CHURNED:
            yield QueueItem(row.pk, code, day)


def _words_due(rows: Sequence[Word], book: Book) -> list[tuple[date, int, str]]:
    """What was said and is due; a customer in its quiet period is not asked about anything."""
    today, quiet = book.frame.today, book.quiet
    return [
        (row.due_on, row.customer_id, row.what) for row in rows if row.due_on <= today and row.customer_id not in quiet
    ]


def _earliest(
    words: Sequence[tuple[date, int, str]], *, since: date = date.min, before: date = date.max
) -> dict[int, tuple[date, str]]:
    found: dict[int, tuple[date, str]] = {}
    for due_on, pk, what in words:
        if since <= due_on < before:
            found.setdefault(pk, (due_on, what))
    return found


def _on_track(row: LeanStanding, today: date, near: Beside) -> list[QueueItem]:
    """Class D to be judged again (not while its window asks for more), light steps, and sleepers who answered."""
    items = []
    if row.review_on is not None and not (row.hard_on and today > row.hard_on):
        items.append(QueueItem(row.pk, "review_due", row.review_on))
    if row.light_on is not None and row.pk not in near.opted_out:
        items.append(QueueItem(row.pk, "nurture_touch", row.light_on))
    if row.reply_on is not None:
        items.append(QueueItem(row.pk, "nurture_reply", row.reply_on))
    return items

"""What falls due by itself: writing it down, and the one tick that carries it out.

One due is one transaction. Ticks exclude each other per due by a lock that touches no row, so that a handler and a
person's own action take row locks in the same order (the thing first, its due rows last) and cannot block each other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Model, Q

from wendu.agenda.models import Due
from wendu.agenda.rules import handler_of
from wendu.identity.models import Organisation
from wendu.kernel.bulk import write_rows
from wendu.kernel.entity import kind_of

PAGE = 500
LONGEST_WAIT = timedelta(hours=6)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did."""

    done: int = 0
    failed: int = 0


def schedule_due(*, on: date | datetime, rule: str, subject: Model) -> None:
    """Note that a rule must look at a thing at an instant, or at the start of a day here; once per thing and rule."""
    write_dues([due_row(on=on, rule=rule, kind=kind_of(subject), subject_id=subject.pk)])


def clear_due(*, rule: str, subject: Model) -> None:
    """Note that nothing falls due any more."""
    Due.objects.about(subject).filter(rule=rule).delete()


def due_row(*, on: date | datetime, rule: str, kind: str, subject_id: int) -> Due:
    """Prepare a row for `write_dues` or `replace_dues`."""
    due_at = on if isinstance(on, datetime) else start_of(on)
    return Due(rule=rule, subject_kind=kind, subject_id=subject_id, due_at=due_at, try_at=due_at)


def start_of(day: date) -> datetime:
    """The instant a business day begins where the organisation is."""
    zone = ZoneInfo(Organisation.objects.current().time_zone)
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def write_dues(rows: Iterable[Due]) -> int:
    """Write due rows, each replacing the one of the same thing and rule; a fixed number of queries."""
    latest = {(row.subject_kind, row.subject_id, row.rule): row for row in rows}
    return write_rows(
        [latest[key] for key in sorted(latest)],
        unique=["subject_kind", "subject_id", "rule"],
        update=["due_at", "try_at", "failures", "error"],
    )


def replace_dues(*, kind: str, subject_ids: Sequence[int], rules: Sequence[str], rows: Iterable[Due]) -> int:
    """Make `rows` all that falls due for these things under these rules; a fixed number of queries."""
    wanted = list(rows)
    keys: dict[str, list[int]] = {rule: [] for rule in rules}
    for row in wanted:
        keys[row.rule].append(row.subject_id)
    gone = Q()
    for rule in rules:
        gone |= Q(rule=rule) & ~Q(subject_id__in=keys[rule]) if keys[rule] else Q(rule=rule)
    with transaction.atomic():
        if subject_ids and rules:
            Due.objects.filter(gone, subject_kind=kind, subject_id__in=subject_ids).delete()
        return write_dues(wanted)


def tick(at: datetime) -> Ticked:
    """Carry out all that is due by now; twice, or in parallel, has one effect, and a failure stops nothing else."""
    done = failed = 0
    for pk in _ripe(at):
        outcome = _carry_out(pk, at)
        done += outcome is True
        failed += outcome is False
    return Ticked(done, failed)


def _ripe(at: datetime) -> Iterator[int]:
    """Go through what is ripe in order, each row once, though handling changes the table behind us."""
    seen: tuple[datetime, int] | None = None
    while True:
        rows = Due.objects.ripe(at)
        if seen is not None:
            rows = rows.filter(Q(try_at__gt=seen[0]) | Q(try_at=seen[0], pk__gt=seen[1]))
        page = list(rows.order_by("try_at", "pk").values_list("try_at", "pk")[:PAGE])
        if not page:
            return
        yield from (pk for _, pk in page)
        seen = page[-1]


def _carry_out(pk: int, at: datetime) -> bool | None:
    """Handle one due: True if done, False if it failed and waits for its next try, None if it is no longer ours."""
    try:
        with transaction.atomic():
            return _handle(pk, at)
    except Exception as error:  # noqa: BLE001  whatever a handler raises is kept and tried again
        _log.exception("due %s failed", pk)
        _put_off(pk, at, error)
        return False


def _handle(pk: int, at: datetime) -> bool | None:
    seen = Due.objects.filter(pk=pk).first()
    if seen is None or not _alone_with(seen):
        return None
    due = Due.objects.ripe(at).filter(pk=pk).first()
    if due is None:
        return None
    due_at = due.due_at
    handler_of(due.rule)(due, at)
    # Scheduled anew by its handler, the row bears another instant and stays.
    same = Due.objects.filter(subject_kind=due.subject_kind, subject_id=due.subject_id, rule=due.rule)
    same.filter(due_at=due_at).delete()
    return True


def _alone_with(due: Due) -> bool:
    """Take the lock of this due until the transaction ends; SQLite's transactions are alone anyway."""
    if connection.vendor != "postgresql":
        return True
    name = f"due {due.rule} {due.subject_kind} {due.subject_id}".encode()
    number = int.from_bytes(blake2b(name, digest_size=8).digest(), "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        row = cursor.fetchone()
    return bool(row and row[0])


def _put_off(pk: int, at: datetime, error: Exception) -> None:
    with transaction.atomic():
        due = Due.objects.select_for_update().ripe(at).filter(pk=pk).first()
        if due is None:
            return
        due.failures += 1
        due.error = f"{type(error).__name__}: {error}"[:500]
        due.try_at = at + min(timedelta(minutes=2 ** min(due.failures, 10)), LONGEST_WAIT)
        due.save(update_fields=["failures", "error", "try_at"])

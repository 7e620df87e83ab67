"""What another playbook would make of everybody: judged as publishing would judge it, and compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from wendu.access.scope import scope_of
from wendu.access.verbs import permit
from wendu.coach.actions import CHUNK, copies_of
from wendu.coach.choices import Aspect
from wendu.coach.facts import folded, gather
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import DealStanding, Effect, Preview, Standing
from wendu.coach.rows import Copies, current, deal_row, standing_row
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.jobs.actions import enqueue
from wendu.jobs.models import Job
from wendu.kernel.bulk import write_rows
from wendu.method.temperature import band
from wendu.packs.models import Pack
from wendu.packs.queries import read
from wendu.playbooks import Playbook

PREVIEW = "coach.preview"
NOTHING = ""

Seen = Mapping[Aspect, str]


@dataclass(frozen=True, slots=True)
class Move:
    """So many customers of whom the same aspect changes in the same way."""

    aspect: Aspect
    before: str
    after: str
    count: int


@transaction.atomic
def ask_preview(*, draft: Pack, actor: User, at: datetime) -> Preview:
    """Have worked out what this draft would do as it is written now; earlier previews and those of old drafts go."""
    permit(actor, "pack.edit", draft)
    known = Preview.objects.filter(pack=draft, revision=draft.revision, done_at=None).first()
    if known is not None and Job.objects.open().filter(key=key_of(known)).exists():
        return known
    Preview.objects.filter(Q(pack=draft) | Q(pack__discarded_at__isnull=False)).delete()
    preview = Preview.objects.create(pack=draft, revision=draft.revision, asked_at=at)
    enqueue(PREVIEW, actor=actor, key=key_of(preview), preview=preview.pk)
    return preview


def key_of(preview: Preview) -> str:
    """Under which name the work on a preview is found among the jobs."""
    return f"preview:{preview.pk}"


def foresee_next(preview: Preview, after: int, *, at: datetime, chunk: int = CHUNK) -> list[int]:
    """Compare the customers that come after a key, and keep what would change; gives their keys."""
    ids = list(Customer.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:chunk])
    if ids:
        on = Organisation.objects.current().today(at)
        found = foreseen(ids, _playbook_of(preview), on=on)
        rows = [
            Effect(preview=preview, customer_id=pk, aspect=aspect.value, before=before, after=later)
            for pk, aspect, before, later in found
        ]
        write_rows(rows, keep=True)  # who was looked at by a run that died, or one beside this one, stays as seen
    return ids


def finish_preview(preview: Preview, *, customers: int, at: datetime) -> None:
    """Say that everybody was looked at."""
    Preview.objects.filter(pk=preview.pk, done_at=None).update(done_at=at, customers=customers)


def foreseen(ids: Sequence[int], playbook: Playbook, *, on: date) -> Iterable[tuple[int, Aspect, str, str]]:
    """What would change about these customers if this playbook counted; those out of sight are left out."""
    now, then = Frame.on(on), Frame.judged_by(playbook, on)
    copies = copies_of(ids)
    before, after = seen_now(ids, now), _seen_then(ids, then, copies)
    for pk in ids:
        if not copies[pk].is_hidden:
            yield from ((pk, aspect, old, new) for aspect, old, new in _moved(before.get(pk, {}), after[pk]))


def seen_now(ids: Sequence[int], frame: Frame) -> dict[int, Seen]:
    """What stands about these customers, as far as a preview speaks of it (two queries)."""
    strikes: dict[int, int] = dict(
        DealStanding.objects.filter(customer__in=ids, strike_since__isnull=False)
        .order_by()
        .values_list("customer")
        .annotate(Count("pk"))
    )
    return {row.pk: _seen(row, strikes.get(row.pk, 0), frame) for row in Standing.objects.filter(pk__in=ids)}


def moves(user: Any, preview: Preview) -> list[Move]:
    """How many of the customers this person sees would move, from what to what; the most first."""
    rows = _visible(user, preview).filter(aspect__in=(Aspect.QUADRANT, Aspect.STRIKE))
    counted = rows.order_by().values_list("aspect", "before", "after").annotate(n=Count("pk"))
    found = [Move(Aspect(aspect), before, after, n) for aspect, before, after, n in counted]
    return sorted(found, key=lambda move: (-move.count, move.aspect, move.before, move.after))


def counts(user: Any, preview: Preview) -> dict[str, int]:
    """Of how many of the customers this person sees each aspect would change."""
    return dict(_visible(user, preview).order_by().values_list("aspect").annotate(Count("pk")))


def effects(user: Any, preview: Preview, aspect: str) -> QuerySet[Effect]:
    """What would change in one aspect, customer by customer, of those this person sees."""
    return _visible(user, preview).filter(aspect=aspect).select_related("customer").order_by("customer_id")


def _visible(user: Any, preview: Preview) -> QuerySet[Effect]:
    rows = Effect.objects.filter(preview=preview)
    if scope_of(user).sees_all:
        return rows
    return rows.filter(customer__in=Customer.objects.visible_to(user))


def _seen_then(ids: Sequence[int], frame: Frame, copies: Mapping[int, Copies]) -> dict[int, Seen]:
    found: dict[int, Seen] = {}
    for case in gather(ids, frame):
        course = folded(case)
        pk, facts = case.customer_id, current(course.journey, course.context, frame.today)
        deals = (deal_row(course, facts, deal, frame, copies[pk]) for deal in course.deals)
        strikes = sum(1 for deal in deals if deal is not None and deal.strike_since is not None)
        found[pk] = _seen(standing_row(course, facts, frame, copies[pk]), strikes, frame)
    return found


def _seen(row: Standing, strikes: int, frame: Frame) -> dict[Aspect, str]:
    heat = heat_today(row, frame)
    return {
        Aspect.QUADRANT: row.quadrant,
        Aspect.WINDOW: "/".join(_day(day) for day in (row.expected_on, row.deadline_on))
        if row.deadline_on
        else NOTHING,
        Aspect.DUE: _day(row.due_on),
        Aspect.GAP: _day(row.gap_on),
        Aspect.HEAT: f"{round(heat)} {band(heat, frame.scale.heat)}",
        Aspect.STRIKE: str(strikes),
    }


def _moved(before: Seen, after: Seen) -> Iterable[tuple[Aspect, str, str]]:
    for aspect, new in after.items():
        old = before.get(aspect, NOTHING)
        if old != new:
            yield aspect, old, new


def _day(day: date | None) -> str:
    return day.isoformat() if day else NOTHING


_held: dict[tuple[UUID, int], Playbook] = {}


def _playbook_of(preview: Preview) -> Playbook:
    """The draft as a playbook, read once for all its customers."""
    key = (preview.pack.uuid, preview.revision)
    if key not in _held:
        _held.clear()
        _held[key] = read(preview.pack.content)
    return _held[key]

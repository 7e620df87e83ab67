"""The log of a customer, latest first, page by page, and single touches."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q

from wendu.customers.models import Customer
from wendu.touches.models import Promise, Touch, TouchContact, TouchQuerySet
from wendu.touches.queries.sight import may_see_emotion

PAGE = 20


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins: after this day and id, latest first."""

    touched_on: date
    id: int

    def to_text(self) -> str:
        """Write it for an address."""
        return f"{self.touched_on.isoformat()}_{self.id}"

    @classmethod
    def from_text(cls, text: str) -> "Cursor | None":
        """Read it back; what is no cursor starts from the top."""
        day, _, number = text.partition("_")
        try:
            return cls(date.fromisoformat(day), int(number))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some touches with all their parts, where to go on, and whether feelings may be shown."""

    touches: list[Touch]
    next: Cursor | None
    shows_emotion: bool


def timeline(
    user: Any,
    customer: Customer,
    *,
    after: Cursor | None = None,
    size: int = PAGE,
    upto: date | None = None,
    with_undone: bool = False,
) -> TimelinePage:
    """Give a page of a customer's log, with everything a row shows already read (a fixed number of queries).

    Feelings are blanked for readers who may not see them.
    """
    rows = Touch.objects.visible_to(user).filter(customer=customer)
    if not with_undone:
        rows = rows.standing()
    if upto is not None:
        rows = rows.filter(touched_on__lte=upto)
    if after is not None:
        rows = rows.filter(Q(touched_on__lt=after.touched_on) | Q(touched_on=after.touched_on, pk__lt=after.id))
    found = list(_whole(rows).order_by("-touched_on", "-pk")[: size + 1])
    touches = found[:size]
    shows_emotion = may_see_emotion(user, customer)
    for touch in touches:
        if not shows_emotion:
            touch.emotion_benefit = touch.emotion_cost = None
    more = Cursor(touches[-1].touched_on, touches[-1].pk) if len(found) > size else None
    return TimelinePage(touches, more, shows_emotion)


def _whole(rows: TouchQuerySet) -> TouchQuerySet:
    return rows.select_related("author", "opportunity").prefetch_related(
        Prefetch("participants", TouchContact.objects.select_related("contact").order_by("pk")),
        "commitments__contact",
        Prefetch("promises", Promise.objects.select_related("contact", "renewed_as").order_by("pk")),
        "tails",
        "closed_tails",
        "answers",
        "quiet_periods",
    )

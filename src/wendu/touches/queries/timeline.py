"""The log of a customer, latest first, page by page, and single touches."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.customers.models import Customer
from wendu.kernel.attached import attach
from wendu.kernel.prepared import Among, prepared_records_of
from wendu.touches.models import Commitment, Promise, Tail, Touch, TouchContact
from wendu.touches.queries.sight import may_see_emotion

PAGE, ABOUT_A_DEAL = 20, 30


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
    if (after, size, upto, with_undone) == (None, PAGE, None, False):
        found = _first_page(user, customer.pk)
    else:
        found = list(_from(user, customer, after, upto, with_undone=with_undone)[: size + 1])
    touches = found[:size]
    _with_parts(touches)
    shows_emotion = _feelings(user, customer, touches)
    more = Cursor(touches[-1].touched_on, touches[-1].pk) if len(found) > size else None
    return TimelinePage(touches, more, shows_emotion)


def touches_about(user: Any, customer: Customer, deal_id: int) -> TimelinePage:
    """Give the latest touches that count for one deal, its own and those about none in particular (six queries)."""
    touches = _about_deal(user, customer.pk, deal_id)
    _with_parts(touches)
    return TimelinePage(touches, None, _feelings(user, customer, touches))


def _feelings(user: Any, customer: Customer, touches: Sequence[Touch]) -> bool:
    """Whether feelings may be shown; where they may not, they are blanked."""
    shows_emotion = may_see_emotion(user, customer)
    for touch in touches:
        if not shows_emotion:
            touch.emotion_benefit = touch.emotion_cost = None
    return shows_emotion


@prepared_records
def _about_deal(me: Scope, customer_id: int, deal_id: int) -> QuerySet[Touch]:
    rows = Touch.objects.visible_to(me).standing().filter(customer_id=customer_id)
    rows = rows.filter(Q(opportunity_id=deal_id) | Q(opportunity_id__isnull=True))
    return rows.select_related("author", "opportunity").order_by("-touched_on", "-pk")[:ABOUT_A_DEAL]


@prepared_records
def _first_page(me: Scope, customer_id: int) -> QuerySet[Touch]:
    """What everybody opens the page with."""
    rows = Touch.objects.visible_to(me).standing().filter(customer_id=customer_id)
    return rows.select_related("author", "opportunity").order_by("-touched_on", "-pk")[: PAGE + 1]


def _from(
    user: Any, customer: Customer, after: Cursor | None, upto: date | None, *, with_undone: bool
) -> QuerySet[Touch]:
    rows = Touch.objects.visible_to(user).filter(customer=customer)
    if not with_undone:
        rows = rows.standing()
    if upto is not None:
        rows = rows.filter(touched_on__lte=upto)
    if after is not None:
        rows = rows.filter(Q(touched_on__lt=after.touched_on) | Q(touched_on=after.touched_on, pk__lt=after.id))
    return rows.select_related("author", "opportunity").order_by("-touched_on", "-pk")


def _with_parts(touches: Sequence[Touch]) -> None:
    """Lay what a row shows with each touch; five queries."""
    ids = [touch.pk for touch in touches]
    if ids:
        attach(touches, "participants", _participants(ids), key="touch_id")
        attach(touches, "commitments", _commitments(ids), key="touch_id")
        attach(touches, "promises", _promises(ids), key="touch_id")
        attach(touches, "tails", _tails(ids), key="touch_id")
        attach(touches, "closed_tails", _closed_tails(ids), key="closed_in_id")


@prepared_records_of
def _participants(touch_ids: Collection[int]) -> QuerySet[TouchContact]:
    return TouchContact.objects.filter(Among("touch_id", touch_ids)).select_related("contact").order_by("pk")


@prepared_records_of
def _commitments(touch_ids: Collection[int]) -> QuerySet[Commitment]:
    return Commitment.objects.filter(Among("touch_id", touch_ids)).order_by("pk")


@prepared_records_of
def _promises(touch_ids: Collection[int]) -> QuerySet[Promise]:
    return Promise.objects.filter(Among("touch_id", touch_ids)).order_by("pk")


@prepared_records_of
def _tails(touch_ids: Collection[int]) -> QuerySet[Tail]:
    return Tail.objects.filter(Among("touch_id", touch_ids)).order_by("pk")


@prepared_records_of
def _closed_tails(touch_ids: Collection[int]) -> QuerySet[Tail]:
    return Tail.objects.filter(Among("closed_in_id", touch_ids)).order_by("pk")

"""What a form should offer first, so that the common touch takes few taps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wendu.customers.models import Customer
from wendu.identity.models import MONDAY_TO_FRIDAY
from wendu.touches.choices import TouchKind, TouchOutcome
from wendu.touches.models import Touch, TouchContact

LOOK_BACK = 30
NOT_PROACTIVE = frozenset({TouchKind.SERVICE})


@dataclass(frozen=True, slots=True)
class RecentChoices:
    """Kinds this person uses most, and contacts of the customer met most recently."""

    kinds: tuple[str, ...]
    contact_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DateOption:
    """One day to tap: a stable code (its words belong to the doors) and the day."""

    code: str
    day: date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Defaults of the form; everything can be changed."""

    is_two_way: bool
    is_proactive: bool
    outcome: str
    dates: tuple[DateOption, ...]
    latest_on: date | None


def suggest(
    kind: str,
    *,
    on: date,
    two_way: bool = True,
    max_gap_days: int | None = None,
    stopped: Iterable[date] = (),
    week: str = MONDAY_TO_FRIDAY,
    due_on: date | None = None,
    customer_started: bool = False,
) -> Suggestion:
    """Suggest what a touch of this kind usually is, and when the next one should be.

    `two_way` is what the playbook says of the kind, `max_gap_days` the longest gap of the customer's class (3.4),
    `stopped` are holidays to step over, `week` the ISO weekdays the firm works on, `due_on` is the day of the advance
    just agreed.
    """
    latest = on + timedelta(days=max_gap_days) if max_gap_days else None
    return Suggestion(
        is_two_way=two_way,
        is_proactive=proactive_by_default(kind, customer_started=customer_started),
        outcome=TouchOutcome.NONE.value,
        dates=tuple(_dates(on, latest, _Rest(frozenset(stopped), week), due_on)),
        latest_on=latest,
    )


def proactive_by_default(kind: str, *, customer_started: bool) -> bool:
    """A touch is proactive when we started it; service answers a fault (method: 3.5, one tap at the log)."""
    return not customer_started and kind not in NOT_PROACTIVE


def recent_choices(user: Any, customer: Customer) -> RecentChoices:
    """Look at the latest touches for what to offer first: two small queries, however long the history."""
    own = Touch.objects.visible_to(user).standing().filter(author=user).order_by("-touched_on", "-pk")
    kinds = Counter(own.values_list("kind", flat=True)[:LOOK_BACK])
    latest = Touch.objects.visible_to(user).standing().filter(customer=customer).order_by("-touched_on", "-pk")
    touches = list(latest.values_list("pk", flat=True)[:LOOK_BACK])
    met = TouchContact.objects.filter(touch_id__in=touches, contact__deleted_at__isnull=True)
    order = {pk: position for position, pk in enumerate(touches)}
    rows = sorted(met.values_list("touch_id", "pk", "contact_id"), key=lambda row: (order[row[0]], row[1]))
    return RecentChoices(
        kinds=tuple(kind for kind, _ in kinds.most_common()),
        contact_ids=tuple(dict.fromkeys(contact_id for _, _, contact_id in rows)),
    )


@dataclass(frozen=True, slots=True)
class _Rest:
    """When the firm does not work: days off and the weekdays outside its week."""

    stopped: frozenset[date]
    week: str

    def __contains__(self, day: date) -> bool:
        return str(day.isoweekday()) not in self.week or day in self.stopped


def _dates(on: date, latest: date | None, rest: _Rest, due_on: date | None) -> list[DateOption]:
    tomorrow = _working(on + timedelta(days=1), rest)
    monday = _working(on + timedelta(days=7 - on.weekday()), rest)
    options = [DateOption("tomorrow", tomorrow), DateOption("next_monday", monday)]
    if due_on is not None and due_on > on:
        options.insert(2, DateOption("advance", due_on))
    if latest is not None:
        options.append(DateOption("before_gap", _working_back(latest, on, rest)))
    seen: dict[date, DateOption] = {}
    for option in sorted(options, key=lambda option: (option.day, option.code != "advance")):
        if latest is None or option.day <= latest or option.code == "advance":
            seen.setdefault(option.day, option)
    return list(seen.values())


def _working(day: date, rest: _Rest) -> date:
    for _ in range(30):
        if day not in rest:
            break
        day += timedelta(days=1)
    return day


def _working_back(day: date, after: date, rest: _Rest) -> date:
    """The latest working day up to `day`; without one, the day itself."""
    earlier = day
    while earlier > after and earlier in rest:
        earlier -= timedelta(days=1)
    return earlier if earlier > after else day

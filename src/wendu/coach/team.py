"""Sums over the customers of many people: what waits at each, what is open by class, where the time went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from wendu.coach.conditions import OF_DEALS
from wendu.coach.models import DealStanding, Standing, StandingQuerySet
from wendu.identity.models import User
from wendu.method.codes import Status
from wendu.touches.models import Touch

DAYS = 30
COUNTED = ("whose", "of_team", "customers", "no_amount", "due", "window_overdue", "cold_gap")


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose customers are looked at: all this person sees, or only those of some teams."""

    user: User
    team_ids: tuple[int, ...] | None = None

    def standings(self) -> StandingQuerySet:
        """The customers themselves; the same rows as in their table."""
        rows = Standing.objects.filter(Standing.objects.sight(self.user)).order_by()
        return rows if self.team_ids is None else rows.filter(team_id__in=self.team_ids)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many customers of one person in one team wait for something; the alerts by the codes of the table."""

    owner_id: int | None
    team_id: int | None
    customers: int
    no_amount: int
    due: int
    window_overdue: int
    cold_gap: int
    strike: int = 0
    missed_heat: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """So many customers of a class with known open amounts whose windows end in one month; no class is empty."""

    quadrant: str
    deadline_on: date | None
    customers: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Spent:
    """How often an author was in touch with one class in one way, and how often felt much warmer than it was."""

    author_id: int
    quadrant: str
    kind: str
    touches: int
    too_warm: int


def waiting_of(sight: Sight, today: date) -> list[Waiting]:
    """What waits, by owner and team, counted as the table of customers would list it (three queries).

    Said twice over, the owner tempts no database to walk an index and look up each row: most rows are counted anyway.
    """
    pursued = Q(status=Status.IN_PURSUIT.value, open_amount_minor__isnull=True)
    counted = (
        sight.standings()
        .annotate(whose=Coalesce("owner_id", "owner_id"), of_team=Coalesce("team_id", "team_id"))
        .values("whose", "of_team")
        .annotate(
            customers=Count("*"),
            no_amount=Count("pk", filter=pursued),
            due=Count("pk", filter=Q(due_on__lte=today)),
            window_overdue=Count("pk", filter=Q(deadline_on__lt=today)),
            cold_gap=Count("pk", filter=Q(gap_on__lte=today)),
        )
    )
    alerts = _deal_alerts(sight, today)
    return [Waiting(*row, **alerts.get(row[:2], {})) for row in counted.values_list(*COUNTED)]


def open_amounts(sight: Sight, today: date) -> list[Open]:
    """Open amounts by class and month of the window's end, what is over apart, under the latest day (one query)."""
    rows = sight.standings().filter(open_amount_minor__isnull=False).values_list("quadrant", "deadline_on")
    sums: dict[tuple[str, str], Open] = {}
    for letter, on, customers, amount in rows.annotate(n=Count("*"), amount=Sum("open_amount_minor")):
        key = letter, "" if on is None else "over" if on < today else f"{on:%Y-%m}"
        held = sums.get(key, Open(letter, on, 0, 0))
        latest = max(filter(None, (held.deadline_on, on)), default=None)
        sums[key] = Open(letter, latest, held.customers + customers, held.amount_minor + amount)
    return list(sums.values())


def spent_by(sight: Sight, people: Iterable[int], today: date, *, gap: float) -> list[Spent]:
    """The touches of the last 30 days, by author, class of the customer today and kind (one query)."""
    counted = recent_touches(sight, people, today).values_list("author_id", "customer__standing__quadrant", "kind")
    rows = counted.annotate(touches=Count("*"), too_warm=Count("pk", filter=felt_warmer(gap))).order_by()
    return [Spent(author, letter or "", *rest) for author, letter, *rest in rows]


def recent_touches(sight: Sight, people: Iterable[int], today: date) -> Any:
    """What these people logged in the last 30 days with customers in sight, unless it was undone."""
    since = today - timedelta(days=DAYS)
    rows = Touch.objects.visible_to(sight.user).standing()
    rows = rows.filter(author_id__in=list(people), touched_on__gt=since, touched_on__lte=today)
    return rows if sight.team_ids is None else rows.filter(customer__standing__team_id__in=sight.team_ids)


def felt_warmer(gap: float) -> Q:
    """Whether an own feel was much warmer than what was computed for the same day.

    Only the temperature of the latest day with facts is kept; an older feel was followed by newer facts and is not
    compared, which leaves it out rather than guessing what it was compared with.
    """
    return Q(
        guess__isnull=False,
        touched_on=F("customer__standing__heat_on"),
        guess__gt=F("customer__standing__heat") + gap,
    )


def _deal_alerts(sight: Sight, today: date) -> dict[tuple[int | None, int | None], dict[str, int]]:
    """Customers with an alert about a deal, by who owns the customer."""
    found: dict[tuple[int | None, int | None], dict[str, int]] = {}
    for code, lookup in OF_DEALS.items():
        of_alert = DealStanding.objects.order_by().filter(**{lookup: today}).values("customer_id")
        rows = sight.standings().filter(pk__in=of_alert).values_list("owner_id", "team_id").annotate(n=Count("*"))
        for owner, team, number in rows:
            found.setdefault((owner, team), {})[code] = number
    return found

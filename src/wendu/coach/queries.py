"""Lists of standings: sorted by today's temperature without touching a row that is not shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from wendu.access.scope import scope_of
from wendu.coach.frame import Frame
from wendu.coach.models import ClassSpell, DealStanding, Standing, StandingQuerySet
from wendu.customers.models import Customer
from wendu.method.scales import MethodScale

EXACT_UP_TO = 20_000
DEEPEST = 5_000
SORTS = {
    "due": ("due_on", "pk"),
    "deadline": ("deadline_on", "pk"),
    "amount": ("-open_amount_minor", "pk"),
    "latest": ("-latest_touch_on", "pk"),
}


@dataclass(frozen=True, slots=True)
class StandingFilter:
    """What a list of customers is narrowed to; empty means everything."""

    quadrant: str = ""
    status: str = ""
    owner_id: int | None = None
    team_id: int | None = None
    alert: str = ""

    def __bool__(self) -> bool:
        return bool(self.quadrant or self.status or self.owner_id or self.team_id or self.alert)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and whether more follows."""

    rows: tuple[Standing, ...]
    offset: int
    has_more: bool


def standings_of(user: Any, narrowed: StandingFilter, frame: Frame) -> StandingQuerySet:
    """The visible customers a list shows, narrowed by what stands about them."""
    rows: StandingQuerySet = Standing.objects.visible_to(user).filter(is_hidden=False)
    if narrowed.quadrant:
        rows = rows.filter(quadrant="" if narrowed.quadrant == "none" else narrowed.quadrant)
    for name in ("status", "owner_id", "team_id"):
        if value := getattr(narrowed, name):
            rows = rows.filter(**{name: value})
    return rows.filter(_alert(narrowed.alert, frame)) if narrowed.alert else rows


def page_of(
    user: Any, narrowed: StandingFilter, frame: Frame, *, sort: str = "heat", offset: int = 0, limit: int = 50
) -> Page:
    """One page of the visible customers, hottest first or by an indexed column; never counts beyond a bound."""
    offset = min(max(0, offset), DEEPEST)
    rows = standings_of(user, narrowed, frame)
    if sort in SORTS:
        first, *rest = SORTS[sort]
        column = F(first.lstrip("-"))
        order = column.desc(nulls_last=True) if first.startswith("-") else column.asc(nulls_last=True)
        found = list(_with_names(rows.order_by(order, *rest))[offset : offset + limit + 1])
    else:
        found = hottest(rows, frame, offset=offset, limit=limit + 1, is_wide=_is_wide(user, narrowed))
    return Page(tuple(found[:limit]), offset, len(found) > limit)


def hottest(rows: StandingQuerySet, frame: Frame, *, offset: int, limit: int, is_wide: bool = False) -> list[Standing]:
    """The warmest customers today, in exact order.

    Up to some twenty thousand rows are sorted by their value today. Above that one index range per half-life is read,
    because `cool_key` orders one half-life on any day, and one of the rows that do not cool yet; the rest is merging.
    """
    if not is_wide and not rows.order_by()[EXACT_UP_TO : EXACT_UP_TO + 1].exists():
        return list(_with_names(rows.annotate(warmth=_warmth(frame)).order_by(*_ORDER))[offset : offset + limit])
    keys = _merged(rows, frame, offset + limit)[offset:]
    held = {row.pk: row for row in _with_names(Standing.objects.filter(pk__in=keys))}
    found = [held[pk] for pk in keys if pk in held]
    if len(found) < limit:
        cold = rows.filter(cool_key__isnull=True).order_by("pk")
        found += list(_with_names(cold)[max(0, offset - len(keys)) :][: limit - len(found)])
    return found


def bounded_count(rows: QuerySet[Any], bound: int = 10_000) -> tuple[int, bool]:
    """How many rows there are, counted no further than a bound; and whether there are more."""
    count = rows.order_by()[: bound + 1].count()
    return min(count, bound), count > bound


def open_deal_standings(user: Any) -> QuerySet[DealStanding]:
    """The open deals a user sees, with their opportunity and customer."""
    rows: QuerySet[DealStanding] = DealStanding.objects.visible_to(user)
    return rows.select_related("opportunity", "customer", "owner")


def warmest_deals(
    user: Any, frame: Frame, *, owner_id: int | None = None, offset: int = 0, limit: int = 50
) -> list[DealStanding]:
    """The open deals a user sees (or those of one owner), warmest first."""
    rows = open_deal_standings(user)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    return list(rows.annotate(warmth=_warmth(frame)).order_by(*_ORDER)[max(0, offset) : max(0, offset) + limit])


def class_history(user: Any, customer: Customer) -> list[ClassSpell]:
    """When which class was held, latest first."""
    if scope_of(user).sees_nothing:
        return []
    return list(ClassSpell.objects.filter(customer=customer).order_by("-since"))


def half_lives(scale: MethodScale) -> tuple[float, ...]:
    """Every half-life a customer can cool by: of a class or of an existing customer, at each rhythm."""
    heat = scale.heat
    paces = {row.half_life_days for row in heat.cooling.values()} | {heat.existing_half_life_days}
    rhythms = {1.0, *heat.rhythm.market.values(), *heat.rhythm.sale.values()}
    return tuple(sorted({pace * rhythm for pace in paces for rhythm in rhythms}))


_ORDER = (F("warmth").desc(nulls_last=True), "pk")


def _warmth(frame: Frame) -> Case:
    """Today's temperature as a power of two: what `cool_key` says once cooling has begun, the heat itself before."""
    axis = Greatest(F("cools_from_axis"), Value(frame.axis.at(frame.today)))
    cooled = F("cool_key") - axis / F("half_life_days")
    return Case(When(cool_key__isnull=False, then=cooled), output_field=FloatField())


def _merged(rows: StandingQuerySet, frame: Frame, limit: int) -> list[int]:
    """Keys of the warmest rows, merged from one index range per half-life in a single query."""
    today = frame.axis.at(frame.today)
    warm = rows.filter(cool_key__isnull=False).annotate(warmth=_warmth(frame))
    ranges = [
        warm.filter(half_life_days=days, cools_from_axis__lte=today).order_by("-cool_key", "pk")
        for days in half_lives(frame.scale)
    ]
    ranges.append(warm.filter(cools_from_axis__gt=today).order_by("-heat", "pk"))
    found = _together([part.values_list("warmth", "pk")[:limit] for part in ranges])
    return [pk for _, pk in sorted(found, key=lambda row: (-row[0], row[1]))[:limit]]


def _together(parts: Sequence[QuerySet[Any, Any]]) -> list[tuple[float, int]]:
    """Run sliced queries as one; the ORM's own union cannot slice its parts on SQLite."""
    pieces: list[str] = []
    values: list[Any] = []
    for number, part in enumerate(parts):
        sql, params = part.query.sql_with_params()
        pieces.append(f"SELECT * FROM ({sql}) AS part_{number}")  # noqa: S608  compiled by the ORM, values bound
        values.extend(params)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), values)
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _with_names(rows: QuerySet[Standing]) -> QuerySet[Standing]:
    return rows.select_related("customer", "owner")


def _is_wide(user: Any, narrowed: StandingFilter) -> bool:
    """Whether a list surely shows more than can be sorted at once, so that counting would be waste."""
    return (
        scope_of(user).sees_all and not narrowed and Standing.objects.order_by()[EXACT_UP_TO : EXACT_UP_TO + 1].exists()
    )


def _alert(code: str, frame: Frame) -> Q:
    today = frame.today
    deals = DealStanding.objects.all()
    found = {
        "strike": Q(pk__in=deals.filter(strike_since__lte=today).values("customer_id")),
        "missed_heat": Q(pk__in=deals.filter(missed_on__lte=today).values("customer_id")),
        "cold_gap": Q(gap_on__lte=today),
        "window_overdue": Q(deadline_on__lt=today),
        "due": Q(due_on__lte=today),
        "revisit_due": Q(revisit_on__lte=today),
        "first_touch_due": Q(status="unvisited"),
    }
    return found.get(code, Q())

"""What those look after who follow no list of their own, as cards beside the day: each one question, few rows.

Service asks whom to revisit, what is broken and what was promised; marketing what came in and who has met nobody yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, NullIf

from wendu.coach.conditions import alert_set, alert_test
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.orders import usual
from wendu.coach.walking import find_page
from wendu.coach.ways import Narrowing, Ways
from wendu.customers.facts import opted_out
from wendu.customers.models import Customer
from wendu.desk.table.asked import READABLE
from wendu.desk.table.columns import column
from wendu.desk.table.rows import rows_of
from wendu.desk.team.asked import Scope
from wendu.desk.team.figures import kept
from wendu.identity.choices import Role
from wendu.identity.models import Organisation, User
from wendu.method.codes import Quadrant, Status
from wendu.touches.models import Promise, QuietPeriod, Tail

SHOWN, LOOKED_AT, SOURCES, NEW_DAYS = 8, 40, 8, 30

Rows = QuerySet[Any, Any]


class Matter(NamedTuple):
    """Something about one customer, since or by a day."""

    customer__uuid: UUID
    customer__name: str
    owner: str
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """The first of such things, and whether there are more."""

    code: str
    rows: tuple[Matter, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Customers that came in lately from one source: how many, how many were met, how many are of class A or B."""

    name: str
    customers: int
    met: int
    likely: int

    @property
    def query(self) -> str:
        """The address of the table that lists them; a name that would read as two has none."""
        if not self.name or set(self.name) & set(",;"):
            return ""
        return urlencode({"f": f"source.in:{self.name};created.last:{NEW_DAYS}"}, safe=READABLE)


def cards_of(user: User, frame: Frame) -> list[Card]:
    """The cards of a role, one question each; none for roles with a screen of another kind."""
    return [_card(code, read(user, frame)) for code, read in CARDS.get(Role(user.role), ())]


def sources_of(user: User, frame: Frame, at: datetime) -> list[Source]:
    """Where the customers of the last 30 days came from, the most first; counted once a minute over many."""
    return kept("sources", Scope(user, ()), frame, lambda: _sources(user, at))


def _card(code: str, rows: list[Matter]) -> Card:
    return Card(code, tuple(rows[:SHOWN]), len(rows) > SHOWN)


def _revisits(user: User, frame: Frame) -> list[Matter]:
    """Old customers whose revisit is due, the longest due first; nobody in a quiet period, or who opted out."""
    today = frame.today
    quiet = QuietPeriod.objects.standing().filter(customer_id=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today)
    rows = Standing.objects.filter(Standing.objects.sight(user), ~Exists(quiet), status=Status.EXISTING)
    due = rows.filter(revisit_on__lte=today).order_by("revisit_on", "pk")
    found = list(due.values_list("pk", "customer__uuid", "customer__name", _name_of("owner"), "revisit_on")[:LOOKED_AT])
    silent = opted_out([pk for pk, *_ in found])
    return [Matter(*row) for pk, *row in found if pk not in silent][: SHOWN + 1]


def _problems(user: User, _frame: Frame) -> list[Matter]:
    """Problems customers were left with, the oldest first."""
    rows = Tail.objects.visible_to(user).open().order_by("opened_on", "pk")
    return _matters(
        rows.values_list("customer__uuid", "customer__name", _name_of("customer__owner"), "opened_on", "what")
    )


def _promises(user: User, frame: Frame) -> list[Matter]:
    """What anybody promised and is due, the longest due first."""
    rows = Promise.objects.visible_to(user).standing().filter(state="open", due_on__lte=frame.today)
    due = rows.order_by("due_on", "pk")
    return _matters(due.values_list("customer__uuid", "customer__name", _name_of("author"), "due_on", "what"))


def _unmet(user: User, frame: Frame) -> list[Matter]:
    """Who came in and has met nobody yet, the latest first."""
    code, order = "first_touch_due", usual("created")
    ways = Ways(user, Narrowing(alert_test(code, frame), (alert_set(code, frame),)))
    found = find_page(ways, order, frame, limit=SHOWN + 1)
    rows = rows_of(found.keys, order, map(column, ("owner", "created")), frame)
    house = Organisation.objects.current()
    return [
        Matter(
            row.uuid,
            row.name,
            row.values["owner__full_name"] or row.values["owner__username"] or "",
            house.today(row.values["customer__created_at"]),
        )
        for row in rows
    ]


def _matters(rows: Rows) -> list[Matter]:
    return [Matter(*row) for row in rows[: SHOWN + 1]]


def _name_of(person: str) -> Coalesce:
    """The name to show of a person beside a row; nothing where there is none."""
    return Coalesce(NullIf(f"{person}__full_name", Value("")), F(f"{person}__username"), Value(""))


def _sources(user: User, at: datetime) -> list[Source]:
    came = Customer.objects.visible_to(user).filter(
        bucket_of__isnull=True, created_at__gte=at - timedelta(days=NEW_DAYS)
    )
    met, likely = ~Q(standing__status=Status.UNVISITED), Q(standing__quadrant__in=(Quadrant.A.value, Quadrant.B.value))
    rows: Rows = (
        came.order_by()
        .values_list("source_text")
        .annotate(customers=Count("pk"), met=Count("pk", filter=met), likely=Count("pk", filter=likely))
    )
    return [Source(*row) for row in rows.order_by("-customers", "source_text")[:SOURCES]]


Read = Callable[[User, Frame], list[Matter]]
CARDS: dict[Role, tuple[tuple[str, Read], ...]] = {
    Role.SERVICE: (("revisits", _revisits), ("problems", _problems), ("promises", _promises)),
    Role.MARKETING: (("unmet", _unmet),),
}

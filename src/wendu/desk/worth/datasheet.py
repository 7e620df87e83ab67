"""The data sheet of one customer: what is known of them and of what they bought, what lacks, what to look after (3.21).

Nothing is kept for it: all of it is read from what is written down elsewhere, and what nobody wrote down is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.access.verbs import can
from wendu.agreements.choices import OrderState
from wendu.agreements.facts import money_of
from wendu.agreements.models import Contract, Order, OrderLine, Subscription
from wendu.agreements.queries import contracts_of, orders_of, subscriptions_of
from wendu.coach.frame import Frame
from wendu.customers.choices import CustomerKind, FieldAbout
from wendu.customers.models import Customer
from wendu.customers.queries import standing_by_kind
from wendu.desk.circle import Circle, circle_of
from wendu.desk.customer_parts import Person, own_fields, people
from wendu.desk.wording import lang
from wendu.desk.worth.panel import Worth, worth_of
from wendu.identity.models import User
from wendu.insights.models import Score
from wendu.insights.queries import score_of_customer
from wendu.method.datasheet import Care, Entry, Fill, Look, Told, fill, look_after
from wendu.method.payments import Owing
from wendu.offers.models import Expectation
from wendu.touches.models import Tail, Touch
from wendu.touches.queries import care_given, open_tails

MOST_ORDERS, MOST_CARE = 50, 5
VERBS = {
    "edit": "customer.edit",
    "contact": "contact.create",
    "order": "order.write",
    "plan": "step.plan",
    "log": "touch.log",
}
NAMES = {
    "need": _("The need behind it"),
    "reason": _("Why they bought now"),
    "scenario": _("Where and when it is used"),
    "behaviour": pgettext_lazy("data sheet", "How they bought"),
    "decided_by": _("Who decided"),
    "money": pgettext_lazy("data sheet", "When the money is due"),
}


class Lack(NamedTuple):
    """Something an order does not say: its code and its name."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """One order on the sheet: what, for how much, why, and what to look after because of it."""

    order: Order
    lines: Sequence[OrderLine]
    money: Owing
    today: date
    look: Look | None
    expected: Sequence[Expectation]

    @property
    def is_money_known(self) -> bool:
        """Whether anybody wrote down when money is due, or that it came."""
        return bool(self.money.dues or self.money.received_minor) or self.order.state == OrderState.PAID

    @property
    def days_late(self) -> int:
        """How long the earliest unpaid due is over."""
        return self.money.overdue_days(self.today)

    @property
    def lacks(self) -> list["Lack"]:
        """What nobody wrote down of it, in the order of the sheet."""
        return [Lack(each.code, str(NAMES[each.code])) for each in self.entries() if not each.is_known]

    def entries(self) -> Iterable[Entry]:
        """What the sheet asks of an order that stands; a cancelled one is asked nothing."""
        if self.order.state == OrderState.CANCELLED:
            return
        for name in ("need", "reason", "scenario", "behaviour"):
            yield Entry(name, bool(getattr(self.order, name)), self.order.pk)
        yield Entry("decided_by", self.order.decided_by_id is not None, self.order.pk)
        yield Entry("money", self.is_money_known, self.order.pk)


@dataclass(frozen=True, slots=True)
class Sum:
    """What the orders of one currency come to, in minor units."""

    currency: str
    ordered: int
    received: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class DataSheet:
    """Everything the sheet shows."""

    customer: Customer
    today: date
    may: dict[str, bool]
    fill: Fill
    industry: str
    people: Sequence[Person]
    points: Sequence[tuple[str, str, int]]
    own: Sequence[tuple[str, str]]
    orders: Sequence[SheetOrder]
    has_more: bool
    sums: Sequence[Sum]
    worth: Worth
    circle: Circle
    score: Score | None
    subscriptions: Sequence[Subscription]
    contracts: Sequence[Contract]
    problems: Sequence[Tail]
    care: Sequence[Touch]

    @property
    def unexplained(self) -> int:
        """How many orders say nothing of the need behind them."""
        return sum(each.code == "need" for each in self.fill.lacks)

    @property
    def looks(self) -> list[SheetOrder]:
        """Orders that are to be looked after, the earliest day first."""
        due = [row for row in self.orders if row.look is not None and row.look.care in (Care.DUE, Care.AHEAD)]
        return sorted(due, key=lambda row: row.look.due_on if row.look else row.today)


def data_sheet(user: User, customer: Customer, at: datetime) -> DataSheet:
    """Read the sheet of a visible customer: a fixed number of queries, however much they bought."""
    frame, fields = Frame.at(at), standing_by_kind()
    persons, points = people(user, customer, [], fields[FieldAbout.CONTACT])
    care = list(care_given(user, customer.pk))
    found = list(orders_of(user, customer)[: MOST_ORDERS + 1])
    rows = _orders(user, found[:MOST_ORDERS], [each.touched_on for each in care], frame)
    asked = [*_of_customer(customer, persons, points), *(entry for row in rows for entry in row.entries())]
    industry = frame.playbook.factors.industry.get(customer.industry)
    return DataSheet(
        customer=customer,
        today=frame.today,
        may={name: can(user, verb, customer) for name, verb in VERBS.items()},
        fill=fill(asked, frame.scale.sheet),
        industry=industry.name.of(lang()) if industry else customer.industry,
        people=persons,
        points=points,
        own=[(label, words) for _of, label, words, _kept in own_fields(customer, fields[FieldAbout.CUSTOMER])],
        orders=rows,
        has_more=len(found) > MOST_ORDERS,
        sums=_sums(rows),
        worth=worth_of(user, customer, at),
        circle=circle_of(user, customer, at),
        score=next(iter(score_of_customer(user, customer.pk)), None),
        subscriptions=[each for each in subscriptions_of(user, customer) if each.ended_on is None],
        contracts=[each for each in contracts_of(user, customer) if each.is_in_force],
        problems=list(open_tails(user, customer.pk)),
        care=care[:MOST_CARE],
    )


def _of_customer(
    customer: Customer, persons: Sequence[Person], points: Sequence[tuple[str, str, int]]
) -> Iterable[Entry]:
    """What the sheet asks of the customer itself; a person has no size."""
    there = [each for each in persons if each.contact.left_on is None]
    yield Entry("industry", bool(customer.industry))
    if customer.kind == CustomerKind.ORG:
        yield Entry("headcount", customer.headcount is not None)
    yield Entry("region", bool(customer.city or customer.province))
    yield Entry("source", bool(customer.source_text) or customer.referrer_id is not None)
    yield Entry("people", bool(there))
    yield Entry("number", bool(points) or any(each.points for each in there))


def _orders(user: User, orders: Sequence[Order], cared_on: Sequence[date], frame: Frame) -> list[SheetOrder]:
    """The orders with their lines, money, expectations and looks (five queries)."""
    lines: dict[int, list[OrderLine]] = {}
    for line in OrderLine.objects.visible_to(user).standing().filter(order__in=orders).order_by("pk"):
        lines.setdefault(line.order_id, []).append(line)
    deals = {order.opportunity_id for order in orders if order.opportunity_id}
    expected: dict[int, list[Expectation]] = {}
    for row in Expectation.objects.visible_to(user).standing().filter(opportunity__in=deals).order_by("pk"):
        expected.setdefault(row.opportunity_id, []).append(row)
    money = money_of(orders, on=frame.today)
    return [
        SheetOrder(
            order,
            lines.get(order.pk, ()),
            money[order.pk],
            frame.today,
            _look(order, cared_on, frame),
            expected.get(order.opportunity_id or 0, ()),
        )
        for order in orders
    ]


def _look(order: Order, cared_on: Sequence[date], frame: Frame) -> Look | None:
    if order.state == OrderState.CANCELLED:
        return None
    told = Told(order.ordered_on, order.need, order.reason, order.scenario, order.accepted_on, tuple(cared_on))
    return look_after(told, frame.today, frame.scale.sheet)


def _sums(rows: Iterable[SheetOrder]) -> list[Sum]:
    """What stands, per currency; amounts in different currencies are never added up."""
    found: dict[str, Sum] = {}
    for row in rows:
        if row.order.state == OrderState.CANCELLED:
            continue
        code, money = row.order.currency, row.money
        was = found.get(code, Sum(code, 0, 0, 0, 0))
        found[code] = Sum(
            code,
            was.ordered + money.owed_minor,
            was.received + money.received_minor,
            was.open + money.open_minor,
            was.overdue + money.overdue_minor,
        )
    return [found[code] for code in sorted(found)]

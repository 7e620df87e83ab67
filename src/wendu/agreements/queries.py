"""Reads of agreements: what somebody sees, and what there is to ask the customers one looks after."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope
from wendu.agreements.choices import SubscriptionState
from wendu.agreements.models import (
    IN_FORCE,
    Contract,
    ContractQuerySet,
    Order,
    OrderMove,
    OrderQuerySet,
    Receipt,
    Return,
    Subscription,
    SubscriptionQuerySet,
)
from wendu.customers.models import Customer
from wendu.opportunities.models import Opportunity
from wendu.quotes.models import Quote

Rows = QuerySet[Any, Any]


def orders_of(user: Any, customer: Customer) -> OrderQuerySet:
    """The orders of a customer, latest first."""
    rows = Order.objects.visible_to(user).standing().filter(customer=customer)
    return rows.select_related("opportunity", "decided_by", "quote", "contract").order_by("-ordered_on", "-pk")


def orders_from(user: Any, quote: Quote) -> OrderQuerySet:
    """The orders written down from a quote, earliest first."""
    return Order.objects.visible_to(user).standing().filter(quote=quote).order_by("ordered_on", "pk")


def orders_due(user: Any, *, until: date) -> OrderQuerySet:
    """Orders with something to pay up to a day and not all of it paid, the earliest due first."""
    rows = Order.objects.visible_to(user).owing_by(until).filter(customer__deleted_at__isnull=True)
    return rows.select_related("customer", "customer__owner")


def orders_without_need(user: Any) -> OrderQuerySet:
    """Orders that stand and say nothing of the need behind them, latest first (method: 3.21)."""
    rows = Order.objects.visible_to(user).counted().filter(need="", customer__deleted_at__isnull=True)
    return rows.select_related("customer__owner", "customer__team").order_by("-ordered_on", "-pk")


def parts_of(order: Order) -> tuple[list[Receipt], list[Return], list[OrderMove]]:
    """What came in, what went back, and how an order one sees went on, latest first (three queries)."""
    receipts = order.receipts.standing().select_related("author").order_by("-received_on", "-pk")
    returns = order.returns.standing().select_related("author", "line").order_by("-returned_on", "-pk")
    moves = order.moves.select_related("moved_by").order_by("-pk")
    return list(receipts), list(returns), list(moves)


def contracts_of(user: Any, customer: Customer) -> ContractQuerySet:
    """The contracts of a customer, those that end next first, then those without an end."""
    rows = Contract.objects.visible_to(user).standing().with_followers().filter(customer=customer)
    return rows.select_related("opportunity", "owner").order_by(F("ends_on").asc(nulls_last=True), "pk")


def contracts_in_force(user: Any) -> ContractQuerySet:
    """All that both sides are bound by, the next to end first, then those without an end."""
    rows = Contract.objects.visible_to(user).standing().with_followers()
    rows = rows.filter(state__in=IN_FORCE, customer__deleted_at__isnull=True)
    rows = rows.select_related("customer", "customer__owner", "owner")
    return rows.order_by(F("ends_on").asc(nulls_last=True), "pk")


def contracts_about(user: Any, deal: Opportunity) -> ContractQuerySet:
    """The contracts of a deal, the latest first."""
    rows = Contract.objects.visible_to(user).standing().with_followers().filter(opportunity=deal)
    return rows.select_related("owner").order_by("-pk")


def orders_about(user: Any, deal: Opportunity) -> OrderQuerySet:
    """The orders of a deal, the latest first."""
    return Order.objects.visible_to(user).standing().filter(opportunity=deal).order_by("-ordered_on", "-pk")


def subscriptions_of(user: Any, customer: Customer) -> SubscriptionQuerySet:
    """The subscriptions of a customer, those in force first, then by the day they renew on."""
    rows = Subscription.objects.visible_to(user).standing().filter(customer=customer)
    return rows.order_by(F("ended_on").desc(nulls_first=True), "renews_on", "pk")


def subscriptions_renewing(user: Any) -> SubscriptionQuerySet:
    """All that nobody ended, the next renewal first."""
    rows = Subscription.objects.visible_to(user).standing().filter(ended_on__isnull=True)
    rows = rows.filter(customer__deleted_at__isnull=True).select_related("customer", "customer__owner")
    return rows.order_by("renews_on", "pk")


def is_ordered(user: Any, deal: Opportunity) -> bool:
    """Whether an order of this deal is written down and counts."""
    return Order.objects.visible_to(user).counted().filter(opportunity=deal).exists()


class Renewing(NamedTuple):
    """A subscription nobody ended: its fee of a term in minor units, and the day after the term that is paid for."""

    customer_id: int
    item: str
    state: str
    fee_minor: int
    currency: str
    term_months: int
    renews_on: date

    @property
    def is_trial(self) -> bool:
        """Whether nothing was paid for it yet."""
        return self.state == SubscriptionState.TRIAL


@prepared_for(Renewing)
def renewing_with(me: Scope, until: date) -> Rows:
    """What renews up to a day with the customers this person looks after, the earliest first (one query)."""
    return _renewing(until).filter(customer__owner_id=me.user_id, customer__deleted_at__isnull=True)


def renewing_of(customer_id: int, *, until: date) -> list[Renewing]:
    """What renews up to a day with one customer, the earliest first (one query)."""
    return [Renewing(*row) for row in _renewing(until).filter(customer=customer_id).values_list(*Renewing._fields)]


def _renewing(until: date) -> Rows:
    rows = Subscription.objects.standing().filter(ended_on__isnull=True, renews_on__lte=until)
    return rows.order_by("renews_on", "pk")


class Ending(NamedTuple):
    """A contract in force with a last day that none has taken the place of; `notice_days` of None: the playbook's."""

    customer_id: int
    title: str
    kind: str
    ends_on: date
    notice_days: int | None
    renews: bool


@prepared_for(Ending)
def ending_with(me: Scope, since: date, until: date) -> Rows:
    """Contracts whose last day lies between two days, of customers this person looks after, in order (one query)."""
    return _ending(since, until).filter(customer__owner_id=me.user_id, customer__deleted_at__isnull=True)


def ending_of(customer_id: int, *, since: date, until: date) -> list[Ending]:
    """The same of one customer (one query)."""
    return [Ending(*row) for row in _ending(since, until).filter(customer=customer_id).values_list(*Ending._fields)]


def _ending(since: date, until: date) -> Rows:
    rows = Contract.objects.standing().without_followers().filter(state__in=IN_FORCE)
    return rows.filter(ends_on__gte=since, ends_on__lte=until).order_by("ends_on", "pk")


class Unexplained(NamedTuple):
    """An order that says neither the need behind it nor the reason, of somebody who has no order that does."""

    customer_id: int
    ordered_on: date


@prepared_for(Unexplained)
def unexplained_with(me: Scope, since: date, until: date) -> Rows:
    """Such orders of a stretch of days, of customers this person looks after, the latest first (one query)."""
    return _unexplained(since, until).filter(customer__owner_id=me.user_id, customer__deleted_at__isnull=True)


def unexplained_of(customer_id: int, *, since: date, until: date) -> list[Unexplained]:
    """The same of one customer (one query)."""
    rows = _unexplained(since, until).filter(customer=customer_id)
    return [Unexplained(*row) for row in rows.values_list(*Unexplained._fields)]


def _unexplained(since: date, until: date) -> Rows:
    told = Order.objects.counted().filter(customer=OuterRef("customer")).exclude(need="", reason="")
    rows = Order.objects.counted().filter(ordered_on__gte=since, ordered_on__lte=until, need="", reason="")
    return rows.filter(~Exists(told)).order_by("-ordered_on", "-pk")

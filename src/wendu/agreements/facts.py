"""What was bought, as the method and the estimators want it: flat, in bulk, a fixed number of queries."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F, Min, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from wendu.access.prepared import prepared_for
from wendu.access.scope import Scope
from wendu.agreements.choices import ContractKind, OrderState, SubscriptionState, SubscriptionStep
from wendu.agreements.models import (
    RUNNING,
    SIGNED_STATES,
    Contract,
    Instalment,
    Order,
    OrderLine,
    Receipt,
    Return,
    SubscriptionChange,
)
from wendu.agreements.models.orders import of_part
from wendu.kernel.prepared import Among, prepared
from wendu.method.payments import Due, Owing, owing
from wendu.method.stops import ONE_DAY
from wendu.method.subscriptions import Paid, terms_of

Rows = QuerySet[Any, Any]


class Purchase(NamedTuple):
    """What one order brought, or what one return took back (below zero), in minor units of the house's currency."""

    customer_id: int
    ordered_on: date
    revenue_minor: int
    margin_minor: int | None
    is_order: bool = True


def all_purchases(*, currency: str, upto: date | None = None, at_once: int = 20_000) -> Iterator[Purchase]:
    """Every purchase and every return of customers who are there, one flat row each (two queries, streamed)."""
    for rows in purchase_rows(currency=currency, upto=upto):
        for row in rows.iterator(at_once):
            yield Purchase(*row)


def purchase_rows(*, currency: str, upto: date | None = None) -> tuple[Rows, Rows]:
    """The orders and the returns as queries, with the columns of `Purchase`: also for whoever reads them elsewhere.

    Cancelled and deleted orders are none, and neither are those in another currency. Revenue is without tax; a margin
    of None is unknown. The rows come in no order.
    """
    there = {"customer__deleted_at__isnull": True, "customer__bucket_of__isnull": True, "currency": currency}
    orders = Order.objects.counted().filter(**there)
    returns = Return.objects.standing().filter(
        **{f"order__{name}": value for name, value in there.items()}, order__deleted_at__isnull=True
    )
    returns = returns.exclude(order__state=OrderState.CANCELLED)
    if upto is not None:
        orders, returns = orders.filter(ordered_on__lte=upto), returns.filter(returned_on__lte=upto)
    bought = orders.order_by().annotate(is_order=Value(True))
    flat = ("customer_id", "ordered_on", "revenue_minor", "margin_minor", "is_order")
    back = returns.order_by().annotate(lost=-F("revenue_minor"), less=-F("margin_minor"), is_order=Value(False))
    columns = ("order__customer_id", "returned_on", "lost", "less", "is_order")
    return bought.values_list(*flat), back.values_list(*columns)


class OrderDay(NamedTuple):
    """An order as the thermometer sees it: of which deal, if of one, on which day, and how long what it brought lasts.

    Of several products the one used up first speaks; nothing where no sheet of a product says so.
    """

    opportunity_id: int | None
    ordered_on: date
    lasts_days: int | None = None


def order_days(customer_ids: Collection[int], *, as_of: date) -> dict[int, list[OrderDay]]:
    """Per customer the orders that stand, up to a day (one query)."""
    found: dict[int, list[OrderDay]] = {}
    for customer_id, *told in _order_days(customer_ids, as_of):
        found.setdefault(customer_id, []).append(OrderDay(*told))
    return found


@prepared
def _order_days(customer_ids: Collection[int], as_of: date) -> Rows:
    rows = Order.objects.filter(Among("customer_id", customer_ids), deleted_at__isnull=True, ordered_on__lte=as_of)
    rows = rows.exclude(state=OrderState.CANCELLED).order_by("customer_id", "ordered_on", "pk")
    lines = OrderLine.objects.filter(order=OuterRef("pk"), removed_at__isnull=True).order_by()
    shortest = lines.values("order").annotate(days=Min("product__sheet__cycle_days")).values("days")
    return rows.values_list("customer_id", "opportunity_id", "ordered_on", Subquery(shortest))


def money_of(orders: Collection[Order], *, on: date, is_strict: bool = False) -> dict[int, Owing]:
    """Per order what is owed, open and overdue on a day, by its key (three queries).

    Receipts and returns of later days do not exist yet. A cancelled order owes nothing, and neither does one declared
    paid, unless `is_strict` asks what the receipts alone say.
    """
    keys = [order.pk for order in orders]
    dues: dict[int, list[Due]] = {}
    for order_id, due_on, amount_minor in _dues(keys) if keys else ():
        dues.setdefault(order_id, []).append(Due(due_on, amount_minor))
    received = _sums(_received(keys, on)) if keys else {}
    returned = _sums(_returned(keys, on)) if keys else {}
    found = {}
    for order in orders:
        price = 0 if order.state == OrderState.CANCELLED else order.gross_minor
        came, back = received.get(order.pk, 0), returned.get(order.pk, 0)
        if order.state == OrderState.PAID and not is_strict:
            came = max(came, price - back)
        found[order.pk] = owing(price, dues.get(order.pk, ()), received_minor=came, returned_minor=back, on=on)
    return found


class Overdue(NamedTuple):
    """What a customer has not paid though its day is over: how much, since when, and on how many orders."""

    amount_minor: int
    since: date
    orders: int


def overdue_payments(customer_ids: Collection[int], *, as_of: date, currency: str) -> dict[int, Overdue]:
    """Per customer what is overdue on a day, in minor units of one currency; whoever owes nothing late is not in it.

    Four queries. Orders written in another currency are left out, as they are wherever amounts are added up.
    """
    rows = Order.objects.filter(
        customer_id__in=customer_ids, deleted_at__isnull=True, state__in=RUNNING, ordered_on__lte=as_of
    )
    orders = list(rows.filter(currency=currency).only("customer_id", "state", "gross_minor"))
    money, found = money_of(orders, on=as_of), dict[int, Overdue]()
    for order in orders:
        since, amount = money[order.pk].overdue_since, money[order.pk].overdue_minor
        if since is not None:
            before = found.get(order.customer_id, Overdue(0, since, 0))
            found[order.customer_id] = Overdue(
                before.amount_minor + amount, min(before.since, since), before.orders + 1
            )
    return found


class _Late(NamedTuple):
    customer_id: int


def overdue_with(user: Any, *, as_of: date, currency: str) -> dict[int, Overdue]:
    """Whose payments are late, of the customers this person looks after (one query, four more where some are)."""
    keys = {row.customer_id for row in _late(user, as_of, currency)}
    return overdue_payments(keys, as_of=as_of, currency=currency) if keys else {}


@prepared_for(_Late)
def _late(me: Scope, on: date, currency: str) -> Rows:
    """Orders on which more has come due than came in; whether what went back makes up for it is looked at next."""
    there = {"customer__owner_id": me.user_id, "customer__deleted_at__isnull": True, "currency": currency}
    running = Order.objects.running().filter(ordered_on__lte=on, **there)
    rows = running.annotate(
        came_due=of_part(Instalment, Sum("amount_minor"), due_on__lt=on),
        came=Coalesce(of_part(Receipt, Sum("amount_minor"), received_on__lte=on), 0),
    )
    return rows.filter(came_due__gt=F("came")).order_by("pk")


class Running(NamedTuple):
    """Something that runs on: of which deal, from which day until which (None: no end), and whether it is paid for."""

    opportunity_id: int | None
    from_on: date
    until: date | None
    is_paid: bool = True


class Term(NamedTuple):
    """A term of a fee, paid on the day it begins: in minor units, without tax; a margin of None is unknown."""

    on: date
    fee_minor: int
    margin_minor: int | None
    currency: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Subscribed:
    """One subscription as it went: of which deal, when it ran, on trial and paid for, and each term that was paid."""

    opportunity_id: int | None
    running: tuple[Running, ...]
    terms: tuple[Term, ...]


def subscribed(customer_ids: Collection[int]) -> dict[int, list[Subscribed]]:
    """Per customer its subscriptions, ended ones too (one query).

    What nobody renewed or ended runs until the day it should have been renewed on.
    """
    rows = [_Fee(*row) for row in _fees(customer_ids)] if customer_ids else []
    found: dict[int, list[Subscribed]] = {}
    for (customer_id, _key), steps in groupby(rows, key=lambda row: (row.customer_id, row.subscription_id)):
        found.setdefault(customer_id, []).append(_subscribed(list(steps)))
    return found


def serving(customer_ids: Collection[int]) -> dict[int, list[Running]]:
    """Per customer what it signed beside orders: a service or policy runs on, one delivery is bought (one query)."""
    found: dict[int, list[Running]] = {}
    for customer_id, deal, kind, signed_on, ends_on, renews, ended_on in _signed(customer_ids) if customer_ids else ():
        last = ends_on + ONE_DAY if ends_on and not renews else None
        until = (ended_on or last) if kind == ContractKind.SERVICE else signed_on
        found.setdefault(customer_id, []).append(Running(deal, signed_on, until))
    return found


def begun_days(customer_ids: Collection[int], *, as_of: date) -> dict[int, list[OrderDay]]:
    """Per customer the days on which it bought what is no order: a fee, a policy, a contract (two queries)."""
    found: dict[int, list[OrderDay]] = {}
    bought = {pk: [run for each in rows for run in each.running] for pk, rows in subscribed(customer_ids).items()}
    for runs in (bought, serving(customer_ids)):
        for pk, rows in runs.items():
            days = [OrderDay(run.opportunity_id, run.from_on) for run in rows if run.is_paid and run.from_on <= as_of]
            if days:
                found.setdefault(pk, []).extend(days)
    return found


class _Fee(NamedTuple):
    customer_id: int
    subscription_id: int
    opportunity_id: int | None
    state: str
    currency: str
    term_months: int
    margin: Decimal | None
    renews_on: date
    step: str
    on: date
    state_before: str
    fee_minor: int
    until: date | None


@prepared
def _fees(customer_ids: Collection[int]) -> Rows:
    rows = SubscriptionChange.objects.filter(
        Among("subscription__customer_id", customer_ids), subscription__deleted_at__isnull=True
    )
    of = ("customer_id", "pk", "opportunity_id", "state", "currency", "term_months", "margin", "renews_on")
    named = tuple(f"subscription__{name}" for name in of)
    steps = ("step", "on", "state_before", "fee_after_minor", "until")
    return rows.order_by("subscription__customer_id", "subscription_id", "pk").values_list(*named, *steps)


def _subscribed(steps: Sequence[_Fee]) -> Subscribed:
    begun, *later = steps
    ends_on = next((each.on for each in later if each.step == SubscriptionStep.CHURNED), None)
    paying = [each for each in steps if each.step != SubscriptionStep.CHURNED]
    on_trial = (later[0].state_before if later else begun.state) == SubscriptionState.TRIAL
    paid = paying[1:] if on_trial else paying
    first_on, until = (paid[0].on if paid else None), ends_on or begun.renews_on
    running = []
    if on_trial:
        running.append(Running(begun.opportunity_id, begun.on, first_on or until, is_paid=False))
    if first_on is not None:
        running.append(Running(begun.opportunity_id, first_on, until))
    stretches = [Paid(each.on, each.fee_minor, each.until) for each in paid if each.until is not None]
    terms = [
        Term(on, fee, _share(fee, begun.margin), begun.currency, on == first_on)
        for on, fee in terms_of(stretches, begun.term_months)
        if ends_on is None or on < ends_on
    ]
    return Subscribed(begun.opportunity_id, tuple(running), tuple(terms))


def _share(fee_minor: int, margin: Decimal | None) -> int | None:
    return None if margin is None else round(fee_minor * margin / 100)


@prepared
def _signed(customer_ids: Collection[int]) -> Rows:
    rows = Contract.objects.standing().filter(Among("customer_id", customer_ids), state__in=SIGNED_STATES)
    rows = rows.exclude(kind=ContractKind.FRAME).order_by("customer_id", "pk")
    columns = ("customer_id", "opportunity_id", "kind", "signed_on", "ends_on", "renews", "ended_on")
    return rows.values_list(*columns)


@prepared
def _dues(keys: Collection[int]) -> Rows:
    rows = Instalment.objects.filter(Among("order_id", keys), removed_at__isnull=True).order_by("due_on", "pk")
    return rows.values_list("order_id", "due_on", "amount_minor")


@prepared
def _received(keys: Collection[int], on: date) -> Rows:
    rows = Receipt.objects.filter(Among("order_id", keys), removed_at__isnull=True, received_on__lte=on)
    return rows.order_by("pk").values_list("order_id", "amount_minor")


@prepared
def _returned(keys: Collection[int], on: date) -> Rows:
    rows = Return.objects.filter(Among("order_id", keys), removed_at__isnull=True, returned_on__lte=on)
    return rows.order_by("pk").values_list("order_id", "gross_minor")


def _sums(rows: list[tuple[Any, ...]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for order_id, minor in rows:
        found[order_id] = found.get(order_id, 0) + minor
    return found

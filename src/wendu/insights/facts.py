"""What customers bought and when, and what else the lifecycle goes by: in bulk, a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from wendu.agreements.choices import OrderState, SubscriptionState
from wendu.agreements.facts import Running, Subscribed, purchase_rows, serving, subscribed
from wendu.agreements.models import Order, OrderLine, Return, Subscription
from wendu.customers.choices import NurtureKind
from wendu.customers.facts import profiles
from wendu.customers.models import Nurture
from wendu.identity.models import Holiday, Organisation
from wendu.kernel.prepared import Among, prepared
from wendu.method.facts import Context, Profile
from wendu.method.lifecycle import Spell, Use, use_of
from wendu.method.lifetime import Bought
from wendu.method.scales import MethodScale
from wendu.method.state import Lasting
from wendu.method.stops import Stops
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure
from wendu.packs.queries import current_playbook
from wendu.playbooks import method_scale
from wendu.touches.choices import TouchOutcome
from wendu.touches.facts import quiet_facts
from wendu.touches.models import Touch

Rows = QuerySet[Any, Any]
NOBODY = Profile(market="b2b")


@dataclass(frozen=True, slots=True)
class Ground:
    """What all customers of one day are judged by."""

    today: date
    scale: MethodScale
    holidays: tuple[date, ...]
    currency: str

    @classmethod
    def on(cls, day: date) -> "Ground":
        """The ground of a business day (three queries)."""
        holidays = tuple(Holiday.objects.order_by("day").values_list("day", flat=True))
        currency = Organisation.objects.current().currency
        return cls(day, method_scale(current_playbook()), holidays, currency)


@dataclass(frozen=True, slots=True)
class Book:
    """One customer: what it bought, on which days it ordered, how it uses what it has, and how to judge it.

    A won deal none of whose orders or fees is written down counts as bought on the day it was won; its margin is
    unknown. Each term of a fee counts on the day it begins; the first one of a deal with an order is that order.
    """

    customer_id: int
    bought: tuple[Bought, ...]
    order_days: tuple[date, ...]
    known: "KnownUse"
    today: date
    context: Context

    @property
    def use(self) -> Use:
        """How it uses what it has today."""
        return self.known.on(self.today)

    @property
    def bought_days(self) -> tuple[date, ...]:
        """The days on which it ordered, or began what runs on."""
        return tuple(sorted({*self.order_days, *self.use.begun}))


@dataclass(frozen=True, slots=True)
class KnownUse:
    """What ran when, when they were declared gone, and how long what they bought lasts."""

    spells: tuple[Spell, ...] = ()
    left_on: date | None = None
    lasting: Lasting | None = None

    def on(self, day: date) -> Use:
        """How they used it on a day, as far as today's facts tell."""
        left_on = self.left_on if self.left_on is not None and self.left_on <= day else None
        return use_of(self.spells, day, left_on=left_on, product_days=self.lasting.days if self.lasting else None)


def books_of(customer_ids: Collection[int], ground: Ground) -> list[Book]:
    """Read these customers (ten queries)."""
    if not customer_ids:
        return []
    bought, ordered = _bought(customer_ids, ground)
    signed = _by_customer(_signed(customer_ids, ground.today))
    fees = subscribed(customer_ids)
    uses = _uses(customer_ids, ground.today, fees)
    known, quiet = profiles(customer_ids), quiet_facts(customer_ids, as_of=ground.today)
    return [
        Book(
            pk,
            (*bought.get(pk, ()), *_terms(fees.get(pk, ()), ordered.get(pk, set()), ground)),
            tuple(sorted({*(each.on for each in bought.get(pk, ()) if each.is_order), *signed.get(pk, ())})),
            uses[pk],
            ground.today,
            Context(ground.scale, Stops.of(ground.holidays, tuple(quiet[pk])), known.get(pk, NOBODY)),
        )
        for pk in customer_ids
    ]


def uses_of(customer_ids: Collection[int], on: date) -> dict[int, Use]:
    """How each of them uses what it has on a day, as far as that is known (four queries)."""
    return {pk: known.on(on) for pk, known in _uses(customer_ids, on, subscribed(customer_ids)).items()}


def _uses(customer_ids: Collection[int], on: date, fees: Mapping[int, Sequence[Subscribed]]) -> dict[int, KnownUse]:
    gone: dict[int, date] = dict(_gone(customer_ids, on))
    cycles = {pk: Lasting(ordered_on, days) for pk, ordered_on, days in _cycles(customer_ids, on)}
    signed = serving(customer_ids)
    return {
        pk: KnownUse(
            tuple(map(_spell, (*(run for each in fees.get(pk, ()) for run in each.running), *signed.get(pk, ())))),
            gone.get(pk),
            cycles.get(pk),
        )
        for pk in customer_ids
    }


def _spell(run: Running) -> Spell:
    return Spell(run.from_on, run.until, run.is_paid)


def _terms(fees: Iterable[Subscribed], ordered: Collection[int], ground: Ground) -> Iterator[Bought]:
    """Each term of a fee that began up to the day, in the currency of the house.

    Where the deal of a fee has an order, its first term is that order.
    """
    for each in fees:
        is_told = each.opportunity_id in ordered
        for term in each.terms:
            if is_told and term.is_first:
                continue
            if term.on <= ground.today and term.currency == ground.currency:
                yield Bought(term.on, term.fee_minor, term.margin_minor, is_order=term.is_first)


def purchases_of_all(ground: Ground) -> Iterator[tuple[int, int, int]]:
    """Customer, day and revenue of all bought and sent back up to the day, for the estimators (three queries)."""
    for rows in purchase_queries(ground):
        for customer_id, on, amount, *_ in rows.iterator():
            yield customer_id, on.toordinal(), amount or 0


def purchase_queries(ground: Ground) -> tuple[Rows, ...]:
    """The queries of these rows: orders, returns, and deals won of which no order is written down."""
    won = _won(ground).filter(opportunity__customer__deleted_at__isnull=True).order_by()
    told = purchase_rows(currency=ground.currency, upto=ground.today)
    return (*told, won.values_list("opportunity__customer_id", "closed_on", "amount"))


def _bought(customer_ids: Collection[int], ground: Ground) -> tuple[dict[int, list[Bought]], dict[int, set[int]]]:
    """What each ordered and sent back, and of which deals an order is written down."""
    found: dict[int, list[Bought]] = defaultdict(list)
    deals: dict[int, set[int]] = defaultdict(set)
    orders = Order.objects.counted().filter(customer_id__in=customer_ids, currency=ground.currency)
    rows = orders.filter(ordered_on__lte=ground.today).order_by("customer_id", "ordered_on", "pk")
    columns = ("customer_id", "opportunity_id", "ordered_on", "revenue_minor", "margin_minor")
    for pk, deal, on, revenue, margin in rows.values_list(*columns):
        found[pk].append(Bought(on, revenue, margin))
        deals[pk] |= {deal} if deal is not None else set()
    for pk, on, revenue, margin in _returned(customer_ids, ground):
        found[pk].append(Bought(on, -revenue, None if margin is None else -margin, is_order=False))
    won = _won(ground).filter(opportunity__customer_id__in=customer_ids)
    for pk, on, amount in won.values_list("opportunity__customer_id", "closed_on", "amount"):
        found[pk].append(Bought(on, amount or 0, None))
    return found, deals


def _returned(customer_ids: Collection[int], ground: Ground) -> Rows:
    rows = Return.objects.standing().filter(
        order__customer_id__in=customer_ids,
        order__deleted_at__isnull=True,
        order__currency=ground.currency,
        returned_on__lte=ground.today,
    )
    rows = rows.exclude(order__state=OrderState.CANCELLED).order_by("pk")
    return rows.values_list("order__customer_id", "returned_on", "revenue_minor", "margin_minor")


def _won(ground: Ground) -> Rows:
    """Deals that are won, and of which neither an order nor a fee is written down."""
    written = Order.objects.counted().filter(opportunity=OuterRef("opportunity_id"))
    fees = Subscription.objects.standing().exclude(state=SubscriptionState.TRIAL)
    fees = fees.filter(opportunity=OuterRef("opportunity_id"))
    rows = Closure.objects.filter(outcome=Outcome.WON, reopened_on__isnull=True, closed_on__lte=ground.today)
    rows = rows.filter(opportunity__deleted_at__isnull=True, opportunity__currency=ground.currency)
    amount = Coalesce(F("amount_minor"), F("opportunity__amount_minor"))
    return rows.exclude(Exists(written)).exclude(Exists(fees)).annotate(amount=amount).order_by("pk")


def _signed(customer_ids: Collection[int], upto: date) -> Rows:
    rows = Touch.objects.standing().filter(
        customer_id__in=customer_ids, outcome=TouchOutcome.ORDER, touched_on__lte=upto, opportunity__isnull=True
    )
    return rows.values_list("customer_id", "touched_on")


@prepared
def _gone(customer_ids: Collection[int], on: date) -> Rows:
    rows = Nurture.objects.filter(Among("customer_id", customer_ids), kind=NurtureKind.CHURNED)
    return rows.filter(ended_on__isnull=True, began_on__lte=on).values_list("customer_id", "began_on")


@prepared
def _cycles(customer_ids: Collection[int], upto: date) -> Rows:
    """How long what was bought lasts, as its sheet says; the latest order comes last, with what is used up first."""
    lines = OrderLine.objects.standing().filter(
        Among("order__customer_id", customer_ids), order__deleted_at__isnull=True, order__ordered_on__lte=upto
    )
    told = lines.exclude(order__state=OrderState.CANCELLED).filter(product__sheet__cycle_days__isnull=False)
    columns = ("order__customer_id", "order__ordered_on", "product__sheet__cycle_days")
    return told.order_by("order__ordered_on", "-product__sheet__cycle_days", "pk").values_list(*columns)


def holdings(customer_ids: Collection[int] | None = None, *, upto: date) -> Iterator[tuple[int, str]]:
    """Who has bought what, once each, by the name of the thing (one query, streamed)."""
    lines = OrderLine.objects.standing().filter(
        order__deleted_at__isnull=True, order__customer__deleted_at__isnull=True, order__ordered_on__lte=upto
    )
    if customer_ids is not None:
        lines = lines.filter(order__customer_id__in=customer_ids)
    told = lines.exclude(order__state=OrderState.CANCELLED).order_by("order__customer_id", "item").distinct()
    yield from told.values_list("order__customer_id", "item").iterator()


def _by_customer(rows: Iterable[tuple[int, date]]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for pk, on in rows:
        found[pk].append(on)
    return found

"""Contracts of the demo: care that runs on, large deliveries, and frames of those who order all the time."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from wendu.agreements.actions import move_contract, write_contract
from wendu.agreements.choices import ContractKind, ContractState
from wendu.agreements.models import Contract, Order
from wendu.coach.frame import Frame
from wendu.customers.choices import Market
from wendu.customers.models import Customer
from wendu.method.windows import add_months
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure
from wendu.ops.simulator.orders import SEED, YEARLY

CARED_FOR = ("公共机构空压站托管",)
"""Sold as a contract of a year that the next one follows; what private firms pay a fee for is renewed as a fee."""
LARGE_MINOR, YEAR, DAY = 50_000_000, 12, timedelta(days=1)
ALMOST_A_YEAR = 330
STEADY = 8
"""So many orders without a deal make a frame worth its while."""


def write_contracts(at: datetime) -> int:
    """Write the contracts of won deals and of steady buyers; tells how many there are."""
    today, numbers = Frame.at(at).today, count(1)
    with transaction.atomic():
        for values in _all(today):
            customer, is_over = values.pop("customer"), values.pop("is_over")
            who: dict[str, Any] = {"actor": customer.owner, "at": at}
            number = f"HT-{values['signed_on'].year}-{next(numbers):03}"
            if before := values.get("before"):
                values["follows"] = Contract.objects.filter(customer=customer, ends_on=before).first()
            said = {name: value for name, value in values.items() if name != "before"}
            said |= {"number": number, "state": ContractState.RUNNING, "owner": customer.owner}
            row = write_contract(customer=customer, values=said, **who)
            if is_over:
                move_contract(contract=row, to_state=ContractState.ENDED, on=row.ends_on, **who)
    return next(numbers) - 1


def _all(today: date) -> Iterator[dict[str, Any]]:
    won = Closure.objects.filter(outcome=Outcome.WON, reopened_on__isnull=True, closed_on__lte=today)
    won = won.filter(opportunity__customer__deleted_at__isnull=True, opportunity__amount_minor__gt=0)
    for closure in won.select_related("opportunity__customer__owner").order_by("pk"):
        deal = closure.opportunity
        same: dict[str, Any] = {"customer": deal.customer, "opportunity": deal, "amount_minor": deal.amount_minor}
        same |= {"title": deal.product or deal.title}
        if deal.product in CARED_FOR:
            yield from _year_by_year({**same, "kind": ContractKind.SERVICE}, closure.closed_on, today)
        elif deal.product not in YEARLY and (deal.amount_minor or 0) >= LARGE_MINOR:
            ends_on = add_months(closure.closed_on, YEAR) - DAY
            days = {"signed_on": closure.closed_on, "starts_on": closure.closed_on, "ends_on": ends_on}
            yield {**same, **days, "kind": ContractKind.ONE_OFF, "is_over": ends_on < today}
    yield from _frames(today)


def _frames(today: date) -> Iterator[dict[str, Any]]:
    told = Order.objects.counted().filter(opportunity__isnull=True, customer__market=Market.B2B)
    steady = told.order_by().values("customer_id").annotate(n=Count("pk"), last=Max("ordered_on"))
    told_of = set[int | None]()  # the first frame of each rep is about to end, so that everybody sees one
    for row in steady.filter(n__gte=STEADY, last__gte=today - timedelta(days=120)).order_by("customer_id"):
        customer = Customer.objects.select_related("owner").get(pk=row["customer_id"])
        rng = Random(f"{SEED}:frame:{customer.pk}")  # noqa: S311  repeatable, not secret
        is_first = customer.owner_id not in told_of
        told_of.add(customer.owner_id)
        begun = today - timedelta(days=ALMOST_A_YEAR if is_first else rng.randint(60, 500))
        same = {"customer": customer, "title": f"{customer.name}年度供货框架", "kind": ContractKind.FRAME}
        yield from _year_by_year({**same, "notice_days": 60, "terms": "月结 30 天，按单下货"}, begun, today)


def _year_by_year(same: dict[str, Any], begun: date, today: date) -> Iterator[dict[str, Any]]:
    """A contract for each year since; who did not sign the next one is over, or about to be."""
    starts_on, before = begun, None
    while starts_on <= today:
        ends_on = add_months(starts_on, YEAR) - DAY
        signed_on = starts_on if before is None else starts_on - timedelta(days=12)
        days = {"signed_on": signed_on, "starts_on": starts_on, "ends_on": ends_on, "before": before}
        yield {**same, **days, "is_over": ends_on < today}
        starts_on, before = ends_on + DAY, ends_on

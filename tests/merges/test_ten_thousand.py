"""Ten thousand customers, random merges, all taken apart: everything stored is as it was. Prints its figure."""

import random
import time
from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import touch
from tests.factories import make_contact, make_opportunity
from tests.factories.customers import make_customers
from tests.merges.hashing import database_hash
from wendu.agenda.actions import plan_step
from wendu.coach.actions import recompute
from wendu.customers.actions import index_many, tag_customer
from wendu.customers.models import Customer
from wendu.merges.actions import merge_customers, unmerge

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
CUSTOMERS, LIVELY, MERGES = 10_000, 600, 400


def live(customer, actor, dice):
    """Some of what hangs on a customer."""
    person = make_contact(customer, points=[("mobile", f"138{dice.randrange(10**8):08}")])
    if dice.random() < 0.6:
        make_opportunity(customer)
    for _ in range(dice.randrange(4)):
        touch(customer, actor, MONDAY.date() - timedelta(days=dice.randrange(90)), contact_ids=(person.pk,))
    if dice.random() < 0.5:
        tag_customer(customer=customer, name=dice.choice(["展会", "重点", "老客户"]), actor=actor, at=MONDAY)
    if dice.random() < 0.3:
        plan_step(customer=customer, do=dice.choice(["送样", "回访"]), planned_on=MONDAY.date(), actor=actor, at=MONDAY)


def test_random_merges_taken_apart_leave_ten_thousand_customers_as_they_were(cast):
    dice = random.Random(2026)
    rows = make_customers(cast.alice, CUSTOMERS)
    index_many([row.pk for row in rows])
    list(recompute(at=MONDAY))
    for customer in dice.sample(rows, LIVELY):
        live(customer, cast.alice, dice)
    before, begun, done = database_hash(), time.monotonic(), []

    lively = list(Customer.objects.filter(touches__isnull=False).distinct().values_list("pk", flat=True))
    while len(done) < MERGES:
        pool = lively if dice.random() < 0.7 else [row.pk for row in rows]
        kept, gone = (Customer.objects.get(pk=pk) for pk in dice.sample(pool, 2))
        if kept.deleted_at is None and gone.deleted_at is None:
            choices = {"tags": dice.choice(["kept", "gone", "both"]), "name": dice.choice(["kept", "gone"])}
            done.append(merge_customers(kept=kept, gone=gone, actor=cast.ada, at=MONDAY, choices=choices))
    merged, between = time.monotonic() - begun, database_hash()
    for merge in reversed(done):
        unmerge(merge=merge, actor=cast.ada, at=MONDAY + timedelta(hours=1))
    parted = time.monotonic() - begun - merged

    after = database_hash()
    print(
        f"\n{CUSTOMERS} customers, {MERGES} merges at {1000 * merged / MERGES:.0f} ms, taken apart at "
        f"{1000 * parted / MERGES:.0f} ms; database hash {'equal' if after == before else 'DIFFERS'}: {after[:16]}"
    )
    assert between != before
    assert after == before

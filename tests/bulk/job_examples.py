"""Worlds in which a batch waits to be carried out, or to go back."""

from datetime import timedelta

from tests.cast import MONDAY, call_the_cast
from tests.factories.customers import make_customers
from tests.jobs.twice import example
from wendu.bulk.actions import JOB, UNDO_JOB, choose
from wendu.bulk.jobs import DRAFTS_KEPT
from wendu.bulk.models import Batch
from wendu.customers.models import Customer
from wendu.jobs.actions import run_now
from wendu.kernel.clock import now


def begun() -> Batch:
    cast = call_the_cast()
    make_customers(cast.alice, 3)
    told = {"owner": cast.bob.pk}
    keys = sorted(Customer.objects.values_list("pk", flat=True))
    return Batch.objects.create(
        actor=cast.mona, deed="owner", picks=keys, told=told, upto=keys[-1], made_at=MONDAY, begun_at=MONDAY
    )


@example(JOB)
def customers_to_hand_over():
    return {"batch": begun().pk}


@example(UNDO_JOB)
def customers_to_give_back():
    row = begun()
    run_now(JOB, actor=None, batch=row.pk)
    Batch.objects.filter(pk=row.pk).update(undoing_at=now())
    return {"batch": row.pk}


@example("bulk.forget_drafts")
def one_draft_of_long_ago_and_one_of_now():
    alice, at = call_the_cast().alice, now()
    for moment in (at - DRAFTS_KEPT - timedelta(days=1), at):
        choose(deed="tag", picks=[], is_all=True, query="", actor=alice, at=moment)
    return {}

"""Worlds in which a book waits to change hands, or to go back."""

from tests.cast import MONDAY, call_the_cast
from tests.factories.customers import make_customers
from tests.jobs.twice import example
from wendu.handovers.actions import JOB, UNDO_JOB
from wendu.handovers.models import Handover
from wendu.jobs.actions import run_now
from wendu.kernel.clock import now


def noted() -> Handover:
    cast = call_the_cast()
    make_customers(cast.alice, 3)
    return Handover.objects.create(leaver=cast.alice, actor=cast.mona, takers={"": cast.bob.pk}, begun_at=MONDAY)


@example(JOB)
def a_book_to_hand_over():
    return {"handover": noted().pk}


@example(UNDO_JOB)
def a_book_to_give_back():
    row = noted()
    run_now(JOB, actor=None, handover=row.pk)
    Handover.objects.filter(pk=row.pk).update(undoing_at=now())
    return {"handover": row.pk, "actor_id": row.actor_id}

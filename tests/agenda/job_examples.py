"""A world in which something is due."""

from datetime import timedelta

from tests.cast import call_the_cast
from tests.jobs.twice import example
from wendu.agenda.actions import notify
from wendu.agenda.due import schedule_due
from wendu.agenda.rules import forget, on_due
from wendu.identity.models import User
from wendu.kernel.clock import now

RULE = "example.tell"


def tell(due, at):
    notify(user=User.objects.get(pk=due.subject_id), code="example", at=due.due_at)


@example("agenda.tick")
def something_due():
    forget(RULE)
    on_due(RULE, tell)
    cast = call_the_cast()
    for person in cast.everyone:
        schedule_due(on=now() - timedelta(hours=1), rule=RULE, subject=person)
    return {}

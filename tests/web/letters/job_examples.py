"""A morning, wherever that is just now, with somebody who has a plan and somebody who is told things by mail."""

from datetime import timedelta

from tests.cast import call_the_cast
from tests.factories.customers import make_customers
from tests.jobs.twice import example
from wendu.agenda.actions import notify
from wendu.identity import snapshot
from wendu.identity.models import Organisation
from wendu.kernel.clock import now

MORNING = 8


def zone_of_morning() -> str:
    """A time zone in which it is eight o'clock (the signs of these zones run the other way round)."""
    ahead = (MORNING - now().hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@example("letters.morning")
@example("letters.plans")
def a_morning_with_a_plan():
    cast = call_the_cast()
    Organisation.objects.update(time_zone=zone_of_morning(), working_days="1234567")
    snapshot.forget()
    make_customers(cast.alice, 3)
    return {}


@example("letters.notices")
def something_to_tell_by_mail():
    cast = call_the_cast()
    notify(user=cast.mona, code="heat_missed", at=now() - timedelta(hours=1), params={"on": "2026-11-20"})
    return {}

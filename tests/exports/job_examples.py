"""Worlds in which a table waits to be written, or an old one to be forgotten."""

from datetime import timedelta

from tests.cast import MONDAY, call_the_cast
from tests.exports.written import asked
from tests.factories import make_customer
from tests.jobs.twice import example
from wendu.exports.actions import WRITE
from wendu.jobs.models import Job


@example(WRITE)
def a_table_to_write():
    alice = call_the_cast().alice
    make_customer(alice, "桐庐精工")
    row = asked(alice)
    Job.objects.all().delete()
    return {"row": row.pk}


@example("exports.forget")
def an_old_table():
    asked(call_the_cast().alice, at=MONDAY - timedelta(days=400))
    Job.objects.all().delete()
    return {}

"""Worlds in which a file waits to be tried, brought in, taken back or forgotten."""

from datetime import timedelta

from tests.cast import MONDAY, call_the_cast
from tests.imports.uploads import brought_in, sent, understood
from tests.jobs.twice import example
from wendu.imports.actions import CARRY, TRY, UNDO
from wendu.imports.models import Import
from wendu.jobs.models import Job


def _only_ours() -> None:
    Job.objects.all().delete()


@example(TRY)
def a_file_to_try():
    row = understood(call_the_cast().alice)
    _only_ours()
    return {"row": row.pk}


@example(CARRY)
def a_file_to_bring_in():
    row = understood(call_the_cast().alice)
    Import.objects.update(begun_at=MONDAY)
    _only_ours()
    return {"row": row.pk}


@example(UNDO)
def a_file_to_take_back():
    row = brought_in(call_the_cast().alice)
    Import.objects.update(undoing_at=MONDAY + timedelta(days=1))
    _only_ours()
    return {"row": row.pk}


@example("imports.forget")
def an_old_file():
    sent(call_the_cast().alice, at=MONDAY - timedelta(days=400))
    return {}

"""The kinds that come round by themselves, written into the queue's schedules."""

from __future__ import annotations

from django.db import transaction
from django_q.models import OrmQ, Schedule

from wendu.jobs.delivery import PERFORM_SCHEDULED
from wendu.jobs.registry import scheduled
from wendu.kernel.clock import now

ROUNDS = "rounds"  # a queue of their own: an import of an hour must not hold up the tick


@transaction.atomic
def write_schedules() -> None:
    """Make the queue's schedules say what the registry says; running it again changes nothing."""
    kinds = scheduled()
    Schedule.objects.filter(func=PERFORM_SCHEDULED).exclude(name__in=[kind.name for kind in kinds]).delete()
    known = set(Schedule.objects.filter(func=PERFORM_SCHEDULED).values_list("name", flat=True))
    for kind in kinds:
        wanted = {"minutes": kind.every_minutes, "schedule_type": Schedule.MINUTES, "repeats": -1}
        if kind.name in known:
            Schedule.objects.filter(func=PERFORM_SCHEDULED, name=kind.name).update(**wanted)
        else:
            Schedule.objects.create(
                name=kind.name, func=PERFORM_SCHEDULED, args=repr((kind.name,)), next_run=now(), **wanted
            )


def unlock_queue() -> int:
    """Free what a worker that died had taken from the queue; taking a job twice is harmless (see `claim`)."""
    return OrmQ.objects.filter(lock__gt=now()).update(lock=now())

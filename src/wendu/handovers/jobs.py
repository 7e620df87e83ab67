"""Carrying a hand-over out, or back, some customers at a time; each attempt goes on where the one before stopped."""

from __future__ import annotations

from typing import Any

from wendu.handovers.actions import JOB, UNDO_JOB, end_handover, hand_customer, hand_rest, take_back
from wendu.handovers.choices import Thing
from wendu.handovers.models import Handover
from wendu.handovers.queries import customers_of
from wendu.identity.models import User
from wendu.jobs.registry import job
from wendu.jobs.run import Run
from wendu.kernel.clock import now

BATCH = 10
BACKWARDS = (Thing.STEP, Thing.CUSTOMER, Thing.DEAL, Thing.COLLABORATION)


@job(JOB)
def carry_out(run: Run, *, handover: int) -> dict[str, Any]:
    """Hand over customer by customer, then what else the leaver worked on."""
    row = Handover.objects.select_related("leaver", "actor").get(pk=handover)
    if row.done_at is not None:
        return _outcome(row)  # what the leaver was given since is no part of it
    after = int(run.cursor.get("after", 0))
    if run.total is None:
        with run.batch():
            run.advance(total=customers_of(row.actor, row.leaver).count() + 1)
    while True:
        left = customers_of(row.actor, row.leaver).filter(pk__gt=after).order_by("pk")
        some = list(left[:BATCH])
        if not some:
            break
        with run.batch():
            for customer in some:
                hand_customer(row, customer, at=now())
            after = some[-1].pk
            run.advance(len(some), cursor={"after": after})
    with run.batch():
        hand_rest(row, at=now())
        end_handover(row, at=now())
        run.advance(1)
    return _outcome(row)


@job(UNDO_JOB)
def take_all_back(run: Run, *, handover: int, actor_id: int) -> dict[str, Any]:
    """Take back thing by thing what nobody changed since."""
    row, actor = Handover.objects.get(pk=handover), User.objects.get(pk=actor_id)
    if row.undone_at is not None:
        return _returned(row)
    waiting = row.moves.filter(was_left=False, undone_at__isnull=True, was_kept=False)
    if run.total is None:
        with run.batch():
            run.advance(total=waiting.count())
    for thing in BACKWARDS:
        while some := list(
            waiting.filter(thing=thing).select_related("taker", "handover__leaver").order_by("pk")[:BATCH]
        ):
            with run.batch():
                for move in some:
                    take_back(move, actor=actor, at=now())
                run.advance(len(some))
    Handover.objects.filter(pk=row.pk, undone_at__isnull=True).update(undone_at=now())
    return _returned(row)


def _outcome(row: Handover) -> dict[str, int]:
    return {"handed": row.moves.filter(was_left=False).count(), "left": row.moves.filter(was_left=True).count()}


def _returned(row: Handover) -> dict[str, int]:
    returned = row.moves.filter(undone_at__isnull=False).count()
    return {"returned": returned, "kept": row.moves.filter(was_kept=True).count()}

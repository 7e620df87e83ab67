"""Rules people write about what goes with what; they speak before what the orders show."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.insights.choices import STUDY
from wendu.insights.models import Pairing, Study
from wendu.jobs.actions import enqueue
from wendu.journal.actions import record
from wendu.journal.models import Entry
from wendu.kernel.changes import apply_changes
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare

declare("pairing.written", "pairing.taken_back", "pairing.brought_back")

PAIRING = ("has", "also", "reason", "scenario", "talk")
CHANGES = ("pairing.written", "pairing.taken_back", "pairing.brought_back")


class PairingStands(ActionError):
    """One rule for one pair."""

    code = "pairing_stands"
    field = "also"
    message = _("There is a rule for these two already. Take it back first, then write it anew.")


class OneThingOnly(ActionError):
    """A thing does not go with itself."""

    code = "one_thing_only"
    field = "also"
    message = _("Name another thing than the one they have.")


class NoReason(ActionError):
    """A rule says why."""

    code = "no_reason"
    field = "reason"
    message = _("Say why whoever has the one needs the other.")


@transaction.atomic
def write_pairing(*, values: Mapping[str, object], actor: User | None, at: datetime) -> Pairing:
    """Write down what goes with what, and why; whoever keeps the library may."""
    permit(actor, "library.write")
    row = Pairing(author=actor, written_at=at)
    change = apply_changes(row, values, writable=PAIRING)
    _check(row)
    row.save()
    record("pairing.written", subject=row, actor=actor, at=at, after=change.after)
    return row


@transaction.atomic
def take_back_pairing(*, row: Pairing, actor: User | None, at: datetime) -> Pairing:
    """Let a rule hold no longer."""
    permit(actor, "library.write")
    if row.removed_at is None:
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        record("pairing.taken_back", subject=row, actor=actor, at=at, before={"has": row.has, "also": row.also})
    return row


@transaction.atomic
def bring_back_pairing(*, row: Pairing, actor: User | None, at: datetime) -> Pairing:
    """Let a rule hold again."""
    permit(actor, "library.write")
    if row.removed_at is not None:
        _check(row)
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        record("pairing.brought_back", subject=row, actor=actor, at=at, after={"has": row.has, "also": row.also})
    return row


def look_again(_entry: Entry) -> None:
    """What is proposed follows from the rules: have all looked at anew, if anybody was ever looked at."""
    if Study.objects.exists():
        enqueue(STUDY, actor=None, key=STUDY)


def _check(row: Pairing) -> None:
    if not row.reason:
        raise NoReason
    if not row.has or not row.also or row.has == row.also:
        raise OneThingOnly
    if Pairing.objects.standing().exclude(pk=row.pk).filter(has=row.has, also=row.also).exists():
        raise PairingStands

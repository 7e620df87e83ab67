"""Keeping what the method thought, and letting a human overrule it for a while."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.journal.verbs import declare
from wendu.kernel.bulk import write_rows
from wendu.kernel.entity import kind_of
from wendu.kernel.errors import ActionError
from wendu.packs.queries import current_playbook
from wendu.readings.models import Override, Reading

declare("override.set", "override.ended")

CHANGING = ("value", "band", "reasons", "missing", "provisional", "pack_version", "as_of")


class ReasonMissing(ActionError):
    """A judgement against the method needs a because."""

    code = "override_reason_missing"
    message = _("Say in a few words why you see it differently.")
    field = "reason"


class AlreadyEnded(ActionError):
    """The override no longer counts."""

    code = "override_already_ended"
    message = _("This has already been taken back. Reload the page.")


def write_readings(many: Iterable[Reading]) -> int:
    """Write readings, each replacing the one of the same thing and code; one statement for all.

    Inside `wendu.coach` only: readings have one author.
    """
    latest = {(row.subject_kind, row.subject_id, row.code): row for row in many}
    rows = [latest[key] for key in sorted(latest)]  # one order for everyone: no deadlock between two writers
    return write_rows(rows, unique=["subject_kind", "subject_id", "code"], update=CHANGING)


def forget_readings(kind: str, ids: Sequence[int], *, codes: Sequence[str] = ()) -> int:
    """Drop the readings of things (of some codes, or all)."""
    rows = Reading.objects.filter(subject_kind=kind, subject_id__in=ids)
    return (rows.filter(code__in=codes) if codes else rows).delete()[0]


@transaction.atomic
def set_override(
    *, subject: Model, code: str, value: Any, reason: str, actor: User, at: datetime, root: Model | None = None
) -> Override:
    """Overrule the method about a thing, with a reason, until it expires; an earlier one of the same code ends.

    `root` is the customer the thing is about; without it the subject answers for itself (method: U7).
    """
    permit(actor, "override.set", root or subject)
    if not reason.strip():
        raise ReasonMissing
    on = Organisation.objects.current().today(at)
    earlier = Override.objects.select_for_update().about(subject).filter(code=code, ended_at__isnull=True).first()
    if earlier is not None:
        _end(earlier, actor=actor, at=at, on=on)
    override = Override.objects.create(
        subject_kind=kind_of(subject),
        subject_id=subject.pk,
        code=code,
        value=value,
        reason=reason.strip()[:500],
        actor=actor,
        set_at=at,
        from_on=on,
        expires_on=on + timedelta(days=current_playbook().strategy.override_days),
    )
    before = {"value": earlier.value, "expires_on": earlier.expires_on} if earlier is not None else None
    after = {"code": code, "value": value, "reason": override.reason, "expires_on": override.expires_on}
    record("override.set", subject=subject, actor=actor, at=at, root=root, before=before, after=after)
    return override


@transaction.atomic
def end_override(
    *, override: Override, subject: Model, actor: User | None, at: datetime, root: Model | None = None
) -> Override:
    """Take an override back: from that day on the method's own judgement counts again."""
    permit(actor, "override.end", root or subject)
    override = Override.objects.select_for_update().about(subject).get(pk=override.pk)
    if override.ended_at is not None:
        raise AlreadyEnded
    _end(override, actor=actor, at=at, on=Organisation.objects.current().today(at))
    before = {"code": override.code, "value": override.value}
    record("override.ended", subject=subject, actor=actor, at=at, root=root, before=before)
    return override


def _end(override: Override, *, actor: User | None, at: datetime, on: date) -> None:
    override.ended_at, override.ended_on, override.ended_by = at, on, actor
    override.save(update_fields=["ended_at", "ended_on", "ended_by"])


def forget_about(kind: str, ids: list[int]) -> int:
    """Drop what was thought of things that are removed for good."""
    return sum(
        rows.filter(subject_kind=kind, subject_id__in=ids).delete()[0] for rows in (Reading.objects, Override.objects)
    )

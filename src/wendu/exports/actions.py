"""Taking a table out: asking for it, taking the file, throwing it away, and letting old files go."""

import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.exports.choices import Columns, Ending, Kind
from wendu.exports.models import ACCOUNT_KEPT, KEPT, Export
from wendu.exports.queries import exports_of, jobs_of
from wendu.identity.models import User
from wendu.jobs.actions import JobHasEnded, cancel_job, enqueue, resume_job
from wendu.jobs.models import Job
from wendu.jobs.pace import keep_pace
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare

declare("export.asked", "export.taken", "export.discarded")

WRITE = "exports.write"
FORGOTTEN_AT_ONCE = 200
LONGEST_QUERY = 4000


class FileGone(ActionError):
    """The file is not there, or not any more."""

    code = "export_gone"
    message = _("This file is not kept any more. Ask for it again.")


@transaction.atomic
def ask_for_export(
    *, kind: str, query: str, columns: str, ending: str, actor: User, at: datetime, language: str = ""
) -> Export:
    """Have a table written, in the words of the language that is spoken; who asked is told when it is there."""
    permit(actor, "export.run")
    row = Export(kind=Kind(kind), query=query[:LONGEST_QUERY], columns=Columns(columns), ending=Ending(ending))
    if row.kind == Kind.ACCOUNT:
        permit(actor, "account.take")
    return _ask(row, actor=actor, at=at, language=language)


@transaction.atomic
def ask_for_account(*, actor: User, at: datetime) -> Export:
    """Have the whole account written into one archive, for the administrator who asks and nobody else."""
    permit(actor, "account.take")
    return _ask(Export(kind=Kind.ACCOUNT, ending=Ending.ZIP), actor=actor, at=at)


@transaction.atomic
def take_file(*, row: Export, actor: User, at: datetime) -> Path:
    """Give the file to who asked for it, and write down that it was taken."""
    permit(actor, "export.run")
    permit(actor, "export.take", row.actor)
    if row.kind == Kind.ACCOUNT:
        permit(actor, "account.take")
    if not row.waits or at >= row.kept_until or not row.file.is_file():
        raise FileGone
    record("export.taken", subject=row, actor=actor, at=at, after={**_told(row), "rows": row.rows})
    return row.file


@transaction.atomic
def discard_export(*, row: Export, actor: User, at: datetime) -> None:
    """Throw a file away before its time; what is still being written is stopped."""
    permit(actor, "export.take", row.actor)
    job = jobs_of([row]).get(row.pk)
    if job is not None and job.is_open:
        cancel_job(job=job, actor=actor, at=at)
    if Export.objects.filter(pk=row.pk, forgotten_at__isnull=True).update(forgotten_at=at):
        record("export.discarded", subject=row, actor=actor, at=at, before=_told(row))
    transaction.on_commit(lambda: shutil.rmtree(row.folder, ignore_errors=True))


@transaction.atomic
def stop_export(*, row: Export, actor: User, at: datetime) -> None:
    """Stop the writing."""
    permit(actor, "export.take", row.actor)
    cancel_job(job=_job(row), actor=actor, at=at)


@transaction.atomic
def resume_export(*, row: Export, actor: User, at: datetime) -> None:
    """Have it written after all."""
    permit(actor, "export.take", row.actor)
    if row.forgotten_at is not None:
        raise FileGone
    resume_job(job=_job(row), actor=actor, at=at)


def forget_exports(*, at: datetime) -> int:
    """Let go of files that were asked for days ago; what was asked stays written down. Says how many."""
    is_old = Q(asked_at__lte=at - KEPT) | Q(kind=Kind.ACCOUNT, asked_at__lte=at - ACCOUNT_KEPT)
    old = Export.objects.filter(is_old, forgotten_at__isnull=True)
    found = list(old[:FORGOTTEN_AT_ONCE])
    for row in found:
        shutil.rmtree(row.folder, ignore_errors=True)
    return old.filter(pk__in=[row.pk for row in found]).update(forgotten_at=at)


def find_export(actor: User, uuid: UUID) -> Export:
    """One of this person's own."""
    found: Export = exports_of(actor).get(uuid=uuid)
    return found


def _ask(row: Export, *, actor: User, at: datetime, language: str = "") -> Export:
    keep_pace(actor)
    row.language, row.actor, row.asked_at = language or get_language() or actor.language, actor, at
    row.save(force_insert=True)
    record("export.asked", subject=row, actor=actor, at=at, after=_told(row))
    enqueue(WRITE, actor=actor, key=f"export {row.pk}", row=row.pk)
    return row


def _job(row: Export) -> Job:
    job = jobs_of([row]).get(row.pk)
    if job is None:
        raise JobHasEnded
    return job


def _told(row: Export) -> dict[str, object]:
    return {"kind": row.kind, "query": row.query, "columns": row.columns, "ending": row.ending}

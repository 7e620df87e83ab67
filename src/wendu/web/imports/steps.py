"""The steps of one file: its columns, the beginning, a stop, going on, the way back, and throwing it away."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wendu.identity.models import User
from wendu.imports.actions import begin_import, choose_sheet, discard, understand, undo_import
from wendu.imports.choices import OnMatch
from wendu.imports.models import Import
from wendu.imports.queries import latest_job
from wendu.jobs.actions import JobHasEnded, cancel_job, resume_job
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.web.fragments import person, said
from wendu.web.imports.showing import shown, visible_import


@require_POST
def columns(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Settle what the columns are; the first rows are then tried out."""
    row = visible_import(request, uuid)
    chosen = {place: request.POST.get(f"column-{place}", "") for place in range(len(row.header))}
    way = request.POST.get("on_match", "")
    given = way if way in OnMatch.values else OnMatch.UPDATE.value
    try:
        understand(row=row, columns=chosen, on_match=given, actor=person(request), at=now())
    except Denied:
        raise
    except ActionError as refused:
        row.refresh_from_db()
        named = {str(place): name for place, name in chosen.items()}
        return shown(request, row, refused=refused, chosen=named)
    return redirect("imports:page", uuid=uuid)


@require_POST
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read another sheet of the workbook."""
    name = request.POST.get("sheet", "")
    return step(request, uuid, lambda row, user: choose_sheet(row=row, sheet=name, actor=user, at=now()))


@require_POST
def beginning(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have the whole file brought in."""
    return step(request, uuid, lambda row, user: begin_import(row=row, actor=user, at=now()))


@require_POST
def stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop at the next batch; what came in stays."""
    return step(request, uuid, lambda row, user: cancel_job(job=_work_on(row), actor=user, at=now()))


@require_POST
def resumption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go on where it stopped."""
    return step(request, uuid, lambda row, user: resume_job(job=_work_on(row), actor=user, at=now()))


@require_POST
def undoing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have all of it taken back."""
    return step(request, uuid, lambda row, user: undo_import(row=row, actor=user, at=now()))


@require_POST
def discarding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw away a file that was never brought in."""
    row = visible_import(request, uuid)
    try:
        discard(row=row, actor=person(request), at=now())
    except Denied:
        raise
    except ActionError as refused:
        return shown(request, row, refused=refused)
    words = _("%(file)s was thrown away; nothing of it came in.") % {"file": row.file_name}
    return said(request, words, back=reverse("imports:list"))


def _work_on(row: Import) -> Job:
    job = latest_job(row)
    if job is None:
        raise JobHasEnded
    return job


def step(request: HttpRequest, uuid: UUID, act: Callable[[Import, User], object]) -> HttpResponse:
    """Take one step with a file; what stands against it is said on its page."""
    row = visible_import(request, uuid)
    try:
        act(row, person(request))
    except Denied:
        raise
    except ActionError as refused:
        row.refresh_from_db()
        return shown(request, row, refused=refused)
    return redirect("imports:page", uuid=uuid)

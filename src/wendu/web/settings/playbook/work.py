"""Machine work about the playbook: how far it is, stopping it, letting it go on."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wendu.access.verbs import can
from wendu.coach.jobs import RECOMPUTE
from wendu.coach.preview import PREVIEW
from wendu.jobs.actions import cancel_job, resume_job
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.sections import enter

KEY = "playbook"


@dataclass(frozen=True, slots=True)
class Work:
    """A job as the page shows it."""

    job: Job
    words: str
    may_stop: bool
    may_resume: bool


def rebuild_of(user: Any) -> Work | None:
    """The latest judging of everybody, unless it came to its end."""
    return shown_work(user, Job.objects.filter(kind=RECOMPUTE).order_by("-pk").first())


def shown_work(user: Any, job: Job | None) -> Work | None:
    """How far a job is in words; nothing once it is done."""
    if job is None or job.state == JobState.DONE:
        return None
    far = {"done": f"{job.progress:,}", "total": f"{job.total or 0:,}"}
    words = {
        JobState.QUEUED: _("Waiting to begin."),
        JobState.RUNNING: _("%(done)s of %(total)s customers judged.") % far,
        JobState.CANCELLED: _("Stopped after %(done)s of %(total)s customers.") % far,
        JobState.FAILED: _("Broke off after %(done)s of %(total)s customers.") % far,
    }[JobState(job.state)]
    return Work(
        job, words, job.is_open and can(user, "job.cancel", job), not job.is_open and can(user, "job.retry", job)
    )


@require_POST
def stopping(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop the work; what was done stays done."""
    job = _found(request, uuid)
    cancel_job(job=job, actor=person(request), at=now())
    return done(request, _("It stops at the next batch."), _back(request))


@require_POST
def resuming(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let stopped work go on where it was."""
    job = _found(request, uuid)
    resume_job(job=job, actor=person(request), at=now())
    return done(request, _("It goes on where it stopped."), _back(request))


def _found(request: HttpRequest, uuid: UUID) -> Job:
    enter(request, KEY)
    job: Job = get_object_or_404(Job.objects.filter(kind__in=(RECOMPUTE, PREVIEW)), uuid=uuid)
    if not can(person(request), "job.cancel", job):
        raise Http404
    return job


def _back(request: HttpRequest) -> str:
    to = request.POST.get("back", "")
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else reverse("settings:playbook")

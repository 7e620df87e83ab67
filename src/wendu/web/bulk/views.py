"""Many customers at once: whom, what it would change, how far it is, and the way back."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import can
from wendu.bulk import actions
from wendu.bulk.choices import Deed, Outcome
from wendu.bulk.models import Batch
from wendu.bulk.queries import Preview, batches_of, counted, latest_job, names_of, preview_of, size_of
from wendu.customers.models import Customer
from wendu.desk.table.asked import EVERYONE, asked_from
from wendu.desk.table.errors import BadFilter
from wendu.jobs.choices import JobState
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.web.bulk.forms import form_of
from wendu.web.customers.asking import blame
from wendu.web.fragments import is_fragment, person

STOPPED = (JobState.FAILED, JobState.CANCELLED)
LOOKED_UP = 5_000


@require_POST
def choice(request: HttpRequest) -> HttpResponse:
    """Keep whom one picked, and go on to what it would change."""
    user, sent = person(request), request.POST
    deed = sent.get("deed", "") if sent.get("deed", "") in Deed.values else Deed.TAG.value
    query = asked_from(QueryDict(sent.get("list", "")[:4000])).query()
    uuids = [uuid for text in sent.getlist("pick")[: LOOKED_UP + 1] if (uuid := _uuid(text))]
    picks = Customer.objects.visible_to(user).filter(uuid__in=uuids).values_list("pk", flat=True)
    try:
        batch = actions.choose(deed=deed, picks=list(picks), is_all="all" in sent, query=query, actor=user, at=now())
    except Denied:
        raise
    except ActionError as refused:
        context = {"errors": [refused.text()], "list_url": _list_url(query)}
        return render(request, "bulk/nobody.html", context, status=422)
    return redirect("bulk:batch", uuid=batch.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what a batch would change and do it; once it is begun, how far it is."""
    row = _own(request, uuid)
    if row.begun_at is not None:
        return _shown(request, row)
    sent = request.POST if request.method == "POST" else request.GET
    form = form_of(row, sent if sent or row.deed == Deed.DELETE else None)
    seen = _preview(row, form)
    if request.method == "POST" and seen is not None and _begun(row, form, request):
        return redirect("bulk:batch", uuid=uuid)
    context = {
        "row": row,
        "form": form,
        "seen": seen,
        "size": seen.total if seen else _size(row),
        "typing": seen is not None and actions.needs_typing(row, seen.changes),
        "runs_later": seen is not None and seen.total > actions.AT_ONCE,
        "list_url": _list_url(row.query),
    }
    refused = request.method == "POST" and bool(form.errors)
    return render(request, "bulk/preview.html", context, status=422 if refused else 200)


@require_POST
def undoing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have a batch go back."""
    return _acted(request, uuid, actions.undo_batch)


@require_POST
def stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let it stop at the next customers."""
    return _acted(request, uuid, actions.stop_batch)


@require_POST
def resumption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let it go on."""
    return _acted(request, uuid, actions.resume_batch)


def _preview(row: Batch, form: forms.Form) -> Preview | None:
    """What would be changed, once the form says enough; a refusal stands at its field."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return preview_of(row, actions.understood(row, form.cleaned_data, now()), now())
    except ActionError as refused:
        blame(form, refused)
        return None


def _begun(row: Batch, form: forms.Form, request: HttpRequest) -> bool:
    try:
        actions.begin_batch(
            batch=row,
            said=form.cleaned_data,
            expected=_number(request.POST.get("expected", "")),
            typed=request.POST.get("typed", ""),
            actor=person(request),
            at=now(),
        )
    except Denied:
        raise
    except ActionError as refused:
        blame(form, refused)
        return False
    return True


def _acted(request: HttpRequest, uuid: UUID, act: Any) -> HttpResponse:
    row = _own(request, uuid)
    try:
        act(batch=row, actor=person(request), at=now())
    except Denied:
        raise
    except ActionError as refused:
        return _shown(request, row, errors=[refused.text()])
    return redirect("bulk:batch", uuid=uuid)


def _shown(request: HttpRequest, row: Batch, errors: list[str] | None = None) -> HttpResponse:
    job, found, user = latest_job(row), counted(row), person(request)
    runs = job is not None and job.is_open
    context = {
        "row": row,
        "job": job,
        "runs": runs,
        "found": found,
        "denied": names_of(row, outcome=Outcome.DENIED) if found[Outcome.DENIED] else [],
        "kept": names_of(row, was_kept=True) if found["kept"] else [],
        "may_stop": runs and can(user, "job.cancel", job),
        "may_resume": job is not None and job.state in STOPPED and can(user, "job.retry", job),
        "may_undo": row.done_at is not None and row.undoing_at is None and bool(found[Outcome.DONE]),
        "errors": errors or [],
        "list_url": _list_url(row.query),
    }
    template = "bulk/_batch.html" if is_fragment(request) else "bulk/batch.html"
    return render(request, template, context, status=422 if errors else 200)


def _size(row: Batch) -> int:
    try:
        return size_of(row, now())
    except BadFilter:
        return 0


def _own(request: HttpRequest, uuid: UUID) -> Batch:
    found: Batch = get_object_or_404(batches_of(person(request)), uuid=uuid)
    return found


def _list_url(query: str) -> str:
    return f"{reverse('customers:list')}?{query or f'view={EVERYONE}'}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else -1


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

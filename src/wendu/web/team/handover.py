"""Handing a leaving colleague's whole book over: who leaves, who takes what, how far it is, and the way back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.handovers.actions import begin_handover, resume_handover, undo_handover
from wendu.handovers.choices import Split, Thing
from wendu.handovers.models import Handover
from wendu.handovers.queries import Book, book_of, counted, handovers_of, latest_job, leavers, takers_for
from wendu.identity.models import User
from wendu.jobs.choices import JobState
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.web.fragments import is_fragment, person

LATEST = 5
STOPPED = (JobState.FAILED, JobState.CANCELLED)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose who leaves and how to share out, see what changes hands, choose who takes it, and begin."""
    user = person(request)
    if not can(user, "team.view"):
        raise Http404
    permit(user, "book.open")
    asked = request.POST if request.method == "POST" else request.GET
    leaver = _named(leavers(user), asked.get("leaver", ""))
    split_by = asked.get("split", "") if asked.get("split", "") in Split.values else Split.NONE.value
    errors: list[str] = []
    if request.method == "POST":
        if leaver is None:
            errors.append(_("Choose who leaves."))
        else:
            try:
                row = begin_handover(
                    leaver=leaver, takers=_takers(request, leaver), actor=user, at=now(), split_by=split_by
                )
            except Denied:
                raise
            except ActionError as refused:
                errors.append(refused.text())
            else:
                return redirect("team:handed", uuid=row.uuid)
    book = book_of(user, leaver, split_by) if leaver else None
    context: dict[str, Any] = {
        "people": leavers(user),
        "splits": Split.choices,
        "split": split_by,
        "leaver": leaver,
        "book": book,
        "parts": _parts(book, asked),
        "takers": list(takers_for(user, leaver)) if leaver else [],
        "chosen": asked.get("taker", ""),
        "errors": errors,
        "latest": handovers_of(user)[:LATEST],
    }
    return render(request, "team/handover.html", context, status=422 if errors else 200)


@require_safe
def handed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far a hand-over is, and what became of it."""
    row = _visible(request, uuid)
    template = "team/_handed.html" if is_fragment(request) else "team/handed.html"
    return render(request, template, _progress(row, person(request)))


@require_POST
def undoing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have a hand-over go back."""
    row = _visible(request, uuid)
    try:
        undo_handover(handover=row, actor=person(request), at=now())
    except Denied:
        raise
    except ActionError as refused:
        return render(
            request, "team/handed.html", {**_progress(row, person(request)), "errors": [refused.text()]}, status=422
        )
    return redirect("team:handed", uuid=uuid)


@require_POST
def resumption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let what stopped on the way go on."""
    row, user = _visible(request, uuid), person(request)
    try:
        resume_handover(handover=row, actor=user, at=now())
    except Denied:
        raise
    except ActionError as refused:
        return render(request, "team/handed.html", {**_progress(row, user), "errors": [refused.text()]}, status=422)
    return redirect("team:handed", uuid=uuid)


def _progress(row: Handover, user: User) -> dict[str, Any]:
    job = latest_job(row)
    found, words = counted(row), dict(Thing.choices)
    return {
        "row": row,
        "job": job,
        "runs": job is not None and job.is_open,
        "may_resume": job is not None and job.state in STOPPED and can(user, "job.retry", job),
        "counts": [(words[thing], found[thing]) for thing in Thing.values],
        "kept": sum(each["kept"] for each in found.values()),
        "left": sum(each["left"] for each in found.values()),
        "may_undo": row.done_at is not None and row.undoing_at is None,
    }


def _visible(request: HttpRequest, uuid: UUID) -> Handover:
    found: Handover = get_object_or_404(handovers_of(person(request)), uuid=uuid)
    return found


def _takers(request: HttpRequest, leaver: User) -> dict[str, User]:
    """Who takes which part; the empty part is everything else."""
    choices, found = takers_for(person(request), leaver), dict[str, User]()
    values = request.POST.getlist("part")
    for part, name in [("", request.POST.get("taker", "")), *zip(values, request.POST.getlist("to"), strict=False)]:
        taker = _named(choices, name)
        if taker is not None and (part or "" not in found):
            found[part] = taker
    return found


def _parts(book: Book | None, asked: Any) -> list[tuple[str, str, int, str]]:
    """The parts of a book with the taker chosen for each."""
    if book is None:
        return []
    chosen = dict(zip(asked.getlist("part"), asked.getlist("to"), strict=False))
    return [(part, part, number, chosen.get(part, "")) for part, number in book.parts.items() if part]


def _named(people: Any, text: str) -> User | None:
    try:
        found: User | None = people.filter(uuid=UUID(text)).first()
    except ValueError:
        return None
    return found

"""The steps of a batch once it is begun: a stop, going on, and the way back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from wendu.bulk import actions
from wendu.bulk.models import Batch
from wendu.bulk.queries import counted
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.web.bulk.showing import shown, visible_batch
from wendu.web.bulk.wording import undone_words
from wendu.web.fragments import is_fragment, person, safe_next


@require_POST
def undoing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have a batch go back; from a toast, the page it stands on is loaded again, for its rows have changed."""
    row = visible_batch(request, uuid)
    if is_fragment(request):
        actions.undo_batch(batch=row, actor=person(request), at=now())  # a refusal becomes a toast
        messages.success(request, _undone(row))
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _acted(request, row, actions.undo_batch, words=_undone)


@require_POST
def stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let it stop at the next customers."""
    return _acted(request, visible_batch(request, uuid), actions.stop_batch)


@require_POST
def resumption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let it go on."""
    return _acted(request, visible_batch(request, uuid), actions.resume_batch)


def _acted(
    request: HttpRequest, row: Batch, act: Callable[..., Any], words: Callable[[Batch], str] | None = None
) -> HttpResponse:
    try:
        act(batch=row, actor=person(request), at=now())
    except Denied:
        raise
    except ActionError as refused:
        return shown(request, row, errors=[refused.text()])
    if words:
        messages.success(request, words(row))
    return redirect(safe_next(request, reverse("bulk:batch", args=[row.uuid])))


def _undone(row: Batch) -> str:
    row.refresh_from_db()
    return undone_words(row, counted(row))

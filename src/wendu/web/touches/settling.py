"""What became of what was agreed: promises, commitments, open problems, days of silence."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wendu.access.querysets import VisibleQuerySet
from wendu.kernel.clock import now
from wendu.touches import actions
from wendu.touches.choices import CommitmentState, PromiseState
from wendu.touches.models import Commitment, Promise, QuietPeriod, Tail
from wendu.web.fragments import person
from wendu.web.touches.answers import told
from wendu.web.touches.fields import DayField

R = TypeVar("R", Promise, Commitment, Tail, QuietPeriod)


class PromiseEnd(forms.Form):
    """How our promise ended; agreed anew, it needs a new day."""

    state = forms.ChoiceField(
        choices=[each for each in PromiseState.choices if each[0] not in ("open", "kept_late")], initial="kept"
    )
    due_on = DayField(label=gettext_lazy("New day"), required=False)


@require_POST
def promise_settlement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what became of what we promised."""
    promise = _one(request, Promise.objects.visible_to(person(request)), uuid)
    form = PromiseEnd({"state": "kept", **request.POST.dict()})
    state = form.data["state"]
    due_on: date | None = form.cleaned_data.get("due_on") if form.is_valid() else None
    actions.settle_promise(promise=promise, state=state, actor=person(request), at=now(), due_on=due_on)
    words = _("%(what)s: %(state)s") % {"what": promise.what, "state": Promise(state=state).get_state_display()}
    return told(request, promise.customer, words, undo_url=_url("promise_reopening", promise))


@require_POST
def promise_reopening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back what was said about a promise."""
    promise = _one(request, Promise.objects.visible_to(person(request)), uuid)
    actions.reopen_promise(promise=promise, actor=person(request), at=now())
    return _open_again(request, promise)


@require_POST
def commitment_settlement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say whether the customer did what was agreed."""
    commitment = _one(request, Commitment.objects.visible_to(person(request)), uuid)
    state = request.POST.get("state") or CommitmentState.DONE.value
    actions.settle_commitment(commitment=commitment, state=state, actor=person(request), at=now())
    facts = {"what": commitment.what, "state": Commitment(state=state).get_state_display()}
    return told(
        request,
        commitment.customer,
        _("%(what)s: %(state)s") % facts,
        undo_url=_url("commitment_reopening", commitment),
    )


@require_POST
def commitment_reopening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back what was said about a commitment."""
    commitment = _one(request, Commitment.objects.visible_to(person(request)), uuid)
    actions.reopen_commitment(commitment=commitment, actor=person(request), at=now())
    return _open_again(request, commitment)


@require_POST
def tail_closing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An open problem is solved."""
    tail = _one(request, Tail.objects.visible_to(person(request)), uuid)
    actions.close_tail(tail=tail, actor=person(request), at=now())
    words = _("Solved: %(what)s") % {"what": tail.what}
    return told(request, tail.customer, words, undo_url=_url("tail_reopening", tail))


@require_POST
def tail_reopening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A problem thought solved is open again."""
    tail = _one(request, Tail.objects.visible_to(person(request)), uuid)
    actions.reopen_tail(tail=tail, actor=person(request), at=now())
    return _open_again(request, tail)


@require_POST
def quiet_withdrawal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a quiet period back."""
    period = _one(request, QuietPeriod.objects.visible_to(person(request)), uuid)
    actions.withdraw_quiet_period(period=period, actor=person(request), at=now())
    return told(request, period.customer, _("Quiet period taken back; the clocks run again"))


def _one(_request: HttpRequest, rows: VisibleQuerySet[R], uuid: UUID) -> R:
    return get_object_or_404(rows.select_related("customer"), uuid=uuid)


def _open_again(request: HttpRequest, row: Any) -> HttpResponse:
    words = _("Open again: %(what)s") % {"what": row.what}
    return told(request, row.customer, words, in_place=not request.headers.get("HX-Target"))


def _url(name: str, row: Any) -> str:
    return reverse(f"touches:{name}", kwargs={"uuid": row.uuid})

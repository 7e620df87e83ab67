"""Many customers at once: whom, what it would change, and the batches there were."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wendu.access.verbs import permit
from wendu.bulk import actions
from wendu.bulk.choices import Deed, Outcome
from wendu.bulk.models import Batch
from wendu.bulk.queries import Preview, begun_before, counted, preview_of, size_of
from wendu.customers.models import Customer
from wendu.desk.table.asked import asked_from
from wendu.desk.table.errors import BadFilter
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.web.bulk.forms import form_of
from wendu.web.bulk.showing import WHICH, all_of, lines_of, list_url, shown, visible_batch
from wendu.web.bulk.wording import done_words
from wendu.web.customers.asking import blame
from wendu.web.fragments import person

LOOKED_UP, SHOWN = 5_000, 50


@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """Keep whom one picked and go on to what it would change; else show what was done to many at once."""
    if request.method == "POST":
        return _choice(request)
    user = person(request)
    permit(user, "bulk.begin")
    found = begun_before(user, _number(request.GET.get("before", "")), SHOWN + 1)
    earlier = f"?before={found[SHOWN - 1].pk}" if len(found) > SHOWN else ""
    context = {"lines": lines_of(found[:SHOWN], user), "earlier_url": earlier, "list_url": reverse("customers:list")}
    return render(request, "bulk/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what a batch would change and do it; once it is begun, how far it is."""
    row = visible_batch(request, uuid)
    if row.begun_at is not None:
        asked = request.GET.get("of", "")
        return all_of(request, row, asked) if asked in WHICH else shown(request, row)
    sent = request.POST if request.method == "POST" else request.GET
    form = form_of(row, sent if sent or row.deed == Deed.DELETE else None)
    seen = _preview(row, form)
    if request.method == "POST" and seen is not None and _begun(row, form, request):
        return _done(request, row)
    context = {
        "row": row,
        "form": form,
        "seen": seen,
        "size": seen.total if seen else _size(row),
        "typing": seen is not None and actions.needs_typing(row, seen.changes),
        "runs_later": seen is not None and seen.total > actions.AT_ONCE,
        "list_url": list_url(row),
    }
    refused = request.method == "POST" and bool(form.errors)
    return render(request, "bulk/preview.html", context, status=422 if refused else 200)


def _choice(request: HttpRequest) -> HttpResponse:
    user, sent = person(request), request.POST
    query = asked_from(QueryDict(sent.get("list", "")[:4000])).query()
    uuids = [uuid for text in sent.getlist("pick")[: LOOKED_UP + 1] if (uuid := _uuid(text))]
    picks = list(Customer.objects.visible_to(user).filter(uuid__in=uuids).values_list("pk", flat=True))
    deed, is_all = sent.get("deed", ""), "all" in sent
    try:
        made = actions.choose(deed=deed, picks=picks, is_all=is_all, query=query, actor=user, at=now())
    except Denied:
        raise
    except ActionError as refused:
        context = {"errors": [refused.text()], "list_url": list_url(Batch(query=query))}
        return render(request, "bulk/nobody.html", context, status=422)
    return redirect("bulk:batch", uuid=made.uuid)


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
            expected=_number(request.POST.get("expected", "")) or 0,
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


def _done(request: HttpRequest, row: Batch) -> HttpResponse:
    """Back to the list with a way back at hand; to its own page while it is under way."""
    row.refresh_from_db()
    if row.done_at is None:
        return redirect("bulk:batch", uuid=row.uuid)
    found = counted(row)
    undo_url = reverse("bulk:undoing", args=[row.uuid]) if found[Outcome.DONE] else ""
    messages.success(request, done_words(row, found), extra_tags=undo_url)
    return redirect(list_url(row))


def _size(row: Batch) -> int:
    try:
        return size_of(row, now())
    except BadFilter:
        return 0


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

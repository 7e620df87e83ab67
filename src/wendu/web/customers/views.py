"""The customer page; taking a customer up, correcting it, taking it out of sight and back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from wendu.access.verbs import permit
from wendu.coach.frame import Frame
from wendu.customers import actions
from wendu.customers.models import Customer
from wendu.desk.alike import reason_words
from wendu.desk.customer_page import customer_page, others_of
from wendu.kernel.clock import now
from wendu.merges.likely import likely_customers
from wendu.search.opened import remember_opening
from wendu.touches.queries import Cursor
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_customer
from wendu.web.customers.forms import DetailsForm, NewCustomerForm, initial_of
from wendu.web.customers.placing import way_of
from wendu.web.fragments import done_once, is_fragment, person
from wendu.web.touches.answers import told

FILTERS = ("", "advances", "promises", "service")


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One customer: how warm, what next, and everything that happened."""
    customer = visible_customer(request, uuid)
    only = request.GET.get("only", "")
    after = Cursor.from_text(request.GET.get("after", ""))
    shown = customer_page(
        person(request),
        customer,
        now(),
        days=request.GET.get("days", ""),
        only=only if only in FILTERS else "",
        after=after,
    )
    context = {
        "page": shown,
        "customer": customer,
        "others": others_of(shown.step, shown.frame),
        "filters": _filters(customer, shown.only, shown.days),
        "ranges": _ranges(customer, shown.days),
        "log_query": shown.step.log_query,
        "way": way_of(request, customer, page="customers:page"),
    }
    if is_fragment(request) and after is not None:
        return render(request, "customers/_timeline_items.html", context)
    request.log_query = f"?{context['log_query']}"  # type: ignore[attr-defined]
    remember_opening(thing=customer, actor=person(request), at=now())
    return render(request, "customers/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take up a customer."""
    user = person(request)
    permit(user, "customer.create")
    form = NewCustomerForm(request.POST or None, frame=Frame.at(now()), user=user)

    def act(said: dict[str, Any]) -> HttpResponse:
        customer, _is_new = done_once(
            request,
            "customer.created",
            lambda: actions.create_customer(
                name=said["name"],
                owner=said["owner"],
                actor=user,
                at=now(),
                details=form.details(),
                referrer=said["referrer"],
            ),
            find=lambda key: Customer.objects.get(uuid=key),
        )
        address = reverse("customers:page", kwargs={"uuid": customer.uuid})
        if not is_fragment(request):
            return redirect(address)
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer

    question = Question(_("New customer"), _("Take up"), extra="customers/_similar_watch.html", beneath="name")
    return ask(request, form, question, act)


@require_GET
def similar(request: HttpRequest) -> HttpResponse:
    """Warn of customers one sees that may be the one being typed, with the reasons; of others nothing is said."""
    typed = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ("name", "city")}
    rows = [(row, reason_words(row.likeness.reasons)) for row in likely_customers(person(request), **typed)]
    return render(request, "customers/_similar.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what is known."""
    customer = visible_customer(request, uuid)
    permit(person(request), "customer.edit", customer)
    seen = customer.revision
    form = DetailsForm(
        request.POST or None,
        frame=Frame.at(now()),
        initial=initial_of(customer),
        customer=customer,
        user=person(request),
    )

    def act(said: dict[str, Any]) -> str:
        changes = form.only_changed({"name": said["name"], **form.details()})
        with transaction.atomic():
            actions.edit_customer(customer=customer, changes=changes, actor=person(request), at=now(), seen=seen)
            if "parent" in form.changed():
                actions.set_parent(customer=customer, parent=said["parent"], actor=person(request), at=now())
        return _("%(customer)s is corrected") % {"customer": customer.name}

    return ask(request, form, Question(_("Edit customer"), _("Save"), customer), act)


@require_POST
def deletion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a customer out of sight; it can be restored."""
    customer = visible_customer(request, uuid)
    actions.delete_customer(customer=customer, actor=person(request), at=now())
    undo = reverse("customers:restoration", kwargs={"uuid": customer.uuid})
    words = _("%(customer)s is deleted") % {"customer": customer.name}
    messages.success(request, words, extra_tags=undo)
    return redirect("customers:list")


@require_POST
def restoration(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Bring a deleted customer back."""
    rows = Customer.objects.deleted_to(person(request)).select_related("owner", "team")
    customer = get_object_or_404(rows, uuid=uuid)
    actions.restore_customer(customer=customer, actor=person(request), at=now())
    words = _("%(customer)s is back") % {"customer": customer.name}
    return told(request, customer, words, in_place=not request.headers.get("HX-Target"))


def _filters(customer: Customer, only: str, days: str) -> list[tuple[str, str, bool]]:
    here = reverse("customers:page", kwargs={"uuid": customer.uuid})
    words = {"": _("All"), "advances": _("Advances"), "promises": _("Promises"), "service": _("Service")}
    return [(label, f"{here}?only={code}&days={days}#timeline", code == only) for code, label in words.items()]


def _ranges(customer: Customer, days: str) -> list[tuple[str, str, bool]]:
    here = reverse("customers:page", kwargs={"uuid": customer.uuid})
    words = {"90": _("90 days"), "365": _("1 year")}
    return [(label, f"{here}?days={code}", code == days) for code, label in words.items()]

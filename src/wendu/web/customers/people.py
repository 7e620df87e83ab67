"""The people of a customer and their numbers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.masking import may_see_contact_points
from wendu.access.verbs import permit
from wendu.customers import actions
from wendu.customers.models import Contact, ContactPoint
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_contact, visible_customer
from wendu.web.customers.forms import PERSON, EditContactForm, NewContactForm, PointForm
from wendu.web.fragments import done_once, person
from wendu.web.touches.answers import told


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add a person."""
    customer = visible_customer(request, uuid)
    permit(person(request), "contact.create", customer)
    form = NewContactForm.empty(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        contact, _is_new = done_once(
            request,
            "contact.added",
            lambda: actions.add_contact(
                customer=customer,
                name=said["name"],
                actor=person(request),
                at=now(),
                details=form.details(),
                points=form.points(),
                own=form.own(),
            ),
            find=lambda key: Contact.objects.get(uuid=key),
        )
        return _("%(name)s is added") % {"name": contact.name}

    return ask(
        request,
        form,
        Question(_("Add a person"), _("Add"), customer, extra="duplicates/_reach_watch.html", beneath="wechat"),
        act,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what is known of a person."""
    contact = visible_contact(request, uuid)
    permit(person(request), "contact.edit", contact.customer)
    seen = contact.revision
    form = EditContactForm.of(contact, request.POST or None, person(request))

    def act(said: dict[str, Any]) -> str:
        changes = form.only_changed({name: said[name] for name in PERSON})
        actions.edit_contact(
            contact=contact, changes=changes, actor=person(request), at=now(), seen=seen, own=form.own()
        )
        return _("%(name)s is corrected") % {"name": contact.name}

    return ask(request, form, Question(_("Edit person"), _("Save"), contact.customer), act)


@require_POST
def main(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make a person the main contact."""
    contact = visible_contact(request, uuid)
    actions.set_main_contact(contact=contact, actor=person(request), at=now())
    return told(request, contact.customer, _("%(name)s is the main contact now") % {"name": contact.name})


@require_POST
def deletion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a person out of sight."""
    contact = visible_contact(request, uuid)
    actions.delete_contact(contact=contact, actor=person(request), at=now())
    undo = reverse("customers:contact_restoration", kwargs={"uuid": contact.uuid})
    return told(request, contact.customer, _("%(name)s is deleted") % {"name": contact.name}, undo_url=undo)


@require_POST
def restoration(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Bring a deleted person back."""
    contact = visible_contact(request, uuid)
    actions.restore_contact(contact=contact, actor=person(request), at=now())
    words = _("%(name)s is back") % {"name": contact.name}
    return told(request, contact.customer, words, in_place=not request.headers.get("HX-Target"))


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add a number or address to a person."""
    contact = visible_contact(request, uuid)
    permit(person(request), "contact_point.create", contact.customer)
    form = PointForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.add_contact_point(
            customer=contact.customer,
            contact=contact,
            kind=said["kind"],
            value=said["value"],
            actor=person(request),
            at=now(),
        )
        return _("The number of %(name)s is kept") % {"name": contact.name}

    title = _("Number or address of %(name)s") % {"name": contact.name}
    return ask(request, form, Question(title, _("Add"), contact.customer), act)


@require_POST
def point_removal(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Remove a number that reaches nobody."""
    customer = visible_customer(request, uuid)
    rows = ContactPoint.objects.visible_to(person(request)).select_related("customer", "contact")
    point = get_object_or_404(rows, customer=customer, pk=pk)
    if not may_see_contact_points(person(request), customer):
        permit(person(request), "contact_point.delete", customer)
    actions.remove_contact_point(point=point, actor=person(request), at=now())
    return told(request, customer, _("The number is removed"))

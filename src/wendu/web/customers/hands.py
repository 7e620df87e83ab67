"""In whose hands a customer is, what it is tagged with, and whether it is pursued."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.customers import actions
from wendu.customers.choices import NurtureReason
from wendu.customers.models import Customer, Tag
from wendu.identity.queries import colleagues
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_customer
from wendu.web.customers.forms import CollaboratorForm, OwnerForm, RestForm, TagForm
from wendu.web.fragments import is_fragment, person
from wendu.web.touches.answers import told


class WakeDayMissing(ActionError):
    """Who rests has to wake some day."""

    code = "wake_day_missing"
    field = "wake_on"

    def text(self) -> str:
        """Say what is missing."""
        return _("Choose the day on which to take the customer up again.")


@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand a customer over."""
    customer = visible_customer(request, uuid)
    permit(person(request), "customer.assign", customer)
    form = OwnerForm(request.POST or None, user=person(request))

    def act(said: dict[str, Any]) -> HttpResponse | str:
        actions.change_owner(
            customer=customer,
            owner=said["owner"],
            actor=person(request),
            at=now(),
            keep_previous=said["keep_previous"],
        )
        words = _("%(customer)s is with %(owner)s now") % {
            "customer": customer.name,
            "owner": said["owner"].display_name,
        }
        undo_url = reverse("customers:owner_undoing", args=[uuid])
        if not _still_seen(request, customer):
            return _gone(request, words, undo_url)
        return told(request, customer, words, undo_url=undo_url)

    return ask(request, form, Question(_("Hand over"), _("Hand over"), customer), act)


@require_POST
def owner_undoing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one's own hand-over back, though the customer may have left one's view with it."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.standing().filter(uuid=uuid))
    if not actions.hand_over_of(customer, user, now()):
        if not _still_seen(request, customer):
            raise Http404
        permit(user, "customer.assign", customer)
    actions.take_back_customer(customer=customer, actor=user, at=now())
    words = _("Taken back: %(customer)s is as it was before") % {"customer": customer.name}
    return told(request, customer, words, in_place=not request.headers.get("HX-Target"))


@require_http_methods(["GET", "HEAD", "POST"])
def collaborators(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a colleague work on it, too."""
    customer = visible_customer(request, uuid)
    permit(person(request), "customer.share", customer)
    form = CollaboratorForm(request.POST or None, user=person(request))

    def act(said: dict[str, Any]) -> str:
        actions.add_collaborator(customer=customer, user=said["user"], actor=person(request), at=now())
        return _("%(name)s works on it, too") % {"name": said["user"].display_name}

    return ask(request, form, Question(_("Work on it together"), _("Add"), customer), act)


@require_POST
def collaborator_removal(request: HttpRequest, uuid: UUID, user: UUID) -> HttpResponse:
    """End a colleague's work on it."""
    customer = visible_customer(request, uuid)
    colleague = get_object_or_404(colleagues(person(request)), uuid=user)
    actions.remove_collaborator(customer=customer, user=colleague, actor=person(request), at=now())
    return told(request, customer, _("%(name)s no longer works on it") % {"name": colleague.display_name})


@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a tag on it."""
    customer = visible_customer(request, uuid)
    permit(person(request), "customer.tag", customer)
    form = TagForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        tag = actions.tag_customer(customer=customer, name=said["tag"], actor=person(request), at=now())
        return _("Tagged “%(tag)s”") % {"tag": tag.name}

    return ask(request, form, Question(_("Tag"), _("Add"), customer), act)


@require_POST
def tag_removal(request: HttpRequest, uuid: UUID, tag: UUID) -> HttpResponse:
    """Take a tag off."""
    customer = visible_customer(request, uuid)
    found = get_object_or_404(Tag.objects.filter(taggings__customer=customer), uuid=tag)
    actions.untag_customer(customer=customer, tag=found, actor=person(request), at=now())
    return told(request, customer, _("Tag “%(tag)s” taken off") % {"tag": found.name})


@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a customer rest until a day, or pursue it no longer."""
    customer = visible_customer(request, uuid)
    permit(person(request), "customer.nurture", customer)
    form = RestForm(request.POST or None, initial={"reason": request.GET.get("reason", "")})

    def act(said: dict[str, Any]) -> str:
        reason, actor = NurtureReason(said["reason"]), person(request)
        if said["kind"] == "drop":
            actions.drop_pursuit(customer=customer, reason=reason, actor=actor, at=now(), note=said["note"])
            return _("%(customer)s is no longer pursued") % {"customer": customer.name}
        if said["wake_on"] is None:
            raise WakeDayMissing
        actions.begin_nurture(
            customer=customer, reason=reason, wake_on=said["wake_on"], actor=actor, at=now(), note=said["note"]
        )
        return _("%(customer)s rests until %(day)s") % {"customer": customer.name, "day": f"{said['wake_on']:%m-%d}"}

    intro = _("Nothing is lost: it keeps its history and comes back by itself on that day.")
    return ask(request, form, Question(_("Not now"), _("Save"), customer, intro=intro), act)


@require_POST
def waking(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a resting customer up again."""
    customer = visible_customer(request, uuid)
    actions.wake(customer=customer, actor=person(request), at=now())
    return told(request, customer, _("%(customer)s is pursued again") % {"customer": customer.name})


def _still_seen(request: HttpRequest, customer: Customer) -> bool:
    return Customer.objects.visible_to(person(request)).filter(pk=customer.pk).exists()


def _gone(request: HttpRequest, words: str, undo_url: str) -> HttpResponse:
    """The customer left one's own view: go on with the list."""
    from django.contrib import messages  # noqa: PLC0415
    from django.shortcuts import redirect  # noqa: PLC0415

    messages.success(request, words, extra_tags=undo_url)
    if not is_fragment(request):
        return redirect("customers:list")
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = "/customers/"
    return answer

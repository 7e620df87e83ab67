"""Planning a step with a customer, and saying that it is done or makes no sense any more."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import permit
from wendu.agenda.actions import cancel_step, complete_step, plan_step, reopen_step
from wendu.agenda.models import Step
from wendu.customers.models import Customer
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.forwarding import found_or_forwarded
from wendu.web.fragments import done_once, person
from wendu.web.steps.forms import StepForm, people_for
from wendu.web.touches.answers import told
from wendu.web.touches.choosing import as_uuid, choose
from wendu.web.touches.fields import DayField

LONGEST = 500


@require_safe
def whom(request: HttpRequest) -> HttpResponse:
    """Ask with which customer the step is."""
    return choose(request, _("Plan a step"), to=reverse("steps:new"))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a step with a customer."""
    actor = person(request)
    rows = Customer.objects.visible_to(actor).standing().select_related("owner", "team")
    customer: Customer = found_or_forwarded(request, rows, as_uuid(request.GET.get("customer", "")))
    permit(actor, "step.plan", customer)
    initial = {"on": _next_working_day(), "user": actor.pk, **_said(request)}
    form = StepForm(request.POST or None, people=people_for(actor, customer), initial=initial)

    def act(said: dict[str, Any]) -> HttpResponse:
        step, _is_new = done_once(
            request,
            "step.planned",
            lambda: plan_step(
                customer=customer,
                do=said["do"],
                planned_on=said["on"],
                objective=said["objective"],
                user=said["user"],
                actor=actor,
                at=now(),
            ),
            find=lambda key: Step.objects.get(uuid=key, customer_id=customer.pk),
        )
        words = _("%(what)s is planned for %(day)s") % {"what": step.do, "day": f"{step.planned_on:%m-%d}"}
        return told(request, customer, words, undo_url=reverse("steps:cancelling", args=[step.uuid]))

    return ask(request, form, Question(_("Plan a step"), _("Save"), customer), act)


@require_POST
def completion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that it is done."""
    return _ended(request, uuid, complete_step, _("Done: %(what)s"))


@require_POST
def cancelling(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Drop it."""
    return _ended(request, uuid, cancel_step, _("Dropped: %(what)s"))


@require_POST
def reopening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have it be done after all."""
    step, customer = visible_step(request, uuid)
    reopen_step(step=step, actor=person(request), at=now(), customer=customer)
    words = _("Still to do: %(what)s") % {"what": step.do}
    undo_url = reverse("steps:cancelling", args=[uuid])
    return told(request, customer, words, undo_url=undo_url, in_place=is_toast(request))


def _ended(request: HttpRequest, uuid: UUID, act: Callable[..., Step], words: str) -> HttpResponse:
    step, customer = visible_step(request, uuid)
    act(step=step, actor=person(request), at=now(), customer=customer)
    undo_url = reverse("steps:reopening", args=[uuid])
    return told(request, customer, words % {"what": step.do}, undo_url=undo_url, in_place=is_toast(request))


def _said(request: HttpRequest) -> dict[str, Any]:
    """What an address that leads here fills in: what, what for, when; a day that is none or is over says nothing."""
    said: dict[str, Any] = {
        name: text for name in ("do", "objective") if (text := request.GET.get(name, "").replace("\x00", "")[:LONGEST])
    }
    try:
        day = DayField(required=False).clean(request.GET.get("on", "").replace("\x00", ""))
    except ValidationError:
        day = None
    if day is not None and day >= Organisation.objects.current().today(now()):
        said["on"] = day
    return said


def visible_step(request: HttpRequest, uuid: UUID) -> tuple[Step, Customer]:
    """A step about a customer one sees, with the customer."""
    step = get_object_or_404(Step.objects.select_related("user"), uuid=uuid)
    return step, get_object_or_404(Customer.objects.visible_to(person(request)), pk=step.customer_id)


def _next_working_day() -> date:
    organisation = Organisation.objects.current()
    day = organisation.today(now()) + timedelta(days=1)
    while not organisation.works_on(day):
        day += timedelta(days=1)
    return day


def is_toast(request: HttpRequest) -> bool:
    """Whether the undo button of a toast asks; that toast is replaced."""
    return not request.headers.get("HX-Target")

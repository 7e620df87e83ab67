"""Another day for what stands in the calendar, one's own or that of the people one leads; and the way back."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wendu.agenda.actions import move_step, snooze, undo_snooze
from wendu.agenda.models import Snooze, Step
from wendu.customers.models import Customer
from wendu.desk.calendar import due_day_of
from wendu.identity.models import Organisation, User
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import done_once, person, said
from wendu.web.today.forms import DayUnreadable
from wendu.web.touches.fields import DayField


class BeforeItIsDue(ActionError):
    """A plan cannot bring a touch forward; the touch itself can."""

    code = "before_it_is_due"
    message = gettext_lazy(
        "It is not due before %(day)s. To touch it sooner, just do it and log it: no plan is needed."
    )
    field = "until"


class MoveForm(forms.Form):
    """The day something is put off to."""

    until = DayField()


@require_POST
def move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a customer off to a later day in one's own plan, or in that of the person named."""
    customer, actor, at = visible_customer(request, uuid), person(request), now()
    whose, until = _whose(request.POST.get("owner", ""), customer, actor), _day(request)
    due_on = due_day_of(actor, customer.pk)
    if due_on is not None and Organisation.objects.current().today(at) <= until < due_on:
        raise BeforeItIsDue(day=f"{due_on:%m-%d}")
    done_once(
        request,
        "step.snooze",
        lambda: snooze(customer=customer, until_on=until, actor=actor, at=at, user=whose),
        find=lambda key: Snooze.objects.get(uuid=key, user=whose),
    )
    words = _("%(customer)s rests until %(day)s") % {"customer": customer.name, "day": f"{until:%m-%d}"}
    undo_url = reverse("calendar:return", args=[uuid, whose.uuid])
    return said(request, words, undo_url=undo_url, back=_page(whose, actor))


@require_POST
def take_back(request: HttpRequest, uuid: UUID, owner: UUID) -> HttpResponse:
    """Take a customer back into the plan it was put off in."""
    customer, actor = visible_customer(request, uuid), person(request)
    whose = _whose(str(owner), customer, actor)
    undo_snooze(customer=customer, actor=actor, at=now(), user=whose)
    words = _("%(customer)s is back in the plan") % {"customer": customer.name}
    return said(request, words, back=_page(whose, actor))


@require_POST
def move_plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Plan a step for another day."""
    actor, at = person(request), now()
    step = get_object_or_404(Step.objects.select_related("user"), uuid=uuid)
    customer = get_object_or_404(Customer.objects.visible_to(actor), pk=step.customer_id)
    until, before = _day(request), step.planned_on
    move_step(step=step, on=until, actor=actor, at=at, customer=customer)
    words = _("%(what)s is planned for %(day)s") % {"what": step.do, "day": f"{until:%m-%d}"}
    can_go_back = before >= Organisation.objects.current().today(at)
    undo_url = f"{reverse('calendar:plan', args=[uuid])}?{urlencode({'until': before})}" if can_go_back else ""
    return said(request, words, undo_url=undo_url, back=_page(step.user, actor))


def _day(request: HttpRequest) -> date:
    form = MoveForm(request.POST if "until" in request.POST else request.GET)
    if not form.is_valid():
        raise DayUnreadable
    found: date = form.cleaned_data["until"]
    return found


def _whose(text: str, customer: Customer, actor: User) -> User:
    """Whose plan it is about; somebody who does not see the customer has no plan for it."""
    if not text or text == str(actor.uuid):
        return actor
    try:
        found = User.objects.active().filter(uuid=UUID(text)).first()
    except ValueError:
        found = None
    if found is None or not Customer.objects.visible_to(found).filter(pk=customer.pk).exists():
        raise Http404
    return found


def _page(whose: User, actor: User) -> str:
    own = reverse("calendar:page")
    return own if whose.pk == actor.pk else f"{own}?owner={whose.uuid}"

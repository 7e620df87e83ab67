"""The rhythm calendar, and putting a touch off to a later day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from wendu.agenda.actions import snooze
from wendu.agenda.models import Snooze
from wendu.desk.board.options import owner_options
from wendu.desk.calendar import DAY, MONTH, WEEK, Calendar, calendar_of, due_day_of
from wendu.desk.days import weekday
from wendu.identity.models import Organisation
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
    """The day somebody is put off to."""

    until = DayField()


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show one's own days, or those of somebody in scope."""
    user = person(request)
    shown = calendar_of(user, now(), request.GET)
    owners = [(str(uuid), name) for uuid, name in owner_options(user)]
    context = {
        "calendar": shown,
        "days": [(day, _day_words(day.on, shown), shown.is_over(day)) for day in shown.days],
        "title": _title(shown),
        "spans": [(words, _address(shown, by=span), shown.span == span) for span, words in _spans().items()],
        "earlier": _address(shown, on=shown.earlier),
        "later": _address(shown, on=shown.later),
        "now": _address(shown, on=shown.today),
        "here": _address(shown),
        "owners": owners,
        "current": str(shown.person.uuid),
    }
    return render(request, "calendar/page.html", context)


@require_POST
def move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a customer off to a later day in one's own plan."""
    customer, actor, at = visible_customer(request, uuid), person(request), now()
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise DayUnreadable
    until = form.cleaned_data["until"]
    due_on = due_day_of(actor, customer.pk)
    if due_on is not None and Organisation.objects.current().today(at) <= until < due_on:
        raise BeforeItIsDue(day=f"{due_on:%m-%d}")
    done_once(
        request,
        "step.snooze",
        lambda: snooze(customer=customer, until_on=until, actor=actor, at=at),
        find=lambda key: Snooze.objects.get(uuid=key, user=actor),
    )
    words = _("%(customer)s rests until %(day)s") % {"customer": customer.name, "day": f"{until:%m-%d}"}
    return said(request, words, undo_url=reverse("today:return", args=[uuid]), back=reverse("calendar:page"))


def _address(shown: Calendar, **changes: Any) -> str:
    """This calendar, perhaps of another day or span."""
    asked = {"by": shown.span, "on": shown.on, **changes}
    if not shown.is_own:
        asked["owner"] = shown.person.uuid
    return f"{reverse('calendar:page')}?{urlencode(asked)}"


def _spans() -> dict[str, str]:
    return {DAY: pgettext("span", "Day"), WEEK: pgettext("span", "Week"), MONTH: pgettext("span", "Month")}


def _day_words(on: date, shown: Calendar) -> str:
    return f"{on:%m-%d}" if shown.span == MONTH else f"{on:%m-%d} {weekday(on)}"


def _title(shown: Calendar) -> str:
    first, last = shown.days[0].on, shown.days[-1].on
    if shown.span == MONTH:
        return f"{shown.on:%Y-%m}"
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} – {last:%m-%d}"

"""The organisation: its name, and what days and amounts are judged by."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wendu.access.verbs import can
from wendu.customers.models import Customer
from wendu.desk.days import weekday_names
from wendu.identity.actions import edit_organisation
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.web.customers.asking import carried_out
from wendu.web.fragments import person
from wendu.web.settings import choices
from wendu.web.settings.answers import done
from wendu.web.settings.forms import OrganisationForm
from wendu.web.settings.sections import enter, sections_of, shown

JUDGES = ("time_zone", "currency", "calendar_code")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything that can be set up, a line each."""
    rooms = sections_of(request)
    if not rooms:
        raise Http404
    return shown(request, rooms[0], "settings/home.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest) -> HttpResponse:
    """Read the settings of the house; an administrator changes them."""
    section, user = enter(request, "organisation"), person(request)
    house = Organisation.objects.current()
    form = OrganisationForm.of(house, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        before = {name: getattr(house, name) for name in JUDGES}

        def act(said: dict[str, Any]) -> None:
            edit_organisation(actor=user, at=now(), **said)

        if carried_out(form, act):
            moved = any(form.cleaned_data[name] != before[name] for name in JUDGES)
            words = " ".join(filter(None, (_("Saved."), judged_anew(request) if moved else "")))
            return done(request, words, reverse("settings:organisation"))
    context = {"form": form, "facts": _facts(house), "may_edit": can(user, "organisation.edit")}
    return shown(request, section, "settings/organisation.html", context, status=422 if form.errors else 200)


def judged_anew(request: HttpRequest) -> str:
    """What follows for the customers, in words."""
    count = Customer.objects.visible_to(person(request)).count()
    return _("%(n)s customers are being judged anew.") % {"n": f"{count:,}"} if count else ""


def _facts(house: Organisation) -> list[tuple[str, str]]:
    days = [name for number, name in enumerate(weekday_names(), start=1) if str(number) in house.working_days]
    return [
        (_("Name"), house.name),
        (_("Time zone"), choices.place_name(house.time_zone)),
        (_("Currency"), dict(choices.currencies(house.currency))[house.currency]),
        (_("Working week"), " ".join(days)),
        (_("Public days off"), dict(choices.calendars()).get(house.calendar_code, _("none"))),
        (_("Language"), str(house.get_language_display())),
        (_("Searches and lists a minute"), _pace(house.asks_a_minute)),
        (_("Large work a minute"), _pace(house.jobs_a_minute)),
        (_("Large work at once"), _pace(house.jobs_at_once)),
    ]


def _pace(number: int) -> str:
    return str(number) if number else _("as many as one likes")

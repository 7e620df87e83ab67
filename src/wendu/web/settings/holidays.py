"""Days off: which days stop the clocks; the firm adds its own."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import can
from wendu.identity.actions import add_holiday, load_holidays, remove_holiday
from wendu.identity.actions.organisation import EARLIEST_YEAR, LATEST_YEAR
from wendu.identity.models import Holiday, Organisation
from wendu.identity.queries import holidays_between
from wendu.kernel.clock import now
from wendu.web.customers.asking import carried_out
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.forms import HolidayForm
from wendu.web.settings.organisation import judged_anew
from wendu.web.settings.sections import enter, shown

KEY = "holidays"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days off in a row, with the weekends between them: one holiday, however its days are called."""

    rows: tuple[Holiday, ...]

    @property
    def name(self) -> str:
        """What for: the name most of its days bear, the earliest of equals."""
        names = [row.name for row in self.rows]
        return max(names, key=names.count)

    @property
    def is_own(self) -> bool:
        """Whether somebody entered it here."""
        return self.rows[0].source == "manual"


@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """The days off of a year; an administrator adds one."""
    section, user = enter(request, KEY), person(request)
    house = Organisation.objects.current()
    this_year = house.today(now()).year
    year = _year(request.GET.get("year", ""), this_year)
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(form, lambda said: add_holiday(actor=user, at=now(), **said)):
        return done(request, _with_effect(request, _stops(form)), _address(form.cleaned_data["day"].year))
    rows = list(holidays_between(user, date(year, 1, 1), date(year, 12, 31)))
    context = {
        "form": form,
        "year": str(year),
        "years": [(str(each), _address(each), each == year) for each in range(this_year - 1, this_year + 3)],
        "stretches": stretches(rows),
        "count": len(rows),
        "may_edit": can(user, "holiday.edit"),
        "loads": bool(house.calendar_code),
    }
    return shown(request, section, "settings/holidays.html", context, status=422 if form.errors else 200)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the clocks run on a day."""
    enter(request, KEY)
    user = person(request)
    holiday: Holiday = get_object_or_404(holidays_between(user, date.min, date.max), pk=pk)
    day = holiday.day
    undo = f"{reverse('settings:holiday_return')}?{urlencode({'day': day.isoformat(), 'name': holiday.name})}"
    remove_holiday(holiday=holiday, actor=user, at=now())
    words = _("On %(day)s the clocks run again.") % {"day": day.isoformat()}
    return done(request, _with_effect(request, words), _address(day.year), undo_url=undo)


@require_POST
def returning(request: HttpRequest) -> HttpResponse:
    """Take the removal of a day back."""
    enter(request, KEY)
    form = HolidayForm(request.GET)
    if not carried_out(form, lambda said: add_holiday(actor=person(request), at=now(), **said)):
        raise Http404
    return done(request, _stops(form), _address(form.cleaned_data["day"].year))


@require_POST
def loading(request: HttpRequest, year: int) -> HttpResponse:
    """Fetch the public days off of a year, as far as they are announced."""
    enter(request, KEY)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Http404
    count = load_holidays(Organisation.objects.current(), [year], actor=person(request), at=now())
    words = ngettext("%(n)s new day off.", "%(n)s new days off.", count) % {"n": count}
    return done(request, _with_effect(request, words) if count else _("Nothing new for this year."), _address(year))


def stretches(rows: list[Holiday]) -> list[Stretch]:
    """Days off in a row, together; the firm's own days stand for themselves."""
    house, breaks = Organisation.objects.current(), [0]
    for number, (before, after) in enumerate(pairwise(rows), start=1):
        between = (before.day + timedelta(days=step) for step in range(1, (after.day - before.day).days))
        if before.source != after.source or any(house.works_on(day) for day in between):
            breaks.append(number)
    return [Stretch(tuple(rows[start:end])) for start, end in pairwise([*breaks, len(rows)]) if rows[start:end]]


def _stops(form: HolidayForm) -> str:
    return _("On %(day)s the clocks stop.") % {"day": form.cleaned_data["day"].isoformat()}


def _with_effect(request: HttpRequest, words: str) -> str:
    return f"{words} {judged_anew(request)}".strip()


def _address(year: int) -> str:
    return f"{reverse('settings:holidays')}?year={year}"


def _year(text: str, otherwise: int) -> int:
    year = int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") else otherwise
    return year if EARLIEST_YEAR <= year <= LATEST_YEAR else otherwise

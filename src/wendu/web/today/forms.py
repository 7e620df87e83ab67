"""What is asked on Today."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.identity.models import Organisation
from wendu.identity.queries import stopped_days
from wendu.kernel.errors import ActionError
from wendu.web.touches.fields import DayField


class DayUnreadable(ActionError):
    """What came as a day is none."""

    code = "day_unreadable"
    message = _("This is not a day. Write it as YYYY-MM-DD, for instance 2026-11-30.")
    field = "until"


class RestForm(forms.Form):
    """Until when a customer is put off; without a day, until the next working day."""

    until = DayField(required=False)


def next_days(today: date) -> list[date]:
    """Days to put a customer off to with one tap: the next working day, next Monday, in two weeks."""
    monday = today + timedelta(days=7 - today.weekday())
    days = {_working(day) for day in (today + timedelta(days=1), monday, monday + timedelta(days=7))}
    return sorted(days)


def _working(day: date) -> date:
    stopped, house = frozenset(stopped_days()), Organisation.objects.current()
    for _step in range(30):
        if house.works_on(day) and day not in stopped:
            break
        day += timedelta(days=1)
    return day

"""The days of the calendar, as their template asks for them."""

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString

from wendu.desk.calendar import Day
from wendu.web.components import days

register = template.Library()


@register.simple_tag(takes_context=True)
def to_touch(context: dict[str, Any], day: Day) -> SafeString:
    """Draw whom to touch on a day."""
    return days.entries(day.entries, _around(context))


@register.simple_tag(takes_context=True)
def said(context: dict[str, Any], day: Day) -> SafeString:
    """Draw what was planned, promised or agreed for a day."""
    return days.sayings(day.sayings, _around(context))


def _around(context: dict[str, Any]) -> days.Around:
    return days.Around(context["calendar"], context["here"], get_token(context["request"]))

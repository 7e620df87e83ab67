"""The days of the calendar, as their template asks for them."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from wendu.web.components import day_cards as cards
from wendu.web.components.days import Around
from wendu.web.fragments import token_of

register = template.Library()


@register.simple_tag(takes_context=True)
def day_cards(context: dict[str, Any]) -> SafeString:
    """Draw the days shown."""
    return cards.day_cards(Around(context["calendar"], context["here"], token_of(context["request"])))

"""The tag of the deal room that draws what everybody asks for."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString

from wendu.web.components import demand

register = template.Library()


@register.simple_tag(takes_context=True)
def ladders(context: Any) -> SafeString:
    """Request, need and motive of everybody in the deal of the page."""
    page, request = context["page"], context["request"]
    pen = demand.Pen(page.deal.uuid, page.may["find"], get_token(request))
    return demand.ladders(page.room.demand.people, pen)

"""The touches of a timeline, as its template asks for them."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from wendu.desk.timeline import Item
from wendu.web.components.talk import touch_line
from wendu.web.fragments import token_of

register = template.Library()


@register.simple_tag(takes_context=True)
def told(context: dict[str, Any], item: Item) -> SafeString:
    """Draw one touch."""
    return touch_line(item, token_of(context["request"]))

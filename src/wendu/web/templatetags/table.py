"""The tables of customers and deals in templates."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from wendu.web.components.cells import table_rows
from wendu.web.components.deal_rows import deal_rows
from wendu.web.components.inputs import chip, select_options
from wendu.web.components.markup import format_html_join

register = template.Library()
register.simple_tag(table_rows)
register.simple_tag(deal_rows)
register.simple_tag(select_options)


@register.simple_tag
def pick_chips(place: int, choices: Iterable[tuple[str, str, bool]]) -> SafeString:
    """Draw what a condition can be compared with: boxes, any number of which can be ticked."""
    drawn = (chip(f"v.{place}", code, words, checked=is_on, many=True) for code, words, is_on in choices)
    return format_html_join("", "{}", ((each,) for each in drawn))

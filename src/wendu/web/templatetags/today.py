"""The rows of Today, as its template asks for them."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from wendu.web.components import settle
from wendu.web.components.follow import Around, follow_row
from wendu.web.components.markup import format_html_join
from wendu.web.fragments import token_of

register = template.Library()


@register.simple_tag(takes_context=True)
def follow_rows(context: dict[str, Any]) -> SafeString:
    """Draw everybody to follow up today, the first one open."""
    around = Around(
        logs=bool(context["shell"].log_url),
        opened=context["opened"],
        rest_days=context["rest_days"],
        token=token_of(context["request"]),
    )
    rows = ((follow_row(row, around, first=place == 0),) for place, row in enumerate(context["page"].rows))
    return format_html_join("\n", "{}", rows)


@register.simple_tag(takes_context=True)
def settle_rows(context: dict[str, Any]) -> SafeString:
    """Draw what is owed and agreed, nearest to today first."""
    return settle.settle_rows(
        context["page"].settle,
        token=token_of(context["request"]),
        settles=bool(context["shell"].log_url),
    )

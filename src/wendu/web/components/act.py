"""A form of one button."""

from __future__ import annotations

from django.utils.safestring import SafeString

from .icons import icon
from .markup import NOTHING, format_html


def act_form(
    url: str, label: str, *, token: str, css: str, symbol: str, state: str, leaves: bool, is_quiet: bool
) -> SafeString:
    """Post to an address; the answer comes as a toast, unless the form leaves the page."""
    answer = NOTHING if leaves else format_html(' hx-post="{}" hx-target="#toasts" hx-swap="beforeend"', url)
    return format_html(
        '<form method="post" action="{}"{}><input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
        '<button type="submit" class="{}"{}>{}{}</button></form>',
        url,
        answer,
        token,
        format_html('<input type="hidden" name="state" value="{}">', state) if state else NOTHING,
        css,
        format_html(' aria-label="{0}" title="{0}"', label) if is_quiet else NOTHING,
        icon(symbol) if symbol else NOTHING,
        NOTHING if is_quiet else label,
    )

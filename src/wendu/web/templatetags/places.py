"""Addresses in templates, silent about pages that do not exist."""

from typing import Any

from django import template

from wendu.web.shell import address

register = template.Library()


@register.simple_tag
def place(view: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, or nothing while there is no such page."""
    return address(view, *args, **kwargs)

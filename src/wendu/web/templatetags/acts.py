"""A button that does one thing, as templates ask for it."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from wendu.web.components.act import act_form
from wendu.web.fragments import token_of

register = template.Library()


@register.simple_tag(takes_context=True)
def act(context: dict[str, Any]) -> SafeString:
    """Draw the button with what was set around it: `url`, `label`, and perhaps `css`, `symbol`, `state`.

    `leave` sends the form as a page of its own; `quiet_label` keeps the words for those who cannot see the sign.
    """
    return act_form(
        context.get("url") or "",
        context.get("label") or "",
        token=token_of(context["request"]),
        css=context.get("css") or "btn btn-sm",
        symbol=context.get("symbol") or "",
        state=context.get("state") or "",
        leaves=bool(context.get("leave")),
        is_quiet=bool(context.get("quiet_label")),
    )

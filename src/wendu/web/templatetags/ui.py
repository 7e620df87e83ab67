"""The tags templates may use: each draws one component from prepared values."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.safestring import SafeString

from wendu.desk.deal_words import move_words
from wendu.web.components import (
    bars,
    curve,
    expected,
    formats,
    heat,
    icons,
    inputs,
    marks,
    notes,
    pieces,
    rows,
    trust_chart,
)
from wendu.web.components.markup import format_html, format_html_join

register = template.Library()

for _tag in (
    icons.icon,
    icons.touch_icon,
    formats.day,
    formats.money,
    heat.reading,
    heat.why,
    heat.reason_list,
    heat.temp,
    heat.thermo,
    marks.quad,
    marks.window,
    marks.trust,
    marks.share,
    marks.avatar,
    rows.whydo,
    rows.alerts,
    rows.check,
    inputs.chip,
    inputs.chips,
    inputs.seg,
    inputs.seg_links,
    expected.expected,
    notes.empty,
    notes.wood,
    curve.curve,
    trust_chart.trust_chart,
    bars.bars,
    pieces.piece,
):
    register.simple_tag(_tag)

register.filter(heat.band_word)
register.filter(marks.class_words)
register.filter(move_words)

SHEETS = (
    *(
        "tokens",
        "reset",
        "base",
        "frame",
        "card",
        "button",
        "mark",
        "form",
        "lists",
        "overlay",
        "popover",
        "palette",
        "drawer",
    ),
    *("temperature", "quad", "window", "trust", "five", "alerts", "follow", "timeline", "customer", "curve", "table"),
    *("list", "customers", "peek", "picking", "log", "account", "offline", "utilities"),
)
SCRIPTS = (
    *("keys", "drawer", "popover", "search", "theme", "toast", "lines", "copy", "board", "stages", "chain", "calendar"),
    *("waiting", "picking", "slots", "print"),
)
PAPER = {"light": "#faf8f4", "dark": "#1b1916"}  # the token --paper; a test holds them together
GO_KEYS = {
    "today": "t",
    "customers": "c",
    "quadrants": "q",
    "calendar": "r",
    "opportunities": "d",
    "worth": "v",
    "team": "m",
    "settings": "s",
}


@register.simple_tag
@cache
def stylesheets() -> SafeString:
    """Link the stylesheets every page needs, in the order of the layers."""
    links = ((static(f"wendu/css/{name}.css"),) for name in SHEETS)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
def paper_colour(scheme: str) -> str:
    """Give the colour of the paper by day (`light`) or night, for the bar a phone draws around the page."""
    return PAPER[scheme]


@register.simple_tag
def stylesheet(name: str) -> SafeString:
    """Link the stylesheet of one screen: board, deal, manager, sheet."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', [(static(f"wendu/css/{name}.css"),)])


@register.simple_tag
@cache
def scripts() -> SafeString:
    """Load htmx and our small behaviours, in this order, after the page is parsed."""
    htmx = format_html('<script src="{}" defer></script>\n', static("vendor/htmx/htmx.min.js"))
    ours = ((static(f"wendu/js/{name}.js"),) for name in SCRIPTS)
    return htmx + format_html_join("\n", '<script src="{}" type="module"></script>', ours)


@register.simple_tag(takes_context=True)
def toast(context: dict[str, Any], words: str, undo_url: str = "", symbol: str = "circle-check") -> SafeString:
    """Say what was done, with a way back when there is one."""
    request = context.get("request")
    token = get_token(request) if request is not None and undo_url else ""
    return notes.toast(words, undo_url=undo_url, token=token, symbol=symbol)


@register.filter
def go_key(key: str) -> str:
    """Tell the letter that follows G to go to a place, or nothing."""
    return GO_KEYS.get(key, "")


@register.filter
def invalid(field: Any) -> str:
    """Say whether a bound field carries an error, for `aria-invalid`."""
    return "true" if getattr(field, "errors", None) else ""


@register.simple_tag
def control(field: Any, **attributes: Any) -> SafeString:
    """Render a field's own widget with our class, its hint and its error tied to it."""
    return inputs.control(field, attributes)

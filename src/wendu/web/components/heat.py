"""Temperature on the screen: always a number, a word and an icon, and the way to its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from .formats import whole
from .icons import icon
from .markup import format_html, format_html_join

ICONS = {
    "cold": "snowflake",
    "cool": "wind",
    "warm": "sun-low",
    "hot": "flame",
    "near": "campfire",
    "boil": "circle-check",
}


class Because(Protocol):
    """One reason already in words: points as text (`+27`, `-17.4`, `59`) and a sentence."""

    @property
    def points(self) -> str: ...

    @property
    def words(self) -> str: ...


def band_word(band: str) -> str:
    """Name a band of the temperature."""
    return _band_word(band, get_language())


@lru_cache(maxsize=64)
def _band_word(band: str, _language: str | None) -> str:
    words = {
        "cold": pgettext("band", "cold"),
        "cool": pgettext("band", "cool"),
        "warm": pgettext("band", "warm"),
        "hot": pgettext("band", "hot"),
        "near": pgettext("band", "near boil"),
        "boil": pgettext("band", "boil"),
    }
    return words.get(band, _("unknown"))


def reading(value: float | None, band: str, *, url: str = "", large: bool = False) -> SafeString:
    """Show a heat as a badge; with `url` it is a link to its reasons. No value: not contacted yet."""
    if value is None:
        return format_html(
            '<span class="reading is-unknown">{}{}</span>', icon("circle-dashed"), _("not contacted yet")
        )
    css = "reading lg" if large else "reading"
    if url:
        return format_html('<a class="{}" data-band="{}" href="{}">{}</a>', css, band, url, _said(value, band))
    return format_html('<span class="{}" data-band="{}">{}</span>', css, band, _said(value, band))


def why(
    value: float | None,
    band: str,
    reasons: Iterable[Because],
    *,
    note: str = "",
    url: str = "",
    large: bool = False,
) -> SafeString:
    """Show a heat that opens its own reasons, without any script."""
    if value is None:
        return reading(None, band)
    css = "reading lg" if large else "reading"
    more = format_html(' <a class="link" href="{}">{}</a>', url, _("I see it differently")) if url else ""
    total = format_html('<p class="sum">{}{}</p>', note, more) if note or url else ""
    head = format_html("<h3>{}</h3>", _("How %(value)s° came about") % {"value": whole(value)})
    return format_html(
        '<details class="popwrap from-left why" data-pop><summary class="{}" data-band="{}">{}</summary>'
        '<div class="pop">{}{}{}</div></details>',
        css,
        band,
        _said(value, band),
        head,
        reason_list(reasons),
        total,
    )


def reason_list(reasons: Iterable[Because]) -> SafeString:
    """List what raised and what lowered a number."""
    rows = format_html_join(
        "",
        "<li><b{}>{}</b><span>{}</span></li>",
        ((_minus(each.points), each.points, each.words) for each in reasons),
    )
    return format_html('<ul class="reasons">{}</ul>', rows)


def temp(
    value: float | None,
    band: str,
    *,
    change: float | None = None,
    url: str = "",
    provisional: bool = False,
    start: float | None = None,
) -> SafeString:
    """Show the heat of a row: number, word, change in seven days, thermometer. With `url` it opens the reasons."""
    if value is None:
        inside = format_html(
            '<span class="row1">{}{}</span><span class="thermo is-unknown"><s></s></span>',
            icon("circle-dashed"),
            _("not contacted yet"),
        )
    else:
        inside = format_html(
            '<span class="row1">{}{}</span>{}',
            _said(value, band),
            _change(change),
            thermo(value, band, provisional=provisional, start=start),
        )
    css = "temp is-unknown" if value is None else "temp"
    if url:
        return format_html('<a class="{}" data-band="{}" href="{}" data-expand>{}</a>', css, band, url, inside)
    return format_html('<div class="{}" data-band="{}">{}</div>', css, band, inside)


def thermo(value: float, band: str, *, start: float | None = None, provisional: bool = False) -> SafeString:
    """Draw the thermometer with its tick at 80; `start` hatches what this touch would add."""
    css = "thermo is-provisional" if provisional else "thermo"
    label = f"{whole(value)}° {band_word(band)}"
    if start is None or start >= value:
        shape = '<span class="{}" data-band="{}" style="--t:{}" role="img" aria-label="{}"><i></i><s></s></span>'
        return format_html(shape, css, band, _plain(value), label)
    label = _("from %(start)s° to %(label)s") % {"start": whole(start), "label": label}
    shape = (
        '<span class="{}" data-band="{}" style="--t:{};--from:{}" role="img" aria-label="{}">'
        "<i></i><u></u><s></s></span>"
    )
    return format_html(shape, css, band, _plain(value), _plain(start), label)


def _said(value: float, band: str) -> SafeString:
    return format_html("{}<b>{}°</b>{}", icon(ICONS.get(band, "circle-dashed")), whole(value), band_word(band))


def _change(change: float | None) -> SafeString | str:
    if change is None:
        return ""
    size = abs(whole(change))
    arrow, words = "arrow-right", _("same as 7 days ago")
    if whole(change) > 0:
        arrow = "trending-up"
        words = ngettext("up %(n)s degree in 7 days", "up %(n)s degrees in 7 days", size) % {"n": size}
    elif whole(change) < 0:
        arrow = "trending-down"
        words = ngettext("down %(n)s degree in 7 days", "down %(n)s degrees in 7 days", size) % {"n": size}
    shape = '<span class="d" title="{}">{}<span aria-hidden="true">{}</span><span class="sr">{}</span></span>'
    return format_html(shape, words, icon(arrow), size, words)


def _minus(points: str) -> SafeString | str:
    return SafeString(' class="minus"') if points[:1] in "-−" and points else ""


def _plain(value: float) -> str:
    """A number for a style variable: a point as the decimal mark in every language."""
    return f"{max(0.0, min(100.0, value)):.1f}".rstrip("0").rstrip(".")

"""Small marks: class, window, trust, stacked share, person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from .formats import whole
from .icons import icon
from .markup import format_html, format_html_join

SQUARES = {"A": (8.5, 1.5), "B": (1.5, 1.5), "C": (8.5, 8.5), "D": (1.5, 8.5)}
SOON_DAYS = 7
TRUST_LINE = 60


def quad(letter: str | None, *, stale: bool = False, words: bool = False) -> SafeString:
    """Show the class by its place on the board (A top right); stale when its evidence is old."""
    return _quad(letter, stale, words, get_language())


@lru_cache(maxsize=64)
def _quad(letter: str | None, stale: bool, words: bool, _language: str | None) -> SafeString:  # noqa: FBT001 - a key
    if letter not in SQUARES:
        return format_html('<span class="quad is-stale">{}{}</span>', icon("circle-dashed"), _("unclassified"))
    squares = format_html_join(
        "",
        '<rect{} x="{}" y="{}" width="5" height="5" rx=".8"/>',
        ((SafeString(' class="on"') if each == letter else "", x, y) for each, (x, y) in SQUARES.items()),
    )
    title = class_words(letter)
    if stale:
        title = _("%(words)s; the evidence is older than 60 days") % {"words": title}
    return format_html(
        '<span class="{}" title="{}"><svg viewBox="0 0 15 15" aria-hidden="true">{}</svg>{}{}</span>',
        "quad is-stale" if stale else "quad",
        title,
        squares,
        letter,
        f" · {class_words(letter)}" if words else "",
    )


def class_words(letter: str) -> str:
    """Say what a class means."""
    return _class_words(get_language())[letter]


@lru_cache(maxsize=8)
def _class_words(_language: str | None) -> dict[str, str]:
    return {
        "A": _("strong will, strong need"),
        "B": _("weak will, strong need"),
        "C": _("strong will, weak need"),
        "D": _("weak will, weak need"),
    }


def window(days_left: int | None, used: float = 0, *, short: bool = False) -> SafeString | str:
    """Show the days left to sign; the pie is the share of the window that is used up."""
    if days_left is None:
        return ""
    words = window_words(days_left, short=short)
    if days_left < 0:
        return format_html('<span class="window over">{}</span>', words)
    css = "window soon" if days_left <= SOON_DAYS else "window"
    return format_html('<span class="{}" style="--p:{}">{}</span>', css, max(0, min(100, whole(used))), words)


def window_words(days_left: int, *, short: bool = False) -> str:
    """Say how long there is to sign, or how long it is over; short where there is little room."""
    return _window_words(days_left, short, get_language())


@lru_cache(maxsize=2048)
def _window_words(days_left: int, short: bool, _language: str | None) -> str:  # noqa: FBT001 - a key
    days = abs(days_left)
    if days_left == 0:
        return _("ends today")
    if short:
        shape = pgettext("little room", "%(n)s d over") if days_left < 0 else pgettext("little room", "%(n)s d left")
        return shape % {"n": days}
    if days_left < 0:
        return ngettext("%(n)s day over", "%(n)s days over", days) % {"n": days}
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def trust(value: float | None, *, line: int = TRUST_LINE) -> SafeString:
    """Show trust against the line it must pass; nobody asked yet is drawn as unknown, not as zero."""
    if value is None:
        return format_html(
            '<div class="trust unknown"><span class="bar" role="img" aria-label="{}"><s></s></span>'
            '<span class="v">{}{}</span></div>',
            _("Trust unknown"),
            icon("circle-dashed"),
            _("unknown"),
        )
    passed = value > line
    label = _("Trust %(value)s, the line is %(line)s") % {"value": whole(value), "line": line}
    return format_html(
        '<div class="{}" style="--v:{}"><span class="bar" role="img" aria-label="{}"><i></i><s></s></span>'
        '<span class="v">{}{}</span></div>',
        "trust" if passed else "trust below",
        whole(value),
        label,
        icon("check" if passed else "x"),
        whole(value),
    )


def share(parts: Iterable[tuple[str, float]]) -> SafeString:
    """Show how a whole splits by class: a bar and its legend, from (letter, percent) pairs."""
    rows = [(letter.lower(), letter, whole(percent)) for letter, percent in parts]
    bar = format_html_join("", '<i data-q="{}" style="--v:{}"></i>', ((key, percent) for key, _letter, percent in rows))
    legend = format_html_join("", '<span data-q="{}"><i></i>{} {}%</span>', rows)
    spoken = ", ".join(f"{letter} {percent}%" for _key, letter, percent in rows)
    return format_html(
        '<div class="share" role="img" aria-label="{}">{}</div><div class="legend">{}</div>', spoken, bar, legend
    )


def avatar(name: str, *, large: bool = False) -> SafeString:
    """Show a person by the first sign of the name."""
    return format_html('<span class="{}" aria-hidden="true">{}</span>', "av lg" if large else "av", name.strip()[:1])

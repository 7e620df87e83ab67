"""What the screen says back: a toast with undo, an empty page with one next step."""

from __future__ import annotations

from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .icons import icon
from .markup import format_html

COLD_FIRE = SafeString(
    '<svg class="art" viewBox="0 0 72 48" aria-hidden="true">'
    '<path d="M8 40 L50 30 M50 40 L8 30" stroke-linecap="round" stroke-width="4"/>'
    '<path d="M29 26 c-6 0 -9 -4 -9 -8 c0 -5 5 -7 6 -14 c5 4 6 7 6 10 c2 -1 2 -3 2 -4 c3 3 4 6 4 8 c0 5 -4 8 -9 8z"'
    ' stroke-dasharray="2.5 3"/></svg>'
)


def toast(words: str, *, undo_url: str = "", token: str = "", symbol: str = "circle-check") -> SafeString:
    """Say what was done and offer to take it back; it leaves by itself after eight seconds."""
    back = ""
    if undo_url:
        back = format_html(
            '<span class="left"><i></i></span>'
            '<form method="post" action="{0}" hx-post="{0}" hx-target="closest .toast-w" hx-swap="outerHTML">'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{1}">'
            '<button type="submit" class="btn btn-sm" data-undo>{2}<kbd>U</kbd></button></form>',
            undo_url,
            token,
            _("Undo"),
        )
    return format_html(
        '<div class="toast-w" role="status" data-toast>{}<span>{}</span>{}</div>',
        icon(symbol),
        words,
        back or SafeString('<span class="left"><i></i></span>'),
    )


def empty(title: str, words: str, *, url: str = "", label: str = "", drawer: bool = False) -> SafeString:
    """Say why a page is empty and offer one next step only."""
    step = ""
    if url:
        opens = SafeString(" data-drawer") if drawer else ""
        step = format_html('<a class="btn btn-ink" href="{}"{}>{}</a>', url, opens, label)
    return format_html('<div class="empty-w">{}<h3>{}</h3><p>{}</p>{}</div>', COLD_FIRE, title, words, step)


class Wood(Protocol):
    """The next log in words, and the day to put it on."""

    @property
    def words(self) -> str: ...

    @property
    def when(self) -> str: ...


def wood(found: Wood | None) -> SafeString | str:
    """Say what would keep the fire."""
    if not found:
        return ""
    shape = '<p class="wood f1">{}<span>{} <span class="mut">· {}</span></span></p>'
    return format_html(shape, icon("campfire"), found.words, found.when)

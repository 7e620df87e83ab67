"""One touch of the timeline: when, how, with whom, what came of it, and what may be done about it.

A page has twenty of these, each with some thirty values: drawn here they cost a quarter of what a template takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.desk.timeline import Item
from wendu.touches.models import Touch
from wendu.web.shell import address

from .formats import day, whole
from .icons import icon, touch_icon
from .markup import format_html, format_html_join

EMPTY = SafeString("")
ADVANCES = ("advance", "order")


def touch_line(item: Item, token: str) -> SafeString:
    """Draw a touch; `token` is the one a form must carry."""
    touch = item.touch
    if touch is None:
        return EMPTY
    return format_html(
        '<li{}><span class="day">{} <br>{}</span><span class="ic">{}</span><div><div class="ttl">{}</div>{}'
        '<div class="said">{}</div><div class="f1 mut by">{}</div></div></li>',
        SafeString(' class="adv"') if touch.outcome in ADVANCES else "",
        day(touch.touched_on),
        item.weekday,
        touch_icon(touch.kind),
        _title(item, touch),
        linebreaks_of(touch.note),
        _said(touch),
        _by(item, touch, token),
    )


def linebreaks_of(note: str) -> SafeString:
    """A note in one paragraph, its lines kept."""
    if not note:
        return EMPTY
    lines = format_html_join(SafeString("<br>"), "{}", ((line,) for line in note.splitlines()))
    return format_html("<p>{}</p>", lines)


def _title(item: Item, touch: Touch) -> SafeString:
    outcome = f" · {touch.get_outcome_display()}" if touch.outcome != "none" else ""
    return format_html(
        "<b>{}{}</b> {} {} {} {}",
        item.words,
        outcome,
        format_html('<span class="sec">{}</span>', item.people) if item.people else "",
        _feeling(item.feeling),
        "" if touch.is_two_way else format_html('<span class="tag">{}</span>', _("one-way")),
        _heat(item),
    )


def _feeling(value: int | None) -> SafeString:
    if value is None:
        return EMPTY
    css, sign = "risk" if value < 0 else "ok", "+" if value > 0 else ""
    shape = '<span class="tag {}">{}{} {}{}</span>'
    return format_html(shape, css, icon("heart-handshake"), _("Feeling"), sign, value)


def _heat(item: Item) -> SafeString:
    if item.heat is None:
        return EMPTY
    before, after = (whole(value) for value in item.heat)
    return format_html('<span class="heat" data-band="{}">{}° → <b>{}°</b></span>', item.band, before, after)


def _said(touch: Touch) -> SafeString:
    """What was given, agreed and promised, and what stayed open."""
    parts: list[SafeString] = []
    if touch.value_note:
        parts.append(_part("ok", "gift", _("Value"), touch.value_note))
    parts += _agreed("corner-up-left", _("They agreed"), touch.commitments.all())
    parts += _agreed("arrow-up-right", _("We promised"), touch.promises.all())
    parts += [_part("wait", "hand-stop", _("Unsolved"), row.what) for row in touch.tails.all()]
    parts += [_part("ok", "check", _("Solved"), row.what) for row in touch.closed_tails.all()]
    return format_html_join("", "{}", ((part,) for part in parts))


def _agreed(symbol: str, name: str, rows: Iterable[Any]) -> list[SafeString]:
    shape = "{} · {} {}"
    return [
        _part("line", symbol, name, format_html(shape, row.what, day(row.due_on), row.get_state_display()))
        for row in rows
    ]


def _part(css: str, symbol: str, name: str, words: str) -> SafeString:
    return format_html('<span><span class="tag {}">{}{}</span>{}</span>', css, icon(symbol), name, words)


def _by(item: Item, touch: Touch, token: str) -> SafeString:
    author = touch.author.display_name if touch.author else ""
    deal = f" · {touch.opportunity.title}" if touch.opportunity else ""
    if not item.may_edit:
        return format_html("{}{}", author, deal)
    return format_html(
        '{0}{1} · <a class="link" href="{2}" data-drawer>{3}</a> '
        '<form method="post" action="{4}" hx-post="{4}" hx-target="#toasts" hx-swap="beforeend">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{5}">'
        '<button type="submit" class="link">{6}</button></form>',
        author,
        deal,
        address("touches:page", uuid=touch.uuid),
        _("Edit"),
        address("touches:undoing", uuid=touch.uuid),
        token,
        _("Undo"),
    )

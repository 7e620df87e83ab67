"""One touch of the timeline: when, how, with whom, what came of it, and what may be done about it.

A page has twenty of these, each with some thirty values: drawn here they cost a quarter of what a template takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.desk.timeline import Item
from wendu.touches.choices import CommitmentState, PromiseState, TouchOutcome
from wendu.touches.models import Touch
from wendu.web.shell import address

from .formats import day, labels, whole
from .icons import icon, touch_icon
from .markup import NOTHING, escaped

ADVANCES = ("advance", "order")


def touch_line(item: Item, token: str) -> SafeString:
    """Draw a touch; `token` is the one a form must carry."""
    touch = item.touch
    if touch is None:
        return NOTHING
    advance = ' class="adv"' if touch.outcome in ADVANCES else ""
    return SafeString(
        f'<li{advance}><span class="day">{day(touch.touched_on)} <br>{escaped(item.weekday)}</span>'
        f'<span class="ic">{touch_icon(touch.kind)}</span><div><div class="ttl">{_title(item, touch)}</div>'
        f'{linebreaks_of(touch.note)}<div class="said">{_said(touch)}</div>'
        f'<div class="f1 mut by">{_by(item, touch, token)}</div></div></li>'
    )


def linebreaks_of(note: str) -> SafeString:
    """A note in one paragraph, its lines kept."""
    if not note:
        return NOTHING
    return SafeString(f"<p>{'<br>'.join([escaped(line) for line in note.splitlines()])}</p>")


def _title(item: Item, touch: Touch) -> str:
    outcome = f" · {labels(TouchOutcome)[touch.outcome]}" if touch.outcome != "none" else ""
    people = f'<span class="sec">{escaped(item.people)}</span>' if item.people else ""
    one_way = "" if touch.is_two_way else f'<span class="tag">{escaped(_("one-way"))}</span>'
    return f"<b>{escaped(item.words)}{outcome}</b> {people} {_feeling(item.feeling)} {one_way} {_heat(item)}"


def _feeling(value: int | None) -> str:
    if value is None:
        return ""
    css, sign = "risk" if value < 0 else "ok", "+" if value > 0 else ""
    return f'<span class="tag {css}">{icon("heart-handshake")}{escaped(_("Feeling"))} {sign}{value}</span>'


def _heat(item: Item) -> str:
    if item.heat is None:
        return ""
    before, after = (whole(value) for value in item.heat)
    return f'<span class="heat" data-band="{item.band}">{before}° → <b>{after}°</b></span>'


def _said(touch: Touch) -> str:
    """What was given, agreed and promised, and what stayed open."""
    parts: list[str] = []
    if touch.value_note:
        parts.append(_part("ok", "gift", _("Value"), escaped(touch.value_note)))
    parts += _agreed("corner-up-left", _("They agreed"), touch.commitments.all(), labels(CommitmentState))
    parts += _agreed("arrow-up-right", _("We promised"), touch.promises.all(), labels(PromiseState))
    parts += [_part("wait", "hand-stop", _("Unsolved"), escaped(row.what)) for row in touch.tails.all()]
    parts += [_part("ok", "check", _("Solved"), escaped(row.what)) for row in touch.closed_tails.all()]
    return "".join(parts)


def _agreed(symbol: str, name: str, rows: Iterable[Any], states: Mapping[str, str]) -> list[str]:
    return [_part("line", symbol, name, f"{escaped(row.what)} · {day(row.due_on)} {states[row.state]}") for row in rows]


def _part(css: str, symbol: str, name: str, words: str) -> str:
    return f'<span><span class="tag {css}">{icon(symbol)}{escaped(name)}</span>{words}</span>'


def _by(item: Item, touch: Touch, token: str) -> str:
    author = escaped(touch.author.display_name) if touch.author else ""
    deal = f" · {escaped(touch.opportunity.title)}" if touch.opportunity else ""
    if not item.may_edit:
        return f"{author}{deal}"
    page, undo = address("touches:page", uuid=touch.uuid), address("touches:undoing", uuid=touch.uuid)
    return (
        f'{author}{deal} · <a class="link" href="{page}" data-drawer>{escaped(_("Edit"))}</a> '
        f'<form method="post" action="{undo}" hx-post="{undo}" hx-target="#toasts" hx-swap="beforeend">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f'<button type="submit" class="link">{escaped(_("Undo"))}</button></form>'
    )

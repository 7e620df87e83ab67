"""What stands on a day of the calendar: whom to touch, and what was planned, promised or agreed.

A week holds some sixty of these, each with a form to put it off: drawn here they cost a fifth of what a template takes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.desk.calendar import MONTH, Calendar, Entry
from wendu.desk.calendar_words import Saying
from wendu.web.fragments import KEY_FIELD, new_key
from wendu.web.shell import address

from .formats import whole
from .icons import icon
from .markup import NOTHING, escaped, format_html

SAID_ICONS = {"promise": "hand-stop", "commitment": "user", "step": "flag"}


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for everything on a page: the calendar, its address, and the token a form must carry."""

    calendar: Calendar
    here: str
    token: str

    @property
    def moves(self) -> bool:
        """Whether things can be taken to another day; a month is too small for that."""
        return self.calendar.may_move and self.calendar.span != MONTH


def entries(rows: tuple[Entry, ...], around: Around) -> SafeString:
    """Draw whom to touch."""
    agreed = _mark("heart-handshake", _("agreed with them"))
    hints = _Hints.of(around)
    return SafeString("".join([_entry(row, around, agreed, hints) for row in rows]))


def sayings(rows: tuple[Saying, ...], around: Around) -> SafeString:
    """Draw what was planned, promised or agreed."""
    return SafeString("".join([_saying(row, around) for row in rows]))


@dataclass(frozen=True, slots=True)
class _Hints:
    """The words of a form to put something off, once for all of a page."""

    label: str
    due: str
    put_off: str
    told: str

    @classmethod
    def of(cls, around: Around) -> _Hints:
        person = around.calendar.person
        told = "" if around.calendar.is_own else _("%(name)s is told") % {"name": person.display_name}
        return cls(_("Put off: %(name)s"), _("due on %(day)s"), _("put off"), told)


def _entry(row: Entry, around: Around, agreed: SafeString, hints: _Hints) -> SafeString:
    move = address("calendar:move", row.uuid) if around.moves else ""
    return format_html(
        '<li{}><span class="deg"{}>{}</span><a class="ellip" href="{}" title="{}">{}</a>{}{}</li>',
        _draggable(move),
        SafeString(f' data-band="{row.band}"') if row.band else "",
        "–" if row.heat is None else f"{whole(row.heat)}°",
        address("customers:page", row.uuid),
        row.name,
        row.name,
        agreed if row.is_agreed else "",
        _put_off(row, around, move, hints) if move else "",
    )


def _put_off(row: Entry, around: Around, move: str, hints: _Hints) -> SafeString:
    said = [hints.due % {"day": f"{row.due_on:%m-%d}"}, hints.put_off if row.is_moved else "", hints.told]
    fields = format_html(
        '<input type="hidden" name="{}" value="{}"><input type="hidden" name="owner" value="{}">'
        '<label class="field"><span class="l">{}</span>'
        '<input class="control" type="date" name="until" required></label><p class="f1 mut">{}</p>',
        KEY_FIELD,
        new_key(),
        around.calendar.person.uuid,
        _("Put off to"),
        " · ".join(filter(None, said)),
    )
    return _popped(hints.label % {"name": row.name}, move, around, fields, pgettext("button", "Put off"))


def _saying(row: Saying, around: Around) -> SafeString:
    kind, late = _kind(row.kind), f"{row.due_on:%m-%d}" if row.is_late else ""
    move = address("calendar:plan", row.uuid) if around.moves and row.kind == "step" else ""
    return format_html(
        '<li class="saying"{}>{}<a href="{}" title="{}"><span class="ellip">{}</span>'
        '<small class="ellip">{}{}</small></a>{}</li>',
        _draggable(move),
        _mark(SAID_ICONS[row.kind], kind, late=late),
        address("customers:page", row.customer_uuid),
        f"{kind}: {row.what} · {row.customer}",
        row.what,
        row.customer,
        format_html(' · <b class="late">{}</b>', late) if late else "",
        _another_day(row, around, move) if move else "",
    )


def _another_day(row: Saying, around: Around, move: str) -> SafeString:
    fields = format_html(
        '<label class="field"><span class="l">{}</span>'
        '<input class="control" type="date" name="until" required value="{}"></label>',
        _("Plan for"),
        row.due_on.isoformat(),
    )
    label = _("Another day: %(name)s") % {"name": row.what}
    return _popped(label, move, around, fields, pgettext("button", "Plan"))


def _popped(label: str, move: str, around: Around, fields: SafeString, button: str) -> SafeString:
    return format_html(
        '<details class="popwrap" data-pop><summary aria-label="{}">{}</summary>'
        '<form class="pop form" method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="next" value="{}">{}'
        '<button class="btn btn-ink" type="submit">{}</button></form></details>',
        label,
        icon("calendar-time"),
        move,
        around.token,
        around.here,
        fields,
        button,
    )


def _kind(code: str) -> str:
    if code == "promise":
        return _("promised")
    return _("they agreed") if code == "commitment" else pgettext("a step", "planned")


def _draggable(move: str) -> SafeString:
    return SafeString(f' draggable="true" data-move="{escaped(move)}"') if move else NOTHING


def _mark(name: str, label: str, *, late: str = "") -> SafeString:
    css, title = ("mark late", f"{label} · {late}") if late else ("mark", label)
    return format_html(
        '<span class="{}" role="img" aria-label="{}" title="{}">{}</span>', css, label, title, icon(name)
    )

"""Who decides, what each cares about and what arrived, drawn in Python: thirty people have hundreds of marks."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.desk.deal_room import MapCell, MapRow, MessageCell, MessageRow, PersonView
from wendu.web.shell import address

from .icons import icon
from .marks import trust
from .markup import escaped, format_html
from .pens import Pen

CELL_ICONS = {"pr": "check", "un": "circle-half-2", "mi": "x"}
STANCES = 5


def people(persons: Iterable[PersonView], pen: Pen, *, line: int) -> SafeString:
    """The people of one step of the way in: part, weight, trust against its line, stance and need."""
    stances = {grade: _stance(grade) for grade in range(1, STANCES + 1)}
    places = (pen.at("trustrating"), pen.at("demand"))
    return SafeString("\n".join([_person(each, pen, line, stances[each.stance], places) for each in persons]))


def map_rows(rows: Iterable[MapRow], pen: Pen) -> SafeString:
    """How much each person cares about the eight interests, and what is proven to him."""
    place = pen.at("interest")
    return SafeString("\n".join([_map_row(row, place, pen) for row in rows]))


def message_rows(rows: Iterable[MessageRow], pen: Pen) -> SafeString:
    """How far the three messages got with each key person."""
    place = pen.at("valuemessage")
    return SafeString("\n".join([_message_row(row, place, pen) for row in rows]))


def _person(person: PersonView, pen: Pen, line: int, stance: str, places: tuple[str, str]) -> str:
    part, contact = person.part, person.part.contact
    name, need, about = escaped(contact.name), escaped(person.need), f"?contact_id={part.contact_id}"
    shown: str = trust(person.trust.value, line=line)
    if pen.may_name:
        name = f'<a href="{address("opportunities:influencer", pen.deal, part.uuid)}" data-drawer>{name}</a>'
    if pen.may_write:
        shown = f'<a class="rate" href="{places[0]}{about}" data-drawer>{shown}</a>'
        need = f'<a class="link" href="{places[1]}{about}" data-drawer>{need}</a>'
    title = f"{escaped(contact.job_title)} · " if contact.job_title else ""
    weight, said, word = escaped(_("weight %(n)s") % {"n": part.weight}), escaped(person.stance_words), _("Stance")
    known = icon("check" if person.need_known else "message-2")
    return (
        f'<div class="node{" key" if person.is_key else ""}"><div class="nm"><b class="ellip">{name}</b>'
        f'<span class="mut ellip">{title}{weight}</span><span class="tag line">{escaped(person.role)}</span></div>'
        f'{shown}<div class="st"><span><span class="stance" role="img" aria-label="{word}: {said}">{stance}</span>'
        f'{said}</span><span class="push">{known}{need}</span></div></div>'
    )


def _stance(grade: int) -> str:
    return "".join(['<i class="on"></i>' if number <= grade else "<i></i>" for number in range(1, STANCES + 1)])


def _map_row(row: MapRow, place: str, pen: Pen) -> str:
    name, about = escaped(row.part.contact.name), f"{place}?contact_id={row.part.contact_id}&amp;interest="
    cells = "".join([f"<td>{_map_cell(cell, name, about, pen)}</td>" for cell in row.cells])
    covered = '<span class="mut">—</span>' if row.coverage is None else f"{row.coverage:.0f}%"
    return f'<tr><th scope="row">{name}</th>{cells}<td class="c b">{covered}</td></tr>'


def _map_cell(cell: MapCell, name: str, about: str, pen: Pen) -> str:
    words, interest = escaped(cell.words), escaped(cell.name)
    mark = icon(CELL_ICONS[cell.state]) if cell.state in CELL_ICONS else "·"
    mark = f"{mark}<b>{cell.importance}</b>" if cell.importance else mark
    if not pen.may_write:
        label = f'role="img" aria-label="{interest}, {words}" title="{words}"'
        return f'<span class="cell {cell.state}" {label}>{mark}</span>'
    label = f'aria-label="{name}: {interest}, {words}" title="{words}"'
    return f'<a class="cell {cell.state}" href="{about}{cell.interest}" data-drawer {label}>{mark}</a>'


def _message_row(row: MessageRow, place: str, pen: Pen) -> str:
    name, about = escaped(row.name), f"{place}?contact_id={row.contact}&amp;message="
    cells = "".join([f"<td>{_message_cell(cell, name, about, pen)}</td>" for cell in row.cells])
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _message_cell(cell: MessageCell, name: str, about: str, pen: Pen) -> str:
    quote = format_html(' title="{}"', cell.quote) if cell.quote else ""
    words = escaped(cell.words)
    if not pen.may_write:
        return f'<span class="cell {cell.state}"{quote}>{words}</span>'
    label = f'aria-label="{name}: {escaped(cell.name)}, {words}"{quote}'
    return f'<a class="cell {cell.state}" href="{about}{cell.message}" data-drawer {label}>{words}</a>'

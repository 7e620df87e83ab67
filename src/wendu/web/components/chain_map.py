"""The map of a decision drawn by the server: boxes on a grid and the lines between them under it."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.desk.chain_map import REPORTS, ChainLine, ChainMap, ChainNode
from wendu.web.shell import address

from .icons import icon
from .markup import escaped
from .pens import Pen

HALF, HIGH, BOX, GAP = 92, 124, 100, 8
"""Half a box with its gap, a row, a box and the gap above it, in px; the stylesheet draws to the same measure."""


def chain_map(shown: ChainMap, pen: Pen) -> SafeString:
    """Boxes in reading order, row by row, so that a reader of the screen hears who stands above first."""
    nodes = sorted(shown.nodes, key=lambda node: (node.place.row, node.place.column))
    wide, high = shown.columns * HALF, shown.rows * HIGH
    wires = "".join([_wire(line) for line in shown.lines])
    hand = ' data-chain="drag"' if pen.may_name else ""
    return SafeString(
        f'<div class="org" style="--columns:{shown.columns};--rows:{shown.rows}"{hand}>'
        f'<svg class="wires" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" aria-hidden="true">'
        '<defs><marker id="chain-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>'
        f"{wires}</svg>{''.join([_node(node, pen) for node in nodes])}</div>"
    )


def _wire(line: ChainLine) -> str:
    across, down = (line.start.column + 1) * HALF, line.start.row * HIGH
    to, below = (line.end.column + 1) * HALF, line.end.row * HIGH
    if line.kind == REPORTS:
        middle = below + GAP / 2 - 8
        return f'<path class="reports" d="M{across} {down + GAP + BOX}V{middle:g}H{to}V{below + GAP}"/>'
    if line.start.row == line.end.row:
        low = down + GAP + BOX
        return f'<path class="sways" d="M{across} {low}Q{(across + to) // 2} {low + 20} {to} {low}"/>'
    is_up = line.end.row < line.start.row
    start, end = (down + GAP, below + GAP + BOX) if is_up else (down + GAP + BOX, below + GAP)
    return f'<path class="sways" d="M{across + 24} {start}L{to + 24} {end}"/>'


def _node(node: ChainNode, pen: Pen) -> str:
    view, part = node.person, node.person.part
    name = escaped(part.contact.name)
    hold = ""
    if pen.may_name:
        url = address("opportunities:influencer", pen.deal, part.uuid)
        hold = f' draggable="true" data-edit="{url}" data-person="{part.contact_id}"'
        name = f'<a class="link" href="{url}" data-drawer>{name}</a>'
    key = " key" if view.is_key else ""
    return (
        f'<div class="box s{view.stance}{key}" style="--c:{node.place.column + 1};--r:{node.place.row + 1}"{hold}>'
        f'<p class="who"><b class="ellip">{name}</b><span class="tag line">{escaped(view.role)}</span></p>'
        f'<p class="ellip">{escaped(view.stance_words)} · {escaped(view.need)}</p>{_ours(node)}{_links(node)}</div>'
    )


def _ours(node: ChainNode) -> str:
    """Who of ours knows him."""
    if not node.ours:
        return f'<p class="late ellip">{escaped(_("nobody of ours knows this person"))}</p>'
    names = str(_(", ")).join(node.ours)
    return f'<p class="ellip" title="{escaped(names)}">{icon("user")}{escaped(names)}</p>'


def _links(node: ChainNode) -> str:
    words = list(node.words)
    if node.outside:
        words.append(_("reports to %(name)s, who is not in the decision yet") % {"name": node.outside})
    said = escaped(" · ".join(words))
    return f'<p class="mut ellip" title="{said}">{said}</p>' if words else ""

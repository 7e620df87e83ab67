"""The picture of the board, drawn by the server: willingness to the right, need upwards, a circle for each customer.

The size of a circle is the money, its number and colour the temperature; the position is as near to the scores as there
is room. Every circle is a link with a whole sentence, for keys and screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.desk.board.page import LISTED, Board, Card
from wendu.web.shell import address

from .formats import money_words, whole
from .heat import band_word
from .marks import SOON_DAYS, class_words, window_words
from .markup import escaped, format_html, format_html_join
from .scatter_places import Field, Spot, places_of

SMALL = 10.0
WIDE_SIGN, NARROW_SIGN = 12.0, 6.6
NAME_AT_MOST = 72.0
RIGHT, UP = ("A", "C"), ("A", "B")


@dataclass(frozen=True, slots=True)
class Paper:
    """How large the picture is, and how many of each class it shows and names."""

    name: str
    width: float
    height: float
    each: int
    named: int
    largest: float
    left: float = 26
    bottom: float = 26

    def field(self, letter: str, line: float) -> Field:
        """Where the points of a class belong, with the line between weak and strong."""
        across, down = self.x(line), self.y(line)
        left, right = (across, self.width) if letter in RIGHT else (self.left, across)
        top, bottom = (0.0, down) if letter in UP else (down, self.height - self.bottom)
        return Field(left + 3, top + 4, right - 3, bottom - 3)

    def corner(self, letter: str) -> Spot:
        """Where the letter of a class stands."""
        x = self.width - 18 if letter in RIGHT else self.left + 18
        return Spot(x, 20 if letter in UP else self.height - self.bottom - 22, 12, 14, 12, bare=12)

    def x(self, score: float) -> float:
        """Where a willingness lies."""
        return self.left + score / 100 * (self.width - self.left)

    def y(self, score: float) -> float:
        """Where a need lies."""
        return (1 - score / 100) * (self.height - self.bottom)


DESK, PHONE = Paper("wide", 488, 604, 20, LISTED, 23), Paper("narrow", 330, 430, 8, 2, 17)


def scatter(board: Board) -> SafeString:
    """Draw the board twice, for a desk and for a phone."""
    largest = max((card.amount_minor or 0 for cell in board.cells for card in cell.cards), default=0)
    said = {card.row.key: escaped(sentence(card, board)) for cell in board.cells for card in cell.cards}
    drawings = format_html_join(
        "", '<div class="{}">{}</div>', ((paper.name, _drawing(board, paper, largest, said)) for paper in (DESK, PHONE))
    )
    return format_html('<div class="scatter">{}</div>', drawings)


def band_legend(bands: Iterable[tuple[str, str]]) -> SafeString:
    """Say which colour is which band of the thermometer."""
    return format_html_join("", '<span data-band="{}"><i></i>{}</span>', bands)


def _drawing(board: Board, paper: Paper, largest: int, said: Mapping[int, str]) -> SafeString:
    page = _Page(board, paper, largest, said)
    points = SafeString("".join(drawn for cell in board.cells for drawn in _points(cell.cards[: paper.each], page)))
    return format_html(
        '<svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>',
        whole(paper.width),
        whole(paper.height),
        _("Willingness and need of the warmest customers of each class"),
        _ground(paper, page.line),
        points,
    )


class _Page:
    """What all points share, worked out once."""

    def __init__(self, board: Board, paper: Paper, largest: int, said: Mapping[int, str]) -> None:
        self.paper, self.largest, self.said = paper, largest, said
        self.line = board.frame.scale.quadrant.high_from


def _ground(paper: Paper, line: float) -> SafeString:
    """The four fields with their letters and the two axes."""
    across, down = paper.x(line), paper.y(line)
    foot, side = paper.height - paper.bottom, paper.width
    corners = (
        ("A", side - 10, 30, "end"),
        ("B", paper.left + 10, 30, "start"),
        ("C", side - 10, foot - 12, "end"),
        ("D", paper.left + 10, foot - 12, "start"),
    )
    letters = format_html_join(
        "", '<text class="corner" x="{1}" y="{2}" text-anchor="{3}">{0}</text>', (_numbers(each) for each in corners)
    )
    return format_html(
        '<g aria-hidden="true"><rect class="best" x="{across}" y="0" width="{right}" height="{down}"/>'
        '<path class="edge" d="M{left} 0V{foot}H{side}"/>'
        '<path class="line" d="M{across} 0V{foot}M{left} {down}H{side}"/>'
        '{letters}<text class="axis" x="{middle}" y="{label}" text-anchor="middle">{willingness} →</text>'
        '<text class="axis" transform="translate(12 {half}) rotate(-90)" text-anchor="middle">{need} →</text></g>',
        across=_short(across),
        right=_short(side - across),
        down=_short(down),
        left=_short(paper.left),
        foot=_short(foot),
        side=_short(side),
        letters=letters,
        middle=_short((paper.left + side) / 2),
        label=_short(paper.height - 6),
        half=_short(foot / 2),
        willingness=pgettext("axis", "Willingness"),
        need=pgettext("axis", "Need"),
    )


def _points(cards: Sequence[Card], page: _Page) -> Iterator[str]:
    """The points of one class; the largest choose their place first, and those on the list are named."""
    if not cards:
        return
    listed = {card.row.key for card in cards[: page.paper.named]}
    order = sorted(cards, key=lambda card: (card.row.key not in listed, -(card.amount_minor or 0), card.row.key))
    named = [_name(card.row.name) if card.row.key in listed else "" for card in order]
    radii = [_radius(card, page, is_named=bool(name)) for card, name in zip(order, named, strict=True)]
    spots = [_spot(*each, page.paper) for each in zip(order, named, radii, strict=True)]
    # The letter of the class keeps its corner: it is placed before everybody.
    (_letter, *places) = places_of(
        (page.paper.corner(cards[0].quadrant), *spots), page.paper.field(cards[0].quadrant, page.line)
    )
    for card, name, radius, place in zip(order, named, radii, places, strict=True):
        yield _point(card, name if place.has_name else "", radius, place.x, place.y, page)


def _spot(card: Card, name: str, radius: float, paper: Paper) -> Spot:
    middle = {True: 80.0, False: 30.0}
    willingness = middle[card.quadrant in RIGHT] if card.willingness is None else card.willingness
    need = middle[card.quadrant in UP] if card.need is None else card.need
    mark = WIDE_SIGN if name and _is_late(card) else 0.0
    beside = max(radius, (_width(name) + mark) / 2 if name else 0.0) + 2
    below = radius + (16 if name else 1)
    return Spot(paper.x(willingness), paper.y(need), beside, radius + 1, below, bare=radius + 1)


def _point(card: Card, name: str, radius: float, x: float, y: float, page: _Page) -> str:  # noqa: PLR0917 - one point
    row, said = card.row, page.said[card.row.key]
    css = f"dot{' part' if card.is_provisional else ''}{' held' if card.is_held else ''}"
    heat = "–" if row.heat is None else whole(row.heat)
    label = ""
    if name:
        mark = '<tspan class="late">! </tspan>' if _is_late(card) else ""
        foot = _short(y + radius + 13)
        label = f'<text class="name" x="{_short(x)}" y="{foot}" text-anchor="middle">{mark}{escaped(name)}</text>'
    href = address("customers:page", row.uuid)
    return (
        f'<a class="{css}" data-band="{row.band or "none"}" href="{href}" aria-label="{said}">'
        f'<title>{said}</title><circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}"/>'
        f'<text class="n" x="{_short(x)}" y="{_short(y + 4)}" text-anchor="middle" aria-hidden="true">{heat}</text>'
        f"{label}</a>"
    )


def sentence(card: Card, board: Board) -> str:
    """One point in words: who, which class, how warm, how much, and how long there is."""
    row = card.row
    parts = [row.name, f"{card.quadrant} {class_words(card.quadrant)}"]
    parts.append(_("not contacted yet") if row.heat is None else f"{whole(row.heat)}° {band_word(row.band)}")
    parts.append(money_words(card.amount_minor, board.frame.currency))
    if card.days_left is not None:
        parts.append(window_words(card.days_left))
    if card.is_held:
        parts.append(_("set by hand, the answers say otherwise"))
    elif card.is_provisional:
        parts.append(_("provisional: few answers"))
    return pgettext("between parts of a sentence", ", ").join(parts)


def _is_late(card: Card) -> bool:
    return card.days_left is not None and card.days_left <= SOON_DAYS


def _radius(card: Card, page: _Page, *, is_named: bool) -> float:
    if not is_named or not page.largest or not card.amount_minor:
        return SMALL
    return SMALL + (page.paper.largest - SMALL) * sqrt(card.amount_minor / page.largest)


def _name(name: str) -> str:
    """As much of a name as fits under a circle."""
    if _width(name) <= NAME_AT_MOST:
        return name
    kept = ""
    for sign in name:
        if _width(kept + sign) > NAME_AT_MOST - NARROW_SIGN:
            break
        kept += sign
    return f"{kept.rstrip()}…"


def _width(name: str) -> float:
    return sum(NARROW_SIGN if sign.isascii() else WIDE_SIGN for sign in name)


def _numbers(values: Iterable[object]) -> list[object]:
    return [_short(value) if isinstance(value, float | int) else value for value in values]


def _short(value: float) -> str:
    """A coordinate: a point as the decimal mark in every language."""
    return f"{value:.1f}".rstrip("0").rstrip(".")

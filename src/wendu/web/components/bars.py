"""Stacked bars whose every part is a link: a forecast by month and class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .formats import whole
from .markup import format_html, format_html_join

LABELLED_FROM = 14  # percent of the highest bar; a lower part has no room for its letter


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a bar: whose it is, how much, where it leads, and the sentence of both."""

    key: str
    value: int
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its sum in words, and its parts from the ground up."""

    label: str
    total: str
    url: str
    value: int
    pieces: tuple[Piece, ...]


def bars(rows: Sequence[Bar]) -> SafeString:
    """Draw the bars side by side, the highest as high as there is room."""
    highest = max((row.value for row in rows), default=0) or 1
    cells = format_html_join(
        "",
        '<li><a class="sum" href="{}">{}</a><div class="stackbar">{}</div><span class="at">{}</span></li>',
        ((row.url, row.total, _pieces(row, highest), row.label) for row in rows),
    )
    keys = sorted({piece.key for row in rows for piece in row.pieces})
    legend = format_html_join("", '<span data-q="{}"><i></i>{}</span>', ((key.lower(), key) for key in keys))
    return format_html('<div class="card-pad legend flat">{}</div><ol class="bars">{}</ol>', legend, cells)


def _pieces(row: Bar, highest: int) -> SafeString:
    return format_html_join(
        "",
        '<a data-q="{}" style="--v:{}" href="{}" title="{}" aria-label="{}">{}</a>',
        (
            (
                piece.key.lower(),
                max(1, share),
                piece.url,
                piece.words,
                piece.words,
                piece.key * (share >= LABELLED_FROM),
            )
            for piece in reversed(row.pieces)
            for share in [whole(100 * piece.value / highest)]
        ),
    )

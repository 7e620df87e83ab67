"""The cards of one class on the board, drawn in Python: two dozen of them cost less than one template in a loop."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wendu.desk.board.page import Board, Card, Cell
from wendu.web.shell import address

from .formats import money_words, whole
from .heat import ICONS, band_word, reading
from .icons import icon
from .marks import window
from .markup import escaped, format_html


def board_rows(cell: Cell, board: Board, *, can_log: bool) -> SafeString:
    """Draw the customers a class shows by name: how warm, who, how much, how long, and why they are here."""
    page = _Page(board, can_log=can_log)
    return SafeString("".join(_row(card, page) for card in cell.listed))


class _Page:
    """What all rows share, worked out once."""

    def __init__(self, board: Board, *, can_log: bool) -> None:
        self.currency = board.frame.currency
        self.why_words, self.log_words = escaped(_("Why here")), escaped(_("Log touch"))
        self.log = address("touches:new") if can_log else ""


def _row(card: Card, page: _Page) -> str:
    name, uuid, language = escaped(card.row.name), card.row.uuid, get_language()
    amount = "" if card.amount_minor is None else escaped(money_words(card.amount_minor, page.currency))
    log = f'<a hidden data-log data-drawer href="{page.log}?customer={uuid}">{page.log_words}</a>' if page.log else ""
    return (
        '<li data-row tabindex="-1" draggable="true" data-card>'
        f"{_reading(None if card.row.heat is None else whole(card.row.heat), card.row.band, language)}"
        f'<a class="ellip" data-open href="{address("customers:page", uuid)}" title="{name}">{name}</a>'
        f'<span class="m">{amount}</span>{_window(card.days_left, whole(card.window_used), language)}'
        f'<a class="why-here" data-why data-drawer href="{address("quadrants:why", uuid)}"'
        f' aria-label="{page.why_words}: {name}" title="{page.why_words}">{icon("help")}</a>{log}</li>'
    )


@lru_cache(maxsize=1024)
def _reading(value: int | None, band: str, _language: str | None) -> SafeString:
    """The badge, its word apart: English leaves it to ears, for the name needs the room."""
    if value is None:
        return reading(None, band)
    shape = '<span class="reading" data-band="{}">{}<b>{}°</b><span class="w">{}</span></span>'
    return format_html(shape, band, icon(ICONS.get(band, "circle-dashed")), value, band_word(band))


@lru_cache(maxsize=2048)
def _window(days_left: int | None, used: int, _language: str | None) -> SafeString | str:
    return window(days_left, used, short=True) or SafeString('<span class="window is-unknown"></span>')

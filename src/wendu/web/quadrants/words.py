"""What the board says in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.desk.board.forecast import OVERDUE, UNDATED
from wendu.desk.board.page import Board, LeftOut
from wendu.method.codes import Status
from wendu.web.components.formats import money_words


def board_lead(board: Board) -> str:
    """How many, how much, and what may come of it."""
    currency = board.frame.currency
    expected = board.expected.total_minor
    shape = ngettext(
        "%(n)s customer in the four classes, %(amount)s open; by the chance of each class about %(expected)s.",
        "%(n)s customers in the four classes, %(amount)s open; by the chance of each class about %(expected)s.",
        board.customers,
    )
    return shape % {
        "n": f"{board.customers:,}",
        "amount": money_words(board.amount_minor, currency),
        "expected": money_words(expected, currency),
    }


def left_out_words(part: LeftOut) -> str:
    """Why customers stand in none of the four."""
    return {
        Status.IN_PURSUIT.value: _("Talked with, not classed"),
        Status.UNVISITED.value: _("Not yet talked with"),
        Status.NURTURING.value: _("Asleep until their day"),
    }[part.status]


def month_words(key: str, today: date) -> str:
    """A month of the forecast; the year only where it is another."""
    if key == OVERDUE:
        return _("Window over")
    if key == UNDATED:
        return _("No window")
    year, month = key.split("-")
    return (
        _("%(month)s/%(year)s") % {"month": int(month), "year": year} if int(year) != today.year else _month(int(month))
    )


def _month(month: int) -> str:
    names = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return names[month - 1]

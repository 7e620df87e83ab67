"""What the columns, months and gaps of the board are called."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wendu.desk.board.forecast import OVERDUE, UNDATED
from wendu.desk.team.forecast import LATER


def column_words() -> list[tuple[str, str]]:
    """The alerts as columns, in the order of the cells of a row, each with what it means."""
    return [
        (pgettext("board", "Touch due"), _("The next touch is due today or was due before")),
        (pgettext("board", "Window over"), _("The window of the class ended without an order: to be qualified again")),
        (pgettext("board", "Cold gap"), _("Longer silence than the class bears")),
        (pgettext("board", "Strike now"), _("At 80° or more with an open deal: a visit decides")),
        (pgettext("board", "Heat missed"), _("Was at 80° and fell before anything was agreed")),
    ]


def month_words(key: str) -> str:
    """A column of the forecast."""
    named = {
        OVERDUE: pgettext("forecast", "Over"),
        UNDATED: pgettext("forecast", "No window"),
        LATER: pgettext("forecast", "Later"),
    }
    if key in named:
        return named[key]
    return date_format(date.fromisoformat(f"{key}-01"), pgettext("month format", "M"))


def left_out_words(code: str, number: int) -> str:
    """What the forecast does not hold, because nobody knows."""
    if code == "amount":
        words = ngettext(
            "%(n)s customer in pursuit has no known amount", "%(n)s customers in pursuit have no known amount", number
        )
    else:
        words = ngettext(
            "%(n)s customer with an open amount has no class", "%(n)s customers with open amounts have no class", number
        )
    return words % {"n": number}

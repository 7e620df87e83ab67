"""Why a table cannot go out as it was asked for, and how else it can."""

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError


class TooLongForBook(ActionError):
    code = "too_long_for_book"
    message = _("A sheet of Excel holds %(most)s rows, and there are more. Take CSV instead, or narrow the list.")


class CellTooLongForBook(ActionError):
    code = "cell_too_long_for_book"
    message = _("A text in “%(column)s” is longer than the %(most)s signs a cell of Excel holds. Take CSV instead.")


class UnknownEnding(ActionError):
    code = "unknown_ending"
    message = _("“%(file)s”: a table goes out as .csv or as .xlsx. Let the name end so.")

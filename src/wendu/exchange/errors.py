"""What can be wrong with a file or with one of its rows; every sentence says how to mend it."""

from typing import Self

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError


class FileRefused(ActionError):
    """The file as a whole cannot be read; nothing was written."""


class NoSuchFile(FileRefused):
    code = "no_such_file"
    message = _("There is no file “%(file)s”. Check the path.")


class UnreadableEncoding(FileRefused):
    code = "unreadable_encoding"
    message = _("The file is neither UTF-8 nor GB18030 text (byte %(byte)s). Save it as “CSV UTF-8” and try again.")


class BrokenTable(FileRefused):
    code = "broken_table"
    message = _("The table breaks off at row %(row)s: a quotation mark is not closed. Mend that row and try again.")


class BrokenWorkbook(FileRefused):
    code = "broken_workbook"
    message = _("The workbook cannot be opened. Save it again as .xlsx, or as CSV, and try again.")


class WorkbookTooLarge(FileRefused):
    code = "workbook_too_large"
    message = _("The workbook is too large to read (%(rows)s rows, %(size)s MB unpacked). Save the sheet as CSV.")


class EmptyFile(FileRefused):
    code = "empty_file"
    message = _("The file is empty: there is no header. Put the names of the columns into the first row.")


class NoHeader(FileRefused):
    code = "no_header"
    message = _(
        "No column is recognised in the first row (%(found)s). Name the columns, such as: %(wanted)s; or use --map."
    )


class ColumnMissing(FileRefused):
    code = "column_missing"
    message = _("The column for %(wanted)s is missing. The file has: %(found)s. Add it, or name it in the map file.")


class UnknownKind(FileRefused):
    code = "unknown_kind"
    message = _("“%(kind)s” cannot be exchanged. Choose one of: %(allowed)s.")


class UnknownFormat(FileRefused):
    code = "unknown_format"
    message = _("“%(file)s”: files end in .csv, .tsv, .txt or .xlsx. Save the table in one of these formats.")


class BadMap(FileRefused):
    code = "bad_map"
    message = _("Map file %(file)s, %(place)s: %(problem)s")


class RowRefused(ActionError):
    """One row cannot be taken as it is; the others can."""

    def at(self, field: str) -> Self:
        """Name the field, from which the report finds the column."""
        self.field = field
        return self


class ValueMissing(RowRefused):
    code = "value_missing"
    message = _("This cell must not be empty. Fill it in.")


class UnknownWord(RowRefused):
    code = "unknown_word"
    message = _("“%(value)s” is not known here. Use one of: %(allowed)s.")


class UnreadableDay(RowRefused):
    code = "unreadable_day"
    message = _("“%(value)s” is not a date. Write it like 2026-03-31, or name the format in the map file.")


class UnreadableNumber(RowRefused):
    code = "unreadable_number"
    message = _("“%(value)s” is not a whole number from %(least)s to %(most)s. Check the cell.")


class BrokenPhone(RowRefused):
    code = "broken_phone"
    message = _("“%(value)s” was cut short by the spreadsheet. Format the column as text and enter the number again.")


class CustomerNotFound(RowRefused):
    code = "customer_not_found"
    message = _("There is no customer “%(value)s” that you can see. Import the customers first, or correct the name.")


class ParentNotFound(RowRefused):
    code = "parent_not_found"
    message = _("The parent “%(value)s” is neither in this file nor among the customers. Add it, or empty the cell.")


class OwnParent(RowRefused):
    code = "own_parent"
    message = _("“%(value)s” would stand above itself. Correct the parent.")


class SeveralFound(RowRefused):
    code = "several_found"
    message = _("“%(value)s” means several. Give the external number instead of the name.")


class PersonNotFound(RowRefused):
    code = "person_not_found"
    message = _("Nobody is called “%(value)s”. Give the login or full name of a colleague.")


class ContactNotFound(RowRefused):
    code = "contact_not_found"
    message = _("“%(value)s” is not a contact of %(customer)s. Import the contacts first, or correct the name.")


class DealNotFound(RowRefused):
    code = "deal_not_found"
    message = _("“%(value)s” is not an opportunity of %(customer)s. Import the opportunities first, or empty the cell.")


class OwnerMissing(RowRefused):
    code = "owner_missing"
    message = _("Neither a customer nor an owner is named. Fill in one of the two.")


class DayOrder(RowRefused):
    code = "day_order"
    message = _("%(later)s lies before %(earlier)s. Correct one of the two days.")


class DayToCome(RowRefused):
    code = "day_to_come"
    message = _("%(day)s has not come yet. Correct the day.")


class ClosedHere(RowRefused):
    code = "closed_here"
    message = _("This opportunity is already closed here (%(state)s). Reopen it on its page if that is wrong.")


class TooManyCells(RowRefused):
    code = "too_many_cells"
    message = _("This row has %(cells)s cells, the header only %(columns)s. Put texts with commas between quotes.")

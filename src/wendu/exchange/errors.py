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
    message = _("The file is no text we can read (byte %(byte)s). Save it as “CSV UTF-8” and try again.")


class MixedEncodings(FileRefused):
    code = "mixed_encodings"
    message = _("Row %(row)s is written in another encoding than the rest. Type it again, or save as “CSV UTF-8”.")


class BrokenTable(FileRefused):
    code = "broken_table"
    message = _("The table breaks off at row %(row)s: a quotation mark is not closed. Mend that row and try again.")


class CellTooLong(FileRefused):
    code = "cell_too_long"
    message = _("A cell in row %(row)s is longer than %(most)s million signs. Shorten it and try again.")


class TooWide(FileRefused):
    code = "too_wide"
    message = _("The table has %(found)s columns; %(most)s are the most. Take out those that are not needed.")


class NotATable(FileRefused):
    code = "not_a_table"
    message = _("“%(file)s” holds no table, whatever its name says. Save the table as .xlsx or as CSV and try again.")


class WebPageInDisguise(FileRefused):
    code = "web_page"
    message = _("“%(file)s” is a web page under another name. Open it in a spreadsheet and save it as .xlsx.")


class ProtectedFile(FileRefused):
    code = "protected_file"
    message = _("The workbook is locked with a password. Take the password away, save it, and try again.")


class UnsafeWorkbook(FileRefused):
    code = "unsafe_workbook"
    message = _("The workbook would unpack to more than it says, and was not opened. Save the sheet as CSV.")


class NoSuchSheet(FileRefused):
    code = "no_such_sheet"
    message = _("There is no sheet “%(sheet)s”. The workbook has: %(found)s.")


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
    message = _(
        "“%(file)s”: files end in .csv, .tsv, .txt, .xlsx, .xls or .ods. Save the table in one of these formats."
    )


class BadMap(FileRefused):
    code = "bad_map"
    message = _("Map file %(file)s, %(place)s: %(problem)s")


class RowRefused(ActionError):
    """One row cannot be taken as it is; the others can."""

    def at(self, field: str) -> Self:
        """Name the field, from which the report finds the column."""
        self.field = field
        return self


class UnreadableQuantity(RowRefused):
    code = "unreadable_quantity"
    message = _("“%(value)s” is no quantity above 0 with three places at most. Check the cell.")


class OrderStands(RowRefused):
    code = "order_stands"
    message = _("This order stands here as “%(here)s”, and a file does not change that. Correct or empty the cell.")


class OrderNotFound(RowRefused):
    """The row names an order that is not there."""

    code = "order_not_found"
    message = _("There is no order “%(value)s”. Bring the orders in first, or correct the number.")


class SubscriptionStands(RowRefused):
    code = "subscription_stands"
    message = _(
        "This subscription stands here as “%(here)s”, and the file does not say how it came to another. "
        "Correct or empty the cell, or change it on its page."
    )


class ContractStands(RowRefused):
    code = "contract_stands"
    message = _(
        "This contract stands here as “%(here)s”, and the file does not say how it came to another. "
        "Correct or empty the cell, or change it on its page."
    )


class ContractNotFound(RowRefused):
    code = "contract_not_found"
    message = _("There is no contract “%(value)s” that it could take the place of. Correct the cell, or empty it.")


class StateAndEnd(RowRefused):
    code = "state_and_end"
    message = _("The row says “%(state)s” and that it ended on %(day)s. Empty one of the two cells.")


class ProductNotFound(RowRefused):
    code = "product_not_found"
    message = _(
        "There is no product “%(value)s” in the library. Bring the products in first, correct it, or empty the cell."
    )


class OtherCurrency(RowRefused):
    code = "other_currency"
    message = _("Prices of the library are in %(house)s, and the row says %(said)s. Give the amounts in %(house)s.")


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


class BrokenCode(RowRefused):
    code = "broken_code"
    message = _("“%(value)s” lost digits in the spreadsheet. Format the column as text and enter the number again.")


class CellNotComputed(RowRefused):
    code = "cell_not_computed"
    message = _("The formula in this cell has no result yet. Open the file in a spreadsheet and save it again.")


class CellInError(RowRefused):
    code = "cell_in_error"
    message = _("The spreadsheet says %(value)s here. Correct the formula, or empty the cell.")


class NoTextSign(RowRefused):
    code = "no_text_sign"
    message = _("There is a sign in this cell that is no text (NUL). Type the cell again.")


class CustomerNotFound(RowRefused):
    code = "customer_not_found"
    message = _("There is no customer “%(value)s” that you can see. Import the customers first, or correct the name.")


class ParentNotFound(RowRefused):
    code = "parent_not_found"
    message = _("The parent “%(value)s” is neither in this file nor among the customers. Add it, or empty the cell.")


class OwnParent(RowRefused):
    code = "own_parent"
    message = _("“%(value)s” would stand above itself. Correct the parent.")


class ReferrerNotFound(RowRefused):
    code = "referrer_not_found"
    message = _(
        "“%(value)s”, who brought this one, is neither in this file nor among the customers. Add it, or empty the cell."
    )


class BroughtInCircle(RowRefused):
    code = "brought_in_circle"
    message = _("“%(value)s” came through this customer itself. Correct who brought whom.")


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


class NoSuchDeal(RowRefused):
    code = "no_such_deal"
    message = _("There is no opportunity “%(value)s” that you can see. Import the opportunities first, or correct it.")


class NeedNotFound(RowRefused):
    code = "need_not_found"
    message = _("Nobody asks for “%(value)s” in this opportunity. Import the requests first, or correct the words.")


class BadScores(RowRefused):
    code = "bad_scores"
    message = _("“%(value)s” is not a rival with a score of 0 to 10. Write it like: Haichuan 7; Jinhui 5.")


class SaidTwice(RowRefused):
    code = "said_twice"
    message = _("Row %(row)s tells of the same already. Put both into one row.")


class NoSuchVersion(RowRefused):
    code = "no_such_version"
    message = _("This opportunity has no version %(version)s of a quote; the next one is %(next)s. Correct the number.")


class AgreementUnknown(RowRefused):
    code = "agreement_unknown"
    message = _(
        "Nothing of the kind stands in the log. Bring it in with the touch in which it was said, "
        "then say what became of it."
    )

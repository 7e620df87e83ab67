"""What the codes of files brought in and of their templates are called; the room of the files lies above this one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROWS_ARE: dict[str, Promise] = {
    "users": _("Colleagues and teams"),
    "customers": pgettext_lazy("place", "Customers"),
    "contacts": pgettext_lazy("rows of a file", "Contacts"),
    "opportunities": pgettext_lazy("rows of a file", "Opportunities"),
    "touches": _("Touches"),
    "orders": pgettext_lazy("rows of a file", "Orders"),
    "receipts": pgettext_lazy("rows of a file", "Receipts"),
    "subscriptions": pgettext_lazy("rows of a file", "Subscriptions"),
    "contracts": pgettext_lazy("rows of a file", "Contracts"),
    "products": pgettext_lazy("rows of a file", "Products"),
    "account": _("Whole account"),
}
KNOWN_ROWS: dict[str, Promise] = {
    "update": _("Update them with what the file says; empty cells change nothing"),
    "fill": _("Fill in what is empty; what is written down stays"),
    "skip": _("Leave them as they are; only new rows come in"),
}
FILE_CODES = {
    ("export", "kind"): ROWS_ARE,
    ("import", "kind"): ROWS_ARE,
    ("import", "on_match"): KNOWN_ROWS,
    ("columntemplate", "kind"): ROWS_ARE,
    ("columntemplate", "on_match"): KNOWN_ROWS,
}

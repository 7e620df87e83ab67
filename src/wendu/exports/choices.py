"""Closed lists of the exports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What the rows of a table are; or all tables there are, in one archive."""

    CUSTOMERS = "customers", pgettext_lazy("place", "Customers")
    CONTACTS = "contacts", pgettext_lazy("rows of a file", "Contacts")
    OPPORTUNITIES = "opportunities", pgettext_lazy("rows of a file", "Opportunities")
    TOUCHES = "touches", _("Touches")
    ACCOUNT = "account", _("Whole account")


class Ending(TextChoices):
    """What file a table is written to."""

    CSV = "csv", pgettext_lazy("kind of file", "CSV")
    XLSX = "xlsx", pgettext_lazy("kind of file", "Excel (XLSX)")
    ZIP = "zip", pgettext_lazy("kind of file", "ZIP")


TABLES = [choice for choice in Kind.choices if choice[0] != Kind.ACCOUNT]
TABLE_FILES = [choice for choice in Ending.choices if choice[0] != Ending.ZIP]


class Columns(TextChoices):
    """Which columns go out."""

    SHOWN = "shown", pgettext_lazy("columns of a file", "Those the list shows")
    ALL = "all", pgettext_lazy("columns of a file", "Every column there is")

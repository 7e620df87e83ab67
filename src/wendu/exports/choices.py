"""Closed lists of the exports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What the rows of a table are."""

    CUSTOMERS = "customers", pgettext_lazy("place", "Customers")
    CONTACTS = "contacts", pgettext_lazy("rows of a file", "Contacts")
    OPPORTUNITIES = "opportunities", pgettext_lazy("rows of a file", "Opportunities")
    TOUCHES = "touches", _("Touches")


class Ending(TextChoices):
    """What file a table is written to."""

    CSV = "csv", pgettext_lazy("kind of file", "CSV")
    XLSX = "xlsx", pgettext_lazy("kind of file", "Excel (XLSX)")


class Columns(TextChoices):
    """Which columns go out."""

    SHOWN = "shown", pgettext_lazy("columns of a file", "Those the list shows")
    ALL = "all", pgettext_lazy("columns of a file", "Every column there is")

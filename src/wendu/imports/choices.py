"""Closed lists of the files brought in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What the rows of a file are, in the order in which a new firm brings them in."""

    USERS = "users", _("Colleagues and teams")
    CUSTOMERS = "customers", pgettext_lazy("place", "Customers")
    CONTACTS = "contacts", pgettext_lazy("rows of a file", "Contacts")
    OPPORTUNITIES = "opportunities", pgettext_lazy("rows of a file", "Opportunities")
    TOUCHES = "touches", _("Touches")


class OnMatch(TextChoices):
    """What happens to rows that are known already."""

    UPDATE = "update", _("Update them with what the file says; empty cells change nothing")
    FILL = "fill", _("Fill in what is empty; what is written down stays")
    SKIP = "skip", _("Leave them as they are; only new rows come in")

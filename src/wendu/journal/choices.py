"""Closed lists of the journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Door(TextChoices):
    """Through which door a change came in."""

    WEB = "web", _("Web page")
    CLI = "cli", _("Command line")
    IMPORT = "import", _("Import")
    JOB = "job", _("Background job")
    API = "api", _("Interface (API)")

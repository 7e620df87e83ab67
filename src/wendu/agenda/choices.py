"""Closed lists of the agenda room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepSource(TextChoices):
    """Who had the idea of a step."""

    PLAN = "plan", _("Proposed by the plan")
    HUMAN = "human", _("Planned by hand")
    AGREED = "agreed", _("Agreed with the customer")
    PROMISE = "promise", _("Promised to the customer")
    IMPORT = "import", _("Imported")

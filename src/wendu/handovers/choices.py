"""Closed lists of hand-overs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Split(TextChoices):
    """By what a book is shared out among several takers."""

    NONE = "none", _("everything to one person")
    CLASS = "class", _("by class")
    REGION = "region", _("by region")
    TEAM = "team", _("by team")


class Thing(TextChoices):
    """What changes hands."""

    CUSTOMER = "customer", _("customers")
    DEAL = "deal", _("deals")
    STEP = "step", _("planned steps")
    COLLABORATION = "collaboration", _("collaborations")

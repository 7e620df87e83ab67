"""Closed lists of the saved views."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Place(TextChoices):
    """Which list a view is of."""

    CUSTOMERS = "customers", pgettext_lazy("view", "Customers")


class Audience(TextChoices):
    """Who sees a view: its owner, a team with all below it, or the whole firm."""

    PRIVATE = "private", pgettext_lazy("view", "Only me")
    TEAM = "team", pgettext_lazy("view", "A team")
    ALL = "all", pgettext_lazy("view", "Everybody")

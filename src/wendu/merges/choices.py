"""Closed lists of the merges."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Side(TextChoices):
    """Whose value of a field the merged record bears."""

    KEPT = "kept", pgettext_lazy("merge", "of the one that stays")
    GONE = "gone", pgettext_lazy("merge", "of the one that goes")
    BOTH = "both", pgettext_lazy("merge", "both")


class Kind(TextChoices):
    """What is merged."""

    CUSTOMER = "customer", pgettext_lazy("merge", "customer")
    CONTACT = "contact", pgettext_lazy("merge", "person")

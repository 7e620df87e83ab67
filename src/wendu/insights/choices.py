"""Stable symbols of insights."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Speaker(TextChoices):
    """Whose forecast of the next order counts: the rule of the method, or the model where it did better on the past."""

    RULE = "rule", pgettext_lazy("forecast", "The rule of the method")
    MODEL = "model", pgettext_lazy("forecast", "The fitted model")


class Segment(TextChoices):
    """Whose customers a share is of."""

    SEGMENT = "segment", pgettext_lazy("share of", "customers of this market")
    HOUSE = "house", pgettext_lazy("share of", "all customers")


STUDY = "insights.study"
"""The machine work that looks at all orders."""

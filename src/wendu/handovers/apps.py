"""Django configuration of the hand-overs."""

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    """Whole books that were handed over."""

    name = "wendu.handovers"
    label = "handovers"

"""The room as Django knows it."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """What we put before the customer, and how it was taken."""

    name = "wendu.offers"
    label = "offers"

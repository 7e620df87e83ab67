"""Django configuration of the exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Import and export; owns no tables."""

    name = "wendu.exchange"
    label = "exchange"

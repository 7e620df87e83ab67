"""Django configuration of the exports."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Tables taken out."""

    name = "wendu.exports"
    label = "exports"

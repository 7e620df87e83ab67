"""Django configuration of the merges."""

from django.apps import AppConfig


class MergesConfig(AppConfig):
    """Duplicates found, set aside, merged and taken apart."""

    name = "wendu.merges"
    label = "merges"
    default_auto_field = "django.db.models.BigAutoField"

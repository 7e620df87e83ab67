"""Django configuration of the packs room."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """The playbooks this organisation published."""

    name = "wendu.packs"
    label = "packs"
    default_auto_field = "django.db.models.BigAutoField"

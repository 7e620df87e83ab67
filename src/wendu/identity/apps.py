"""Django configuration of the identity room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Organisation, teams, users."""

    name = "wendu.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"

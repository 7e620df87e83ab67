"""Django configuration of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """How content customers are."""

    name = "wendu.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

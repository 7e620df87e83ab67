"""Django configuration of quotes."""

from django.apps import AppConfig


class QuotesConfig(AppConfig):
    """Offers in writing, version by version."""

    name = "wendu.quotes"
    label = "quotes"
    default_auto_field = "django.db.models.BigAutoField"

"""Django configuration of the search room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One row of tokens per findable thing."""

    name = "wendu.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

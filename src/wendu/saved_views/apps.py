"""Django configuration of the saved views."""

from django.apps import AppConfig


class SavedViewsConfig(AppConfig):
    """Saved, shared and pinned views of lists."""

    name = "wendu.saved_views"
    label = "saved_views"
    default_auto_field = "django.db.models.BigAutoField"

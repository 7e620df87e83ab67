"""Django configuration of the batches."""

from django.apps import AppConfig


class BulkConfig(AppConfig):
    """Customers changed many at a time."""

    name = "wendu.bulk"
    label = "bulk"
    default_auto_field = "django.db.models.BigAutoField"

"""Django configuration of the readings room."""

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """What the method thought, and where a human overruled it."""

    name = "wendu.readings"
    label = "readings"
    default_auto_field = "django.db.models.BigAutoField"

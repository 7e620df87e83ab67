from django.apps import AppConfig


class TouchesConfig(AppConfig):
    """The log room."""

    name = "wendu.touches"

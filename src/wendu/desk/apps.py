"""Django configuration of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Reads whole screens; owns no tables."""

    name = "wendu.desk"
    label = "desk"

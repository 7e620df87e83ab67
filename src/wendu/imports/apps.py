"""Django configuration of the files brought in."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Files that were brought in."""

    name = "wendu.imports"
    label = "imports"

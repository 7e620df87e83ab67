"""Django configuration of the operations."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """The command line; owns no tables."""

    name = "wendu.ops"
    label = "ops"

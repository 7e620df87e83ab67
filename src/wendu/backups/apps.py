"""Django configuration of the backups."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Backups; owns no tables, the job rows say when one was made."""

    name = "wendu.backups"
    label = "backups"

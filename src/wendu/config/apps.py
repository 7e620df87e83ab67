"""The configuration as an app, so that its checks run with every command."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses and start-up checks."""

    name = "wendu.config"

    def ready(self) -> None:
        from wendu.config import checks  # noqa: F401 - registers the checks

"""The configuration as an app, so that its checks run with every command."""

import sqlite3
from datetime import date

from django.apps import AppConfig
from django.db.backends.sqlite3 import base as _registers_its_own_first  # noqa: F401


class ConfigConfig(AppConfig):
    """Settings, addresses and start-up checks."""

    name = "wendu.config"

    def ready(self) -> None:
        from wendu.config import checks  # noqa: F401 - registers the checks

        sqlite3.register_converter("date", _day)


def _day(stored: bytes) -> date:
    """A stored day; a page reads thousands, and the library's own converter takes three times as long."""
    return date.fromisoformat(stored.decode("ascii"))

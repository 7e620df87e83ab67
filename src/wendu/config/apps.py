"""The configuration as an app, so that its checks run with every command."""

import sqlite3
from datetime import date
from functools import lru_cache

from django.apps import AppConfig
from django.db.backends.sqlite3 import base as _registers_its_own_first  # noqa: F401


class ConfigConfig(AppConfig):
    """Settings, addresses and start-up checks."""

    name = "wendu.config"

    def ready(self) -> None:
        from wendu.config import checks  # noqa: F401 - registers the checks

        sqlite3.register_converter("date", _day)


@lru_cache(maxsize=8192)
def _day(stored: bytes) -> date:
    """A stored day; a page reads thousands, mostly the same few hundred."""
    return date.fromisoformat(stored.decode("ascii"))

"""Logged-in clients, the morning scene, and screens as they will look on another day."""

import re
import sys
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils.html import strip_tags

from tests.cast import MONDAY
from tests.web.scene import Scene, build_scene


@pytest.fixture
def scene(cast) -> Scene:
    return build_scene(cast)


@pytest.fixture
def enter():
    """Log somebody in: `enter(cast.alice)` gives a client."""

    def opened(user, language: str = "zh-hans") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return opened


@pytest.fixture
def clock(monkeypatch):
    """Turn the clock of every screen: `clock(3)` is three days after the Monday of the tests."""

    def turned(days: int = 0) -> datetime:
        at = MONDAY + timedelta(days=days)
        assert get_resolver().url_patterns  # every view is imported by now
        for name, module in list(sys.modules.items()):
            if name.startswith("wendu.web") and hasattr(module, "now"):
                monkeypatch.setattr(module, "now", lambda: at)
        return at

    return turned


@pytest.fixture
def look(cast, clock, enter):
    """The words of a page as Alice (or `user`) reads it, so many days after the Monday."""

    def seen(where: str, days: int = 0, *, language: str = "zh-hans", user=None) -> str:
        clock(days)
        page = enter(user or cast.alice, language).get(where)
        assert page.status_code == 200
        return re.sub(r"\s+", " ", strip_tags(page.content.decode().split("<main")[1]))

    return seen

"""Logged-in clients and the morning scene."""

import pytest
from django.test import Client

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

"""Health is open to anyone and says nothing but its state."""

import pytest
from django.db import DatabaseError

from wendu.config import health


def test_a_living_process_says_so(client):
    assert client.get("/healthz/live").content == b"ok\n"


@pytest.mark.django_db
def test_a_serving_process_says_so(client):
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_without_a_database_it_is_not_ready(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", refuse)

    assert client.get("/healthz/ready").status_code == 503

"""Waiting for the one writer of SQLite."""

import sqlite3
from threading import Event, Thread

import pytest
from django.db import connection
from django.db.utils import OperationalError

from wendu.kernel.sqlite3 import base

pytestmark = pytest.mark.django_db

PIECES = 7


@pytest.fixture
def house(tmp_path):
    """A connection to a file of its own, and the path for a second one."""
    given = {**connection.settings_dict, "NAME": str(tmp_path / "house.sqlite3"), "TEST": {}}
    given["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    wrapper = base.DatabaseWrapper(given, alias="house")
    wrapper.ensure_connection()
    wrapper.connection.execute("PRAGMA journal_mode=WAL")
    yield wrapper
    wrapper.close()


def _other(wrapper):
    return sqlite3.connect(wrapper.settings_dict["NAME"], isolation_level=None, check_same_thread=False)


def _begin(wrapper):
    wrapper._start_transaction_under_autocommit()


def test_whoever_waits_begins_when_the_writer_before_ends(house, monkeypatch):
    other, asked = _other(house), Event()
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(base, "sleep", lambda _seconds: asked.set())
    ender = Thread(target=lambda: (asked.wait(10), other.execute("COMMIT")))
    ender.start()

    _begin(house)
    ender.join()

    assert house.connection.in_transaction
    house.connection.execute("ROLLBACK")
    other.close()


def test_patience_ends_and_the_connection_is_as_before(house, monkeypatch):
    other, moment = _other(house), iter(range(0, 100, PIECES))
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(base, "sleep", lambda _seconds: None)
    monkeypatch.setattr(base, "monotonic", lambda: next(moment))

    with pytest.raises(OperationalError, match="locked"):
        _begin(house)

    assert house.connection.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    other.close()


def test_a_statement_is_spelled_for_the_driver(house):
    with house.cursor() as cursor:
        cursor.execute("SELECT %s || '%%' || %s", ["a", "b"])

        assert cursor.fetchone() == ("a%b",)

"""The environment: typed, loud, and all faults at once."""

from pathlib import Path

import pytest

from wendu.config.databases import database
from wendu.config.env import Environment, UnsafeSettings, is_loopback
from wendu.config.secret import is_guessable, kept_key


def test_a_missing_value_is_its_default():
    env = Environment({})

    assert (env.text("A", "x"), env.flag("B"), env.number("C", 3), env.words("D", ("y",))) == ("x", False, 3, ("y",))
    assert env.problems == []


@pytest.mark.parametrize("word,value", [("1", True), ("yes", True), ("ON", True), ("0", False), ("false", False)])
def test_a_flag_reads_the_usual_words(word, value):
    assert Environment({"WENDU_DEBUG": word}).flag("WENDU_DEBUG", default=not value) is value


def test_every_wrong_value_is_named_in_one_refusal():
    env = Environment({"FLAG": "maybe", "COUNT": "-1", "URL": "crm.example.cn"})
    env.flag("FLAG")
    env.number("COUNT", 2)
    env.address("URL", "http://localhost")

    with pytest.raises(UnsafeSettings) as refusal:
        env.refuse()

    text = str(refusal.value)
    assert all(name in text for name in ("FLAG", "COUNT", "URL"))
    assert "\n" not in text


@pytest.mark.parametrize("address", ["https://a.cn/path", "ftp://a.cn", "https://", "https://me@a.cn", "a.cn"])
def test_a_base_address_is_a_host_and_nothing_more(address):
    env = Environment({"URL": address})
    env.address("URL", "http://localhost")

    assert env.problems


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1", "crm.localhost"])
def test_this_machine_is_known_by_its_names(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["crm.example.cn", "10.0.0.1", "localhost.example.cn", "*", ""])
def test_other_machines_are_not_this_one(host):
    assert not is_loopback(host)


def test_without_a_database_url_a_file_in_the_data_folder_is_used(tmp_path):
    chosen = database(Environment({}), tmp_path)

    assert chosen["NAME"] == str(tmp_path / "wendu.sqlite3")
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgres_url_is_taken_apart_with_its_escapes(tmp_path):
    env = Environment({"DATABASE_URL": "postgresql://we%40ndu:p%2Fw@db:5433/crm?sslmode=require"})
    chosen = database(env, tmp_path)

    assert {key: chosen[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")} == {
        "USER": "we@ndu",
        "PASSWORD": "p/w",
        "HOST": "db",
        "PORT": "5433",
        "NAME": "crm",
        "OPTIONS": {"sslmode": "require"},
    }


def test_another_database_is_refused_by_name(tmp_path):
    env = Environment({"DATABASE_URL": "mysql://root@db/crm"})
    database(env, tmp_path)

    assert "DATABASE_URL" in env.problems[0]


@pytest.mark.parametrize("key", ["", "short", "a" * 80, "django-insecure-" + "abcdefghijkl" * 5, "changeme" * 10])
def test_a_key_that_can_be_guessed_is_not_one(key):
    assert is_guessable(key)


def test_a_demo_keeps_the_key_it_made(tmp_path: Path):
    first = kept_key(tmp_path / "new", Environment({}))

    assert not is_guessable(first)
    assert kept_key(tmp_path / "new", Environment({})) == first
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o077 == 0

"""Every command, typed by somebody in a hurry on a machine that is not ready: words and a code, never a traceback."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation
from typer.main import get_command

from tests.cast import call_the_cast
from tests.factories import make_customer
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.ops import exchanging
from wendu.ops.cli import app
from wendu.ops.exchanging import SOME_REJECTED
from wendu.ops.said import USAGE
from wendu.ops.setup import UNSAFE
from wendu.ops.up import serve

WENDU = str(Path(sys.executable).parent / "wendu")
CHINESE, ENGLISH = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{3}")
NO_DATABASE = 69


@pytest.fixture
def typing(cast, tmp_path, capsys, monkeypatch):
    """Type commands in a folder with files, on the database of the test; gives the code and what was said."""
    (tmp_path / "good.csv").write_text("name\n砚湖\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("name,headcount\n砚湖,很多\n", encoding="utf-8")
    (tmp_path / "map.yaml").write_text("kind: what\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    def typed(*words: str) -> tuple[int, str]:
        with translation.override("zh-hans"), pytest.raises(SystemExit) as ended:
            get_command(app).main(args=list(words), prog_name="wendu")
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.err + said.out

    return typed


class Site:
    """Where commands are typed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def typed(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Type a command as a person would, on SQLite unless told otherwise."""
        ours = ("WENDU_", "DJANGO_", "DATABASE_URL", "LANG", "LC_")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        environment = {**clean, "WENDU_DATA_DIR": str(self.folder / "data"), "WENDU_DEBUG": "1", **settings}
        return subprocess.run(
            [WENDU, *words],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            timeout=120,
        )


def refused(told: subprocess.CompletedProcess[str], code: int) -> str:
    said = told.stderr + told.stdout
    assert told.returncode == code, said
    assert "Traceback" not in said
    assert CHINESE.search(said)
    assert ENGLISH.search(said)
    return said


WRONG = {
    "a day there is not": ("plan", "--user", "ada", "--as-of", "2026-13-40"),
    "a day to come": ("plan", "--user", "ada", "--as-of", "9999-12-31"),
    "the first day of all": ("plan", "--user", "ada", "--as-of", "0001-01-01"),
    "a language nobody speaks here": ("plan", "--user", "ada", "--lang", "fr"),
    "no room for a step": ("plan", "--user", "ada", "--capacity", "0"),
    "nobody of this name": ("plan", "--user", "没有这个人"),
    "a login that is none": ("user", "add", "b b"),
    "no login": ("user", "add", ""),
    "a mail that is none": ("user", "add", "bob", "--email", "bob"),
    "a role that is none": ("user", "add", "bob", "--role", "king"),
    "a team that is none": ("user", "add", "bob", "--team", "火星"),
    "the only administrator": ("user", "deactivate", "ada"),
    "the only administrator demoted": ("user", "role", "ada", "rep"),
    "a password for nobody": ("user", "password", "nobody"),
    "no file": ("import", "none.csv", "--kind", "customers"),
    "a folder": ("import", ".", "--kind", "customers"),
    "a kind that is none": ("import", "good.csv", "--kind", "deals"),
    "a map that is not there": ("import", "good.csv", "--kind", "customers", "--map", "none.yaml"),
    "a map that does not fit": ("import", "good.csv", "--kind", "customers", "--map", "map.yaml"),
    "a report nobody can write": ("import", "good.csv", "--kind", "customers", "--report", "/proc/x/report.json"),
    "rejects nobody can write": ("import", "bad.csv", "--kind", "customers", "--rejects", "/proc/x/rejects.csv"),
    "somebody who is not here": ("import", "good.csv", "--kind", "customers", "--as", "ghost"),
    "a row that does not fit": ("import", "bad.csv", "--kind", "customers"),
    "a place nobody can write": ("export", "/proc/x.csv", "--kind", "customers"),
    "a format nobody asked for": ("export", "out.pdf", "--kind", "customers"),
    "an export of nothing we know": ("export", "out.csv", "--kind", "deals"),
    "a backup nobody can write": ("backup", "/proc/x/backup.zip"),
    "a backup that is none": ("restore", "good.csv", "--force"),
    "a backup that is not there": ("restore", "none.zip", "--force"),
    "a port there is not": ("up", "--port", "99999"),
    "a firm too small": ("bench", "--customers", "1"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_typed_wrong_is_said_with_the_way_to_mend_it(typing, what):
    code, said = typing(*WRONG[what])

    assert code in (USAGE, SOME_REJECTED), said
    assert CHINESE.search(said), said
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--user", "ada"),
        ("import", "good.csv", "--kind", "customers"),
        ("recompute",),
    ],
)
def test_without_tables_a_command_says_what_to_run_first(tmp_path, words):
    site = Site(tmp_path)
    (tmp_path / "good.csv").write_text("name\n砚湖\n", encoding="utf-8")

    assert "wendu migrate" in refused(site.typed(*words), NO_DATABASE)


def test_a_server_that_does_not_answer_is_said_in_both_languages(tmp_path):
    words = ("plan", "--user", "ada")

    said = refused(Site(tmp_path).typed(*words, DATABASE_URL="postgresql://x@127.0.0.1:1/x"), NO_DATABASE)

    assert "The database refused" in said


def test_a_folder_nobody_can_write_is_named(tmp_path):
    assert "WENDU_DATA_DIR" in refused(Site(tmp_path).typed("user", "list", WENDU_DATA_DIR="/proc/x"), UNSAFE)


def test_a_taken_port_is_said_at_once(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SystemExit):
        serve(port=taken.getsockname()[1])

    assert "--port 8001" in capsys.readouterr().err


def test_before_there_is_an_administrator_the_system_exports(db, tmp_path):
    call_the_cast()
    User.objects.filter(role="admin").update(is_active=False)
    make_customer(User.objects.get(username="alice"), "砚湖")

    exchanging.export_file(tmp_path / "out.csv", kind="customers", login="")

    assert "砚湖" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")

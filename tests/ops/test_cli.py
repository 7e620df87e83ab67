"""The `wendu` command: answers at once, refuses in both languages, and says by its exit code what happened."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cast import MONDAY
from tests.exchange.bringing import table
from tests.factories import make_customer
from wendu.customers.models import Customer, CustomField
from wendu.imports.models import ColumnTemplate
from wendu.ops import exchanging, plan, users
from wendu.ops.doctor import find

WENDU = str(Path(sys.executable).parent / "wendu")


def typed(*words, **environment):
    return subprocess.run(
        [WENDU, *words], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def refused(capsys, act):
    with pytest.raises(SystemExit) as ended:
        act()
    return ended.value.code, capsys.readouterr().err


def test_help_does_not_load_django():
    code = "import sys; from wendu.ops import cli; assert not any(name.startswith('django') for name in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help_names_every_command():
    told = typed("--help")

    assert told.returncode == 0
    for name in ("up", "demo", "migrate", "import", "export", "plan", "recompute", "doctor", "user", "bench"):
        assert name in told.stdout


@pytest.mark.parametrize("words", [("nothing",), ("import",), ("plan",), ("import", "a.csv", "--kind")])
def test_a_command_typed_wrong_is_refused_in_both_languages(words):
    told = typed(*words)

    assert told.returncode == 2
    assert "命令写得不对" in told.stderr
    assert "The command is not right" in told.stderr


def test_unsafe_settings_end_the_command_with_their_own_words(tmp_path):
    told = typed(
        "doctor", WENDU_DATA_DIR=str(tmp_path), WENDU_SECRET_KEY="", DJANGO_SETTINGS_MODULE="wendu.config.settings"
    )

    assert told.returncode == 78
    assert "WENDU_SECRET_KEY" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_is_imported_and_the_report_written(cast, tmp_path, capsys):
    path, report = table(tmp_path, "name,headcount\nA,1\nB,many\n"), tmp_path / "report.json"

    with pytest.raises(SystemExit) as ended:
        exchanging.import_file(path, kind="customers", login="ada", report=report)

    assert ended.value.code == 3
    assert '"rejected": 1' in report.read_text(encoding="utf-8")
    assert "headcount" in capsys.readouterr().err


def _template(cast, **wishes):
    told = {"kind": "customers", "name": "工厂名录", "columns": {"厂名": "name", "人数": "headcount"}}
    return ColumnTemplate.objects.create(**told, made_by=cast.alice, made_at=MONDAY, **wishes)


def test_a_file_is_read_by_a_template_and_known_rows_are_treated_as_it_says(cast, tmp_path):
    _template(cast, on_match="skip")
    make_customer(cast.alice, "甲厂", headcount=5)
    path = table(tmp_path, "厂名,人数,别的\n甲厂,9,x\n乙厂,7,y\n")

    exchanging.import_file(path, kind="customers", login="", report=None, template="工厂名录")

    assert dict(Customer.objects.values_list("name", "headcount")) == {"甲厂": 5, "乙厂": 7}

    exchanging.import_file(path, kind="customers", login="", report=None, template="工厂名录", on_match="update")

    assert dict(Customer.objects.values_list("name", "headcount")) == {"甲厂": 9, "乙厂": 7}


def test_a_template_nobody_made_is_refused_with_those_there_are(cast, tmp_path, capsys):
    _template(cast)
    path = table(tmp_path, "厂名\n甲厂\n")

    code, told = refused(
        capsys, lambda: exchanging.import_file(path, kind="customers", login="", report=None, template="没有")
    )

    assert code == 2
    assert "工厂名录" in told


def test_a_try_counts_as_the_import_would_and_leaves_nothing(cast, tmp_path, capsys):
    fields = "custom_fields: {fleet: {zh: 车队, en: Fleet, type: text}}"
    by = table(tmp_path, f"kind: customers\ncolumns: {{厂名: name, 车: custom.fleet}}\n{fields}\n", "map.yaml")
    path, rejects = table(tmp_path, "厂名,车\n甲厂,3\n,4\n甲厂,3\n"), tmp_path / "rejects.csv"

    with pytest.raises(SystemExit) as ended:
        exchanging.import_file(
            path, kind="customers", login="", report=None, map_path=by, rejects=rejects, dry_run=True
        )

    assert ended.value.code == 3
    assert re.findall(r"\d+", capsys.readouterr().out) == ["3", "2", "1", "0", "1", "1"]
    assert not Customer.objects.exists()
    assert not CustomField.objects.exists()
    assert len(rejects.read_text(encoding="utf-8-sig").splitlines()) == 2


def test_a_wrong_file_kind_or_person_is_refused(cast, tmp_path, capsys):
    missing = tmp_path / "none.csv"

    code, told = refused(capsys, lambda: exchanging.import_file(missing, kind="customers", login="", report=None))
    assert (code, str(missing) in told) == (2, True)
    code, _ = refused(capsys, lambda: exchanging.import_file(missing, kind="deals", login="", report=None))
    assert code == 2
    code, told = refused(capsys, lambda: exchanging.import_file(missing, kind="users", login="nobody", report=None))
    assert (code, "nobody" in told) == (2, True)
    code, _ = refused(capsys, lambda: exchanging.import_file(missing, kind="users", login="alice", report=None))
    assert code == 4


def test_the_command_acts_for_the_first_administrator_else_for_the_system(cast):
    assert exchanging.acting("") == cast.ada
    assert exchanging.acting("林小雅") == cast.alice
    cast.ada.is_active = False
    cast.ada.save()
    assert exchanging.acting("") is None


def test_an_export_says_how_many_rows(cast, tmp_path, capsys):
    exchanging.export_file(tmp_path / "out.csv", kind="users", login="")

    assert "9" in capsys.readouterr().out


def test_people_are_let_in_and_out(cast, capsys, monkeypatch):
    monkeypatch.setattr(users, "_asked", lambda: "wen-du-2026-new")
    users.add_user("zoe", full_name="周一", role="service", team="华南部", email="", wants_password=True)
    users.change_role("zoe", "manager")
    users.change_password("周一")
    users.list_users()

    told = capsys.readouterr().out
    assert "zoe" in told
    users.close_login("zoe")
    from wendu.identity.models import User

    zoe = User.objects.get(username="zoe")
    assert (zoe.role, zoe.is_active, zoe.team) == ("manager", False, cast.south)
    assert zoe.check_password("wen-du-2026-new")


@pytest.mark.parametrize(
    "act",
    [
        lambda: users.change_role("nobody", "rep"),
        lambda: users.change_role("alice", "king"),
        lambda: users.close_login("ada"),
        lambda: users.add_user("x", full_name="", role="rep", team="无此队", email="", wants_password=False),
        lambda: plan.print_plan("nobody", as_of=None, capacity=None, wants_json=False, lang="en"),
    ],
)
def test_what_cannot_be_done_to_people_is_refused(cast, capsys, act):
    code, told = refused(capsys, act)

    assert code == 2
    assert told


def test_the_doctor_finds_a_well_house_well_and_a_lost_standing(cast):
    from tests.factories import make_customer
    from wendu.coach.models import Standing
    from wendu.identity.actions import found_organisation
    from wendu.kernel.clock import now

    found_organisation(at=now())
    make_customer(cast.alice)
    assert [finding.what for finding in find() if not finding.is_well] == []

    Standing.objects.all().delete()
    (unwell,) = [finding for finding in find() if not finding.is_well]
    assert "wendu recompute" in unwell.mend


def test_recompute_brings_back_standings_and_search(cast, capsys):
    from tests.factories import make_customer
    from wendu.coach.models import Standing
    from wendu.ops.recompute import rebuild
    from wendu.search.models import Entry

    make_customer(cast.alice)
    Standing.objects.all().delete()
    Entry.objects.all().delete()

    rebuild(with_search=True)

    assert (Standing.objects.count(), Entry.objects.count()) == (1, 1)

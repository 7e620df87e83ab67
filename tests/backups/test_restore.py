"""A backup brought back by `wendu restore` is the same firm, on this database and on an older one."""

import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.backups.houses import a_house
from tests.cast import MONDAY, call_the_cast
from tests.factories import make_customer
from tests.touches.making import draft
from wendu.backups.archive import MANIFEST, Archive, new_archive
from wendu.backups.manifest import Step
from wendu.backups.schema import applied_steps
from wendu.backups.writing import write_backup
from wendu.kernel.presence import alone, stay
from wendu.touches.actions import log_touch

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED, NOT_CONFIRMED, LATER, UNSAFE = 2, 4, 75, 78
LATEST_STEP = ("coach", "9999_from_the_future")


@pytest.fixture
def house(db, tmp_path):
    with a_house(tmp_path / "house", "restored") as ours:
        yield ours


@pytest.fixture
def backup(transactional_db, tmp_path, settings) -> Path:
    """Of Alice's firm: a customer that stands, the number of one that was purged, and an uploaded file."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    (settings.MEDIA_ROOT / "letters").mkdir(parents=True)
    (settings.MEDIA_ROOT / "letters" / "offer.txt").write_text("报价", encoding="utf-8")
    (settings.MEDIA_ROOT / "exports" / "one").mkdir(parents=True)
    (settings.MEDIA_ROOT / "exports" / "one" / "table.csv").write_text("名单", encoding="utf-8")
    alice = call_the_cast().alice
    log_touch(customer=make_customer(alice, "砚湖轴承"), actor=alice, at=MONDAY, draft=draft())
    make_customer(alice, "删掉的").delete()
    path = tmp_path / "firm.zip"
    write_backup(path, at=MONDAY)
    return path


def sealed(path: Path) -> dict:
    with Archive(path) as archive:
        return dict(archive.manifest.tables)


def test_tables_taken_out_are_left_out(backup):
    with Archive(backup) as archive:
        assert list(archive.manifest.files) == ["letters/offer.txt"]


def test_the_firm_comes_back_the_same_and_what_was_there_is_kept(house, backup, tmp_path):
    first = house.run("restore", str(backup))
    assert (first.returncode, first.stderr.count("Traceback")) == (0, 0), first.stderr
    house.run("user", "add", "zoe", "--role", "admin")

    unasked = house.run("restore", str(backup), typed="wendu\n")
    assert unasked.returncode == NOT_CONFIRMED
    assert "zoe" in house.run("user", "list").stdout

    again = house.run("restore", str(backup), "--force")
    assert again.returncode == 0, again.stderr
    assert "zoe" not in house.run("user", "list").stdout
    assert "before" in again.stdout

    house.run("backup", str(tmp_path / "again.zip"))
    before, after = sealed(backup), sealed(tmp_path / "again.zip")
    differing = {name for name in before if before[name] != after[name]}
    assert differing == {"journal_entry"}, "only the entry that it was restored"
    assert after["journal_entry"].rows == before["journal_entry"].rows + 1
    assert after["customers_customer"].latest_id > highest_id(backup), "the number of one who was purged stays taken"
    assert (house.folder / "files" / "letters" / "offer.txt").read_text(encoding="utf-8") == "报价"
    assert kept_aside(house) == {"postgresql": 2, "sqlite": 1}[connection.vendor]


def highest_id(path: Path) -> int:
    with Archive(path) as archive:
        place = archive.manifest.tables["customers_customer"].columns.index("id")
        return max(cells[place] for rows in archive.lines("customers_customer") for cells in rows)


def kept_aside(house) -> int:
    if connection.vendor == "sqlite":
        return len(list(house.folder.glob("wendu.sqlite3.before-restore-*")))
    import psycopg

    with psycopg.connect(house.database_url) as raw:
        return raw.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'before_restore_%'").fetchone()[0]


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(house, tmp_path):
    house.manage("migrate", "identity")
    house.manage("migrate", "journal", "0001")
    house.manage("migrate", "jobs", "0001")
    early = house.run("backup", str(tmp_path / "early.zip"))
    assert early.returncode == 0, early.stderr
    assert "journal_entry" in sealed(tmp_path / "early.zip")
    assert "touches_touch" not in sealed(tmp_path / "early.zip")

    back = house.run("restore", str(tmp_path / "early.zip"), "--force")

    assert back.returncode == 0, back.stderr
    assert "up to date" in house.run("doctor").stdout


def test_a_backup_of_a_later_version_is_refused_in_both_languages(house, backup, tmp_path):
    later = tmp_path / "later.zip"
    with Archive(backup) as old, new_archive(later) as new:
        migrations = [*old.manifest.migrations, LATEST_STEP]
        new.close(old.manifest.model_copy(update={"migrations": migrations, "version": "9.0", "tables": {}}))

    told = house.run("restore", str(later), "--force")

    assert told.returncode == REFUSED
    assert "coach.9999_from_the_future" in told.stderr
    assert "9.0" in told.stderr
    assert "先装" in told.stderr
    assert not (house.folder / "wendu.sqlite3").exists()


JOINED = ("customers", "0001_initial")


def with_joined(*reached: Step) -> list[Step]:
    """Migrations of a database that went through these instead of the one of today which replaces them."""
    replaced = MigrationLoader(None).disk_migrations[JOINED].replaces
    return [step for step in applied_steps(connection) if step not in {JOINED, *replaced}] + list(reached)


def with_steps(backup: Path, path: Path, steps: list[Step]) -> Path:
    """The same backup, said to stand at other migrations."""
    with zipfile.ZipFile(backup) as parts, Archive(backup) as old, new_archive(path) as new:
        for name in parts.namelist():
            if name != MANIFEST:
                new.add(name, [parts.read(name)])
        new.close(old.manifest.model_copy(update={"migrations": steps}))
    return path


def test_a_backup_from_before_migrations_were_joined_comes_back(house, backup, tmp_path):
    whole = MigrationLoader(None).disk_migrations[JOINED].replaces
    old = with_steps(backup, tmp_path / "old.zip", with_joined(*whole))

    back = house.run("restore", str(old), "--force")

    assert back.returncode == 0, back.stderr
    house.run("backup", str(tmp_path / "again.zip"))
    assert sealed(old)["customers_customer"] == sealed(tmp_path / "again.zip")["customers_customer"]


def test_a_backup_from_the_middle_of_joined_migrations_is_refused(house, backup, tmp_path):
    first, *_rest = MigrationLoader(None).disk_migrations[JOINED].replaces
    halfway = with_steps(backup, tmp_path / "halfway.zip", with_joined(first))

    told = house.run("restore", str(halfway), "--force")

    assert told.returncode == REFUSED
    assert "customers.0001_customers_and_contacts" in told.stderr
    assert not (house.folder / "wendu.sqlite3").exists()


def test_a_damaged_backup_changes_nothing(house, backup):
    house.run("migrate")
    house.run("user", "add", "zoe")
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) // 2])

    told = house.run("restore", str(backup), "--force")

    assert told.returncode == REFUSED
    assert "后面缺了一截" in told.stderr
    assert "its end is missing" in told.stderr
    assert "zoe" in house.run("user", "list").stdout


def test_nothing_is_restored_under_a_running_server(house, backup):
    stay(house.folder)

    told = house.run("restore", str(backup), "--force")

    assert told.returncode == REFUSED
    assert "Stop it" in told.stderr


def test_a_server_waits_while_a_backup_is_restored(house):
    with alone(house.folder):
        for words in (["up", "--port", "1"], ["migrate"]):
            assert house.run(*words).returncode == LATER
        for module in ("wendu.config.wsgi", "wendu.jobs.worker"):
            assert house.start(module).returncode != 0


def test_an_older_program_does_not_start_on_the_tables_of_a_later_one(house):
    house.run("migrate")
    house.mark_migrated(*LATEST_STEP)

    for words in (["migrate"], ["up", "--port", "1"], ["backup"]):
        told = house.run(*words)
        assert told.returncode in (REFUSED, UNSAFE), words
        assert "coach.9999_from_the_future" in told.stderr
        assert "装回那个版本" in told.stderr

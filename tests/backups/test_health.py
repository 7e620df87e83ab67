"""Who looks after the house is told when no backup succeeds, and the night asks for one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder

from wendu.backups import restoring
from wendu.backups.actions import FAILED, ask_for_backup, ask_nightly, make_backup, note_restored
from wendu.backups.errors import RestoredDiffers
from wendu.backups.folder import name_at
from wendu.backups.queries import backup_health, backup_history, backup_is_due, backup_under_way
from wendu.jobs.actions import run_now
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # in Shanghai
HOUR = timedelta(hours=1)


@pytest.fixture
def old_house(cast):
    """Installed a month ago."""
    MigrationRecorder.Migration.objects.update(applied=NOON - timedelta(days=30))
    return cast


def made(actor, at=NOON, folder="/var/backups"):
    from wendu.backups.actions import Made, _note

    _note(Made(name_at(at), 1000, 10, verified=True), actor=actor, at=at)


def failed(at, error="backup_not_written"):
    job = Job.objects.create(kind="backup.make", state=JobState.FAILED, error=error, ended_at=at)
    Job.objects.filter(pk=job.pk).update(created_at=at - timedelta(minutes=1))
    return job


def test_only_the_administrator_is_told(old_house):
    told = {user.username: backup_health(user, at=NOON) is not None for user in old_house.everyone}

    assert [name for name, is_told in told.items() if is_told] == ["ada"]
    assert backup_history(old_house.charlie) == []
    assert backup_under_way(old_house.charlie) is None


def test_a_house_without_a_backup_is_late_only_after_its_first_day(old_house):
    assert backup_health(old_house.ada, at=NOON).is_late

    MigrationRecorder.Migration.objects.update(applied=NOON - 23 * HOUR)
    assert backup_health(old_house.ada, at=NOON).is_well


def test_after_twenty_four_hours_a_backup_is_too_old(old_house):
    made(None, NOON)

    assert backup_health(old_house.ada, at=NOON + 24 * HOUR).is_well
    late = backup_health(old_house.ada, at=NOON + 25 * HOUR)
    assert (late.is_late, late.latest_at) == (True, NOON)


def test_the_backup_of_the_night_may_take_its_time(old_house):
    made(None, NOON)
    job = ask_for_backup(actor=None, at=NOON + 24 * HOUR)
    Job.objects.filter(pk=job.pk).update(created_at=NOON + 24 * HOUR)

    assert backup_health(old_house.ada, at=NOON + 24.5 * HOUR).is_well
    assert backup_health(old_house.ada, at=NOON + 26 * HOUR).is_late


def test_a_failure_is_told_at_once_until_one_succeeds(old_house):
    made(None, NOON)
    failed(NOON + HOUR)

    health = backup_health(old_house.ada, at=NOON + 2 * HOUR)
    assert (health.is_late, health.is_well, bool(health.failure)) == (False, False, True)

    made(None, NOON + 3 * HOUR)
    assert backup_health(old_house.ada, at=NOON + 4 * HOUR).is_well


def test_a_restored_house_counts_from_the_backup_it_came_from(old_house):
    note_restored(facts={"file": "a.zip", "made_at": NOON.isoformat()}, actor=None, at=NOON + 20 * HOUR)

    assert backup_health(old_house.ada, at=NOON + 23 * HOUR).is_well
    assert backup_health(old_house.ada, at=NOON + 25 * HOUR).latest_at == NOON


def test_the_night_asks_once_for_a_backup_and_rests_after_a_failure(old_house):
    two_at_night = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
    made(None, two_at_night - HOUR)

    assert not backup_is_due(at=two_at_night - timedelta(minutes=1))
    assert backup_is_due(at=two_at_night)
    assert ask_nightly(at=two_at_night)
    assert Job.objects.filter(kind="backup.make").count() == 1
    assert ask_nightly(at=two_at_night + timedelta(minutes=20))
    assert Job.objects.filter(kind="backup.make").count() == 1, "the one that waits is given again"

    Job.objects.all().delete()
    failed(two_at_night + HOUR)
    assert not backup_is_due(at=two_at_night + 2 * HOUR)
    assert backup_is_due(at=two_at_night + 4 * HOUR)

    made(None, two_at_night + 4 * HOUR)
    assert not ask_nightly(at=two_at_night + 23 * HOUR)


def test_only_the_administrator_may_ask(cast):
    for user in (cast.alice, cast.mona, cast.charlie, cast.eve):
        with pytest.raises(Denied):
            ask_for_backup(actor=user, at=NOON)

    assert ask_for_backup(actor=cast.ada, at=NOON).arguments["file"].endswith("wendu-20260302-040000.zip")


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_journaled_once_and_its_folder_kept_small(cast, tmp_path):
    for number in range(3):
        path = tmp_path / name_at(NOON + number * HOUR)
        make_backup(path=path, actor=cast.ada, at=NOON + number * HOUR, keep=2)
        make_backup(path=path, actor=cast.ada, at=NOON + number * HOUR, keep=2)

    entries = Entry.objects.filter(verb="backup.made").order_by("pk")
    assert [entry.note for entry in entries] == [name_at(NOON + number * HOUR) for number in range(3)]
    assert len(list(tmp_path.iterdir())) == 2
    assert entries[0].after["rows"] > 0


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_does_not_come_back_is_not_taken_for_a_good_one(cast, tmp_path, monkeypatch):
    def differs(*_args, **_options):
        raise RestoredDiffers(table="touches_touch")

    monkeypatch.setattr("wendu.backups.actions.verify", differs)
    path = tmp_path / name_at(NOON)

    with pytest.raises(RestoredDiffers):
        make_backup(path=path, actor=None, at=NOON, verifies=True)

    assert [file.name for file in tmp_path.iterdir()] == [FAILED]
    assert not Entry.objects.filter(verb="backup.made").exists()


@pytest.mark.django_db(transaction=True)
def test_rows_that_come_back_otherwise_are_noticed(cast, scratch, tmp_path, monkeypatch):
    filled = restoring.fill

    def lossy(connection, tables, archive, watch):
        filled(connection, tables, archive, watch)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE identity_user SET full_name = 'x' WHERE username = 'alice'")

    monkeypatch.setattr(restoring, "fill", lossy)

    with pytest.raises(RestoredDiffers) as told:
        make_backup(path=tmp_path / name_at(NOON), actor=None, at=NOON, verifies=True)

    assert told.value.params == {"table": "identity_user"}


@pytest.mark.django_db(transaction=True)
def test_a_job_that_cannot_write_says_so_in_words(cast, tmp_path):
    (tmp_path / "file").write_bytes(b"in the way of the folder")

    job = run_now("backup.make", actor=None, file=str(tmp_path / "file" / name_at(NOON)))

    assert (job.state, job.error) == (JobState.FAILED, "backup_not_written")
    assert backup_health(cast.ada, at=NOON).failure


@pytest.mark.django_db(transaction=True)
def test_a_job_makes_the_backup_it_was_asked_for(cast):
    path = Path(settings.BACKUP_DIR) / name_at(NOON + 5 * HOUR)
    path.unlink(missing_ok=True)

    job = run_now("backup.make", actor=cast.ada, file=str(path))

    assert (job.state, job.error) == (JobState.DONE, "")
    assert path.exists()
    assert job.progress > 0

"""The latest backups stay, the oldest go, and what is not a backup is left alone."""

import os
from datetime import UTC, datetime, timedelta

from wendu.backups.folder import forget_older, kept_in, name_at

NIGHT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def fill(folder, nights):
    for number in range(nights):
        (folder / name_at(NIGHT + timedelta(days=number))).write_bytes(b"x")


def test_the_name_tells_the_moment_in_utc():
    assert name_at(NIGHT) == "wendu-20260302-180000.zip"


def test_the_latest_stay(tmp_path):
    fill(tmp_path, 5)

    gone = forget_older(tmp_path, keep=3)

    assert [path.name for path in gone] == ["wendu-20260303-180000.zip", "wendu-20260302-180000.zip"]
    assert [kept.made_at for kept in kept_in(tmp_path)] == [NIGHT + timedelta(days=days) for days in (4, 3, 2)]


def test_other_files_are_left_alone(tmp_path):
    fill(tmp_path, 2)
    (tmp_path / "before-the-upgrade.zip").write_bytes(b"x")
    (tmp_path / "wendu-failed.zip").write_bytes(b"x")

    forget_older(tmp_path, keep=1)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "before-the-upgrade.zip",
        "wendu-20260303-180000.zip",
        "wendu-failed.zip",
    ]


def test_what_a_killed_backup_left_goes_after_a_day(tmp_path):
    old, young = tmp_path / ".wendu-1.zip.ab.partial", tmp_path / ".wendu-2.zip.cd.partial"
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (0, 0))

    forget_older(tmp_path, keep=1)

    assert [path.name for path in tmp_path.iterdir()] == [young.name]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert kept_in(tmp_path / "none") == []

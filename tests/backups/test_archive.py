"""The file of a backup is whole or it is not there, and whatever was done to it later shows."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wendu.backups.archive import MANIFEST, Archive, file_part, new_archive
from wendu.backups.errors import BackupDamaged, BackupFileExists, BackupUnreadable, NotABackup
from wendu.backups.manifest import FORMAT, Manifest

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TEXT = b"the whole firm in one file\n" * 4000


@pytest.fixture
def backup(tmp_path) -> Path:
    path = tmp_path / "wendu-20260302-020000.zip"
    write(path)
    return path


def write(path: Path, form: int = FORMAT) -> None:
    with new_archive(path) as archive:
        seal = archive.add(file_part("a/letter.txt"), [TEXT[:100], TEXT[100:]])
        archive.close(
            Manifest(
                format=form,
                version="0.1.0",
                made_at=AT,
                database="sqlite",
                organisation="温度商贸",
                migrations=[("identity", "0001_initial")],
                tables={},
                files={"a/letter.txt": seal},
            )
        )


def test_a_backup_that_is_whole_says_nothing(backup):
    with Archive(backup) as archive:
        archive.check()

        assert (archive.manifest.organisation, archive.manifest.made_at) == ("温度商贸", AT)
        assert archive.open_file("a/letter.txt").read() == TEXT


def test_only_its_owner_may_read_it(backup):
    assert backup.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("left", [0.0, 0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_short_is_refused_at_once(backup, left):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * left)])

    with pytest.raises(NotABackup) as told:
        Archive(backup)

    assert backup.name in told.value.text()


def test_a_file_that_is_no_backup_is_refused(tmp_path):
    other = tmp_path / "photos.zip"
    with zipfile.ZipFile(other, "w") as bag:
        bag.writestr("photo.txt", "smile")

    with pytest.raises(NotABackup):
        Archive(other)
    with pytest.raises(BackupUnreadable):
        Archive(tmp_path / "none.zip")


def test_a_backup_of_a_later_format_is_refused(tmp_path):
    write(tmp_path / "later.zip", form=FORMAT + 1)

    with pytest.raises(NotABackup):
        Archive(tmp_path / "later.zip")


def test_one_byte_altered_anywhere_is_found(backup):
    content = backup.read_bytes()
    steps = range(0, len(content), max(1, len(content) // 200))

    unnoticed = [place for place in steps if not is_refused(backup, content, place)]

    # A ZIP has bytes that carry nothing (times, versions): altered, they change nothing that is read back.
    assert all(reads_the_same(backup, content, place) for place in unnoticed)
    assert len(unnoticed) < len(steps) / 4


def is_refused(backup: Path, content: bytes, place: int) -> bool:
    backup.write_bytes(content[:place] + bytes([content[place] ^ 0x20]) + content[place + 1 :])
    try:
        with Archive(backup) as archive:
            archive.check()
    except (NotABackup, BackupDamaged):
        return True
    return False


def reads_the_same(backup: Path, content: bytes, place: int) -> bool:
    backup.write_bytes(content[:place] + bytes([content[place] ^ 0x20]) + content[place + 1 :])
    with Archive(backup) as archive:
        return archive.open_file("a/letter.txt").read() == TEXT and archive.manifest.made_at == AT


def test_a_part_exchanged_for_another_is_found_though_the_zip_itself_is_fine(backup, tmp_path):
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"other" if name != MANIFEST else old.read(name))
        new.comment = old.comment

    with Archive(forged) as archive, pytest.raises(BackupDamaged) as told:
        archive.check()

    assert "letter.txt" in told.value.text()


def test_a_manifest_exchanged_for_another_is_found(backup, tmp_path):
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"0.1.0", b"9.1.0"))
        new.comment = old.comment

    with pytest.raises(BackupDamaged):
        Archive(forged)


def test_what_breaks_in_the_middle_leaves_no_file(tmp_path):
    def pieces():
        yield TEXT
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"), new_archive(tmp_path / "half.zip") as archive:
        archive.add(file_part("a"), pieces())

    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_never_written_over_another(backup):
    content = backup.read_bytes()

    with pytest.raises(BackupFileExists):
        write(backup)

    assert backup.read_bytes() == content
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]

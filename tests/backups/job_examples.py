"""Worlds in which a backup is missing."""

import shutil
from pathlib import Path

from django.conf import settings

from tests.cast import call_the_cast
from tests.jobs.twice import example


@example("backup.daily")
def no_backup_tonight():
    call_the_cast()
    return {}


@example("backup.make")
def an_empty_folder():
    call_the_cast()
    folder = Path(settings.BACKUP_DIR)
    shutil.rmtree(folder, ignore_errors=True)
    return {"file": str(folder / "wendu-20260302-020000.zip")}

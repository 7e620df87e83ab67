"""Starting Django for a command, with refusals said in one clear line instead of a traceback."""

import os
import sys
from pathlib import Path

from wendu.ops.said import fail, fail_twice

UNSAFE, LATER = 78, 75


def start_django() -> None:
    """Load settings and apps; a setting that is not safe ends the command with its own words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wendu.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as refused:
        fail(str(refused), code=UNSAFE)
    _speak_the_shells_language()


def prepare_site(*, quiet: bool = True) -> None:
    """Bring the database up to date and lay the static files out, both only if there is something to do."""
    from django.conf import settings
    from django.core.management import call_command

    from wendu.kernel.presence import InUse, stay
    from wendu.kernel.statistics import count_anew

    try:
        stay(settings.DATA_DIR)
    except InUse:
        fail("正在恢复备份，完成后再来 / a backup is being restored; come back when that is done", code=LATER)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        Path(str(settings.DATABASES["default"]["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    _refuse_later_tables()
    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)
    count_anew()
    call_command("collectstatic", verbosity=0, interactive=False)
    _found_the_house()


def _refuse_later_tables() -> None:
    """An older program on the tables of a later one would write what that one cannot read."""
    from django.db import connection

    from wendu.backups.errors import DatabaseTooNew
    from wendu.backups.schema import applied_steps, unknown_steps
    from wendu.backups.writing import named

    if unknown := unknown_steps(applied_steps(connection)):
        fail_twice(DatabaseTooNew(unknown=named(unknown)).text, code=UNSAFE)


def _found_the_house() -> None:
    """Set the organisation up once, and bring the days off of the years that have come near since."""
    from wendu.identity.actions import found_organisation
    from wendu.kernel.clock import now

    found_organisation(at=now())


def _speak_the_shells_language() -> None:
    """Chinese unless the shell clearly speaks English."""
    from django.utils import translation

    shell = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    translation.activate("en" if shell.lower().startswith("en") else "zh-hans")


def python() -> str:
    """The interpreter this command runs in, for child processes."""
    return sys.executable

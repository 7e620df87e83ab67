"""A house of its own for the `wendu` command: an empty database on the engine under test, and an empty data folder."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

WENDU = str(Path(sys.executable).parent / "wendu")
KEY = "k3v9-Zp7Qm2Xw8Lr5Tn1Yb6Hd4Sg0Jf-Uc7Ea9Vo3Ki5Mx8Nq2Wt6"


class House:
    """Where `wendu` runs as on a server."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.database_url = database_url
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("WENDU_", "DJANGO_"))},
            "WENDU_DATA_DIR": str(folder),
            "WENDU_SECRET_KEY": KEY,
            "WENDU_LOG_LEVEL": "ERROR",
            "DATABASE_URL": database_url,
            "LANG": "en_US.UTF-8",
            "LC_ALL": "",
            "LC_MESSAGES": "",
        }

    def run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [WENDU, *words], env=self.environment, capture_output=True, text=True, check=False, input=typed
        )

    def start(self, module: str) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "wendu.config.settings"}
        command = [sys.executable, "-m", module]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    def manage(self, *words: str) -> None:
        program = "import sys; from django.core.management import execute_from_command_line as run; run(sys.argv)"
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "wendu.config.settings"}
        subprocess.run([sys.executable, "-c", program, *words], env=environment, capture_output=True, check=True)

    def read_as(self, username: str, *urls: str) -> str:
        """The pages of the house as somebody signed in reads them, one after another."""
        code = (
            "import sys, django; django.setup(); from django.test import Client;"
            "from django.contrib.auth import get_user_model; from django.conf import settings;"
            "plain = 'django.contrib.staticfiles.storage.StaticFilesStorage';"
            "settings.STORAGES['staticfiles'] = {'BACKEND': plain};"
            "client = Client(headers={'accept-language': 'zh-hans', 'host': 'localhost'});"
            "client.force_login(get_user_model().objects.get(username=sys.argv[1]),"
            " backend='allauth.account.auth_backends.AuthenticationBackend');"
            "pages = [client.get(url, secure=True) for url in sys.argv[2:]];"
            "print('\\n'.join(f'{page.status_code} {page.content.decode()}' for page in pages))"
        )
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "wendu.config.settings"}
        command = [sys.executable, "-c", code, username, *urls]
        read = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert read.returncode == 0, read.stderr
        return read.stdout

    def mark_migrated(self, app: str, name: str) -> None:
        """Let the database say that a later program was at work."""
        code = (
            "import sys, django; django.setup(); from django.db import connection;"
            "from django.db.migrations.recorder import MigrationRecorder;"
            "MigrationRecorder(connection).record_applied(*sys.argv[1:])"
        )
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "wendu.config.settings"}
        subprocess.run([sys.executable, "-c", code, app, name], env=environment, capture_output=True, check=True)


@contextmanager
def a_house(folder: Path, name: str):
    """Give an empty house on the engine the tests run on."""
    folder.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        yield House(folder, "")
        return
    database = f"{connection.settings_dict['NAME']}_{name}"
    _admin(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    _admin(f"CREATE DATABASE {database}")
    try:
        where = connection.settings_dict
        yield House(folder, f"postgresql://{where['USER']}@{where['HOST']}:{where['PORT']}/{database}")
    finally:
        _admin(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def _admin(statement: str) -> None:
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(statement)
    finally:
        own.close()

"""The settings under which tests run: production rules on this machine, nothing kept, nothing sent."""

import os
import tempfile
from pathlib import Path

os.environ["WENDU_SECRET_KEY"] = "only-for-tests-" + "0123456789abcdef" * 4
os.environ["WENDU_BASE_URL"] = "http://localhost"
os.environ["WENDU_ALLOWED_HOSTS"] = "testserver"
os.environ["WENDU_LOG_LEVEL"] = "ERROR"
os.environ["WENDU_BACKUP_VERIFY"] = "0"
os.environ["WENDU_DATA_DIR"] = str(Path(tempfile.gettempdir()) / f"wendu-test-{os.getuid()}")
for _name in (
    "WENDU_DEBUG",
    "WENDU_DEMO",
    "WENDU_PROXY_COUNT",
    "WENDU_MAIL_HOST",
    "WENDU_BACKUP_DIR",
    "WENDU_BACKUP_KEEP",
):
    os.environ.pop(_name, None)

from wendu.config.settings import *  # noqa: E402 - the environment must be set first
from wendu.config.settings import DATA_DIR, DATABASES, ON_SQLITE  # noqa: E402 - as above

if ON_SQLITE:
    # A file: in memory, a second connection is refused at once instead of waiting its turn.
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / f"test-{os.getpid()}.sqlite3")}
BACKUP_DIR = DATA_DIR / f"backups-{os.getpid()}"  # a run beside this one clears its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

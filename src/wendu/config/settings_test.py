"""The settings under which tests run: production rules on this machine, nothing kept, nothing sent."""

import os
import tempfile
from pathlib import Path

os.environ["WENDU_SECRET_KEY"] = "only-for-tests-" + "0123456789abcdef" * 4
os.environ["WENDU_BASE_URL"] = "http://localhost"
os.environ["WENDU_ALLOWED_HOSTS"] = "testserver"
os.environ["WENDU_LOG_LEVEL"] = "ERROR"
os.environ["WENDU_DATA_DIR"] = str(Path(tempfile.gettempdir()) / f"wendu-test-{os.getuid()}")
for _name in ("WENDU_DEBUG", "WENDU_DEMO", "WENDU_PROXY_COUNT", "WENDU_MAIL_HOST"):
    os.environ.pop(_name, None)

from wendu.config.settings import *  # noqa: E402 - the environment must be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

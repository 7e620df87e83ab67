"""The entry for the web server; it refuses to serve on a database role that is not safe, or during a restore."""

import os

from django.conf import settings
from django.core.checks import ERROR, Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from wendu.kernel.memory import settle
from wendu.kernel.presence import InUse, stay

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wendu.config.settings")

application = get_wsgi_application()

_faults = [fault.msg for fault in run_checks(tags=[Tags.database], databases=["default"]) if fault.level >= ERROR]
if _faults:
    raise ImproperlyConfigured(" | ".join(_faults))

try:
    stay(settings.DATA_DIR)
except InUse:
    raise ImproperlyConfigured(
        "正在恢复备份，完成后再启动 / a backup is being restored; start again afterwards"
    ) from None

settle()

"""The entry for the web server; it refuses to serve on a database role that is not safe."""

import os

from django.core.checks import ERROR, Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wendu.config.settings")

application = get_wsgi_application()

_faults = [fault.msg for fault in run_checks(tags=[Tags.database], databases=["default"]) if fault.level >= ERROR]
if _faults:
    raise ImproperlyConfigured(" | ".join(_faults))

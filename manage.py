#!/usr/bin/env python
"""Django's own commands; the product's commands are `wendu --help`."""

import os
import sys


def main() -> None:
    """Run one command, or say in one line why the settings forbid it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wendu.config.settings")
    from django.conf import settings  # noqa: PLC0415 - after the module is named
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reading it loads the settings
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

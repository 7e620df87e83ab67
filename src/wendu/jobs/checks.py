"""Checked with every command: all job modules load, and no room's jobs are forgotten."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from wendu.jobs.registry import load


@register()
def job_modules_are_complete(**_options: Any) -> list[CheckMessage]:
    """Every `jobs.py` of a room is listed in `settings.JOB_MODULES`, and every listed module loads."""
    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("wendu.")]
    forgotten = [f"{room}.jobs" for room in rooms if find_spec(f"{room}.jobs") is not None]
    found: list[CheckMessage] = [
        Error(f"{module} is not listed in settings.JOB_MODULES", id="wendu.jobs.E001")
        for module in forgotten
        if module not in settings.JOB_MODULES
    ]
    try:
        load()
    except (ImportError, ValueError) as error:
        found.append(Error(f"settings.JOB_MODULES: {error}", id="wendu.jobs.E002"))
    return found

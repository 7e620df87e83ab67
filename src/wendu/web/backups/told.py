"""Backups in words: the state of the house, one row of the history, and the warning on other pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.backups.queries import Health, backup_health
from wendu.identity.models import Organisation
from wendu.jobs.models import Job
from wendu.journal.models import Entry

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Banner:
    """One line over a page that something must be done."""

    kind: str
    icon: str
    words: str
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One backup or restore of the past."""

    icon: str
    when: str
    who: str
    size: str
    words: str


def backup_banners(user: Any, *, at: datetime) -> list[Banner]:
    """The warning for whoever can do something about it, while no backup succeeds."""
    health = backup_health(user, at=at)
    if health is None or health.is_well:
        return []
    return [Banner("risk", "alert-triangle", _warning(health), reverse("backups:list"), _("Backups"))]


def lead_of(health: Health, under_way: Job | None) -> str:
    """How the backups stand, in one sentence."""
    if under_way is not None:
        return _("A backup is being made.")
    if not health.is_well:
        return _warning(health)
    if health.latest_at is None:
        return _("The first backup is made in the coming night.")
    return _("Latest backup: %(when)s") % {"when": _clock(health.latest_at)}


def row_of(entry: Entry) -> Row:
    """Tell one backup, or that one was brought back."""
    facts = dict(entry.after or {})
    who = entry.actor.display_name if entry.actor else _("by itself")
    if entry.verb == "backup.restored":
        words = _("%(file)s was restored") % {"file": facts.get("file", "")}
        return Row("history", _clock(entry.at), _("on the server"), "", words)
    rows = int(facts.get("rows", 0))
    counted = ngettext("%(rows)s row", "%(rows)s rows", rows) % {"rows": f"{rows:,}"}
    proof = _("tried out: came back the same") if facts.get("verified") else _("read back and found whole")
    size = f"{int(facts.get('bytes', 0)) / MEGABYTE:,.1f} MB"
    return Row("archive", _clock(entry.at), who, size, f"{facts.get('file', '')} · {counted} · {proof}")


def _warning(health: Health) -> str:
    latest = _clock(health.latest_at) if health.latest_at else _("none yet")
    if health.failure:
        facts = {"latest": latest, "why": health.failure}
        return _("The latest backup failed: %(why)s. Latest good one: %(latest)s.") % facts
    return _("No backup for more than 24 hours. Latest: %(latest)s.") % {"latest": latest}


def _clock(at: datetime) -> str:
    """A moment as the clock on the wall of the organisation shows it."""
    return f"{at.astimezone(ZoneInfo(Organisation.objects.current().time_zone)):%Y-%m-%d %H:%M}"

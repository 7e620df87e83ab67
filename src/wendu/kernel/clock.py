"""The clock: read once at a door, then passed in as `at`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Say what time it is, aware and in UTC; only doors and jobs may ask."""
    return datetime.now(tz=UTC)


def today_in(zone: str, at: datetime) -> date:
    """Say which business day a moment belongs to in a time zone."""
    return at.astimezone(_zone(zone)).date()


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)

"""Times of the day on pages are those of the house, wherever the reader and the server are."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wendu.identity.models import Organisation


class HouseZone(tzinfo):
    """The organisation's time zone, looked up when a moment is shown: a page without one asks nothing."""

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """How far from UTC."""
        return _zone().utcoffset(dt)

    def dst(self, dt: datetime | None) -> timedelta | None:
        """How much of that is summer time."""
        return _zone().dst(dt)

    def tzname(self, dt: datetime | None) -> str | None:
        """Name it as the database knows it when no moment is given, as `zoneinfo` does with its key."""
        return _zone().tzname(dt)

    def fromutc(self, dt: datetime) -> datetime:
        """Tell a moment of UTC as the house's clock shows it."""
        return _zone().fromutc(dt.replace(tzinfo=_zone()))

    def __str__(self) -> str:
        return str(_zone())


HOUSE = HouseZone()


class HouseTime:
    """Show every moment of this request by the clock of the house."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(HOUSE):
            return self.get_response(request)


def _zone() -> ZoneInfo:
    return ZoneInfo(Organisation.objects.current().time_zone)

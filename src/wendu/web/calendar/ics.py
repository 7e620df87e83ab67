"""The days ahead as an iCalendar file (RFC 5545), without a phone number or mail address in it."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from wendu.desk.occasions import Occasion
from wendu.identity.models import Organisation, User
from wendu.web.letters.post import link, without_phones

ASK_AGAIN = timedelta(hours=1)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def calendar_file(user: User, occasions: Iterable[Occasion], *, today: date) -> bytes:
    """All of it as one file. The same days give the same bytes for a whole day, so that a programme reads them once."""
    found = Calendar()
    found.add("prodid", f"-//Wendu//{get_language()}")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _plain(_("Wendu · %(name)s") % {"name": user.display_name}))
    found.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT1H")
    zone = ZoneInfo(Organisation.objects.current().time_zone)
    stamp = datetime(today.year, today.month, today.day, tzinfo=zone).astimezone(UTC)
    for each in occasions:
        found.add_component(_event(each, stamp))
    return bytes(found.to_ical())


def _event(each: Occasion, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{each.key}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", stamp)
    event.add("dtstart", each.on)
    event.add("dtend", each.on + timedelta(days=1))
    event.add("summary", _plain(f"{each.customer} · {each.do}"))
    said = [each.why, _("Goal: %(objective)s") % {"objective": each.objective} if each.objective else ""]
    event.add("description", _plain("\n".join(line for line in said if line)))
    event.add("url", link("customers:page", each.customer_uuid))
    event.add("transp", "TRANSPARENT")
    return event


def _plain(text: str) -> str:
    """What people wrote may hold numbers, addresses and signs no calendar programme takes."""
    return without_phones(MAIL.sub("…", CONTROLS.sub("", text)))

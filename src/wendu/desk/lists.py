"""The list of customers, warmest first: one page of it, what it can be narrowed to, and how many there are."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from wendu.access.scope import people_in_scope
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import Standing, StandingQuerySet
from wendu.coach.queries import SORTS, Page, StandingFilter, bounded_count, hottest, page_of, standings_of
from wendu.desk.wording import lang, screen_band
from wendu.identity.models import Organisation, User
from wendu.method.codes import Status
from wendu.method.temperature import band
from wendu.search.queries import find

PAGE = 50
DEEPEST = 5000
PERCENT = 100
FOUND_AT_MOST = 100
NOBODY = -1
CLASSES = ("A", "B", "C", "D", "none")
ALERTS = ("strike", "missed_heat", "cold_gap", "window_overdue", "due", "revisit_due", "first_touch_due")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the list asks for; what is unknown is left out."""

    quadrant: str = ""
    status: str = ""
    owner: UUID | None = None
    alert: str = ""
    sort: str = "heat"
    text: str = ""
    offset: int = 0

    @property
    def narrows(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.quadrant or self.status or self.owner or self.alert or self.text)


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer of the list."""

    uuid: UUID
    name: str
    place: str
    heat: float | None
    band: str
    quadrant: str
    days_left: int | None
    window_used: float
    owner: str
    due_on: date | None
    days_late: int
    amount_minor: int | None
    status: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class CustomerList:
    """One page, and what stands around it."""

    rows: list[CustomerRow]
    asked: Asked
    count: str
    currency: str
    next_offset: int | None
    previous_offset: int | None
    owners: list[tuple[UUID, str]]
    shows_owner: bool


def customer_list(user: User, at: datetime, asked: Asked) -> CustomerList:
    """A page of the customers this user sees; a fixed number of queries."""
    frame = Frame.at(at)
    people = list(people_in_scope(user).active().order_by("full_name", "username", "pk")[:200])
    narrowed = _filter(asked, people)
    page, rows = _page(user, asked, narrowed, frame)
    count, more = bounded_count(rows)
    industries = _industries(frame)
    return CustomerList(
        rows=[_row(each, frame, industries) for each in page.rows],
        asked=asked,
        count=f"{count:,}+" if more else f"{count:,}",
        currency=Organisation.objects.current().currency,
        next_offset=page.offset + PAGE if page.has_more and page.offset + PAGE <= DEEPEST else None,
        previous_offset=max(0, page.offset - PAGE) if page.offset else None,
        owners=[(each.uuid, each.display_name) for each in people],
        shows_owner=len(people) > 1,
    )


def first_rows(user: User, frame: Frame, *, alert: str = "", status: str = "", limit: int) -> list[CustomerRow]:
    """The warmest few of the customers this user sees, of one alert or one status."""
    page = page_of(user, StandingFilter(alert=alert, status=status), frame, sort="heat", offset=0, limit=limit)
    industries = _industries(frame)
    return [_row(each, frame, industries) for each in page.rows]


def status_words(code: str) -> str:
    """Which list a customer belongs to."""
    return _statuses(get_language()).get(code, code)


@lru_cache(maxsize=8)
def _statuses(_language: str | None) -> dict[str, str]:
    return {
        Status.UNVISITED.value: pgettext("status", "Not yet contacted"),
        Status.IN_PURSUIT.value: pgettext("status", "In pursuit"),
        Status.EXISTING.value: pgettext("status", "Existing customer"),
        Status.NURTURING.value: pgettext("status", "Nurturing"),
        Status.DROPPED.value: pgettext("status", "Let go"),
    }


def alert_words(code: str) -> str:
    """What an alert of the list means."""
    words = {
        "strike": pgettext("alert", "Strike now"),
        "missed_heat": pgettext("alert", "Strike missed"),
        "cold_gap": pgettext("alert", "Cold gap"),
        "window_overdue": pgettext("alert", "Window over"),
        "due": pgettext("alert", "Due"),
        "revisit_due": pgettext("alert", "Revisit due"),
        "first_touch_due": pgettext("alert", "First talk due"),
    }
    return words[code]


def sort_words(code: str) -> str:
    """How the list is ordered."""
    words = {
        "heat": _("Temperature"),
        "due": _("Next due"),
        "deadline": _("Window end"),
        "amount": _("Open amount"),
        "latest": _("Latest touch"),
    }
    return words[code]


def _filter(asked: Asked, people: list[User]) -> StandingFilter:
    """A colleague one may not see owns nothing here, as far as this list tells."""
    owner = next((each.pk for each in people if each.uuid == asked.owner), NOBODY) if asked.owner else None
    return StandingFilter(quadrant=asked.quadrant, status=asked.status, owner_id=owner, alert=asked.alert)


def _page(user: User, asked: Asked, narrowed: StandingFilter, frame: Frame) -> tuple[Page, StandingQuerySet]:
    rows = standings_of(user, narrowed, frame)
    if not asked.text:
        return page_of(user, narrowed, frame, sort=asked.sort, offset=asked.offset, limit=PAGE), rows
    hits = {entry.customer_id for entry in find(asked.text, user=user, limit=FOUND_AT_MOST)}
    rows = rows.filter(pk__in=hits)
    found = hottest(rows, frame, offset=asked.offset, limit=PAGE + 1)
    return Page(tuple(found[:PAGE]), asked.offset, len(found) > PAGE), rows


def _industries(frame: Frame) -> dict[str, str]:
    tongue = lang()
    return {code: row.name.of(tongue) for code, row in frame.playbook.factors.industry.items()}


def _row(standing: Standing, frame: Frame, industries: dict[str, str]) -> CustomerRow:
    customer, today = standing.customer, frame.today
    industry = industries.get(customer.industry, customer.industry)
    touched = standing.latest_touch_on is not None or standing.heat > 0
    heat = heat_today(standing, frame) if touched else None
    return CustomerRow(
        uuid=customer.uuid,
        name=customer.name,
        place=" · ".join(part for part in (customer.city or customer.province, industry) if part),
        heat=heat,
        band=screen_band(band(heat, frame.scale.heat)) if heat is not None else "",
        quadrant=standing.quadrant,
        days_left=(standing.deadline_on - today).days if standing.deadline_on else None,
        window_used=_used(standing, today),
        owner=standing.owner.display_name if standing.owner else "",
        due_on=standing.due_on,
        days_late=(today - standing.due_on).days if standing.due_on else 0,
        amount_minor=standing.open_amount_minor,
        status=status_words(standing.status),
        is_provisional=standing.is_provisional,
    )


def _used(standing: Standing, today: date) -> float:
    if standing.window_from is None or standing.deadline_on is None:
        return 0.0
    length = (standing.deadline_on - standing.window_from).days
    return PERCENT * min(1.0, max(0.0, (today - standing.window_from).days / length)) if length > 0 else float(PERCENT)


def asked_from(query: Any) -> Asked:
    """What a query string asks for; values nobody offers are left out."""

    def one(name: str, allowed: Any, usual: str = "") -> str:
        value = query.get(name, usual)
        return value if value in allowed else usual

    return Asked(
        quadrant=one("class", CLASSES),
        status=one("status", [status.value for status in Status]),
        owner=_uuid(query.get("owner", "")),
        alert=one("alert", ALERTS),
        sort=one("sort", ("heat", *SORTS), "heat"),
        text=query.get("q", "").replace("\x00", "").strip()[:80],
        offset=_number(query.get("from", "")),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return min(int(text), DEEPEST) if text.isascii() and text.isdigit() and len(text) < len("100000") else 0

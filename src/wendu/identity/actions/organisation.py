"""The organisation's settings and its stopped days."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import available_timezones

import holidays
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wendu.identity.choices import HolidaySource, HouseLanguage
from wendu.identity.models import Holiday, Organisation, User
from wendu.identity.snapshot import forget_with_commit
from wendu.kernel.currencies import is_currency
from wendu.kernel.entity import advance
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.ports import permit, record

declare(
    *("organisation.founded", "organisation.edited"),
    *("holiday.added", "holiday.removed", "holidays.loaded", "holidays.dropped"),
)

PACE = ("asks_a_minute", "jobs_a_minute", "jobs_at_once")
FASTEST, SLOWEST_SEARCH = 10_000, 60
SETTINGS = ("name", "time_zone", "currency", "calendar_code", "year_starts_in", "language", "working_days", *PACE)
YEARS_BACK, YEARS_AHEAD = 3, 2
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100


class UnknownTimeZone(ActionError):
    """No such zone in the time zone database."""

    code = "unknown_time_zone"
    message = _("“%(value)s” is not a time zone. Choose one such as Asia/Shanghai.")
    field = "time_zone"


class UnknownCurrency(ActionError):
    """No such currency in ISO 4217."""

    code = "unknown_currency"
    message = _("“%(value)s” is not a currency code. Choose one such as CNY or USD.")
    field = "currency"


class UnknownCalendar(ActionError):
    """No such country in the holiday calendar."""

    code = "unknown_calendar"
    message = _("There is no holiday calendar “%(value)s”. Choose a country code such as CN, or leave it empty.")
    field = "calendar_code"


class BadSetting(ActionError):
    """A setting does not hold what it should."""

    code = "bad_setting"
    message = _("“%(value)s” cannot be used for %(name)s. Check the entry and try again.")

    def __init__(self, **params: object) -> None:
        super().__init__(**params)
        self.field = str(params.get("name"))


class WorklessWeek(ActionError):
    """A week without a working day leaves no day to plan for."""

    code = "workless_week"
    message = _("Choose at least one working day.")
    field = "working_days"


class TooSlowToSearch(ActionError):
    """The search asks at every pause of one's typing."""

    code = "too_slow_to_search"
    message = _("Nobody could search as they type. Allow at least %(least)s a minute, or 0 for as many as one likes.")
    field = "asks_a_minute"


class DayAlreadyStopped(ActionError):
    """The day is a holiday already."""

    code = "day_already_stopped"
    message = _("%(day)s is already a day off. Remove it first to rename it.")
    field = "day"


@transaction.atomic
def found_organisation(*, at: datetime, actor: User | None = None, **settings: object) -> Organisation:
    """Set the house up: the organisation's row and the public holidays around this year; later calls only add days."""
    permit(actor, "organisation.edit")
    organisation = Organisation.objects.first()
    if organisation is None:
        organisation = Organisation(**_checked(settings))
        organisation.save()
        forget_with_commit()
        record("organisation.founded", subject=organisation, actor=actor, at=at, after=_facts(organisation))
    year = organisation.today(at).year
    load_holidays(organisation, range(year - YEARS_BACK, year + YEARS_AHEAD + 1), actor=actor, at=at)
    return organisation


@transaction.atomic
def edit_organisation(*, actor: User | None, at: datetime, seen: int | None = None, **settings: object) -> Organisation:
    """Change settings (`SETTINGS`); a time zone, currency or calendar nobody knows is refused."""
    permit(actor, "organisation.edit")
    organisation = Organisation.objects.select_for_update().first() or found_organisation(actor=actor, at=at)
    clean = _checked(settings)
    before = {name: getattr(organisation, name) for name in clean if getattr(organisation, name) != clean[name]}
    if not before:
        return organisation
    advance(organisation, seen=seen)
    for name in before:
        setattr(organisation, name, clean[name])
    organisation.save(update_fields=[*before])
    forget_with_commit()
    after = {name: clean[name] for name in before}
    record("organisation.edited", subject=organisation, actor=actor, at=at, before=before, after=after)
    if "calendar_code" in before:
        _follow_calendar(organisation, actor=actor, at=at)
    return organisation


@transaction.atomic
def add_holiday(*, day: date, name: str, actor: User | None, at: datetime) -> Holiday:
    """Stop the clocks on a day, such as the firm's own anniversary."""
    permit(actor, "holiday.edit")
    name = " ".join(name.split())
    if not 1 <= len(name) <= 100:  # noqa: PLR2004  as in the table
        raise BadSetting(name="name", value=name[:40])
    try:
        with transaction.atomic():
            holiday = Holiday.objects.create(day=day, name=name, source=HolidaySource.MANUAL)
    except IntegrityError:
        raise DayAlreadyStopped(day=day.isoformat()) from None
    forget_with_commit()
    record("holiday.added", subject=holiday, actor=actor, at=at, after={"day": day, "name": name})
    return holiday


@transaction.atomic
def remove_holiday(*, holiday: Holiday, actor: User | None, at: datetime) -> None:
    """Let the clocks run on a day again."""
    permit(actor, "holiday.edit")
    kept = {"day": holiday.day, "name": holiday.name, "source": holiday.source}
    record("holiday.removed", subject=holiday, actor=actor, at=at, before=kept)
    holiday.delete()
    forget_with_commit()


@transaction.atomic
def load_holidays(
    organisation: Organisation, years: Iterable[int], *, actor: User | None, at: datetime, since: date = date.min
) -> int:
    """Add the public days off of these years from the organisation's calendar; says how many were new.

    China moves working days around its holidays (调休). What the State Council declares a day off is a stopped day,
    the swapped weekdays included; the weekend day worked instead is an ordinary day, and weekends never stop a clock
    anyway. Days entered by hand stay as they are. Years not yet announced bring the days fixed by law only; load them
    again after the announcement (usually in November). With `since`, days before it are left as they are.
    """
    permit(actor, "holiday.edit")
    wanted = sorted({year for year in years if EARLIEST_YEAR <= year <= LATEST_YEAR})
    if not organisation.calendar_code or not wanted:
        return 0
    known = set(Holiday.objects.values_list("day", flat=True))
    new = [
        Holiday(day=day, name=name[:100], source=HolidaySource.CALENDAR)
        for day, name in sorted(_public_days(organisation.calendar_code, wanted).items())
        if day >= since and day not in known
    ]
    if new:
        Holiday.objects.bulk_create(new)
        forget_with_commit()
        after = {"years": wanted, "added": [holiday.day for holiday in new]}
        record("holidays.loaded", subject=organisation, actor=actor, at=at, after=after)
    return len(new)


def _follow_calendar(organisation: Organisation, *, actor: User | None, at: datetime) -> None:
    """Another calendar holds from today on; what stopped the clocks before stays as it was."""
    today = organisation.today(at)
    old = Holiday.objects.filter(source=HolidaySource.CALENDAR, day__gte=today)
    gone = sorted(old.values_list("day", flat=True))
    if gone:
        old.delete()
        record("holidays.dropped", subject=organisation, actor=actor, at=at, before={"days": gone})
        forget_with_commit()
    load_holidays(organisation, range(today.year, today.year + YEARS_AHEAD + 1), actor=actor, at=at, since=today)


def _public_days(calendar_code: str, years: list[int]) -> dict[date, str]:
    language = "zh_CN" if calendar_code == "CN" else None
    return dict(holidays.country_holidays(calendar_code, years=years, language=language).items())


def _checked(settings: dict[str, object]) -> dict[str, object]:
    clean: dict[str, object] = {}
    for name, value in settings.items():
        if name not in SETTINGS:
            raise BadSetting(name=name, value=str(value)[:40])
        clean[name] = value.strip() if isinstance(value, str) else value
    if "time_zone" in clean and clean["time_zone"] not in available_timezones():
        raise UnknownTimeZone(value=str(clean["time_zone"])[:40])
    if "currency" in clean and not is_currency(str(clean["currency"])):
        raise UnknownCurrency(value=str(clean["currency"])[:40])
    if clean.get("calendar_code") and clean["calendar_code"] not in holidays.list_supported_countries():
        raise UnknownCalendar(value=str(clean["calendar_code"])[:40])
    if "name" in clean and not 1 <= len(str(clean["name"])) <= 200:  # noqa: PLR2004  as in the table
        raise BadSetting(name="name", value=str(clean["name"])[:40])
    if "language" in clean and clean["language"] not in HouseLanguage.values:
        raise BadSetting(name="language", value=str(clean["language"])[:40])
    if "working_days" in clean:
        clean["working_days"] = _week(str(clean["working_days"]))
    if "year_starts_in" in clean and clean["year_starts_in"] not in range(1, 13):
        raise BadSetting(name="year_starts_in", value=str(clean["year_starts_in"])[:40])
    _check_pace(clean)
    return clean


def _check_pace(clean: dict[str, object]) -> None:
    """How much one person may ask for; a search asks several times while one types."""
    for name in PACE:
        if name in clean and clean[name] not in range(FASTEST + 1):
            raise BadSetting(name=name, value=str(clean[name])[:40])
    if clean.get("asks_a_minute") in range(1, SLOWEST_SEARCH):
        raise TooSlowToSearch(least=SLOWEST_SEARCH)


def _week(days: str) -> str:
    """The working days in order, each once; what is no weekday is refused."""
    if set(days) - set("1234567"):
        raise BadSetting(name="working_days", value=days[:40])
    if not days:
        raise WorklessWeek
    return "".join(sorted(set(days)))


def _facts(organisation: Organisation) -> dict[str, object]:
    return {name: getattr(organisation, name) for name in SETTINGS}

from datetime import UTC, date, datetime

import pytest

from tests.cast import MONDAY
from wendu.identity import snapshot
from wendu.identity.actions import (
    add_holiday,
    edit_organisation,
    found_organisation,
    load_holidays,
    remove_holiday,
)
from wendu.identity.actions.organisation import (
    BadSetting,
    DayAlreadyStopped,
    UnknownCalendar,
    UnknownCurrency,
    UnknownTimeZone,
    WorklessWeek,
)
from wendu.identity.models import Holiday, Organisation
from wendu.identity.queries import holidays_between, stopped_days
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale


def test_before_set_up_the_defaults_hold(db):
    assert Organisation.objects.current().time_zone == "Asia/Shanghai"
    assert Organisation.objects.current().today(datetime(2026, 3, 1, 16, tzinfo=UTC)) == date(2026, 3, 2)
    assert not Organisation.objects.exists()


def test_the_house_is_set_up_once(db):
    first = found_organisation(at=MONDAY, name="温度商贸")
    again = found_organisation(at=MONDAY, name="别的名字")

    assert first == again
    assert Organisation.objects.current().name == "温度商贸"
    assert Holiday.objects.filter(day__year=2026).count() > 10
    assert Entry.objects.filter(verb="organisation.founded").count() == 1
    assert Entry.objects.filter(verb="holidays.loaded").count() == 1


def test_asking_for_the_organisation_again_costs_nothing(cast, django_assert_num_queries):
    Organisation.objects.current()

    with django_assert_num_queries(0):
        Organisation.objects.current()


def test_a_change_is_seen_at_once(cast):
    assert Organisation.objects.current().currency == "CNY"

    edit_organisation(actor=cast.ada, at=MONDAY, currency="USD", time_zone="Europe/Berlin")

    assert Organisation.objects.current().currency == "USD"
    entry = Entry.objects.get(verb="organisation.edited")
    assert entry.before == {"currency": "CNY", "time_zone": "Asia/Shanghai"}


def test_a_change_by_another_process_is_seen_soon(cast, monkeypatch):
    Organisation.objects.current()
    Organisation.objects.update(name="改了")
    assert Organisation.objects.current().name == "温度商贸"

    monkeypatch.setattr(snapshot, "monotonic", lambda: float("inf"))

    assert Organisation.objects.current().name == "改了"


@pytest.mark.parametrize(
    "settings,refusal",
    [
        ({"time_zone": "Mars/Olympus"}, UnknownTimeZone),
        ({"time_zone": "../../etc/passwd"}, UnknownTimeZone),
        ({"time_zone": "UTC'; drop table identity_user --"}, UnknownTimeZone),
        ({"time_zone": ""}, UnknownTimeZone),
        ({"currency": "XXX"}, UnknownCurrency),
        ({"currency": "cny"}, UnknownCurrency),
        ({"calendar_code": "ZZ"}, UnknownCalendar),
        ({"name": ""}, BadSetting),
        ({"year_starts_in": 13}, BadSetting),
        ({"language": "fr"}, BadSetting),
        ({"working_days": "01"}, BadSetting),
        ({"working_days": ""}, WorklessWeek),
        ({"revision": 9}, BadSetting),
        ({"only": False}, BadSetting),
    ],
)
def test_a_setting_nobody_knows_is_refused(cast, settings, refusal):
    before = Organisation.objects.values().get()

    with pytest.raises(refusal):
        edit_organisation(actor=cast.ada, at=MONDAY, **settings)

    assert Organisation.objects.values().get() == before


def test_the_second_of_two_editors_is_told(cast):
    edit_organisation(actor=cast.ada, at=MONDAY, name="一", seen=0)

    with pytest.raises(Stale):
        edit_organisation(actor=cast.ada, at=MONDAY, name="二", seen=0)


def test_public_days_off_are_stopped_days_and_swapped_working_days_are_not(cast):
    load_holidays(Organisation.objects.current(), [2026], actor=cast.ada, at=MONDAY)

    days = stopped_days()
    assert date(2026, 10, 1) in days  # National Day
    assert date(2026, 2, 20) in days  # a Friday off, worked on Saturday the 14th instead
    assert date(2026, 2, 14) not in days  # that Saturday
    assert date(2026, 2, 28) not in days  # a Saturday worked for Monday the 23rd
    assert date(2026, 3, 7) not in days  # an ordinary Saturday
    assert Holiday.objects.get(day=date(2026, 1, 1)).name == "元旦"


def test_loading_a_year_twice_adds_nothing_and_keeps_what_was_typed(cast):
    add_holiday(day=date(2026, 10, 1), name="司庆", actor=cast.ada, at=MONDAY)

    first = load_holidays(Organisation.objects.current(), [2026, 2026], actor=cast.ada, at=MONDAY)
    second = load_holidays(Organisation.objects.current(), [2026], actor=cast.ada, at=MONDAY)

    assert first > 10
    assert second == 0
    assert Holiday.objects.get(day=date(2026, 10, 1)).name == "司庆"


def test_a_firm_without_calendar_has_no_public_days(cast):
    edit_organisation(actor=cast.ada, at=MONDAY, calendar_code="")

    assert load_holidays(Organisation.objects.current(), [2026], actor=cast.ada, at=MONDAY) == 0


def test_another_calendar_holds_from_today_on_and_leaves_the_past_and_own_days_alone(cast):
    found_organisation(at=MONDAY)
    add_holiday(day=date(2026, 5, 20), name="司庆", actor=cast.ada, at=MONDAY)

    edit_organisation(actor=cast.ada, at=MONDAY, calendar_code="DE")

    days = stopped_days()
    assert date(2026, 2, 17) in days  # spring festival, before today
    assert date(2026, 10, 1) not in days  # China's National Day is no day off in Germany
    assert date(2026, 10, 3) in days
    assert date(2026, 5, 20) in days
    assert Entry.objects.get(verb="holidays.dropped").before["days"]


def test_a_week_is_kept_in_order_and_tells_a_working_day(cast):
    house = edit_organisation(actor=cast.ada, at=MONDAY, working_days="7612")

    assert house.working_days == "1267"
    assert house.works_on(date(2026, 3, 7))  # a Saturday
    assert not house.works_on(date(2026, 3, 4))  # a Wednesday


def test_a_day_of_ones_own_can_be_added_and_removed(cast):
    holiday = add_holiday(day=date(2026, 5, 20), name="司庆", actor=cast.ada, at=MONDAY)
    assert stopped_days() == (date(2026, 5, 20),)
    assert list(holidays_between(cast.alice, date(2026, 5, 20), date(2026, 5, 20))) == [holiday]
    with pytest.raises(DayAlreadyStopped):
        add_holiday(day=date(2026, 5, 20), name="又一次", actor=cast.ada, at=MONDAY)

    remove_holiday(holiday=holiday, actor=cast.ada, at=MONDAY)

    assert stopped_days() == ()
    assert Entry.objects.get(verb="holiday.removed").before == {"day": "2026-05-20", "name": "司庆", "source": "manual"}


@pytest.mark.parametrize("who", ["alice", "charlie", "mona", "sam", "mia", "eve"])
def test_only_an_administrator_changes_the_house(cast, who):
    actor = getattr(cast, who)
    for attempt in (
        lambda: edit_organisation(actor=actor, at=MONDAY, currency="USD"),
        lambda: add_holiday(day=date(2026, 5, 20), name="x", actor=actor, at=MONDAY),
        lambda: load_holidays(Organisation.objects.current(), [2026], actor=actor, at=MONDAY),
        lambda: found_organisation(actor=actor, at=MONDAY),
    ):
        with pytest.raises(Denied):
            attempt()
    assert not Holiday.objects.exists()
    assert not Entry.objects.exists()

from datetime import UTC, date, datetime

from wendu.kernel.clock import now, today_in


def test_the_business_day_begins_at_midnight_of_the_zone():
    assert today_in("Asia/Shanghai", datetime(2026, 3, 1, 15, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert today_in("Asia/Shanghai", datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)


def test_the_business_day_is_right_through_the_clock_change():
    assert today_in("America/New_York", datetime(2026, 3, 8, 4, 59, tzinfo=UTC)) == date(2026, 3, 7)
    assert today_in("America/New_York", datetime(2026, 3, 9, 4, 0, tzinfo=UTC)) == date(2026, 3, 9)


def test_now_knows_its_zone():
    assert now().tzinfo is UTC

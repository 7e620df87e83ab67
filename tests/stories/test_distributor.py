"""A distributor who orders every week by itself, then falls silent."""

import pytest

from tests.factories import make_contact, make_customer
from tests.stories.diary import Diary, at, on, spoken
from wendu.touches.actions import OrderDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def dealer(cast):
    """Eight weekly orders by phone, the latest today; it is the dealer who calls."""
    customer = make_customer(cast.alice, "周周进货", tier="key", at=at(-60))
    make_contact(customer, "钱多多", at=at(-60))
    diary = Diary(cast.alice, customer)
    diary.talks(-56, "visit", outcome="order", order=OrderDraft(title="首单"))
    for n in range(-49, 1, 7):
        ordered(diary, n)
    return diary


def ordered(diary, n):
    diary.talks(n, outcome="order", order=OrderDraft(title=f"第 {n} 天周单"), is_proactive=False)


def test_who_orders_every_week_by_itself_is_not_chased(dealer):
    for week in range(1, 7):
        asked = dealer.asks(7 * week - 6, 7 * week)
        assert set(asked.values()) <= {"revisit_due"}, asked
        ordered(dealer, 7 * week)
        if asked:
            dealer.talks(7 * week, "visit")

    assert list(dealer.said) == sorted(dealer.said)
    assert dealer.laughed_at == []


def test_who_falls_silent_is_asked_once_a_rhythm_and_after_three_missed_orders_looked_after(dealer, look):
    dealer.talks(0, "visit")
    assert dealer.asks(1, 9) == {}, "inside its own window it is not late"

    late = dealer.morning(10)
    assert (late.situation, late.why) == ("repurchase_due", "平时 7 天一单，已经 10 天")
    assert late.do == "问用量和打算，该补的提醒一声"
    assert "库里还够用吗" in spoken(late)
    assert "平时 7 天一单，已经 10 天" in look("/today/", 10)

    dealer.talks(10)
    assert dealer.asks(11, 16) == {}, "asked, so left alone for one interval"
    assert dealer.morning(17).why == "平时 7 天一单，已经 17 天"
    assert set(dealer.asks(18, 23).values()) == {"repurchase_due"}

    over = dealer.morning(24)
    assert over.situation == "revisit_due", "three orders missed: this is no order due any more, but a silence"
    assert "一单" not in over.why
    assert dealer.stands_as_rebuilt(24)

    dealer.talks(25, "visit")
    assert dealer.asks(26, 100) == {}, "nobody chases who buys no more; the next word is the ordinary revisit"
    assert dealer.morning(25 + 90).situation == "revisit_due"
    assert dealer.laughed_at == []


def test_who_comes_back_has_a_rhythm_again(dealer):
    dealer.talks(0, "visit")
    dealer.asks(1, 29)
    ordered(dealer, 30)
    dealer.talks(30, "visit")

    assert dealer.asks(31, 39) == {}
    assert dealer.morning(40).why == "平时 7 天一单，已经 10 天"
    assert dealer.stands_as_rebuilt(40)
    assert dealer.laughed_at == []


def test_a_day_agreed_with_them_is_the_day_they_are_asked(dealer):
    dealer.talks(0, "visit")
    dealer.asks(1, 8)
    dealer.talks(8, agreed_on=on(20))

    assert dealer.asks(9, 19) == {}
    assert dealer.morning(20).situation == "agreed_today"
    assert dealer.laughed_at == []

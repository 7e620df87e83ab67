"""A sleeping old customer: bought once two years ago; woken without nagging, put to rest, and let go."""

import pytest

from tests.coach.world import answers
from tests.factories import make_contact, make_customer, make_opportunity, win
from tests.stories.diary import HOURS_LATER, Diary, at, on, spoken
from wendu.agenda.actions import snooze
from wendu.customers.actions import begin_nurture, edit_contact
from wendu.customers.choices import NurtureReason
from wendu.touches.actions import answer_indicators

pytestmark = pytest.mark.django_db
BOUGHT = -700
WAKES = 150


@pytest.fixture
def sleeper(cast):
    """One order two years ago, and not a word since."""
    customer = make_customer(cast.alice, "老窑陶瓷", at=at(BOUGHT - 30))
    buyer = make_contact(customer, "冯春生", at=at(BOUGHT - 30))
    diary = Diary(cast.alice, customer)
    deal = make_opportunity(customer, "窑炉控制", opened_on=on(BOUGHT - 20), at=at(BOUGHT - 20))
    diary.talks(BOUGHT - 10, "visit", opportunity_id=deal.pk, contact_ids=(buyer.pk,))
    win(deal, on(BOUGHT), at=at(BOUGHT))
    diary.buyer = buyer
    return diary


def test_an_old_customer_is_woken_by_a_visit_not_by_an_alarm_and_rests_when_they_say_so(cast, sleeper, look):
    first = sleeper.morning(0)
    assert (first.step.group, first.situation) == ("queue", "revisit_due")
    assert first.why == "成交后还没回访过，已经 700 天"
    assert "成交后还没回访过，已经 700 天" in look("/today/", 0)

    snooze(customer=sleeper.customer, until_on=on(7), actor=cast.alice, at=at(0))
    assert sleeper.asks(1, 6) == {}, "put off is put off"
    assert sleeper.morning(7).situation == "revisit_due"

    sleeper.talks(7, contact_ids=(sleeper.buyer.pk,), answers=tuple(answers(0, 2)))
    begin_nurture(
        customer=sleeper.customer,
        reason=NurtureReason.NO_BUDGET,
        wake_on=on(WAKES),
        actor=cast.alice,
        at=at(7) + HOURS_LATER,
    )
    assert sleeper.asks(8, 13) == {}
    light = sleeper.morning(14)
    assert (light.situation, light.do) == ("nurture_touch", "发一份他那行的资料，重点标出来")
    sleeper.talks(14, "article", is_two_way=False)
    assert sleeper.asks(15, 34) == {}, "one light thing in three weeks, not more"
    assert sleeper.morning(35).situation == "nurture_touch"
    sleeper.talks(35, "message", is_two_way=False)

    sleeper.talks(40, "message", is_proactive=False)
    assert sleeper.morning(41).situation == "nurture_reply"
    answer_indicators(
        customer=sleeper.customer, answers=answers(0, 2), actor=cast.alice, at=at(41) + HOURS_LATER, on=on(41)
    )
    assert sleeper.morning(42) is None

    assert set(sleeper.asks(43, WAKES - 1).values()) == {"nurture_touch"}, "asleep, and never called cold"
    woken = sleeper.morning(WAKES)
    assert woken.situation == "nurture_wake"
    assert "别拿旧方案接着推" in spoken(woken)
    assert sleeper.stands_as_rebuilt(WAKES)
    assert sleeper.laughed_at == []


def test_who_was_woken_and_said_no_is_left_to_one_revisit_in_half_a_year(cast, sleeper):
    sleeper.talks(0)
    begin_nurture(
        customer=sleeper.customer, reason=NurtureReason.TIMING, wake_on=on(30), actor=cast.alice, at=at(0) + HOURS_LATER
    )
    sleeper.asks(1, 30)
    sleeper.talks(30)

    assert sleeper.asks(31, 209) == {}
    assert sleeper.morning(210).situation == "revisit_due"
    assert sleeper.laughed_at == []


def test_where_nobody_wants_to_hear_from_us_nobody_is_sent(cast, sleeper):
    edit_contact(contact=sleeper.buyer, changes={"do_not_contact": True}, actor=cast.alice, at=at(0))

    assert sleeper.asks(1, 40) == {}
    assert sleeper.laughed_at == []

"""An insured household: renewed every year, a child born, a promise kept; nobody speaks to it as to a firm."""

import pytest

from tests.coach.world import answers
from tests.factories import make_contact, make_customer, make_opportunity
from tests.stories.diary import HOURS_LATER, Diary, at, on, spoken
from wendu.touches.actions import OrderDraft, PromiseDraft, settle_promise
from wendu.touches.models import Promise

pytestmark = pytest.mark.django_db
LATEST = -250
OPENS = LATEST + 365 - 55


@pytest.fixture
def family(cast):
    """Four yearly policies; the wife decides, the husband is asked; visited with a greeting fifty days ago."""
    customer = make_customer(cast.alice, "许家", kind="person", market="b2c", at=at(-1400))
    wife = make_contact(customer, "许静", at=at(-1400))
    diary = Diary(cast.alice, customer)
    for n in (LATEST - 3 * 365, LATEST - 2 * 365, LATEST - 365, LATEST):
        diary.talks(n, "visit", outcome="order", order=OrderDraft(title="家庭医疗险"), contact_ids=(wife.pk,))
    diary.talks(-50, "care", contact_ids=(wife.pk,))
    diary.wife = wife
    return diary


def test_a_household_is_congratulated_renewed_in_time_and_otherwise_left_alone(cast, family, look):
    assert family.asks(0, 20) == {}

    born = PromiseDraft(what="送一份新生儿医保清单", due_on=on(23), contact_id=family.wife.pk)
    family.talks(20, "message", is_proactive=False, promises=(born,))
    assert family.asks(21, 22) == {}
    kept = family.morning(23)
    assert kept.situation == "promise_due"
    assert "送一份新生儿医保清单" in spoken(kept)
    family.talks(23, "care")
    settle_promise(promise=Promise.objects.get(), state="kept", actor=cast.alice, at=at(23) + HOURS_LATER)

    assert family.asks(24, OPENS - 1) == {}, "a family hears nothing of renewal before it is time"
    ahead = family.morning(OPENS)
    assert (ahead.situation, ahead.why) == ("repurchase_due", "平时 365 天一单，06-25 前后又该到了")
    assert "又到该续的时候了" in spoken(ahead)
    assert "06-25 前后又该到了" in look("/today/", OPENS)

    family.talks(OPENS + 1, agreed_on=on(OPENS + 10))
    assert family.asks(OPENS + 2, OPENS + 9) == {}
    assert family.morning(OPENS + 10).situation == "agreed_today"
    family.talks(OPENS + 10, "visit", outcome="order", order=OrderDraft(title="家庭医疗险"))

    assert family.asks(OPENS + 11, OPENS + 100) == {}, "renewed; nobody sells to them the same again"
    assert family.stands_as_rebuilt(OPENS + 100)
    assert family.laughed_at == []


def test_a_household_that_does_not_renew_is_asked_twice_and_then_only_greeted(family):
    family.asks(OPENS - 2, OPENS)
    family.talks(OPENS)

    over = LATEST + 365 + 55 + 1
    assert set(family.asks(OPENS + 1, over - 1).values()) <= {"revisit_due"}
    assert family.morning(over).why == "平时 365 天一单，已经 421 天"
    family.talks(over)
    assert "repurchase_due" not in family.asks(over + 1, over + 200).values()
    assert family.laughed_at == []


def test_a_family_thinking_it_over_is_spoken_to_as_a_family_in_every_class(cast):
    for place, (willingness, need) in enumerate(((2, 2), (0, 2), (2, 0), (0, 0))):
        customer = make_customer(cast.alice, f"第 {place} 家", kind="person", market="b2c", at=at(-2))
        make_contact(customer, at=at(-2))
        make_opportunity(customer, "重疾险", opened_on=on(-1), at=at(-1), expected_on=on(12))
        diary = Diary(cast.alice, customer)
        diary.talks(0, "visit", answers=tuple(answers(willingness, need)))

        asked = diary.asks(1, 60)

        assert asked
        assert diary.laughed_at == []

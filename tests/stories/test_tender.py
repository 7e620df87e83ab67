"""A public tender: talks, the bid handed in, silence by rule, the day of the result, and what follows."""

import pytest

from tests.coach.world import answers
from tests.factories import lose, make_contact, make_customer, make_influencer, make_opportunity
from tests.stories.diary import HOURS_LATER, Diary, at, on, spoken
from wendu.coach.models import DealStanding, Standing
from wendu.customers.actions import begin_nurture
from wendu.customers.choices import NurtureReason
from wendu.desk.plan import codes_of
from wendu.opportunities.actions import edit_opportunity
from wendu.opportunities.choices import InfluencerRole
from wendu.touches.actions import AnswerDraft, CommitmentDraft, QuietDraft, set_quiet_period, settle_commitment
from wendu.touches.models import Commitment

pytestmark = pytest.mark.django_db
HANDED_IN, SILENT_FROM, SILENT_TO = 3, 4, 40
RESULT_DAY = 48


def judged(willingness, need) -> tuple[AnswerDraft, ...]:
    return tuple(answers(willingness, need))


@pytest.fixture
def tender(cast):
    """A water authority that will decide by tender; the bid is handed in on the third day."""
    customer = make_customer(cast.alice, "市政管网", market="b2g", sale_kind="project", at=at(-30))
    chief = make_contact(customer, "顾明舒", at=at(-30))
    deal = make_opportunity(
        customer, "管网监测", opened_on=on(-20), at=at(-20), amount_minor=120_000_000, expected_on=on(45)
    )
    make_influencer(deal, chief, InfluencerRole.DECISION_MAKER)
    diary = Diary(cast.alice, customer)
    about = {"opportunity_id": deal.pk, "contact_ids": (chief.pk,)}
    diary.talks(-20, "visit", answers=judged(0, 2), **about)
    diary.talks(-8, "demo", **about)
    diary.talks(-2, "visit", answers=judged(2, 2), **about)
    handed = CommitmentDraft(contact_id=chief.pk, what="收标书，开标", due_on=on(5))
    diary.talks(HANDED_IN, "negotiation", outcome="advance", commitment=handed, value_note="漏损少一成", **about)
    quiet = QuietDraft(starts_on=on(SILENT_FROM), ends_on=on(SILENT_TO), reason="tender")
    set_quiet_period(customer=customer, quiet=quiet, actor=cast.alice, at=at(HANDED_IN) + HOURS_LATER)
    diary.deal, diary.about = deal, about
    return diary


def taken(diary, n):
    """Say on the n-th day that they took the bid on the day they said."""
    bid = {"commitment": Commitment.objects.get(), "state": "done", "on": on(5)}
    settle_commitment(**bid, actor=diary.rep, at=at(n) + HOURS_LATER)


def test_a_tender_is_left_in_peace_asked_for_its_result_once_and_visited_a_month_after_it_was_won(cast, tender, look):
    assert tender.asks(4, SILENT_TO) == {}, "nobody talks to a jury"
    assert DealStanding.objects.get(pk=tender.deal.pk).strike_since is not None, "it is hot all the while"

    first = tender.morning(41)
    assert (first.situation, first.why) == ("quiet_over", "静默期昨天结束，今天可以问了")
    assert first.do == "问评标结果：中了谈签约，没中问差在哪"
    assert "评标期过了，想请问结果哪天公示" in spoken(first)
    assert "静默期昨天结束，今天可以问了" in look("/today/", 41)

    tender.talks(41, agreed_on=on(RESULT_DAY), **tender.about)
    taken(tender, 41)
    assert tender.asks(42, RESULT_DAY - 1) == {}, "they named the day, so nobody calls before it, not on day 46 either"
    named = tender.morning(RESULT_DAY)
    assert named.situation == "strike", "the day they named, and it is hot still"
    assert {"agreed_today", "strike"} <= codes_of(named.step)

    asked = tender.morning(RESULT_DAY + 1)
    assert (asked.situation, asked.why) == ("result_due", "预计 04-16 成交，过了 4 天，还没问过结果")
    assert asked.do == "问流程走到哪一步，结果哪天出"

    tender.talks(RESULT_DAY + 1, **tender.about)
    edit_opportunity(
        opportunity=tender.deal, changes={"expected_on": on(56)}, actor=cast.alice, at=at(RESULT_DAY + 1) + HOURS_LATER
    )
    assert tender.stands_as_rebuilt(RESULT_DAY + 1)
    assert "result_due" not in tender.asks(50, 56).values()
    assert tender.morning(57).why == "预计昨天成交，还没问过结果"

    tender.talks(57, outcome="order", **tender.about)
    assert tender.asks(58, 86) == {}, "it is signed; the next word is the revisit of a month later"
    assert tender.morning(87).why == "成交后还没回访过，已经 30 天"
    assert tender.laughed_at == []


def test_a_tender_that_was_lost_is_asked_for_no_result_and_rests_until_the_next_one(cast, tender):
    tender.asks(4, 41)
    tender.talks(41, **tender.about)
    taken(tender, 41)
    tender.deal.refresh_from_db()
    lose(tender.deal, on(42), at=at(42))
    begin_nurture(
        customer=tender.customer, reason=NurtureReason.WITH_COMPETITOR, wake_on=on(300), actor=cast.alice, at=at(42)
    )

    asked = tender.asks(43, 80)

    assert set(asked.values()) == {"nurture_touch"}
    assert min(asked) == 49, "a week after, something light"
    assert Standing.objects.get(pk=tender.customer.pk).status == "nurturing"
    assert tender.stands_as_rebuilt(80)
    assert tender.laughed_at == []

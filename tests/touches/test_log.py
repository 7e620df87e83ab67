from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.touches.making import NOW, TODAY, WIDE_TABLES, contact, customer, deal, draft, fingerprint
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure, Opportunity
from wendu.search.models import Entry as Found
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    DraftRefused,
    OrderDraft,
    PromiseDraft,
    QuietDraft,
    TailDraft,
    log_touch,
    open_tail,
)
from wendu.touches.models import Commitment, IndicatorAnswer, Promise, QuietPeriod, Tail, Touch

IN_A_WEEK = TODAY + timedelta(days=7)


def whole_draft(person, **fields):
    return draft(
        contact_ids=(person.pk,),
        outcome="advance",
        commitment=CommitmentDraft(contact_id=person.pk, what="带韩总看样板站", due_on=IN_A_WEEK),
        promises=(PromiseDraft(what="寄样板站资料", due_on=TODAY + timedelta(days=2), contact_id=person.pk),),
        tails=(TailDraft(what="停机两天会误了年底交货"),),
        answers=(AnswerDraft(axis="need", indicator="names_problem", value=2, evidence="电费太高"),),
        quiet=QuietDraft(starts_on=IN_A_WEEK, ends_on=IN_A_WEEK + timedelta(days=3), reason="tender"),
        emotion_benefit=6,
        emotion_cost=2,
        guess=70,
        agreed_on=IN_A_WEEK,
        note="老总主动问交期",
        value_note="算清了三台老机一年多花 11 万电费",
        **fields,
    )


@pytest.fixture
def indicator():
    from wendu.touches.actions.known import axes_of_questions

    return next(code for code, axis in axes_of_questions().items() if axis == "need")


def test_one_log_writes_everything_that_came_of_it(cast, lake, he, indicator):
    said = whole_draft(he)
    said = draft(
        **{
            **{name: getattr(said, name) for name in said.__slots__},
            "answers": (AnswerDraft(axis="need", indicator=indicator, value=2),),
        }
    )

    touch = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=said)

    assert (touch.outcome, touch.advance_lacks, touch.author) == ("advance", "", cast.alice)
    assert [link.contact for link in touch.participants.all()] == [he]
    assert Commitment.objects.get().due_on == IN_A_WEEK
    assert Promise.objects.get().author == cast.alice
    assert Tail.objects.get().opened_on == TODAY
    assert IndicatorAnswer.objects.get().answered_on == TODAY
    assert QuietPeriod.objects.get().set_on == TODAY


def test_the_journal_names_the_earliest_day_affected_and_never_a_feeling(cast, lake, he):
    said = draft(
        emotion_benefit=9,
        emotion_cost=3,
        quiet=QuietDraft(starts_on=TODAY - timedelta(days=3), ends_on=TODAY, reason="other"),
    )

    log_touch(customer=lake, actor=cast.alice, at=NOW, draft=said)

    entry = Entry.objects.get(verb="touch.logged")
    assert (entry.root_kind, entry.root_id) == ("customer", lake.pk)
    assert entry.after["from_on"] == "2026-02-27"
    assert not any("emotion" in name for name in entry.after)


def test_the_words_of_a_touch_can_be_found(cast, lake):
    touch = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(note="老总主动问交期"))

    assert Found.objects.get(kind="touch", object_id=touch.pk).customer_id == lake.pk


@pytest.mark.parametrize(
    "missing,lacks",
    [
        ({"contact_id": None}, "who"),
        ({"what": ""}, "what"),
        ({"due_on": None}, "when"),
        ({"what": " ", "due_on": None}, "what,when"),
    ],
)
def test_an_advance_without_who_what_or_when_is_only_to_be_continued(cast, lake, he, missing, lacks):
    parts = {"contact_id": he.pk, "what": "带韩总看样板站", "due_on": IN_A_WEEK, **missing}

    touch = log_touch(
        customer=lake, actor=cast.alice, at=NOW, draft=draft(outcome="advance", commitment=CommitmentDraft(**parts))
    )

    assert (touch.outcome, touch.advance_lacks) == ("continuation", lacks)


def test_a_backdated_touch_keeps_its_day(cast, lake):
    touch = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(touched_on=date(2025, 11, 3)))

    assert (touch.touched_on, touch.logged_at) == (date(2025, 11, 3), NOW)


def test_an_order_wins_the_chosen_opportunity_on_its_day(cast, lake):
    chosen, other = deal(lake), deal(lake, "备件年包")

    touch = log_touch(
        customer=lake,
        actor=cast.alice,
        at=NOW,
        draft=draft(outcome="order", opportunity_id=chosen.pk, touched_on=date(2026, 2, 20)),
    )

    closure = Closure.objects.get()
    assert (closure.opportunity, closure.outcome, closure.closed_on) == (chosen, Outcome.WON, date(2026, 2, 20))
    assert touch.closure == closure
    assert list(Opportunity.objects.open()) == [other]


def test_an_order_wins_the_only_open_opportunity_unasked(cast, lake):
    only = deal(lake)

    touch = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(outcome="order"))

    assert (touch.opportunity, touch.closure.outcome) == (only, Outcome.WON)


def test_an_order_out_of_the_blue_opens_and_wins_its_opportunity(cast, lake):
    order = OrderDraft(title="备件年包", amount_minor=8_800_000)

    touch = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(outcome="order", order=order))

    assert (touch.opportunity.title, touch.opportunity.amount_minor) == ("备件年包", 8_800_000)
    assert (touch.opened_the_deal, touch.closure.closed_on) == (True, TODAY)


def test_an_order_on_a_deal_already_won_that_day_is_only_linked(cast, lake):
    won = deal(lake)
    Closure.objects.create(opportunity=won, outcome="won", closed_on=TODAY)

    touch = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(outcome="order", opportunity_id=won.pk))

    assert (touch.opportunity, touch.closure) == (won, None)


def test_a_touch_closes_the_problems_it_solved(cast, lake):
    tail = open_tail(customer=lake, what="露点偏高", actor=cast.alice, at=NOW, on=TODAY - timedelta(days=9))

    touch = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(closed_tail_ids=(tail.pk,)))

    tail.refresh_from_db()
    assert (tail.closed_on, tail.closed_in) == (TODAY, touch)


def test_sent_twice_with_one_key_it_is_logged_once(cast, lake):
    first = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(), key="form-1")

    again = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(), key="form-1")
    other = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(), key="form-2")

    assert again == first
    assert set(Touch.objects.all()) == {first, other}


def test_a_refused_form_may_be_sent_again_with_its_key(cast, lake):
    with pytest.raises(DraftRefused):
        log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(kind="fax"), key="form-1")

    assert log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(), key="form-1").pk


@pytest.mark.parametrize("who", ["charlie", "nora", "bob", "mia", "eve"])
def test_who_does_not_work_on_a_customer_logs_nothing(cast, lake, who):
    before = fingerprint(WIDE_TABLES)

    with pytest.raises(Denied):
        log_touch(customer=lake, actor=getattr(cast, who), at=NOW, draft=draft(), key="k")

    assert fingerprint(WIDE_TABLES) == before


@pytest.mark.parametrize("who", ["alice", "mona", "sam", "ada"])
def test_owner_manager_service_and_admin_may_log(cast, lake, who):
    assert log_touch(customer=lake, actor=getattr(cast, who), at=NOW, draft=draft()).author == getattr(cast, who)


def test_who_may_log_but_not_close_deals_signs_no_order(cast, lake):
    deal(lake)
    before = fingerprint(WIDE_TABLES)

    with pytest.raises(Denied):
        log_touch(customer=lake, actor=cast.sam, at=NOW, draft=draft(outcome="order"))

    assert fingerprint(WIDE_TABLES) == before


def queries_of_a_log(cast, of, person):
    said = draft(
        contact_ids=(person.pk,),
        outcome="advance",
        commitment=CommitmentDraft(contact_id=person.pk, what="看样板站", due_on=IN_A_WEEK),
        promises=tuple(PromiseDraft(what=f"寄资料 {number}", due_on=IN_A_WEEK) for number in range(5)),
        tails=tuple(TailDraft(what=f"问题 {number}") for number in range(5)),
        note="谈得不错",
    )
    with CaptureQueriesContext(connection) as captured:
        log_touch(customer=of, actor=cast.alice, at=NOW, draft=said, key=f"k{Touch.objects.count()}")
    return len(captured)


def test_a_log_costs_the_same_however_long_the_history_is(cast, lake, he):
    young = customer(cast.alice, "新客户")
    newcomer = contact(young, "新人")
    for of, days in ((young, 4), (lake, 60)):
        for day in range(1, days):
            said = draft(touched_on=TODAY - timedelta(days=day), note="记", tails=(TailDraft(what="题"),))
            log_touch(customer=of, actor=cast.alice, at=NOW, draft=said)

    short, long = queries_of_a_log(cast, young, newcomer), queries_of_a_log(cast, lake, he)

    assert long <= short
    assert long <= 60

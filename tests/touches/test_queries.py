from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.touches.making import NOW, TODAY, contact, customer, draft
from wendu.customers.models import Collaborator
from wendu.touches.actions import (
    CommitmentDraft,
    PromiseDraft,
    TailDraft,
    log_touch,
    settle_commitment,
    settle_promise,
    undo_touch,
)
from wendu.touches.models import Promise, Touch
from wendu.touches.queries import (
    Cursor,
    commitments_due,
    may_see_emotion,
    open_commitments,
    open_promises,
    open_tails,
    promises_due,
    quiet_periods,
    recent_choices,
    suggest,
    timeline,
)

THURSDAY = date(2026, 3, 5)


def log(of, actor, **fields):
    return log_touch(customer=of, actor=actor, at=NOW, draft=draft(**fields))


def days(touches):
    return [touch.touched_on for touch in touches]


def test_the_timeline_goes_back_page_by_page(cast, lake):
    for back in (0, 0, 1, 2, 5):
        log(lake, cast.alice, touched_on=TODAY - timedelta(days=back))

    first = timeline(cast.alice, lake, size=2)
    second = timeline(cast.alice, lake, size=2, after=Cursor.from_text(first.next.to_text()))
    third = timeline(cast.alice, lake, size=2, after=second.next)

    assert days(first.touches) == [TODAY, TODAY]
    assert days(second.touches) == [TODAY - timedelta(days=1), TODAY - timedelta(days=2)]
    assert days(third.touches) == [TODAY - timedelta(days=5)]
    assert third.next is None
    assert len({touch.pk for page in (first, second, third) for touch in page.touches}) == 5


@pytest.mark.parametrize("text", ["", "today_5", "2026-03-02", "2026-03-02_x", "2026-99-02_5"])
def test_an_address_that_is_no_cursor_starts_from_the_top(text):
    assert Cursor.from_text(text) is None


def test_the_timeline_of_an_earlier_day_knows_nothing_later(cast, lake):
    log(lake, cast.alice, touched_on=date(2026, 1, 5))
    log(lake, cast.alice)

    assert days(timeline(cast.alice, lake, upto=date(2026, 2, 1)).touches) == [date(2026, 1, 5)]


def test_an_undone_touch_shows_only_where_it_can_be_restored(cast, lake):
    undo_touch(touch=log(lake, cast.alice), actor=cast.alice, at=NOW)

    assert timeline(cast.alice, lake).touches == []
    assert len(timeline(cast.alice, lake, with_undone=True).touches) == 1


def test_a_page_of_the_timeline_costs_the_same_however_much_is_on_it(cast, lake, he):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            for touch in timeline(cast.alice, lake).touches:
                assert [link.contact.name for link in touch.participants.all()]
                assert [promise.what for promise in touch.promises.all()]
                assert touch.author.display_name
                assert list(touch.tails.all()) is not None
        return len(captured)

    fields = {
        "contact_ids": (he.pk,),
        "promises": (PromiseDraft(what="寄", due_on=TODAY, contact_id=he.pk),),
        "tails": (TailDraft(what="题"),),
    }
    log(lake, cast.alice, **fields)
    once = cost()
    for _ in range(15):
        log(lake, cast.alice, **fields)

    assert cost() == once <= 12


def test_an_outsider_reads_nothing_of_the_log(cast, lake, he):
    touch = log(
        lake,
        cast.alice,
        contact_ids=(he.pk,),
        outcome="advance",
        commitment=CommitmentDraft(contact_id=he.pk, what="看站", due_on=TODAY),
        promises=(PromiseDraft(what="寄", due_on=TODAY),),
        tails=(TailDraft(what="题"),),
    )

    for stranger in (cast.charlie, cast.nora, None):
        assert timeline(stranger, lake).touches == []
        assert not open_promises(stranger, lake.pk)
        assert not open_commitments(stranger, lake.pk)
        assert not open_tails(stranger, lake.pk)
        assert not quiet_periods(stranger, lake.pk)
        assert promises_due(stranger, TODAY) == commitments_due(stranger, TODAY) == []
        assert not Touch.objects.visible_to(stranger).filter(pk=touch.pk).exists()


def test_feelings_are_for_the_owner_and_his_managers(cast, lake):
    log(lake, cast.alice, emotion_benefit=2, emotion_cost=8)

    readers = {
        name
        for name in ("alice", "mona", "sam", "mia", "eve", "ada")
        if timeline(getattr(cast, name), lake).touches[0].emotion_cost == 8
    }

    assert readers == {"alice", "mona"}
    assert timeline(cast.ada, lake).touches[0].emotion_cost is None
    assert may_see_emotion(cast.mona, lake)
    assert not may_see_emotion(cast.nora, lake)
    assert not may_see_emotion(None, lake)


def owed(user):
    return [promise.what for promise in promises_due(user, TODAY)]


def test_a_promise_is_due_for_who_made_it_while_he_works_there_else_for_the_owner(cast, lake):
    beside = Collaborator.objects.create(customer=lake, user=cast.bob, since=NOW)
    log(lake, cast.alice, promises=(PromiseDraft(what="小雅的", due_on=TODAY),))
    log(lake, cast.bob, promises=(PromiseDraft(what="包伯的", due_on=TODAY),))
    log(lake, cast.mona, promises=(PromiseDraft(what="主管的", due_on=TODAY),))
    log(lake, cast.alice, promises=(PromiseDraft(what="以后的", due_on=TODAY + timedelta(days=1)),))
    assert (owed(cast.alice), owed(cast.bob), owed(cast.mona)) == (["小雅的", "主管的"], ["包伯的"], [])

    beside.delete()
    assert (owed(cast.alice), owed(cast.bob)) == (["小雅的", "包伯的", "主管的"], [])

    Promise.objects.update(author=None)
    assert owed(cast.alice) == ["小雅的", "包伯的", "主管的"]


def test_what_customers_owe_comes_the_longest_overdue_first(cast, lake, he):
    for back in (1, 4):
        day = TODAY - timedelta(days=back)
        agreed = CommitmentDraft(contact_id=he.pk, what=f"{back} 天前", due_on=day)
        log(lake, cast.alice, touched_on=day, outcome="advance", commitment=agreed)

    assert [row.what for row in commitments_due(cast.alice, TODAY)] == ["4 天前", "1 天前"]


def test_a_past_day_knows_promises_as_they_stood_at_its_end(cast, lake, he):
    early, late = TODAY - timedelta(days=9), TODAY - timedelta(days=3)
    kept = PromiseDraft(what="兑现了的", due_on=early + timedelta(days=1))
    moved = PromiseDraft(what="改期的", due_on=early + timedelta(days=1))
    log(lake, cast.alice, touched_on=early, promises=(kept, moved))
    log(lake, cast.alice, touched_on=late, promises=(PromiseDraft(what="后来的", due_on=late),))
    first, second = Promise.objects.order_by("pk")[:2]
    settle_promise(promise=first, state="kept", actor=cast.alice, at=NOW, on=late)
    settle_promise(promise=second, state="renegotiated", actor=cast.alice, at=NOW, on=late, due_on=TODAY)

    def stood(day):
        return [row.what for row in promises_due(cast.alice, TODAY, as_of=day)]

    assert stood(early - timedelta(days=1)) == []
    assert stood(late - timedelta(days=1)) == ["兑现了的", "改期的"]
    assert stood(late) == ["后来的", "改期的"]
    assert stood(TODAY) == owed(cast.alice)
    assert promises_due(cast.charlie, TODAY, as_of=TODAY) == promises_due(None, TODAY, as_of=TODAY) == []


def test_a_past_day_knows_commitments_as_they_stood_at_its_end(cast, lake, he):
    day = TODAY - timedelta(days=5)
    agreed = CommitmentDraft(contact_id=he.pk, what="看站", due_on=day)
    touch = log(lake, cast.alice, touched_on=day, outcome="advance", commitment=agreed)
    settle_commitment(commitment=touch.commitments.get(), state="done", actor=cast.alice, at=NOW, on=TODAY)

    assert [row.what for row in commitments_due(cast.alice, TODAY, as_of=day)] == ["看站"]
    assert commitments_due(cast.alice, TODAY, as_of=TODAY) == []


def test_due_lists_cost_the_same_for_few_and_many(cast, lake):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert all(row.customer__name and row.customer__uuid for row in promises_due(cast.alice, TODAY))
        return len(captured)

    log(lake, cast.alice, promises=(PromiseDraft(what="一", due_on=TODAY),))
    once = cost()
    for number in range(12):
        log(customer(cast.alice, f"客户{number}"), cast.alice, promises=(PromiseDraft(what="多", due_on=TODAY),))

    assert cost() == once <= 3


def test_the_form_offers_what_this_person_uses_and_whom_he_met(cast, lake, he):
    tao = contact(lake, "陶文斌")
    log(lake, cast.alice, kind="phone", contact_ids=(he.pk,), touched_on=TODAY - timedelta(days=2))
    log(lake, cast.alice, kind="phone", contact_ids=(tao.pk,), touched_on=TODAY - timedelta(days=1))
    log(lake, cast.mona, kind="demo", touched_on=TODAY)

    recent = recent_choices(cast.alice, lake)

    assert recent.kinds == ("phone",)
    assert recent.contact_ids == (tao.pk, he.pk)


def test_the_next_day_is_offered_before_the_longest_gap_and_on_working_days():
    found = suggest("visit", on=THURSDAY, max_gap_days=4)

    assert [(option.code, option.day.isoformat()) for option in found.dates] == [
        ("tomorrow", "2026-03-06"),
        ("next_monday", "2026-03-09"),
    ]
    assert found.latest_on == date(2026, 3, 9)


def test_holidays_are_stepped_over_and_the_day_of_the_advance_is_offered():
    found = suggest(
        "visit", on=THURSDAY, max_gap_days=7, stopped=[date(2026, 3, 6), date(2026, 3, 9)], due_on=date(2026, 3, 20)
    )

    assert [(option.code, option.day.isoformat()) for option in found.dates] == [
        ("tomorrow", "2026-03-10"),
        ("before_gap", "2026-03-12"),
        ("advance", "2026-03-20"),
    ]


@pytest.mark.parametrize(
    "kind,customer_started,expected",
    [("visit", False, True), ("visit", True, False), ("service", False, False), ("care", False, True)],
)
def test_a_touch_is_proactive_when_we_started_it(kind, customer_started, expected):
    assert suggest(kind, on=THURSDAY, customer_started=customer_started).is_proactive is expected

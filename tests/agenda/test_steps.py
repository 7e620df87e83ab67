"""Steps, snoozes and notifications of a person."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import MONDAY
from tests.factories.customers import make_customer
from wendu.agenda.actions import (
    ChangedAgain,
    DayIsPast,
    NothingToDo,
    NotSnoozed,
    StepHasEnded,
    cancel_step,
    change_step,
    complete_step,
    mark_read,
    move_step,
    notify,
    plan_step,
    snooze,
    undo_change,
    undo_snooze,
)
from wendu.agenda.models import Notification, Snooze, Step
from wendu.agenda.queries import notifications_of, open_steps, open_steps_about, snoozed_customer_ids, unread_count
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture
def customer(cast):
    return make_customer(cast.alice, "腾云科技")


def plan(customer, actor, *, do="打电话问预算", planned_on=TODAY, user=None):
    return plan_step(customer=customer, do=do, planned_on=planned_on, user=user, actor=actor, at=MONDAY)


def test_a_planned_step_waits_for_its_day(cast, customer):
    later = plan(customer, cast.alice, planned_on=TODAY + DAY)
    step = plan(customer, cast.alice)

    assert list(open_steps(cast.alice, until=TODAY)) == [step]
    assert list(open_steps(cast.alice)) == [step, later]
    assert list(open_steps_about(customer.pk)) == [step, later]
    assert not open_steps(cast.bob).exists()
    assert Entry.objects.filter(verb="step.planned", root_id=customer.pk).count() == 2


def test_a_manager_plans_for_somebody_and_that_person_may_do_it(cast, customer):
    step = plan(customer, cast.mona, user=cast.bob)

    complete_step(step=step, actor=cast.bob, at=MONDAY)

    assert not open_steps(cast.bob).exists()


def test_who_works_on_the_customer_may_end_anothers_step(cast, customer):
    step = plan(customer, cast.alice)

    with pytest.raises(Denied):
        cancel_step(step=step, actor=cast.mona, at=MONDAY)
    cancel_step(step=step, actor=cast.mona, at=MONDAY, customer=customer)


def test_outsiders_change_nothing(cast, customer):
    step = plan(customer, cast.alice)
    other = make_customer(cast.charlie, "别家")

    with pytest.raises(Denied):
        plan(customer, cast.charlie)
    for act in (complete_step, cancel_step):
        for via in (None, customer, other):
            with pytest.raises(Denied):
                act(step=step, actor=cast.charlie, at=MONDAY, customer=via)
    with pytest.raises(Denied):
        move_step(step=step, on=TODAY + DAY, actor=cast.charlie, at=MONDAY, customer=other)
    with pytest.raises(Denied):
        snooze(customer=customer, until_on=TODAY + DAY, actor=cast.charlie, at=MONDAY)

    step.refresh_from_db()
    assert step.is_open
    assert step.planned_on == TODAY


def test_a_step_is_moved_and_ends_once(cast, customer):
    step = move_step(step=plan(customer, cast.alice), on=TODAY + DAY, actor=cast.alice, at=MONDAY)
    assert step.planned_on == TODAY + DAY

    complete_step(step=step, actor=cast.alice, at=MONDAY)
    for act in (complete_step, cancel_step):
        with pytest.raises(StepHasEnded):
            act(step=step, actor=cast.alice, at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.update(cancelled_at=MONDAY)


def test_nothing_is_planned_for_yesterday_or_without_words(cast, customer):
    with pytest.raises(DayIsPast):
        plan(customer, cast.alice, planned_on=TODAY - DAY)
    with pytest.raises(DayIsPast):
        move_step(step=plan(customer, cast.alice), on=TODAY - DAY, actor=cast.alice, at=MONDAY)
    with pytest.raises(NothingToDo):
        plan(customer, cast.alice, do="  ")


def test_a_snoozed_customer_comes_back_on_its_day(cast, customer):
    snooze(customer=customer, until_on=TODAY + 3 * DAY, actor=cast.alice, at=MONDAY)
    snooze(customer=customer, until_on=TODAY + 2 * DAY, actor=cast.alice, at=MONDAY)

    assert snoozed_customer_ids(cast.alice, TODAY) == {customer.pk: TODAY + 2 * DAY}
    assert snoozed_customer_ids(cast.alice, TODAY + 2 * DAY) == {}
    assert snoozed_customer_ids(cast.mona, TODAY) == {}
    assert Snooze.objects.count() == 2


def test_a_snooze_can_be_undone_once(cast, customer):
    snooze(customer=customer, until_on=TODAY + 3 * DAY, actor=cast.alice, at=MONDAY)

    undo_snooze(customer=customer, actor=cast.alice, at=MONDAY)

    assert snoozed_customer_ids(cast.alice, TODAY) == {}
    with pytest.raises(NotSnoozed):
        undo_snooze(customer=customer, actor=cast.alice, at=MONDAY)


def test_a_person_is_told_once_per_key_and_marks_it_read(cast):
    for _ in range(3):
        notify(user=cast.alice, code="promise_due", at=MONDAY, params={"days": 2}, key="promise-7")
        notify(user=cast.alice, code="hello", at=MONDAY + DAY)
    assert unread_count(cast.alice) == 4
    first = notifications_of(cast.alice).last()

    assert mark_read(actor=cast.alice, at=MONDAY, notification=first) == 1
    assert mark_read(actor=cast.alice, at=MONDAY, notification=first) == 0
    assert unread_count(cast.alice) == 3
    assert mark_read(actor=cast.alice, at=MONDAY + DAY) == 3
    assert unread_count(cast.alice) == unread_count(None) == 0


def test_nobody_reads_anothers_notifications(cast):
    notify(user=cast.alice, code="hello", at=MONDAY)

    with pytest.raises(Denied):
        mark_read(actor=cast.bob, at=MONDAY, notification=Notification.objects.get())
    assert not notifications_of(cast.bob).exists()
    assert unread_count(cast.alice) == 1


def said(do="带样品上门", planned_on=TODAY + DAY, objective="约试机"):
    return {"do": do, "planned_on": planned_on, "objective": objective}


def test_a_step_is_said_otherwise_and_set_back(cast, customer):
    step = plan(customer, cast.alice)

    changed = change_step(step=step, given=said(), user=cast.bob, actor=cast.alice, at=MONDAY, customer=customer)
    assert (changed.do, changed.planned_on, changed.user) == ("带样品上门", TODAY + DAY, cast.bob)
    entry = Entry.objects.get(verb="step.changed")
    assert entry.before == {"do": "打电话问预算", "planned_on": "2026-03-02", "objective": "", "user": cast.alice.pk}
    assert Notification.objects.of(cast.bob).get().code == "replanned"

    back = undo_change(step=step, actor=cast.alice, at=MONDAY, customer=customer)
    assert (back.do, back.planned_on, back.user) == ("打电话问预算", TODAY, cast.alice)
    assert not Notification.objects.of(cast.bob).exists()


def test_the_way_back_of_a_change_does_not_lead_over_what_came_since(cast, customer):
    step = plan(customer, cast.alice)
    change_step(step=step, given=said(), user=cast.alice, actor=cast.alice, at=MONDAY, customer=customer)
    move_step(step=step, on=TODAY + 3 * DAY, actor=cast.alice, at=MONDAY)

    with pytest.raises(ChangedAgain):
        undo_change(step=step, actor=cast.alice, at=MONDAY, customer=customer)


@pytest.mark.parametrize(
    ("given", "refusal"), [(said(do=" "), NothingToDo), (said(planned_on=TODAY - DAY), DayIsPast)], ids=["says", "past"]
)
def test_a_step_cannot_become_nothing_or_yesterdays(cast, customer, given, refusal):
    step = plan(customer, cast.alice)

    with pytest.raises(refusal):
        change_step(step=step, given=given, user=cast.alice, actor=cast.alice, at=MONDAY, customer=customer)
    assert Step.objects.get().do == "打电话问预算"


def test_what_is_overdue_is_reworded_without_another_day(cast, customer):
    step = plan(customer, cast.alice)

    later = MONDAY + 3 * DAY
    given = said(planned_on=TODAY)
    changed = change_step(step=step, given=given, user=cast.alice, actor=cast.alice, at=later, customer=customer)

    assert (changed.do, changed.planned_on) == ("带样品上门", TODAY)


def test_an_ended_step_and_somebody_elses_customer_are_not_changed(cast, customer):
    step = plan(customer, cast.alice)
    with pytest.raises(Denied):
        change_step(step=step, given=said(), user=cast.charlie, actor=cast.charlie, at=MONDAY, customer=customer)
    cancel_step(step=step, actor=cast.alice, at=MONDAY)

    with pytest.raises(StepHasEnded):
        change_step(step=step, given=said(), user=cast.alice, actor=cast.alice, at=MONDAY, customer=customer)

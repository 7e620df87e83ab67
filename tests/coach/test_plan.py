"""The day's plan: whom to follow up, why now, and who waits."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.world import TODAY, World, answers, histories, stop_clocks, touch
from tests.factories import make_contact, make_customer, make_opportunity
from tests.laws import examples
from wendu.agenda.actions import plan_step
from wendu.agenda.due import tick
from wendu.coach.book import stored_book
from wendu.coach.frame import Frame
from wendu.coach.plan import daily_plan
from wendu.coach.ranking import alerts_of
from wendu.desk.plan import as_json, plan_lines
from wendu.method.view import view
from wendu.touches.actions import CommitmentDraft, PromiseDraft, QuietDraft, set_quiet_period, settle_promise

pytestmark = pytest.mark.django_db


def steps_of(user, **options):
    return [(step.customer_id, step.situation) for step in daily_plan(user, at=MONDAY, **options).steps]


def test_a_customer_seen_today_is_done_and_leaves_the_plan(cast):
    customer = make_customer(cast.alice)
    touch(customer, cast.alice)

    assert steps_of(cast.alice) == []


def test_a_cold_gap_is_listed_and_a_fresh_one_waits(cast):
    cold, fresh = make_customer(cast.alice), make_customer(cast.alice)
    touch(cold, cast.alice, TODAY - timedelta(days=12))
    touch(fresh, cast.alice, TODAY - timedelta(days=2))

    day = daily_plan(cast.alice, at=MONDAY)

    assert [(step.customer_id, step.situation) for step in day.steps] == [(cold.pk, "cold_gap")]
    assert [pk for pk, _ in day.waiting] == [fresh.pk]


def test_the_plan_of_an_outsider_is_empty(cast):
    touch(make_customer(cast.alice), cast.alice, TODAY - timedelta(days=12))

    assert steps_of(cast.charlie) == []


def test_m114_whom_to_follow_and_why_in_words(cast):
    customer = make_customer(cast.alice, "桐溪注塑")
    make_contact(customer, "顾明舒")
    touch(customer, cast.alice, TODAY - timedelta(days=12))

    for lang in ("zh-hans", "en"):
        (line,), _ = plan_lines(daily_plan(cast.alice, at=MONDAY), lang)
        said = as_json(line)

        assert "12" in line.why
        assert "{" not in line.why + line.do + line.script + line.objective
        assert said["situation"] == "cold_gap"
        assert said["score"] is not None


def test_the_past_is_told_from_its_own_facts(cast):
    customer = make_customer(cast.alice)
    make_opportunity(customer, opened_on=TODAY - timedelta(days=90))
    touch(customer, cast.alice, TODAY - timedelta(days=5))

    past = daily_plan(cast.alice, on=TODAY - timedelta(days=60), from_facts=True)

    assert [(step.customer_id, step.situation) for step in past.steps] == [(customer.pk, "unlogged")]
    assert past.provisional


def test_stored_rows_and_facts_tell_the_same_day(cast):
    for days in (0, 3, 8, 12, 30, 70):
        customer = make_customer(cast.alice)
        if days % 2:
            make_opportunity(customer, opened_on=TODAY - timedelta(days=days))
        touch(customer, cast.alice, TODAY - timedelta(days=days))
    make_customer(cast.alice)

    kept, told = daily_plan(cast.alice, on=TODAY), daily_plan(cast.alice, on=TODAY, from_facts=True)

    assert [(s.customer_id, s.situation, s.priority) for s in kept.steps] == [
        (s.customer_id, s.situation, s.priority) for s in told.steps
    ]
    assert kept.waiting == told.waiting


def happened(user, *, on, from_facts):
    day = daily_plan(user, on=on, from_facts=from_facts, capacity=4)
    told = [
        [(step.customer_id, step.group, step.situation, step.due_on, step.priority, step.heat) for step in steps]
        for steps in (day.steps, day.left_out)
    ]
    return [*told, day.waiting, day.provisional]


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(histories(most=5), min_size=1, max_size=5), days=st.integers(0, 60))
def test_stored_rows_and_facts_tell_the_same_day_on_any_history(cast, lives, days):
    with transaction.atomic():
        stop_clocks(2, 3)
        for events in lives:
            World.of(cast.alice).live(events)
        tick(MONDAY + timedelta(days=days))
        on = TODAY + timedelta(days=days)

        assert happened(cast.alice, on=on, from_facts=False) == happened(cast.alice, on=on, from_facts=True)
        transaction.set_rollback(True)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=histories(), days=st.integers(0, 90))
def test_the_rows_raise_the_alerts_the_method_raises(cast, events, days):
    with transaction.atomic():
        stop_clocks(2, 3)
        world = World.of(cast.alice)
        world.live(events)
        tick(MONDAY + timedelta(days=days))
        book = stored_book(cast.alice, Frame.on(TODAY + timedelta(days=days)))
        ((journey, ctx),) = book.look_closer([world.customer.pk]).values()

        told = {alert.rule for alert in view(journey, book.frame.today, ctx).alerts}

        assert set(alerts_of(book.standings[world.customer.pk], book)) == told
        transaction.set_rollback(True)


def words(user, *, lang="zh-hans", at=MONDAY, **options):
    lines, _ = plan_lines(daily_plan(user, at=at, **options), lang)
    return {line.customer: line for line in lines}


def test_a_promise_leads_the_day_until_it_is_so_old_that_it_asks_to_be_settled(cast):
    late, old = make_customer(cast.alice, "桐溪注塑"), make_customer(cast.alice, "旧诺机械")
    for customer, days in ((late, 5), (old, 300)):
        said = PromiseDraft(what="寄样品", due_on=TODAY - timedelta(days=days))
        touch(customer, cast.alice, TODAY - timedelta(days=days + 1), promises=(said,))
        touch(customer, cast.alice, TODAY - timedelta(days=1))

    steps = daily_plan(cast.alice, at=MONDAY).steps

    assert [(step.customer_id, step.group, step.situation) for step in steps] == [
        (late.pk, "promise", "promise_due"),
        (old.pk, "queue", "old_promise"),
    ]
    said = words(cast.alice)
    assert said["桐溪注塑"].why == "答应的事晚了 5 天：寄样品"
    assert said["旧诺机械"].why == "300 天前说好的还没了结：寄样品"


def test_a_past_day_owes_what_was_kept_later(cast):
    customer, due = make_customer(cast.alice), TODAY - timedelta(days=5)
    said = PromiseDraft(what="样板站报告", due_on=due)
    made = touch(customer, cast.alice, due - timedelta(days=3), promises=(said,)).promises.get()
    settle_promise(promise=made, state="kept", actor=cast.alice, at=MONDAY, on=due + timedelta(days=1))

    def owed(on):
        day = daily_plan(cast.alice, on=on, from_facts=True)
        return [step.situation for step in day.steps if step.group == "promise"]

    assert owed(due) == ["promise_due"]
    assert owed(due + timedelta(days=1)) == owed(due - timedelta(days=4)) == []


def test_old_promises_never_crowd_out_the_queues_of_the_living(cast):
    for number in range(6):
        customer = make_customer(cast.alice)
        said = PromiseDraft(what=f"旧事{number}", due_on=TODAY - timedelta(days=500))
        touch(customer, cast.alice, TODAY - timedelta(days=501), promises=(said,))
        touch(customer, cast.alice, TODAY - timedelta(days=1))
    fresh = make_customer(cast.alice)
    touch(fresh, cast.alice, TODAY - timedelta(days=6))

    steps = daily_plan(cast.alice, at=MONDAY, capacity=4).steps

    assert (steps[0].customer_id, steps[0].group) == (fresh.pk, "ranked")


def test_what_a_person_planned_is_said_in_its_own_words(cast):
    customer = make_customer(cast.alice, "桐溪注塑")
    touch(customer, cast.alice, TODAY - timedelta(days=2))
    plan_step(customer=customer, do="带样品去车间", planned_on=TODAY, actor=cast.alice, at=MONDAY)

    today, tomorrow = words(cast.alice)["桐溪注塑"], words(cast.alice, at=MONDAY + timedelta(days=1))["桐溪注塑"]

    assert (today.why, today.do) == ("你自己排在今天", "带样品去车间")
    assert tomorrow.why == "你自己排在 03-02，过了 1 天"


def test_an_agreed_day_that_has_passed_is_not_called_today(cast):
    customer = make_customer(cast.alice, "桐溪注塑")
    touch(customer, cast.alice, TODAY - timedelta(days=9), agreed_on=TODAY - timedelta(days=2))

    assert words(cast.alice)["桐溪注塑"].why.endswith("约在 02-28，过了 2 天")


def test_in_a_quiet_period_nobody_is_chased(cast):
    customer = make_customer(cast.alice)
    contact = make_contact(customer)
    agreed = CommitmentDraft(contact_id=contact.pk, what="报预算", due_on=TODAY - timedelta(days=2))
    touch(
        customer,
        cast.alice,
        TODAY - timedelta(days=12),
        commitment=agreed,
        promises=(PromiseDraft(what="资料", due_on=TODAY),),
    )
    quiet = QuietDraft(starts_on=TODAY - timedelta(days=4), ends_on=TODAY + timedelta(days=9), reason="tender")
    set_quiet_period(customer=customer, quiet=quiet, actor=cast.alice, at=MONDAY)

    assert steps_of(cast.alice) == []


def test_money_of_another_country_is_named_missing_instead_of_added(cast):
    home, abroad = make_customer(cast.alice), make_customer(cast.alice)
    make_opportunity(home, amount_minor=5_000_000_00)
    make_opportunity(abroad, amount_minor=9_000_000_00, currency="JPY")
    for customer in (home, abroad):
        touch(customer, cast.alice, TODAY - timedelta(days=6))

    scores = {step.customer_id: step.priority for step in daily_plan(cast.alice, at=MONDAY).steps}

    assert "value" not in scores[home.pk].missing
    assert "value" in scores[abroad.pk].missing


def test_quiet_days_use_up_nothing_of_the_window(cast):
    customers = [make_customer(cast.alice) for _ in range(2)]
    for customer in customers:
        touch(customer, cast.alice, TODAY - timedelta(days=40), answers=tuple(answers(2, 2)))
    quiet = QuietDraft(starts_on=TODAY - timedelta(days=30), ends_on=TODAY - timedelta(days=10), reason="tender")
    set_quiet_period(customer=customers[1], quiet=quiet, actor=cast.alice, at=MONDAY)

    day = daily_plan(cast.alice, at=MONDAY)

    pressure = {
        step.customer_id: next(r.numbers["points"] for r in step.priority.reasons if r.code == "pressure")
        for step in day.steps
    }
    assert pressure[customers[0].pk] == 15
    assert pressure[customers[1].pk] == pytest.approx(15 * (40 - 21) / 31)


def test_the_plan_asks_a_fixed_number_of_questions(cast):
    counted = []
    for more in (2, 9):
        for number in range(more):
            customer = make_customer(cast.alice)
            make_contact(customer)
            if number % 2:
                make_opportunity(customer, opened_on=TODAY - timedelta(days=20))
            touch(customer, cast.alice, TODAY - timedelta(days=6 + number))
        daily_plan(cast.alice, at=MONDAY)
        with CaptureQueriesContext(connection) as asked:
            plan_lines(daily_plan(cast.alice, at=MONDAY), "zh-hans")
        counted.append(len(asked))

    assert counted[0] == counted[1] <= 28

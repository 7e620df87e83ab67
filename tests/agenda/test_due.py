"""What falls due by itself: once, in order, whatever fails."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from tests.cast import MONDAY, call_the_cast
from tests.jobs.twice import together
from wendu.agenda.due import Ticked, clear_due, due_row, replace_dues, schedule_due, start_of, tick, write_dues
from wendu.agenda.models import Due, Notification
from wendu.agenda.queries import failing_dues
from wendu.agenda.rules import NoHandler, forget, handler_of, on_due, rules
from wendu.identity.models import User

HOUR = timedelta(hours=1)
RULE = "test.rule"


@pytest.fixture
def handled():
    """What was handled; a handler in its place decides what else happens."""
    seen: list[int] = []
    extra: dict[str, object] = {}

    def handle(due, at):
        Notification.objects.create(user=User.objects.get(pk=due.subject_id), code="due", at=at)
        seen.append(due.subject_id)
        if "act" in extra:
            extra["act"](due, at)

    forget(RULE)
    on_due(RULE, handle)
    yield type("Handled", (), {"seen": seen, "extra": extra})
    forget(RULE)


def told():
    return Notification.objects.count()


@pytest.mark.django_db
def test_what_is_due_is_handled_once_and_what_is_not_waits(cast, handled):
    schedule_due(on=MONDAY - HOUR, rule=RULE, subject=cast.alice)
    schedule_due(on=MONDAY, rule=RULE, subject=cast.bob)
    schedule_due(on=MONDAY + HOUR, rule=RULE, subject=cast.mona)

    assert tick(MONDAY) == Ticked(done=2)
    assert tick(MONDAY) == Ticked()

    assert handled.seen == [cast.alice.pk, cast.bob.pk]
    assert list(Due.objects.values_list("subject_id", flat=True)) == [cast.mona.pk]


@pytest.mark.django_db
def test_a_day_begins_where_the_organisation_is(cast, handled):
    schedule_due(on=date(2026, 3, 2), rule=RULE, subject=cast.alice)

    assert start_of(date(2026, 3, 2)) == Due.objects.get().due_at == datetime(2026, 3, 1, 16, tzinfo=UTC)


@pytest.mark.django_db
def test_a_later_word_moves_the_due_and_clearing_drops_it(cast, handled):
    schedule_due(on=MONDAY, rule=RULE, subject=cast.alice)
    schedule_due(on=MONDAY + HOUR, rule=RULE, subject=cast.alice)
    assert tick(MONDAY) == Ticked()

    clear_due(rule=RULE, subject=cast.alice)
    assert tick(MONDAY + HOUR) == Ticked()


@pytest.mark.django_db
def test_a_failure_is_kept_tried_again_later_and_stops_nothing_else(cast, handled):
    def fail(due, at):
        if due.subject_id == cast.alice.pk:
            raise ZeroDivisionError("by zero")

    handled.extra["act"] = fail
    for person in (cast.alice, cast.bob):
        schedule_due(on=MONDAY, rule=RULE, subject=person)

    assert tick(MONDAY) == Ticked(done=1, failed=1)
    assert told() == 1, "what a failing handler wrote is rolled back"
    assert tick(MONDAY) == Ticked()
    row = failing_dues().get()
    assert (row.failures, row.error) == (1, "ZeroDivisionError: by zero")

    assert tick(row.try_at) == Ticked(failed=1)
    assert failing_dues().get().try_at - row.try_at > row.try_at - MONDAY

    del handled.extra["act"]
    assert tick(MONDAY + timedelta(days=1)) == Ticked(done=1)
    assert not Due.objects.exists()


@pytest.mark.django_db
def test_the_wait_after_failures_stays_bounded(cast, handled):
    handled.extra["act"] = lambda due, at: 1 / 0
    schedule_due(on=MONDAY, rule=RULE, subject=cast.alice)
    for _ in range(15):
        tick(failing_dues().first().try_at if failing_dues().exists() else MONDAY)

    assert failing_dues().get().failures == 15
    assert tick(failing_dues().get().try_at + timedelta(seconds=1)) == Ticked(failed=1)


@pytest.mark.django_db
def test_a_rule_without_handler_fails_loudly_and_keeps_its_row(cast):
    schedule_due(on=MONDAY, rule="no.such", subject=cast.alice)

    assert tick(MONDAY) == Ticked(failed=1)
    assert "NoHandler" in failing_dues().get().error
    with pytest.raises(NoHandler):
        handler_of("no.such")


@pytest.mark.django_db
def test_a_handler_may_schedule_the_rule_again(cast, handled):
    handled.extra["act"] = lambda due, at: schedule_due(on=at + HOUR, rule=RULE, subject=cast.alice)
    schedule_due(on=MONDAY, rule=RULE, subject=cast.alice)

    assert tick(MONDAY) == Ticked(done=1)
    assert Due.objects.get().due_at == MONDAY + HOUR
    assert tick(MONDAY + HOUR) == Ticked(done=1)


@pytest.mark.django_db
def test_a_handler_that_writes_the_same_instant_again_is_done(cast, handled):
    def judge_anew(due, at):
        rows = [due_row(on=due.due_at, rule=RULE, kind="user", subject_id=due.subject_id)]
        replace_dues(kind="user", subject_ids=[due.subject_id], rules=[RULE], rows=rows)

    handled.extra["act"] = judge_anew
    schedule_due(on=MONDAY, rule=RULE, subject=cast.alice)

    assert tick(MONDAY) == Ticked(done=1)
    assert not Due.objects.exists()


@pytest.mark.django_db
def test_one_rule_has_one_handler(handled):
    with pytest.raises(ValueError, match="already handled"):
        on_due(RULE, lambda due, at: None)
    assert RULE in rules()


@pytest.mark.django_db
def test_replacing_many_leaves_exactly_those(cast, django_assert_max_num_queries):
    write_dues(due_row(on=MONDAY, rule=rule, kind="thing", subject_id=n) for n in range(50) for rule in ("a", "b", "c"))
    rows = [due_row(on=MONDAY + HOUR, rule="a", kind="thing", subject_id=n) for n in range(10)]
    with django_assert_max_num_queries(6):
        replace_dues(kind="thing", subject_ids=range(20), rules=["a", "b"], rows=rows)

    left = set(Due.objects.values_list("rule", "subject_id"))
    assert {n for rule, n in left if rule == "a"} == {*range(10), *range(20, 50)}
    assert {n for rule, n in left if rule == "b"} == set(range(20, 50))
    assert {n for rule, n in left if rule == "c"} == set(range(50))
    assert Due.objects.filter(due_at=MONDAY + HOUR).count() == 10


@pytest.mark.django_db
def test_a_tick_goes_through_more_than_a_page_and_costs_what_is_due(cast, handled, monkeypatch):
    monkeypatch.setattr("wendu.agenda.due.PAGE", 3)
    for person in cast.everyone:
        schedule_due(on=MONDAY, rule=RULE, subject=person)

    assert tick(MONDAY) == Ticked(done=len(cast.everyone))


@pytest.mark.django_db(transaction=True)
def test_ticks_at_once_have_the_effect_of_one(handled):
    cast = call_the_cast()
    for person in cast.everyone:
        schedule_due(on=MONDAY, rule=RULE, subject=person)

    results = together(*[lambda: tick(MONDAY)] * 4)

    assert sum(result.done for result in results) == told() == len(cast.everyone)
    assert sum(result.failed for result in results) == 0
    assert not Due.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_person_acting_at_the_same_moment_blocks_no_tick(handled):
    """Both lock the thing first and its due rows last, so neither waits for the other for ever."""
    alice = call_the_cast().alice

    def lock_and_judge(due, at):
        User.objects.select_for_update().get(pk=due.subject_id)

    def act():
        for _ in range(20):
            with transaction.atomic():
                User.objects.select_for_update().get(pk=alice.pk)
                schedule_due(on=MONDAY, rule=RULE, subject=alice)
        return "acted"

    handled.extra["act"] = lock_and_judge
    results = together(act, lambda: [tick(MONDAY) for _ in range(20)])

    assert "acted" in results
    assert not [result for result in results if isinstance(result, Exception)]
    assert not failing_dues().exists()

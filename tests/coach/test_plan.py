"""The day's plan: whom to follow up, why now, and who waits."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY, touch
from tests.factories import make_contact, make_customer, make_opportunity
from wendu.coach.plan import daily_plan
from wendu.desk.plan import as_json, plan_lines

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

    assert [(step.customer_id, step.situation) for step in past.steps] == [(customer.pk, "first_touch_old")]
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

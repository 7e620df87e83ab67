"""Time alone changes standings: what the tick writes is what a rebuild on that day would write."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.world import ROWS, TODAY, World, histories, stands, stop_clocks, touch
from tests.factories import make_customer
from tests.laws import examples
from wendu.agenda.due import tick
from wendu.agenda.models import Due
from wendu.coach.actions import judge_many
from wendu.coach.facts import folded, gather
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_on
from wendu.coach.models import ClassSpell, DealStanding, Standing
from wendu.customers.actions import begin_nurture
from wendu.customers.choices import NurtureReason
from wendu.identity import snapshot
from wendu.method.journey import heat_on as told_heat_on
from wendu.method.journey import standing, view
from wendu.readings.actions import set_override
from wendu.readings.models import Reading
from wendu.touches.actions import QuietDraft, set_quiet_period

pytestmark = pytest.mark.django_db
property_test = settings(
    max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def later(days: int) -> date:
    return TODAY + timedelta(days=days)


def go_to(days: int) -> None:
    """Let the clock tick so many days after today, once."""
    ticked = tick(MONDAY + timedelta(days=days))
    assert ticked.failed == 0, list(Due.objects.values())


def rebuilt(world: World, days: int) -> list[list[dict]]:
    at = MONDAY + timedelta(days=days)
    judge_many([world.customer.pk], frame=Frame.at(at), at=at)
    return stands()


@property_test
@given(events=histories(), days=st.integers(1, 120))
def test_what_the_tick_writes_is_what_a_rebuild_would_write(cast, events, days):
    with transaction.atomic():
        stop_clocks(3, 4, 5, 20, 61)
        world = World.of(cast.alice)
        world.live(events)

        go_to(days)
        ticked = stands()

        assert ticked == rebuilt(world, days)
        transaction.set_rollback(True)


@property_test
@given(events=histories(), days=st.integers(1, 60))
def test_ticking_each_day_is_ticking_once(cast, events, days):
    with transaction.atomic():
        stop_clocks(3, 4, 5, 20)
        world = World.of(cast.alice)
        world.live(events)
        with transaction.atomic():
            go_to(days)
            once = stands()
            transaction.set_rollback(True)

        for day in range(1, days + 1):
            go_to(day)

        assert stands() == once
        transaction.set_rollback(True)


@property_test
@given(events=histories())
def test_the_row_knows_its_heat_on_every_day_until_it_changes(cast, events):
    with transaction.atomic():
        stop_clocks(1, 2, 9, 30)
        world = World.of(cast.alice)
        world.live(events)
        frame = Frame.at(MONDAY)
        row = Standing.objects.get(pk=world.customer.pk)
        deals = list(DealStanding.objects.filter(customer=world.customer))
        course = folded(gather([row.pk], frame)[0])
        until = row.next_change_on or later(90)

        for days in range((until - TODAY).days):
            day = later(days)
            told = view(course.journey, day, course.context)
            by_deal = {deal.facts.deal: deal.heat.value for deal in told.deals}
            assert heat_on(row, day, frame) == pytest.approx(told.heat.value)
            assert told_heat_on(standing(course.journey, course.context, TODAY), day, course.context) == pytest.approx(
                told.heat.value
            )
            for deal in deals:
                assert heat_on(deal, day, frame) == pytest.approx(by_deal[deal.pk])
        transaction.set_rollback(True)


def boiling(cast) -> World:
    world = World.of(cast.alice)
    world.heat(TODAY)
    return world


def test_heat_lost_is_written_on_the_day_it_is_lost(cast):
    world = boiling(cast)
    before = DealStanding.objects.get(customer=world.customer)

    for day in range(1, 60):
        go_to(day)
        row = DealStanding.objects.get(customer=world.customer)
        if row.missed_on is not None:
            break

    assert before.strike_since == TODAY or before.reopens_on is not None
    assert (row.missed_on, row.strike_since) == (later(day), None)
    assert heat_on(row, later(day), Frame.on(later(day))) < 80


def test_a_strike_opens_again_the_day_after_the_agreed_date(cast):
    world = World.of(cast.alice)
    world.heat(later(-1))
    world.advance(TODAY, "negotiation")
    resting = DealStanding.objects.get(customer=world.customer)

    go_to((resting.reopens_on - TODAY).days)

    again = DealStanding.objects.get(customer=world.customer)
    assert resting.strike_since is None
    assert again.strike_since == resting.reopens_on


def test_a_quiet_period_stops_the_cooling_from_its_first_day_to_its_last(cast):
    world = World.of(cast.alice)
    touch(world.customer, cast.alice, later(-10))
    quiet = QuietDraft(starts_on=later(4), ends_on=later(13), reason="tender")
    set_quiet_period(customer=world.customer, quiet=quiet, actor=cast.alice, at=MONDAY)
    go_to(20)

    row, frame = Standing.objects.get(pk=world.customer.pk), Frame.on(later(20))

    lost_days = 10 + 20 - 10 - 7
    assert heat_on(row, later(20), frame) == pytest.approx(15 * 2 ** (-lost_days / 14))


def test_an_override_runs_out_by_itself(cast):
    world = World.of(cast.alice)
    touch(world.customer, cast.alice)
    set_override(subject=world.customer, code="quadrant", value="A", reason="他说的", actor=cast.alice, at=MONDAY)
    held = Standing.objects.get(pk=world.customer.pk).quadrant

    go_to(30)

    row = Standing.objects.get(pk=world.customer.pk)
    spells = list(ClassSpell.objects.order_by("since").values_list("since", "quadrant", "is_override"))
    assert (held, row.quadrant) == ("A", "")
    assert spells[-1][1:] == ("", False)
    assert Reading.objects.get(subject_id=row.pk, code="quadrant").value == "unclassified"


def test_a_sleeper_wakes_on_its_day(cast):
    customer = make_customer(cast.alice)
    touch(customer, cast.alice, later(-3))
    begin_nurture(customer=customer, reason=NurtureReason.TIMING, wake_on=later(9), actor=cast.alice, at=MONDAY)
    asleep = Standing.objects.get(pk=customer.pk).status

    go_to(9)

    row = Standing.objects.get(pk=customer.pk)
    assert (asleep, row.status) == ("nurturing", "in_pursuit")
    assert row.due_on == later(9)


def test_heat_without_an_advance_is_capped_after_thirty_days(cast):
    world = boiling(cast)
    for days in range(3, 30, 3):
        touch(world.customer, cast.alice, later(days), kind="demo", at=MONDAY + timedelta(days=days))
    row = DealStanding.objects.get(customer=world.customer)

    assert heat_on(row, row.capped_from - timedelta(days=1), Frame.on(TODAY)) <= 100
    assert heat_on(row, row.capped_from, Frame.on(TODAY)) <= 79
    assert (row.capped_from - TODAY).days > 30


@pytest.fixture(autouse=True)
def _forget():
    yield
    snapshot.forget()


def test_every_kind_of_row_is_compared():
    assert set(ROWS) == {Standing, DealStanding, ClassSpell, Reading}

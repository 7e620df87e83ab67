"""What must hold for every history, whatever happened."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import CLASS_ANSWERS, context, day, on, opened, standard, touch, travelled
from tests.method.histories import contexts, histories, touches
from wendu.method.journey import (
    Context,
    DayFacts,
    Journey,
    NotLater,
    deal_standing,
    fold,
    heat_on,
    rolled,
    standing,
    view,
)
from wendu.method.stops import Stops
from wendu.method.temperature import band


@given(histories(), contexts(), st.integers(0, 400))
def test_heat_stays_between_cold_and_boiled(days: tuple[DayFacts, ...], ctx: Context, after: int) -> None:
    seen = view(travelled(days, ctx), days[-1].on + timedelta(days=after), ctx)

    assert 0 <= seen.heat.value <= 100
    assert all(0 <= deal.heat.value <= 100 for deal in seen.deals)


@given(histories(), contexts(), st.data())
def test_folding_from_a_base_equals_folding_from_the_start_bit_for_bit(
    days: tuple[DayFacts, ...], ctx: Context, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(days)))

    base = travelled(days[:cut], ctx)
    stored = Journey.from_json(json.loads(json.dumps(base.to_json())))

    assert stored == base
    assert travelled(days[cut:], ctx, stored) == travelled(days, ctx)
    assert travelled(days[cut:], ctx, stored).to_json() == travelled(days, ctx).to_json()


@given(histories(), contexts())
def test_a_day_on_which_nothing_happened_changes_nothing(days: tuple[DayFacts, ...], ctx: Context) -> None:
    state = travelled(days, ctx)

    assert fold(state, DayFacts(days[-1].on + timedelta(days=3)), ctx) is state


@given(histories(), contexts(), st.integers(1, 120))
def test_arithmetic_alone_gives_the_heat_of_every_day_before_the_next_change(
    days: tuple[DayFacts, ...], ctx: Context, after: int
) -> None:
    state = travelled(days, ctx)
    facts = standing(state, ctx)
    if facts.as_of is None:
        return
    until = min((change.on for change in facts.changes), default=facts.as_of + timedelta(days=after))
    on_day = min(facts.as_of + timedelta(days=after), until - timedelta(days=1))
    seen = view(state, max(on_day, facts.as_of), ctx)

    assert heat_on(facts, seen.on, ctx) == pytest.approx(seen.heat.value, abs=1e-9)
    for deal in seen.deals:
        stood = deal_standing(state, deal.facts.deal, ctx)
        assert stood is not None
        assert heat_on(stood, seen.on, ctx) == pytest.approx(deal.heat.value, abs=1e-9)


@given(histories(), contexts(), st.integers(0, 60))
def test_the_days_of_falling_below_a_band_are_exact(days: tuple[DayFacts, ...], ctx: Context, after: int) -> None:
    state = travelled(days, ctx)
    facts = standing(state, ctx, days[-1].on + timedelta(days=after))
    one = timedelta(days=1)

    for each in (facts, *facts.deals):
        for mark in each.heat.below:
            if mark.on is not None:
                assert round(heat_on(each, mark.on, ctx), 9) < mark.threshold
                assert mark.on == facts.as_of or round(heat_on(each, mark.on - one, ctx), 9) >= mark.threshold


@given(histories(), contexts(), st.integers(1, 40), st.data())
def test_one_more_meeting_never_cools(
    days: tuple[DayFacts, ...], ctx: Context, after: int, data: st.DataObject
) -> None:
    state = travelled(days, ctx)
    number = (days[-1].on - day(0)).days + after
    meeting = data.draw(touches(number, gentle=True))

    warmed = travelled([on(number, meeting)], ctx, state)

    assert warmed.heat.level >= view(state, day(number), ctx).heat.value


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 200), st.sampled_from("ABCD"))
def test_one_more_meeting_never_leaves_a_customer_colder_later(
    earlier: int, later: int, after: int, quadrant: str
) -> None:
    ctx = context()
    told = on(0, touch("visit"), answers=CLASS_ANSWERS[quadrant])
    meeting = on(earlier + 1, touch("phone"))
    end = day(earlier + later + 1 + after)

    without = view(travelled([told], ctx), end, ctx).heat.value
    with_it = view(travelled([told, meeting], ctx), end, ctx).heat.value

    assert with_it >= without


@given(histories(), contexts(), st.integers(0, 100), st.integers(0, 30))
def test_a_quiet_period_never_cools(days: tuple[DayFacts, ...], ctx: Context, after: int, length: int) -> None:
    begins = days[-1].on + timedelta(days=after + 1)
    ends = begins + timedelta(days=length)
    hushed = Context(ctx.scale, _with_quiet(ctx, begins, ends), ctx.profile)
    state = travelled(days, ctx)

    seen, other = (view(state, ends, each).heat.value for each in (hushed, ctx))

    assert seen >= other - 1e-9


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_warmer_customer_is_never_in_a_colder_band(one: float, other: float) -> None:
    order = [band.code for band in standard().heat.bands]
    colder, warmer = sorted((one, other))

    assert order.index(band(colder, standard().heat)) <= order.index(band(warmer, standard().heat))


@given(histories(), contexts(), st.integers(0, 90))
def test_the_same_facts_give_the_same_reading(days: tuple[DayFacts, ...], ctx: Context, after: int) -> None:
    end = days[-1].on + timedelta(days=after)

    assert view(travelled(days, ctx), end, ctx) == view(travelled(days, ctx), end, ctx)


@given(histories(), contexts(), st.integers(0, 40), st.integers(0, 40))
def test_waiting_in_two_steps_is_waiting_in_one(
    days: tuple[DayFacts, ...], ctx: Context, first: int, second: int
) -> None:
    state, middle = travelled(days, ctx), days[-1].on + timedelta(days=first)
    end = middle + timedelta(days=second)

    assert rolled(rolled(state, middle, ctx), end, ctx) == rolled(state, end, ctx)


def test_a_day_cannot_be_folded_twice() -> None:
    ctx = context()
    state = travelled([on(3, touch())], ctx)

    with pytest.raises(NotLater, match="2025-03-06"):
        fold(state, on(3, touch()), ctx)


def test_the_order_of_two_touches_of_a_day_does_not_matter() -> None:
    ctx = context()
    visit, call = touch("visit", deal=7), touch("phone", deal=7)

    there = travelled([on(0, visit, call, deals=(opened(),))], ctx)
    back = travelled([on(0, call, visit, deals=(opened(),))], ctx)

    assert there == back


def _with_quiet(ctx: Context, begins: date, ends: date) -> Stops:
    stopped = (
        start + timedelta(days=n) for start, end in ctx.stops.stopped.intervals() for n in range((end - start).days + 1)
    )
    return Stops.of(stopped, [*ctx.stops.quiet.intervals(), (begins, ends)])

"""The closed forms against a simulation that walks every single day."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.histories import contexts, histories
from tests.method.oracle import Oracle, Seen
from wendu.method.journey import Context, CustomerView, DayFacts, Journey, fold, view


def facts_until(days: tuple[DayFacts, ...], n: int) -> list[DayFacts]:
    """The days that lie before the n-th day after the start."""
    return [day for day in days if (day.on - days[0].on).days <= n]


def assert_agrees(seen: Seen, viewed: CustomerView) -> None:
    """One day of both opinions."""
    assert viewed.heat.value == pytest.approx(seen.heat, abs=1e-6)
    assert (viewed.status, viewed.facts.quadrant) == (seen.status, seen.quadrant)
    assert viewed.gap.band.startswith("cold") == bool(seen.cold)
    assert not seen.cold or viewed.gap.band == seen.cold
    assert [d for d in viewed.facts.drops if (viewed.on - d).days < 90] == seen.drops
    assert (viewed.facts.window.start_on if viewed.facts.window else None) == seen.start
    assert viewed.facts.review_due_on == seen.review
    road = viewed.facts.track
    resting = road and (road.due_on if viewed.status == "nurturing" else None)
    assert (road and (road.began_on, road.taken, road.ended, resting)) == seen.road
    assert {deal.facts.deal for deal in viewed.deals} == set(seen.deals)
    for deal in viewed.deals:
        heat, phase, since, missed = seen.deals[deal.facts.deal]
        assert deal.heat.value == pytest.approx(heat, abs=1e-6)
        assert (deal.facts.strike, deal.facts.missed_on) == (phase, missed)
        assert phase == "waiting" or deal.facts.strike_since == since


@given(histories(), contexts(), st.integers(0, 90))
def test_every_reading_agrees_with_walking_day_by_day(days: tuple[DayFacts, ...], ctx: Context, after: int) -> None:
    end = days[-1].on + timedelta(days=after)
    walked = Oracle(ctx).walk(days, end)
    state, pending = Journey.empty(), list(days)

    for seen in walked:
        if pending and pending[0].on == seen.on:
            state = fold(state, pending.pop(0), ctx)
        assert_agrees(seen, view(state, seen.on, ctx))

"""What was thought once is kept: the same thought for the same facts, another for others."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import context, day
from tests.method.histories import contexts, histories
from wendu.coach.sight import curve_of, journey_of, seen
from wendu.method.curve import curve
from wendu.method.fold import fold
from wendu.method.journey import Journey
from wendu.method.view import view


def after(days, ctx):
    state = Journey.empty()
    for each in days:
        state = fold(state, each, ctx)
    return state


@given(histories(), contexts(), st.integers(0, 90))
def test_a_view_is_the_methods_own(days, ctx, later):
    state, on = after(days, ctx), days[-1].on + timedelta(days=later)

    assert seen(state, on, ctx) == view(state, on, ctx)
    assert seen(state, on, ctx) is seen(state, on, ctx)


@given(histories(), contexts(), contexts())
def test_another_context_is_another_view(days, one, other):
    state, on = after(days, one), days[-1].on + timedelta(days=20)

    assert seen(state, on, one) == view(state, on, one)
    assert seen(state, on, other) == view(state, on, other)


def test_a_state_read_back_is_the_same_object_for_the_same_text():
    text = '{"on": "2026-03-01"}'

    assert journey_of(text) is journey_of(text)
    assert journey_of(text) == Journey.from_json({"on": "2026-03-01"})


@given(histories(), contexts(), st.integers(0, 200), st.integers(0, 200))
def test_the_latest_part_of_a_curve_is_the_curve_begun_there(days, ctx, before, shown):
    end = days[-1].on + timedelta(days=10)
    eldest, start = end - timedelta(days=max(before, shown)), end - timedelta(days=min(before, shown))

    assert curve_of(days, eldest, end, ctx).since(start) == curve(days, start, end, ctx)


def test_a_curve_is_drawn_once_for_the_same_facts():
    ctx = context()

    assert curve_of((), day(0), day(9), ctx) is curve_of((), day(0), day(9), ctx)
    assert curve_of((), day(0), day(9), context()) == curve_of((), day(0), day(9), ctx)

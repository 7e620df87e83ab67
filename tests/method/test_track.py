"""The long, light road: nurtured customers and class D hear from us now and then, until something ends it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import CLASS_ANSWERS, answers, context, day, on, opened, touch, travelled
from tests.method.histories import contexts, histories
from wendu.method.codes import Status
from wendu.method.journey import Context, DayFacts, Journey, standing, view
from wendu.method.strategy import Circumstances, situations
from wendu.method.track import TrackFacts


def article(n: int) -> DayFacts:
    """Something light sent on the n-th day."""
    return on(n, touch("article", two_way=False))


def asleep(ctx: Context, *, until: int = 500) -> Journey:
    """A class B customer who said not this year, on day 10."""
    met = on(0, touch(), answers=CLASS_ANSWERS["B"])
    return travelled([met, on(10, touch("phone"), nurture_until=day(until))], ctx)


def road(state: Journey, ctx: Context, n: int | None = None) -> TrackFacts:
    """Where the customer stands on the track."""
    found = standing(state, ctx, None if n is None else day(n)).track
    assert found
    return found


def codes(state: Journey, n: int, ctx: Context) -> list[str]:
    """The situations of the n-th day, the light step included."""
    seen = view(state, day(n), ctx)
    due_on = seen.facts.track.due_on if seen.facts.track else None
    return [reason.code for reason in situations(seen, Circumstances(nurture_touch_due_on=due_on), ctx)]


def test_m130_the_steps_follow_each_other_from_the_latest_touch_on(ctx: Context) -> None:
    state, seen = asleep(ctx), []
    for n in (17, 45, 70, 95, 110):
        state = travelled([article(n)], ctx, state)
        seen.append((road(state, ctx).step, road(state, ctx).due_on))

    assert (road(asleep(ctx), ctx).step, road(asleep(ctx), ctx).due_on) == (0, day(17))
    assert seen == [(1, day(38)), (2, day(69)), (3, day(95)), (4, day(110)), (0, day(200))]


def test_m16_after_a_full_round_one_step_follows_every_ninety_days(ctx: Context) -> None:
    state = travelled([article(n) for n in (17, 38, 62, 87, 102, 192)], ctx, asleep(ctx, until=700))

    assert (road(state, ctx).taken, road(state, ctx).step, road(state, ctx).due_on) == (6, 1, day(282))


def test_m130_a_light_touch_is_due_on_its_day_and_not_before(ctx: Context) -> None:
    assert "nurture_touch" not in codes(asleep(ctx), 16, ctx)
    assert codes(asleep(ctx), 17, ctx)[0] == "nurture_touch"
    assert "nurture_touch" not in codes(travelled([article(17)], ctx, asleep(ctx)), 18, ctx)


def test_m130_an_answer_ends_the_track_until_the_customer_was_judged_again(ctx: Context) -> None:
    answered = travelled([article(17), on(20, touch("message", proactive=False))], ctx, asleep(ctx))
    judged = travelled([on(22, answers=answers((1,)))], ctx, answered)

    assert (road(answered, ctx).ended, road(answered, ctx).ended_on, road(answered, ctx).due_on) == (
        "reply",
        day(20),
        None,
    )
    assert codes(answered, 60, ctx)[0] == "nurture_reply"
    assert (road(judged, ctx).ended, road(judged, ctx).step, road(judged, ctx).due_on) == (None, 1, day(41))


def test_m130_willingness_that_grew_ends_it_but_not_the_one_it_began_with(ctx: Context) -> None:
    willing = travelled([on(0, touch(), answers=CLASS_ANSWERS["C"]), on(9, nurture_until=day(300))], ctx)
    grown = travelled([on(30, answers=answers((2, 2, 2, 1, 1)))], ctx, asleep(ctx))

    assert road(willing, ctx).ended is None
    assert (road(grown, ctx).ended, road(grown, ctx).ended_on) == ("willingness", day(30))


def test_m130_the_wake_date_ends_it_and_a_step_that_would_come_later_is_left_out(ctx: Context) -> None:
    state = travelled([article(17)], ctx, asleep(ctx, until=37))

    assert road(state, ctx).due_on is None
    assert road(asleep(ctx, until=37), ctx).due_on == day(17)
    assert standing(state, ctx, day(37)).track is None
    assert codes(state, 37, ctx)[0] == "nurture_wake"


def test_m130_class_d_is_on_the_track_from_the_day_it_became_one(ctx: Context) -> None:
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["D"])], ctx)

    assert (road(state, ctx).began_on, road(state, ctx).due_on) == (day(0), day(7))
    assert standing(travelled([on(5, answers=CLASS_ANSWERS["A"])], ctx, state), ctx).track is None


def test_a_light_step_shortly_before_the_next_contact_waits_for_it(ctx: Context) -> None:
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["D"]), article(7)], ctx)

    assert standing(state, ctx).due_on == day(29)
    assert road(state, ctx).due_on == day(29)


def test_nobody_is_written_to_before_the_day_agreed_with_them(ctx: Context) -> None:
    state = travelled([on(0, touch(agreed_on=day(20)), answers=CLASS_ANSWERS["D"])], ctx)

    assert road(state, ctx).due_on == day(20)


def test_in_a_quiet_period_no_step_and_no_review_is_due() -> None:
    ctx = context(quiet=[(day(5), day(40))])
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["D"])], ctx)

    assert road(state, ctx).due_on == day(41)
    assert standing(state, ctx).review_due_on == day(41)


def test_m130_class_d_is_judged_again_after_thirty_days_and_then_thirty_later(ctx: Context) -> None:
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["D"], deals=(opened(),))], ctx)
    kept = travelled([on(31, answers=answers((1, 1)))], ctx, state)

    assert "review_due" not in codes(state, 29, ctx)
    assert "review_due" in codes(state, 30, ctx)
    assert "review_due" not in codes(kept, 60, ctx)
    assert "review_due" in codes(kept, 61, ctx)


def test_m130_nobody_else_is_reviewed(ctx: Context) -> None:
    for quadrant in "ABC":
        state = travelled([on(0, touch(), answers=CLASS_ANSWERS[quadrant])], ctx)

        assert standing(state, ctx).review_due_on is None


@given(histories(), contexts(), st.integers(0, 200))
def test_m16_whoever_rests_hears_from_us_within_ninety_days_or_wakes(
    days: tuple[DayFacts, ...], ctx: Context, after: int
) -> None:
    facts = standing(travelled(days, ctx), ctx, days[-1].on + timedelta(days=after))
    if facts.status is not Status.NURTURING:
        return

    assert facts.track
    assert facts.wake_on
    latest = facts.track.since + timedelta(days=90)
    due_on = facts.track.ended_on or facts.track.due_on or facts.wake_on
    assert due_on <= latest or ctx.stops.is_quiet(latest) or due_on == facts.wake_on


@given(histories(), contexts())
def test_only_who_rests_and_class_d_are_on_the_track(days: tuple[DayFacts, ...], ctx: Context) -> None:
    facts = standing(travelled(days, ctx), ctx)
    is_d = facts.status is Status.IN_PURSUIT and facts.quadrant == "D"

    assert (facts.track is not None) == (is_d or facts.status is Status.NURTURING)
    assert (facts.review_due_on is not None) == is_d

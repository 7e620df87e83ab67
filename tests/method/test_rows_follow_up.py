"""The capabilities of 《四位一体跟进法》, one by one: class, window, state."""

from datetime import date, timedelta

import pytest

from tests.method.build import (
    CLASS_ANSWERS,
    START,
    answers,
    context,
    day,
    happened,
    held,
    on,
    opened,
    standard,
    touch,
    travelled,
)
from wendu.method.codes import Axis, DealEvent, Outcome, Quadrant, Quality, Reach, Status
from wendu.method.forecast import Closed, Promise, forecast
from wendu.method.journey import Answer, Context, DayFacts, Journey, curve, deal_standing, fold, standing, view
from wendu.method.plan import Row, day_plan
from wendu.method.priority import Worth, priority, value_of, value_scale
from wendu.method.strategy import class_shares, time_advice
from wendu.method.windows import add_months, window_state


def test_m114_the_hot_ready_customer_is_followed_before_the_cold_big_one() -> None:
    among = value_scale([300_000.0, 100_000.0, 5_000_000.0])
    cold_and_big = priority(Worth(Quadrant.D, 10.0, 300_000.0, 1.4), among, standard().plan)
    hot_and_small = priority(Worth(Quadrant.A, 30.0, 100_000.0, 0.0), among, standard().plan)

    plan = day_plan(day(9), [Row(1, cold_and_big, day(1)), Row(2, hot_and_small, day(9))], standard().plan)

    assert [step.customer for step in plan.steps] == [2, 1]
    assert [reason.code for reason in hot_and_small.reasons] == ["quadrant", "heat", "value", "pressure"]


def test_m114_value_is_the_larger_of_the_open_amount_and_what_the_customer_may_become() -> None:
    assert value_of(100_000.0, 2_000_000.0) == 2_000_000.0
    assert value_of(None, 2_000.0) == 2_000.0
    assert value_of(None, None) is None


def test_m114_too_much_time_on_class_d_is_worth_a_word() -> None:
    spent = [Quadrant.A] * 4 + [Quadrant.B] * 2 + [Quadrant.D] * 4 + [Quadrant.UNCLASSIFIED] * 9

    shares = class_shares(spent)

    assert shares[Quadrant.D] == pytest.approx(0.4)
    assert time_advice(shares, standard().plan.long_war_share)
    assert time_advice(class_shares([Quadrant.A] * 7 + [Quadrant.D] * 3), standard().plan.long_war_share) is None


def test_m115_only_a_visited_customer_has_a_class(ctx: Context) -> None:
    asked = travelled([on(0, touch("message", two_way=False), answers=CLASS_ANSWERS["A"])], ctx)
    met = travelled([on(3, touch("phone"))], ctx, asked)

    assert (asked.quadrant, standing(asked, ctx).status) == (Quadrant.UNCLASSIFIED, Status.UNVISITED)
    assert view(asked, day(0), ctx).quadrant.missing == ("two_way_touch",)
    assert (met.quadrant, met.class_since) == (Quadrant.A, day(3))


def test_m116_class_follows_willingness_and_need_with_evidence(ctx: Context) -> None:
    seen = view(travelled([on(0, touch(), answers=CLASS_ANSWERS["A"])], ctx), day(0), ctx)
    other = view(travelled([on(0, touch(), answers=CLASS_ANSWERS["B"])], ctx), day(0), ctx)

    assert [(r.code, r.numbers["value"]) for r in seen.quadrant.reasons] == [
        ("willingness_score", 70.0),
        ("need_score", 80.0),
    ]
    assert (seen.quadrant.value, seen.quadrant.provisional) == ("A", False)
    assert other.quadrant.value == "B"


def test_m116_exactly_sixty_is_high(ctx: Context) -> None:
    state = travelled([on(0, touch(), answers=answers((2, 1, 1, 1, 1), (2, 1, 1, 1, 1)))], ctx)

    assert state.quadrant is Quadrant.A


def test_m116_few_answers_make_it_provisional_and_none_on_an_axis_no_class(ctx: Context) -> None:
    few = view(travelled([on(0, touch(), answers=answers((2, 2), (2, 2, 2)))], ctx), day(0), ctx)
    half = view(travelled([on(0, touch(), answers=answers((0, 0, 0), ()))], ctx), day(0), ctx)

    assert (few.quadrant.value, few.quadrant.provisional) == ("A", True)
    assert (half.quadrant.value, half.quadrant.missing) == ("unclassified", ("need",))


def test_m116_old_evidence_is_flagged_not_dropped(ctx: Context) -> None:
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["A"])], ctx)
    stale = standing(state, ctx).stale_from

    assert stale == day(61)
    assert not any(r.code == "answer_stale" for r in view(state, day(60), ctx).quadrant.reasons)
    seen = view(state, day(61), ctx).quadrant
    assert seen.value == "A"
    assert sum(r.code == "answer_stale" for r in seen.reasons) == 10


def test_m116_an_answer_taken_back_is_unknown_again(ctx: Context) -> None:
    state = travelled([on(0, touch(), answers=answers((2,), (2,)))], ctx)

    state = travelled([on(1, answers=(Answer(Axis.NEED, "names_problem", None),))], ctx, state)

    assert state.quadrant is Quadrant.UNCLASSIFIED


def test_m117_windows_end_on_the_clamped_day() -> None:
    ctx = context()
    state = fold(Journey.empty(), DayFacts(date(2024, 1, 31), (touch(),), CLASS_ANSWERS["A"]), ctx)
    facts = standing(state, ctx)

    assert facts.window
    assert facts.window.deadline_on == date(2024, 2, 29)
    assert window_state(facts.window, date(2024, 2, 29), standard().window) == "due_soon"
    assert window_state(facts.window, date(2024, 3, 1), standard().window) == "overdue"
    assert facts.window.hard_on == date(2024, 3, 29)
    assert window_state(facts.window, date(2024, 3, 30), standard().window) == "overdue_hard"
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)


def test_m117_bouncing_between_classes_resets_nothing(ctx: Context) -> None:
    bounced = travelled(
        [
            on(n, touch(), answers=CLASS_ANSWERS[quadrant])
            for n, quadrant in ((0, "A"), (10, "B"), (40, "A"), (60, "B"), (140, "A"))
        ],
        ctx,
    )

    assert standing(bounced, ctx).window.start_on == day(0)  # type: ignore[union-attr]
    assert bounced.class_since == day(140)


def test_m117_a_class_left_ninety_days_ago_starts_anew(ctx: Context) -> None:
    state = travelled([on(n, touch(), answers=CLASS_ANSWERS[q]) for n, q in ((0, "A"), (10, "B"), (100, "A"))], ctx)

    assert standing(state, ctx).window.start_on == day(100)  # type: ignore[union-attr]


def test_m117_passing_through_unclassified_is_leaving(ctx: Context) -> None:
    taken_back = tuple(Answer(a.axis, a.indicator, None) for a in CLASS_ANSWERS["A"])
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["A"]), on(5, answers=taken_back)], ctx)
    soon = travelled([on(94, answers=CLASS_ANSWERS["A"])], ctx, state)
    late = travelled([on(95, answers=CLASS_ANSWERS["A"])], ctx, state)

    assert standing(soon, ctx).window.start_on == day(0)  # type: ignore[union-attr]
    assert standing(late, ctx).window.start_on == day(95)  # type: ignore[union-attr]


@pytest.mark.parametrize("cleared", [{"requalified": True}, {"ordered": True, "deals": (opened(),)}])
def test_m117_an_order_or_a_requalification_starts_a_new_window(ctx: Context, cleared: dict[str, object]) -> None:
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["A"]), on(40, **cleared)], ctx)

    assert standing(state, ctx).window.start_on == day(40)  # type: ignore[union-attr]


def test_m117_a_quiet_period_extends_the_window() -> None:
    ctx = context(quiet=[(day(10), day(29))])
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["A"])], ctx)
    usual = add_months(START, 1)
    seen = view(state, day(10), ctx)

    assert seen.facts.window
    assert seen.facts.window.deadline_on == usual + timedelta(days=20)
    assert seen.window
    assert seen.window.value == view(state, day(29), ctx).window.value  # type: ignore[union-attr]


def test_m118_factors_change_the_deadline() -> None:
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["A"])], context())
    project = standing(state, context(sale="project")).window
    person = standing(state, context("b2c")).window
    subscribed = standing(state, context(product="subscription")).window

    assert project
    assert person
    assert subscribed
    assert project.deadline_on == add_months(START, 2)
    assert person.deadline_on == day(15)
    assert subscribed.deadline_on == day(23)


def test_m119_class_and_temperature_have_a_history(ctx: Context) -> None:
    days = [on(0, touch(), answers=CLASS_ANSWERS["B"]), on(12, touch("demo"), answers=CLASS_ANSWERS["A"])]

    drawn = curve(days, day(0), day(20), ctx)

    assert [point.quadrant for point in drawn.points] == ["B"] * 12 + ["A"] * 9
    assert [(log.on, log.kind) for log in drawn.logs] == [(day(0), "visit"), (day(12), "demo")]
    assert drawn.points[7].heat == 15.0
    assert drawn.points[11].heat < 15.0 < drawn.points[12].heat
    assert [(span.start, span.end, span.code) for span in drawn.gaps] == [
        (day(8), day(11), "cold_gap"),
        (day(17), day(20), "cold_gap"),
    ]


def test_m119_history_knows_nothing_of_later_days(ctx: Context) -> None:
    days = [on(0, touch(), answers=CLASS_ANSWERS["B"]), on(12, touch("demo"), answers=CLASS_ANSWERS["A"])]

    assert curve(days, day(0), day(11), ctx).points == curve(days[:1], day(0), day(11), ctx).points


def test_m119_an_override_holds_until_it_expires(ctx: Context) -> None:
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["D"]), on(2, override=held("A", day(32)))], ctx)
    facts = standing(state, ctx)

    assert (facts.quadrant, facts.override_until) == (Quadrant.A, day(32))
    assert (day(32), "override_expires", None) in facts.changes
    assert standing(state, ctx, day(31)).quadrant is Quadrant.A
    assert standing(state, ctx, day(32)).quadrant is Quadrant.D
    assert travelled([on(9, override_cleared=True)], ctx, state).quadrant is Quadrant.D


def test_forecast_adds_amounts_by_the_chance_of_their_class() -> None:
    promises = [
        Promise(1, 100_000, Quadrant.A, date(2025, 4, 2)),
        Promise(2, 200_000, Quadrant.B, date(2025, 3, 2)),
        Promise(3, 50_000, Quadrant.C, date(2025, 4, 30)),
        Promise(4, 300_000, Quadrant.D, None),
        Promise(5, 999_000, Quadrant.UNCLASSIFIED, None),
    ]

    seen = forecast(promises, date(2025, 3, 3), standard().forecast)

    assert seen.expected == pytest.approx(155_000)
    assert seen.by_month == pytest.approx({"2025-04": 70_000, "overdue": 70_000, "undated": 15_000})
    assert seen.left_out == (5,)


def test_forecast_uses_the_own_rate_of_a_class_from_twenty_closed_deals() -> None:
    promises = [Promise(1, 100.0, Quadrant.A, None)]
    scale = standard().forecast

    assert forecast(promises, START, scale, {Quadrant.A: Closed(19, 19)}).expected == pytest.approx(60)
    assert forecast(promises, START, scale, {Quadrant.A: Closed(20, 5)}).expected == pytest.approx(25)


def test_an_order_ends_the_class_and_the_next_opportunity_brings_it_back(ctx: Context) -> None:
    won = travelled(
        [
            on(0, touch(deal=7), answers=CLASS_ANSWERS["A"], deals=(opened(),)),
            on(4, touch("negotiation", deal=7, outcome=Outcome.ORDER), deals=(happened(DealEvent.WON),)),
        ],
        ctx,
    )
    again = travelled([on(200, touch(deal=8), deals=(opened(8),))], ctx, won)

    assert (standing(won, ctx).status, standing(won, ctx).window) == (Status.EXISTING, None)
    assert (won.heat.level, won.heat.grace_days) == (100.0, 180)
    assert standing(again, ctx).window.start_on == day(200)  # type: ignore[union-attr]
    seen = view(again, day(200), ctx).quadrant
    assert seen.provisional
    assert any(reason.code == "answered_before_order" for reason in seen.reasons)


def test_the_heat_of_a_won_opportunity_stays_and_it_can_be_asked_for(ctx: Context) -> None:
    won = travelled([on(0, touch(deal=7), deals=(opened(),)), on(4, deals=(happened(DealEvent.WON),))], ctx)
    facts = deal_standing(won, 7, ctx, day(300))

    assert facts
    assert (facts.phase, facts.heat.level, facts.changes) == ("won", 100.0, ())
    assert deal_standing(won, 99, ctx) is None


def test_the_reach_of_a_contact_counts_only_while_an_opportunity_is_open(ctx: Context) -> None:
    alone = travelled([on(0, touch(reach=Reach.POWERFUL))], ctx)
    pursued = travelled([on(0, touch(reach=Reach.POWERFUL), deals=(opened(),))], ctx)
    aside = travelled([on(0, touch(reach=Reach.OTHER), deals=(opened(),))], ctx)

    assert (alone.heat.level, pursued.heat.level, aside.heat.level) == (15.0, 18.0, 10.5)


def test_a_full_touch_needs_a_value_note(ctx: Context) -> None:
    noted = travelled([on(0, touch(quality=Quality.FULL, value_note=True))], ctx)
    bare = view(travelled([on(0, touch(quality=Quality.FULL))], ctx), day(0), ctx)

    assert noted.heat.level == 22.5
    assert bare.heat.value == 15.0
    assert "value_note_missing" in [reason.code for reason in bare.heat.reasons]

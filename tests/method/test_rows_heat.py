"""The capabilities of 《四位一体跟进法》, one by one: temperature, strike, gaps, erratic rhythm."""

from datetime import date

import pytest

from tests.method.build import CLASS_ANSWERS, context, day, happened, held, on, opened, standard, touch, travelled
from wendu.method.codes import DealEvent, Outcome, Reach, Refusal, Status
from wendu.method.explain import perception
from wendu.method.journey import (
    Context,
    Journey,
    StrikePhase,
    TouchFact,
    curve,
    deal_standing,
    fold,
    heat_on,
    standing,
    view,
)
from wendu.method.temperature import band


def warmed(level: float, quadrant: str, ctx: Context, *, deal: bool = False, advanced: bool = False) -> Journey:
    """A customer of a class who was met today and stands at a heat; an advance keeps a deal's from being held."""
    more = {"deals": (opened(),)} if deal else {}
    met = advance() if deal and advanced else touch()
    state = travelled([on(0, met, answers=CLASS_ANSWERS[quadrant], **more)], ctx)
    plain = state.to_json()
    plain["heat"]["level"] = level
    for known in plain.get("deals", ()):
        known["heat"]["level"] = level
    return Journey.from_json(plain)


def heat(state: Journey, n: int, ctx: Context) -> float:
    """The heat of a customer on the n-th day."""
    value = view(state, day(n), ctx).heat.value
    assert isinstance(value, float)
    return value


def boiling(ctx: Context, quadrant: str = "A", **more: object) -> Journey:
    """An opportunity lifted over 80 by an advance on day 8; touches on days 0, 2, 4, 6 and 8."""
    talks = [touch("visit", deal=7) for _ in range(4)]
    days = [on(0, talks[0], answers=CLASS_ANSWERS[quadrant], deals=(opened(),))]
    days += [on(2 * n, talks[n], touch("negotiation", deal=7)) for n in (1, 2)]
    return travelled([*days, on(6, advance("visit", reach=Reach.POWERFUL, **more))], ctx)


def advance(kind: str = "visit", **more: object) -> TouchFact:
    """A touch with an advance and its value note."""
    return touch(kind, deal=7, outcome=Outcome.ADVANCE, value_note=True, **more)


def strike(state: Journey, n: int, ctx: Context) -> tuple[str, date | None, date | None]:
    """Phase, day and missed day of the alert on the n-th day."""
    facts = deal_standing(state, 7, ctx, day(n))
    assert facts
    return facts.strike, facts.strike_since, facts.missed_on


def shown(state: Journey, n: int, ctx: Context) -> list[str]:
    """The alerts shown on the n-th day."""
    return [alert.rule for alert in view(state, day(n), ctx).alerts]


def test_m120_an_advance_at_the_decision_maker_heats_most(ctx: Context) -> None:
    state = travelled([on(0, advance(reach=Reach.POWERFUL), deals=(opened(),))], ctx)

    assert state.heat.level == pytest.approx(27.0)


@pytest.mark.parametrize(
    ("level", "quadrant", "after", "left"),
    [(82, "A", 4, 82), (82, "A", 14, 41), (80, "B", 7, 80), (80, "B", 21, 40), (40, "D", 75, 20)],
)
def test_m120_heat_rests_and_then_halves(ctx: Context, level: float, quadrant: str, after: int, left: float) -> None:
    assert heat(warmed(level, quadrant, ctx), after, ctx) == left


@pytest.mark.parametrize(("waited", "reached"), [(3, 33.0), (14, 25.5)])
def test_m120_the_same_meeting_is_worth_less_after_a_gap(ctx: Context, waited: int, reached: float) -> None:
    state = travelled([on(0, touch("visit"), answers=CLASS_ANSWERS["A"])], ctx)
    later = touch("online_meeting", outcome=Outcome.ADVANCE, value_note=True)

    assert travelled([on(waited, later)], ctx, state).heat.level == reached


def test_m120_a_kind_cannot_lift_beyond_its_ceiling(ctx: Context) -> None:
    assert travelled([on(1, touch("message"))], ctx, warmed(48, "A", ctx)).heat.level == 50
    assert travelled([on(1, touch("message"))], ctx, warmed(60, "A", ctx)).heat.level == 60


def test_m120_one_way_touches_bring_half_and_reset_nothing(ctx: Context) -> None:
    state = warmed(40, "A", ctx)
    wrote = travelled([on(3, touch("visit", two_way=False))], ctx, state)

    assert wrote.heat.level == 47.5
    assert standing(wrote, ctx).gap == standing(state, ctx).gap
    assert heat(wrote, 4, ctx) == 47.5
    assert heat(wrote, 14, ctx) == 47.5 / 2


def test_m120_before_the_first_counted_touch_nothing_rests(ctx: Context) -> None:
    state = travelled([on(0, touch("article", two_way=False))], ctx)

    assert heat(state, 14, ctx) == 1.5 / 2


def test_m120_same_kind_and_contact_on_one_day_counts_once_the_best(ctx: Context) -> None:
    twice = [touch("phone", contact=1), touch("phone", contact=1, outcome=Outcome.CONTINUATION)]

    assert travelled([on(0, *twice)], ctx).heat.level == 8
    assert travelled([on(0, *twice, touch("phone", contact=2))], ctx).heat.level == 16


def test_m120_several_kinds_apply_in_ascending_ceiling(ctx: Context) -> None:
    seen = view(travelled([on(1, touch("visit"), touch("message"))], ctx, warmed(47, "A", ctx)), day(1), ctx)
    touches = [reason.numbers for reason in seen.heat.reasons if reason.code == "touch"]

    assert [(t["kind"], t["gain"], t["clipped"]) for t in touches] == [("message", 3, True), ("visit", 15, False)]


@pytest.mark.parametrize(
    ("told", "factor"),
    [
        ({"outcome": Outcome.NO_SALE, "refusal": Refusal.PURCHASE}, 0.5),
        ({"outcome": Outcome.NO_SALE, "refusal": Refusal.OBJECTIVE}, 0.85),
        ({"outcome": Outcome.NO_SALE}, 0.5),
        ({"outcome": Outcome.ADVANCE, "refusal": Refusal.OBJECTIVE}, 1),
        ({"bad_experience": True}, 0.8),
    ],
)
def test_m120_refusals_and_bad_experience_cool_at_once(ctx: Context, told: dict[str, object], factor: float) -> None:
    told = {"kind": "phone", **told}

    assert travelled([on(1, touch(**told))], ctx, warmed(60, "A", ctx)).heat.level == pytest.approx(68 * factor)


def test_m120_an_order_boils_then_cools_as_an_existing_customer(ctx: Context) -> None:
    state = travelled([on(1, touch(outcome=Outcome.ORDER))], ctx, warmed(50, "A", ctx))

    assert heat(state, 1, ctx) == 100
    assert view(state, day(1), ctx).heat.band == "boiled"
    assert heat(state, 181, ctx) == 100
    assert heat(state, 181 + 45, ctx) == 50


def test_m120_the_class_at_the_time_of_the_gap_decides_its_half_life(ctx: Context) -> None:
    state = travelled([on(14, override=held("D", day(60)))], ctx, warmed(80, "A", ctx))

    assert heat(state, 14, ctx) == 40
    assert heat(state, 14 + 45, ctx) == 20


def test_m120_rhythm_of_the_profile_slows_gap_and_cooling() -> None:
    public = context("b2g", sale="project")
    state = warmed(80, "A", public)

    assert standing(state, public).max_gap_days == 8
    assert heat(state, 8, public) == 80
    assert heat(state, 28, public) == 40


@pytest.mark.parametrize(
    ("quiet", "holidays", "agreed"),
    [([(day(3), day(12))], [], None), ([], [day(n) for n in range(3, 13)], None), ([], [], 10)],
)
def test_m120_clocks_stop_in_quiet_periods_on_holidays_and_before_an_agreed_date(
    quiet: list[tuple[date, date]], holidays: list[date], agreed: int | None
) -> None:
    ctx = context(quiet=quiet, holidays=holidays)
    met = on(0, touch(agreed_on=agreed and day(agreed)), answers=CLASS_ANSWERS["A"])
    state = travelled([met], ctx)

    assert heat(state, 14, ctx) == 15
    assert heat(state, 24, ctx) == 7.5
    assert standing(state, ctx).gap.cold_on == day(15)  # type: ignore[union-attr]


def test_m120_a_date_further_than_thirty_days_ahead_stops_no_clock(ctx: Context) -> None:
    near = travelled([on(0, touch(agreed_on=day(30)), answers=CLASS_ANSWERS["A"])], ctx)
    far = travelled([on(0, touch(agreed_on=day(31)), answers=CLASS_ANSWERS["A"])], ctx)

    assert standing(near, ctx).gap.cold_on == day(35)  # type: ignore[union-attr]
    assert standing(far, ctx).gap.cold_on == day(5)  # type: ignore[union-attr]


def test_m120_a_later_agreement_replaces_the_earlier_one(ctx: Context) -> None:
    moved = travelled([on(0, touch(agreed_on=day(20))), on(5, touch("phone", agreed_on=day(8)))], ctx)
    kept = travelled([on(0, touch(agreed_on=day(20))), on(5, touch("phone"))], ctx)
    met = travelled([on(20, touch())], ctx, kept)

    assert (standing(moved, ctx).agreed_on, standing(moved, ctx).due_on) == (day(8), day(8))
    assert (standing(kept, ctx).agreed_on, standing(kept, ctx).due_on) == (day(20), day(20))
    assert standing(met, ctx).agreed_on is None


def test_m120_backdating_recomputes_the_whole_series(ctx: Context) -> None:
    told = [on(0, touch("visit"), answers=CLASS_ANSWERS["A"]), on(20, touch("visit"))]
    with_late_entry = [told[0], on(10, touch("phone")), told[1]]

    assert travelled(with_late_entry, ctx).heat.level > travelled(told, ctx).heat.level


def test_m121_a_rep_who_feels_warmer_than_the_facts_is_told(ctx: Context) -> None:
    seen = perception(80, 41, ctx)

    assert (seen.value, seen.band) == (39, "perception_gap")
    assert perception(61, 41, ctx).band == "in_touch"
    assert perception(20, 80, ctx).band == "in_touch"


def test_m122_the_touch_that_lifts_it_over_eighty_raises_the_alert(ctx: Context) -> None:
    state = boiling(ctx)

    assert strike(state, 6, ctx) == (StrikePhase.OPEN, day(6), None)
    assert shown(state, 6, ctx) == ["strike"]


def test_m122_after_the_touch_it_rests_until_the_next_one_is_due(ctx: Context) -> None:
    state = boiling(ctx)

    assert [n for n in range(6, 12) if shown(state, n, ctx)] == [6, 9, 10, 11]
    assert standing(state, ctx).due_on == day(9)


def test_m122_an_agreed_date_lets_it_rest_until_that_date(ctx: Context) -> None:
    state = boiling(ctx, agreed_on=day(16))

    assert [n for n in range(6, 19) if "strike" in shown(state, n, ctx)] == [6, 16, 17, 18]
    assert strike(state, 16, ctx)[0] is StrikePhase.OPEN


def test_m122_the_next_advance_with_a_date_closes_it_until_the_day_after(ctx: Context) -> None:
    state = travelled([on(9, advance("phone", agreed_on=day(14)))], ctx, boiling(ctx))

    assert strike(state, 9, ctx)[0] is StrikePhase.WAITING
    assert deal_standing(state, 7, ctx).reopens_on == day(15)  # type: ignore[union-attr]
    assert (day(15), "strike_reopens", 7) in standing(state, ctx).changes
    assert strike(state, 14, ctx)[0] is StrikePhase.WAITING
    assert strike(state, 15, ctx) == (StrikePhase.OPEN, day(15), None)
    assert shown(state, 15, ctx) == ["strike"]


def test_m122_a_reopening_in_a_quiet_period_moves_to_the_first_running_day() -> None:
    ctx = context(quiet=[(day(12), day(30))])
    state = travelled([on(9, advance("phone", agreed_on=day(14)))], ctx, boiling(ctx))

    assert deal_standing(state, 7, ctx).reopens_on == day(31)  # type: ignore[union-attr]
    assert standing(state, ctx).due_on == day(31)
    assert [n for n in range(12, 33) if shown(state, n, ctx)] == [31, 32]


def test_m122_heat_that_falls_below_eighty_was_missed(ctx: Context) -> None:
    state = boiling(ctx)
    falls_on = deal_standing(state, 7, ctx).falls_on  # type: ignore[union-attr]

    assert falls_on
    assert (falls_on, "missed_heat", 7) in standing(state, ctx).changes
    n = (falls_on - day(0)).days
    assert strike(state, n - 1, ctx)[0] is StrikePhase.OPEN
    assert strike(state, n, ctx) == (StrikePhase.NONE, None, falls_on)
    assert shown(state, n, ctx)[0] == "missed_heat"
    assert strike(state, n + 20, ctx)[2] == falls_on
    assert strike(travelled([on(n + 5, touch("phone", deal=7))], ctx, state), n + 5, ctx)[2] is None


def test_m122_a_one_way_message_does_not_make_up_for_missed_heat(ctx: Context) -> None:
    state = travelled([on(30, touch("message", deal=7, two_way=False))], ctx, boiling(ctx))

    assert strike(state, 30, ctx)[2] is not None


@pytest.mark.parametrize("event", [DealEvent.LOST, DealEvent.PAUSED, DealEvent.WON])
def test_m122_an_order_a_loss_or_a_pause_closes_it(ctx: Context, event: DealEvent) -> None:
    state = travelled([on(7, deals=(happened(event),))], ctx, boiling(ctx))

    assert strike(state, 7, ctx)[0] is StrikePhase.NONE
    assert strike(state, 60, ctx) == (StrikePhase.NONE, None, None)


def test_m122_a_signed_framework_closes_the_alert_of_its_own_opportunity_only(ctx: Context) -> None:
    both = travelled([on(7, deals=(opened(8),))], ctx, boiling(ctx))
    signed = travelled([on(8, touch("negotiation", deal=8, outcome=Outcome.ORDER))], ctx, both)
    facts = {deal.deal: deal for deal in standing(signed, ctx).deals}

    assert facts[7].strike is StrikePhase.OPEN
    assert facts[8].strike is StrikePhase.NONE
    assert facts[7].heat.level < 100 == facts[8].heat.level


def test_m122_opening_an_opportunity_on_a_hot_customer_raises_it(ctx: Context) -> None:
    loose = [touch("visit"), touch("negotiation")]
    told = [on(n, *loose, touch(outcome=Outcome.ADVANCE, value_note=True, kind="demo")) for n in (0, 1)]
    state = travelled([*told, on(2, deals=(opened(),))], ctx)

    assert strike(state, 2, ctx)[:2] == (StrikePhase.OPEN, day(2))


def test_m122_six_polite_visits_are_not_a_boil(ctx: Context) -> None:
    days = [on(2 * n, touch("visit", deal=7), touch("demo", deal=7)) for n in range(6)]
    state = travelled([on(0, *days[0].touches, deals=(opened(),)), *days[1:]], ctx)
    seen = view(state, day(10), ctx)

    assert seen.heat.value > 80
    assert seen.deals[0].heat.value == 79
    assert seen.deals[0].heat.reasons[-1].code == "capped"
    assert strike(state, 10, ctx)[0] is StrikePhase.NONE
    assert strike(travelled([on(12, advance("phone"))], ctx, state), 12, ctx)[0] is StrikePhase.OPEN


def test_m122_an_advance_older_than_thirty_running_days_holds_no_boil(ctx: Context) -> None:
    calls = [on(6 + 3 * n, touch("visit", deal=7)) for n in range(1, 11)]
    state = travelled(calls, ctx, boiling(ctx))
    facts = deal_standing(state, 7, ctx, day(37))

    assert strike(state, 36, ctx)[0] is StrikePhase.OPEN
    assert facts
    assert (facts.missed_on, facts.missed_cause) == (day(37), "capped")
    assert heat_on(facts, day(37), ctx) == 79


@pytest.mark.parametrize(
    ("quadrant", "asks"), [("A", "close"), ("B", "close"), ("C", "recheck_class"), ("D", "recheck_class")]
)
def test_m122_in_class_c_or_d_it_asks_to_check_the_class_again(ctx: Context, quadrant: str, asks: str) -> None:
    state = boiling(ctx, quadrant)

    assert view(state, day(6), ctx).alerts[0].reason.code == asks


def test_m122_it_is_silent_on_holidays() -> None:
    ctx = context(holidays=[day(9), day(10)])

    assert [n for n in range(6, 14) if "strike" in shown(boiling(ctx), n, ctx)] == [6, 11, 12, 13]


@pytest.mark.parametrize(("quadrant", "longest"), [("A", 4), ("B", 7), ("C", 14), ("D", 30)])
def test_m123_a_gap_longer_than_the_longest_is_cold_then_severe(ctx: Context, quadrant: str, longest: int) -> None:
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS[quadrant])], ctx)

    assert shown(state, longest, ctx) == []
    assert shown(state, longest + 1, ctx) == ["cold_gap"]
    assert shown(state, 2 * longest, ctx) == ["cold_gap"]
    assert shown(state, 2 * longest + 1, ctx) == ["cold_gap_severe"]


def test_m123_who_never_answered_has_no_gap(ctx: Context) -> None:
    state = travelled([on(0, touch("message", two_way=False))], ctx)
    seen = view(state, day(90), ctx)

    assert (seen.gap.value, seen.gap.missing, seen.alerts) == (None, ("two_way_touch",), ())


def test_m123_who_ordered_and_was_never_talked_with_has_no_gap_until_the_first_talk(ctx: Context) -> None:
    brought = travelled([on(0, ordered=True), on(30, deals=(opened(),))], ctx)
    talked = fold(brought, on(400, touch()), ctx)

    assert standing(brought, ctx).status is Status.IN_PURSUIT
    assert (standing(brought, ctx).gap, shown(brought, 390, ctx)) == (None, [])
    assert curve([on(0, ordered=True)], day(0), day(90), ctx).gaps == ()
    assert shown(talked, 400 + 8, ctx) == ["cold_gap"]


def test_m123_sleeping_and_existing_customers_are_never_called_cold(ctx: Context) -> None:
    asleep = travelled([on(0, touch()), on(1, nurture_until=day(90))], ctx)
    bought = travelled([on(0, touch(outcome=Outcome.ORDER))], ctx)

    assert (standing(asleep, ctx).status, standing(bought, ctx).status) == (Status.NURTURING, Status.EXISTING)
    assert shown(asleep, 80, ctx) == shown(bought, 80, ctx) == []


def test_m123_a_woken_customer_starts_its_gap_on_the_wake_date(ctx: Context) -> None:
    asleep = travelled([on(0, touch()), on(1, nurture_until=day(90))], ctx)
    facts = standing(asleep, ctx, day(90))

    assert (day(90), "wakes", None) in standing(asleep, ctx).changes
    assert (facts.status, facts.due_on) == (Status.IN_PURSUIT, day(90))
    assert shown(asleep, 97, ctx) == []
    assert shown(asleep, 98, ctx) == ["cold_gap"]


def test_m124_three_deep_drops_in_ninety_days_are_erratic(ctx: Context) -> None:
    ups = [touch("visit"), touch("demo"), touch("negotiation")]
    story = [on(n, *ups, answers=CLASS_ANSWERS["A"]) for n in (0, 20, 40)]
    state = travelled(story, ctx)

    assert view(state, day(48), ctx).erratic.band == "steady"
    seen = view(state, day(60), ctx)
    assert (seen.erratic.value, seen.erratic.band) == (3, "erratic")
    assert view(state, day(120), ctx).erratic.band == "steady"


def test_m124_a_fall_counts_once_and_any_rise_starts_a_new_peak(ctx: Context) -> None:
    state = travelled([on(30, touch("message"))], ctx, warmed(95, "A", ctx))

    assert len(view(warmed(95, "A", ctx), day(60), ctx).facts.drops) <= 1
    assert state.peak.value < 30


def test_m124_a_fall_from_an_order_or_of_an_existing_customer_does_not_count(ctx: Context) -> None:
    bought = travelled([on(0, touch(outcome=Outcome.ORDER))], ctx)
    ordered = travelled([on(0, touch(deal=7), answers=CLASS_ANSWERS["A"], deals=(opened(), opened(8)))], ctx)
    ordered = travelled([on(1, touch(deal=7, outcome=Outcome.ORDER), deals=(happened(DealEvent.WON),))], ctx, ordered)

    assert standing(bought, ctx, day(400)).drops == ()
    assert (standing(ordered, ctx, day(90)).status, standing(ordered, ctx, day(90)).drops) == (Status.IN_PURSUIT, ())


def test_no_touch_is_cold_and_says_so(ctx: Context) -> None:
    seen = view(Journey.empty(), day(0), ctx)

    assert (seen.heat.value, seen.heat.band, seen.heat.missing) == (0.0, "cold", ("touch",))
    assert seen.heat.reasons[0].code == "no_contact"
    assert seen.status is Status.UNVISITED


def test_bands_are_half_open() -> None:
    edges = [0, 19.999, 20, 39.9, 40, 59.9, 60, 79.9, 80, 99.9, 100]
    names = ["cold", "cold", "cool", "cool", "warm", "warm", "hot", "hot", "near", "near", "boiled"]

    assert [band(edge, standard().heat) for edge in edges] == names

"""Four real customers through the method: advice a good salesperson would laugh at is a bug."""

from datetime import date, timedelta

from tests.method.build import CLASS_ANSWERS, answers, context, day, happened, on, opened, touch, travelled
from wendu.method.codes import DealEvent, Outcome, Reach, Status
from wendu.method.journey import Context, DayFacts, Journey, deal_standing, fold, standing, view
from wendu.method.repurchase import OrderRhythm, order_rhythm
from wendu.method.strategy import Circumstances, next_best_action
from wendu.method.suggestion import Bargain, next_log


def advice(state: Journey, n: int, ctx: Context, **around: object) -> str:
    """What the method would do on the n-th day."""
    return next_best_action(view(state, day(n), ctx), Circumstances(**around), ctx).situation  # type: ignore[arg-type]


def tender_days() -> list[DayFacts]:
    """A public tender: talks, the bid handed in on day 18 as an advance, silence until day 63."""
    return [
        on(0, touch("visit", deal=7), answers=CLASS_ANSWERS["B"], deals=(opened(),)),
        on(6, touch("demo", deal=7, reach=Reach.POWERFUL)),
        on(
            12,
            touch("visit", deal=7, reach=Reach.POWERFUL),
            touch("online_meeting", deal=7),
            answers=CLASS_ANSWERS["A"],
        ),
        on(18, touch("negotiation", deal=7, outcome=Outcome.ADVANCE, value_note=True, agreed_on=day(20))),
    ]


def test_a_tender_is_left_in_peace_while_it_must_be_silent() -> None:
    ctx = context("b2g", sale="project", quiet=[(day(19), day(63))])
    state = travelled(tender_days(), ctx)
    handed_in = view(state, day(18), ctx)

    assert [alert.rule for alert in handed_in.alerts] == ["strike"]
    for n in range(19, 64):
        seen = view(state, day(n), ctx)
        assert seen.alerts == ()
        assert seen.heat.value == handed_in.heat.value
        assert advice(state, n, ctx) == "quiet_period"
        assert next_log(seen.facts, day(n), ctx) is None
    assert not [change for change in standing(state, ctx).changes if change.on <= day(63)]


def test_after_the_silence_the_tender_is_hot_and_due_on_the_first_day() -> None:
    ctx = context("b2g", sale="project", quiet=[(day(19), day(63))])
    state = travelled(tender_days(), ctx)

    assert standing(state, ctx).due_on == day(64)
    found = next_best_action(view(state, day(64), ctx), Circumstances(), ctx)
    assert found.situation == "quiet_over", "ask for the result before anything else"
    assert found.others[0].code == "strike"
    assert next_log(view(state, day(64), ctx).facts, day(64), ctx, situation=found.situation) is None
    assert standing(state, ctx).window.deadline_on == date(2025, 6, 15) + timedelta(days=45)  # type: ignore[union-attr]
    assert deal_standing(state, 7, ctx).falls_on > day(70)  # type: ignore[union-attr,operator]


def test_who_was_left_without_a_date_is_asked_for_the_result_on_the_day_after_the_silence() -> None:
    ctx = context("b2g", sale="project", quiet=[(day(19), day(63))])
    undated = travelled([*tender_days()[:3], on(18, touch("negotiation", deal=7))], ctx)
    asked = travelled([on(65, touch("phone", deal=7))], ctx, undated)

    assert standing(undated, ctx).due_on == day(64)
    told = [next_best_action(view(undated, day(n), ctx), Circumstances(), ctx).reason for n in (63, 64, 70)]
    assert [(reason.code, reason.numbers.get("days")) for reason in told] == [
        ("quiet_period", None), ("quiet_over", 1), ("quiet_over", 7),
    ]  # fmt: skip
    assert standing(asked, ctx).quiet_until is None
    assert advice(asked, 66, ctx) != "quiet_over"


def test_only_a_planned_step_is_due_in_the_silence() -> None:
    ctx = context("b2g", sale="project", quiet=[(day(19), day(63))])
    state = travelled(tender_days(), ctx)

    assert advice(state, 30, ctx, planned_on=day(30)) != "quiet_period"


def test_a_tender_is_not_told_to_negotiate_before_its_bid_carries_trust() -> None:
    ctx = context("b2g", sale="project")
    state = travelled(tender_days()[:3], ctx)

    def kinds(known: Bargain) -> set[str | None]:
        told = [next_log(view(state, day(n), ctx).facts, day(n), ctx, bargains={7: known}) for n in range(12, 80)]
        return {found.kind for found in told if found}

    assert "negotiation" not in kinds(Bargain("ST1", False)) | kinds(Bargain("ST3", False))
    assert "negotiation" in kinds(Bargain("ST4", False)) & kinds(Bargain("ST2", True))


def distributor_days(weeks: int) -> list[DayFacts]:
    """A distributor who orders by phone every week and is seen by its rep."""
    first = on(0, touch("visit", outcome=Outcome.ORDER), answers=CLASS_ANSWERS["A"], accepted=True)
    return [first] + [on(7 * n, touch("phone", outcome=Outcome.ORDER, proactive=n % 2 == 0)) for n in range(1, weeks)]


def test_a_distributor_met_every_week_is_never_chased() -> None:
    ctx = context(tier="strategic")
    state = Journey.empty()

    for told in distributor_days(60):
        state = fold(state, told, ctx)
        for later in range(7):
            seen = view(state, told.on + timedelta(days=later), ctx)
            assert seen.status is Status.EXISTING
            assert seen.alerts == ()
            assert seen.erratic.band == "steady"
            assert seen.window is None
            assert next_best_action(seen, Circumstances(), ctx).situation == "routine"


def test_a_distributor_who_falls_silent_is_asked_for_the_order_long_before_its_revisit_and_never_called_cold() -> None:
    ctx = context(tier="key")
    state = travelled(distributor_days(9), ctx)

    assert standing(state, ctx).revisit_due_on == day(56 + 90)
    assert standing(state, ctx).reorder_due_on == day(66)  # the 63rd expected, two days of slack, and one more
    assert [advice(state, n, ctx) for n in (57, 63, 65)] == ["routine"] * 3
    assert [advice(state, n, ctx) for n in (66, 70, 79)] == ["repurchase_due"] * 3
    assert [advice(state, n, ctx) for n in (80, 145)] == ["revisit_due"] * 2, "three orders missed"
    assert view(state, day(300), ctx).alerts == ()


def test_a_distributor_who_was_asked_is_left_alone_for_one_interval() -> None:
    ctx = context(tier="key")
    asked = travelled([on(66, touch("phone"))], ctx, travelled(distributor_days(9), ctx))
    settled = travelled([on(66, touch("phone", agreed_on=day(77)))], ctx, travelled(distributor_days(9), ctx))
    bought = travelled([on(72, touch("phone", outcome=Outcome.ORDER))], ctx, asked)

    assert [advice(asked, n, ctx) for n in (67, 72, 73)] == ["routine", "routine", "repurchase_due"]
    assert standing(settled, ctx).reorder_due_on == day(77)
    assert standing(bought, ctx).reorder_due_on == day(72 + 7 + 2 + 1)


def test_two_orders_make_no_rhythm_and_the_days_of_one_day_are_one() -> None:
    ctx = context(tier="key")

    assert standing(travelled(distributor_days(2), ctx), ctx).reorder_due_on is None
    assert standing(travelled(distributor_days(3), ctx), ctx).reorder_due_on == day(14 + 7 + 2 + 1)


def test_the_rhythm_of_the_worked_example_is_its_median_and_its_window() -> None:
    scale, latest = context().scale.cadence, date(2024, 5, 1)
    days = [latest - timedelta(days=92), latest - timedelta(days=62), latest - timedelta(days=28), latest]

    rhythm = order_rhythm(days, scale)

    assert rhythm == OrderRhythm(30, date(2024, 5, 31), date(2024, 5, 26), date(2024, 6, 5))


def household_days() -> list[DayFacts]:
    """A family: two talks, the policy signed at the kitchen table, then a claim handled badly."""
    return [
        on(0, touch("phone", contact=1), answers=answers((2, 1, 1), (1, 1, 0, 0, 1)), deals=(opened(),)),
        on(
            2,
            touch("visit", contact=1, reach=Reach.POWERFUL, agreed_on=day(9)),
            answers=answers((2, 2, 1), (2, 1, 1, 1, 2)),
        ),
        on(
            9, touch("visit", contact=2, deal=7, outcome=Outcome.ORDER), deals=(happened(DealEvent.WON),), accepted=True
        ),
    ]


def test_a_household_signs_within_days_and_is_not_pressed_before_its_agreed_evening() -> None:
    ctx = context("b2c")
    talked = travelled(household_days()[:2], ctx)

    assert (talked.quadrant, standing(talked, ctx).window.deadline_on) == ("A", day(17))  # type: ignore[union-attr]
    assert [advice(talked, n, ctx) for n in (3, 6, 8)] == ["routine"] * 3
    assert standing(talked, ctx).due_on == day(9)
    assert advice(talked, 9, ctx) == "agreed_today"


def test_an_insured_household_is_cared_for_not_sold_to() -> None:
    ctx = context("b2c", tier="normal")
    insured = travelled(household_days(), ctx)
    greeted = travelled([on(120, touch("care", contact=1))], ctx, insured)
    claim = travelled([on(200, touch("service", proactive=False, bad_experience=True))], ctx, greeted)

    assert standing(insured, ctx).revisit_due_on == day(39)
    assert advice(insured, 39, ctx) == "revisit_due"
    assert standing(greeted, ctx).revisit_due_on == day(300)
    assert advice(claim, 200, ctx) == "bad_experience"
    assert standing(claim, ctx).revisit_due_on == day(300)
    assert view(claim, day(200), ctx).alerts == ()
    assert view(claim, day(200), ctx).heat.value < 90


def test_a_family_is_visited_on_its_agreed_evening_not_bargained_with() -> None:
    ctx = context("b2c")
    talked = travelled(household_days()[:2], ctx)
    found = next_log(view(talked, day(9), ctx).facts, day(9), ctx, bargains={7: Bargain("ST1", False)})

    assert found
    assert (found.code, found.kind) == ("reaches_next_band", "visit")


def sleeping_days() -> list[DayFacts]:
    """Bought once, then silence; two years later a new need."""
    return [
        on(0, touch("visit", deal=7), answers=CLASS_ANSWERS["A"], deals=(opened(),)),
        on(5, touch("visit", deal=7, outcome=Outcome.ORDER), deals=(happened(DealEvent.WON),), accepted=True),
    ]


def test_a_sleeping_old_customer_is_cold_overdue_for_a_visit_and_nothing_else() -> None:
    ctx = context()
    state = travelled(sleeping_days(), ctx)
    seen = view(state, day(700), ctx)

    assert (seen.status, seen.alerts, seen.window, seen.erratic.value) == (Status.EXISTING, (), None, 0)
    assert seen.heat.band == "cold"
    assert advice(state, 700, ctx) == "revisit_due"


def test_a_sleeping_old_customer_with_a_new_need_is_met_with_open_arms() -> None:
    ctx = context()
    state = travelled([*sleeping_days(), on(700, touch("phone", proactive=False, deal=8), deals=(opened(8),))], ctx)
    seen = view(state, day(700), ctx)

    assert seen.status is Status.IN_PURSUIT
    assert (seen.alerts, seen.gap.band, seen.erratic.value) == ((), "in_touch", 0)
    assert seen.quadrant.provisional
    assert seen.facts.window.start_on == day(700)  # type: ignore[union-attr]
    assert seen.hottest == seen.deals[0].heat.value == 8.0
    assert advice(state, 700, ctx) == "routine"
    fresh = {8: Bargain("ST1", False)}
    told = [next_log(view(state, day(n), ctx).facts, day(n), ctx, bargains=fresh) for n in range(700, 760)]
    assert "negotiation" not in {found.kind for found in told if found}


def test_a_new_need_seen_without_a_talk_is_due_today_but_nobody_was_neglected() -> None:
    ctx = context()
    state = travelled([*sleeping_days(), on(700, deals=(opened(8),))], ctx)
    seen = view(state, day(700), ctx)

    assert (seen.facts.due_on, seen.gap.band, seen.alerts) == (day(700), "in_touch", ())
    assert view(state, day(705), ctx).alerts[0].rule == "cold_gap"


def test_who_said_not_this_year_sleeps_until_the_wake_date() -> None:
    ctx = context()
    talked = on(0, touch(deal=7, agreed_on=day(9)), answers=CLASS_ANSWERS["B"], deals=(opened(),))
    paused = on(
        3, touch("phone", deal=7, outcome=Outcome.NO_SALE), deals=(happened(DealEvent.PAUSED),), nurture_until=day(300)
    )
    state = travelled([talked, paused], ctx)

    assert standing(state, ctx).due_on is None
    assert [advice(state, n, ctx) for n in (9, 60, 299)] == ["routine"] * 3
    assert advice(state, 300, ctx) == "nurture_wake"
    woken = view(state, day(300), ctx)
    assert woken.facts.window.start_on == day(300)  # type: ignore[union-attr]
    assert woken.alerts == ()

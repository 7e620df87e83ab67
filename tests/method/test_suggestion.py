"""The next log on the fire: what it promises is what logging it brings, and nobody would laugh at it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import CLASS_ANSWERS, day, on, opened, touch, travelled
from tests.method.histories import contexts, histories
from tests.method.test_rows_heat import boiling, warmed
from wendu.method.codes import Outcome, Reach, Status
from wendu.method.deals.talk import too_early_to_negotiate
from wendu.method.journey import Context, DayFacts, Journey, fold, standing, view
from wendu.method.suggestion import Bargain, NextLog, next_log

LIGHT = {"article", "care", "event", "message"}


def said(state: Journey, ctx: Context, n: int = 1, reach: Reach = Reach.INFLUENCER) -> NextLog:
    """The suggestion of the n-th day."""
    found = next_log(standing(state, ctx), day(n), ctx, reach)
    assert found
    return found


def test_m120_the_next_log_is_the_cheapest_that_reaches_the_next_band(ctx: Context) -> None:
    def log(level: float, quadrant: str = "A") -> tuple[str, str | None]:
        found = said(warmed(level, quadrant, ctx, deal=True, advanced=True), ctx)
        assert found.on == day({"A": 3, "B": 6, "C": 13, "D": 29}[quadrant])
        return found.code, found.kind

    assert log(36) == ("reaches_next_band", "message")
    assert log(37) == ("reaches_next_band", "message")
    assert log(53) == ("reaches_next_band", "phone")
    assert log(65) == ("reaches_next_band", "visit"), "nobody knows that it is time to negotiate"
    assert log(65, "B") == ("reaches_next_band", "visit")
    assert log(62, "B") == ("reaches_next_band", "demo")
    assert log(42, "B") == ("reaches_next_band", "demo")
    assert log(83) == ("ask_for_the_order", None)
    assert log(83, "C") == ("recheck_class", None)
    assert log(44, "D") == ("warms_most", "event")


def test_negotiation_waits_for_a_deal_for_trust_or_for_an_offer_of_class_a(ctx: Context) -> None:
    def kind(quadrant: str, known: Bargain | None = None, *, deal: bool = True) -> str | None:
        facts = standing(warmed(65, quadrant, ctx, deal=deal, advanced=True), ctx)
        found = next_log(facts, day(1), ctx, bargains={7: known} if known else {})
        assert found
        return found.kind

    early, offered, trusted = Bargain("ST1", False), Bargain("ST3", True), Bargain("ST4", False)

    assert [kind("A", known) for known in (early, offered, trusted)] == ["visit", "negotiation", "negotiation"]
    assert [kind("B", known) for known in (early, offered, trusted)] == ["visit", "visit", "negotiation"]
    assert [kind("C", known) for known in (early, offered, trusted)] == ["visit"] * 3
    assert kind("A") == "visit", "unknown is not guessed"
    assert kind("A", trusted, deal=False) == "visit", "without a deal there is nothing to bargain for"


def test_the_bargain_is_that_of_the_hottest_deal(ctx: Context) -> None:
    talked = [touch("visit", deal=7), touch("online_meeting", deal=7), touch("message", deal=8)]
    state = travelled([on(0, *talked, answers=CLASS_ANSWERS["A"], deals=(opened(), opened(8)))], ctx)
    facts = standing(state, ctx)

    def kinds(about: int) -> str | None:
        found = next_log(facts, day(1), ctx, bargains={about: Bargain("ST4", True)})
        assert found
        return found.kind

    assert (kinds(7), kinds(8)) == ("negotiation", "visit")


def test_who_boils_without_an_open_deal_is_asked_for_one_not_for_the_order(ctx: Context) -> None:
    assert said(warmed(83, "A", ctx), ctx).code == "open_the_deal"
    assert said(warmed(83, "A", ctx, deal=True, advanced=True), ctx).code == "ask_for_the_order"


def test_what_one_touch_cannot_do_one_with_an_advance_may(ctx: Context) -> None:
    state = warmed(58, "B", ctx)
    far = warmed(1, "B", ctx)

    assert (said(state, ctx).code, said(state, ctx).kind) == ("reaches_next_band", "care")
    assert (said(far, ctx).code, said(far, ctx).kind) == ("reach_band_with_advance", "visit")


def test_six_polite_visits_ask_for_an_advance_not_for_a_seventh(ctx: Context) -> None:
    polite = [on(2 * n, touch("demo", deal=7), deals=(opened(),) if n == 0 else ()) for n in range(6)]
    state = travelled([*polite, on(12, touch("negotiation", deal=7), answers=CLASS_ANSWERS["B"])], ctx)
    found = said(state, ctx, 13)

    assert view(state, day(12), ctx).hottest == 79
    assert found.code == "reach_band_with_advance"
    assert found.reaches > 80


def test_a_boiling_class_c_is_asked_for_its_need_and_a_boiling_class_a_for_the_order(ctx: Context) -> None:
    assert said(boiling(ctx, "C"), ctx, 7).code == "recheck_class"
    assert said(boiling(ctx), ctx, 7).code == "ask_for_the_order"


def test_the_heat_is_that_of_the_hottest_open_opportunity(ctx: Context) -> None:
    state = warmed(46, "B", ctx, deal=True)

    assert (said(state, ctx).kind, said(state, ctx).reaches) == ("visit", pytest.approx(61))
    assert said(state, ctx, reach=Reach.POWERFUL).kind == "online_meeting"
    assert said(state, ctx, reach=Reach.OTHER).code == "reach_band_with_advance"


def test_who_sleeps_was_given_up_or_never_met_needs_no_wood(ctx: Context) -> None:
    met = warmed(30, "B", ctx)
    asleep = travelled([on(1, nurture_until=day(90))], ctx, met)
    dropped = travelled([on(1, dropped=True)], ctx, met)
    unmet = travelled([on(0, touch("article", two_way=False))], ctx)

    assert [next_log(standing(state, ctx), day(2), ctx) for state in (asleep, dropped, unmet)] == [None] * 3


def test_what_has_to_be_mended_or_judged_first_comes_before_the_fire(ctx: Context) -> None:
    facts = standing(warmed(30, "B", ctx), ctx)

    assert next_log(facts, day(1), ctx, situation="cold_gap")
    for first in ("bad_experience", "quiet_over", "result_due", "repurchase_due"):
        assert next_log(facts, day(1), ctx, situation=first) is None


def test_an_old_customer_is_kept_warm_by_a_word_before_the_next_revisit_not_by_a_demo(ctx: Context) -> None:
    bought = travelled([on(0, touch(outcome=Outcome.ORDER), answers=CLASS_ANSWERS["A"], accepted=True)], ctx)
    cold = next_log(standing(bought, ctx), day(700), ctx)

    assert next_log(standing(bought, ctx), day(3), ctx) is None
    assert cold
    assert (cold.code, cold.kind, cold.on) == ("keep_warm", "message", day(700))


def test_an_old_customer_is_kept_warm_by_nothing_heavier_than_a_call(ctx: Context) -> None:
    bought = travelled([on(0, touch(outcome=Outcome.ORDER), answers=CLASS_ANSWERS["A"], accepted=True)], ctx)
    told = [next_log(standing(bought, ctx), day(n), ctx) for n in range(30, 400)]
    kinds = [found.kind if found else None for found in told]

    assert list(dict.fromkeys(kinds)) == [None, "phone", "care", "message"]


@given(histories(), contexts(), st.integers(1, 60), st.sampled_from(list(Reach)), st.sampled_from(["ST1", "ST4"]))
def test_the_heat_it_promises_is_the_heat_that_logging_it_brings(
    days: tuple[DayFacts, ...], ctx: Context, after: int, reach: Reach, stage: str
) -> None:
    state = travelled(days, ctx)
    asked = days[-1].on + timedelta(days=after)
    facts = standing(state, ctx, asked)
    bargains = {deal.deal: Bargain(stage, False) for deal in facts.deals}
    found = next_log(facts, asked, ctx, reach, bargains=bargains)
    if found is None or found.kind is None:
        return

    heats = {deal.facts.deal: deal.heat.value for deal in view(state, found.on, ctx).deals}
    hottest = max(heats, key=lambda deal: (heats[deal], -deal)) if heats else None
    advance = {"outcome": Outcome.ADVANCE, "value_note": True} if found.code == "reach_band_with_advance" else {}
    made = touch(found.kind, deal=hottest, reach=reach, contact=99, **advance)
    after_it = view(fold(state, DayFacts(found.on, (made,)), ctx), found.on, ctx)

    if any(change.on <= found.on for change in facts.changes):  # something else happens until then
        return
    shown = next((deal.heat.value for deal in after_it.deals if deal.facts.deal == hottest), after_it.heat.value)
    assert shown == pytest.approx(found.reaches, abs=1e-6)


@given(histories(), contexts(), st.integers(1, 200), st.sampled_from(["ST1", "ST3", "ST4"]), st.booleans())
def test_it_is_never_late_never_one_way_never_presses_class_d_and_never_bargains_too_early(
    days: tuple[DayFacts, ...], ctx: Context, after: int, stage: str, offered: bool
) -> None:
    asked = days[-1].on + timedelta(days=after)
    facts = standing(travelled(days, ctx), ctx, asked)
    found = next_log(facts, asked, ctx, bargains={deal.deal: Bargain(stage, offered) for deal in facts.deals})
    if found is None:
        return

    if found.kind == "negotiation":
        assert facts.deals
        assert not too_early_to_negotiate(stage, facts.quadrant, offer_stands=offered)
    assert found.on >= asked
    assert facts.status is not Status.IN_PURSUIT or found.on == max(asked, facts.due_on or asked)
    if found.kind is not None:
        assert ctx.scale.heat.kinds[found.kind].two_way
        assert facts.quadrant != "D" or facts.status is Status.EXISTING or found.kind in LIGHT

"""The capabilities of 《四位一体跟进法》, one by one: what to do for each class, and whom first."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import CLASS_ANSWERS, answers, day, on, opened, standard, touch, travelled
from wendu.method.codes import Outcome, Quadrant, Refusal, Status
from wendu.method.journey import Context, Journey, standing, view
from wendu.method.plan import QueueItem, Row, day_plan, due_on
from wendu.method.priority import ValueScale, Worth, priority, value_scale
from wendu.method.reading import Reading, because
from wendu.method.strategy import (
    Circumstances,
    blocks_done,
    class_shares,
    next_best_action,
    situations,
    visit_checklist,
    visit_warning,
)
from wendu.method.track import review_due_on, track_exit
from wendu.playbooks.situations import Situation

NOTHING_ELSE = Circumstances()


def in_class(quadrant: str, ctx: Context) -> Journey:
    """A customer of a class who was met today and has an opportunity open."""
    return travelled([on(0, touch(deal=7), answers=CLASS_ANSWERS[quadrant], deals=(opened(),))], ctx)


def codes(state: Journey, n: int, ctx: Context, around: Circumstances = NOTHING_ELSE) -> list[str]:
    """All situations of the n-th day, most urgent first."""
    return [reason.code for reason in situations(view(state, day(n), ctx), around, ctx)]


def test_m127_the_next_step_in_class_a_is_due_within_three_days(ctx: Context) -> None:
    assert standing(in_class("A", ctx), ctx).due_on == day(3)


def test_m127_the_checklist_lists_what_to_close_by_phone_within_a_day() -> None:
    checked = visit_checklist(chain=True, trust=False, scale=standard().strategy)

    assert [(item.code, item.state, item.close_within_hours) for item in checked] == [
        ("chain", "green", None),
        ("trust", "red", 24),
        ("concerns", "unknown", 24),
        ("offer", "unknown", 24),
    ]


def test_m127_a_failed_visit_asks_for_recovery_within_two_days(ctx: Context) -> None:
    refused = touch(deal=7, outcome=Outcome.NO_SALE, refusal=Refusal.PURCHASE)
    state = travelled([on(2, refused)], ctx, in_class("A", ctx))
    step = next_best_action(view(state, day(3), ctx), NOTHING_ELSE, ctx)

    assert (step.situation, step.play_class, step.reason.numbers["hours_left"]) == ("recovery_48h", "A", 24)
    assert codes(state, 4, ctx)[0] == "recovery_48h"
    assert "recovery_48h" not in codes(state, 5, ctx)
    by_phone = touch("phone", deal=7, outcome=Outcome.NO_SALE)
    assert "recovery_48h" not in codes(travelled([on(2, by_phone)], ctx, in_class("A", ctx)), 2, ctx)


def test_m128_class_b_is_touched_every_seven_days_and_its_share_is_watched(ctx: Context) -> None:
    assert standing(in_class("B", ctx), ctx).due_on == day(6)
    assert standing(in_class("B", ctx), ctx).max_gap_days == 7
    assert class_shares([Quadrant.B, Quadrant.B, Quadrant.A, Quadrant.UNCLASSIFIED])[Quadrant.B] == pytest.approx(2 / 3)


def test_m129_an_open_tail_blocks_done_in_class_c(ctx: Context) -> None:
    assert blocks_done(Quadrant.C, 1)
    assert blocks_done(Quadrant.C, 0) is None
    assert blocks_done(Quadrant.B, 3) is None
    assert codes(in_class("C", ctx), 1, ctx, Circumstances(open_tails=2))[0] == "open_tail"


def test_m130_a_visit_planned_in_class_d_gets_a_soft_warning(ctx: Context) -> None:
    assert visit_warning(Quadrant.D, "visit", ctx)
    assert visit_warning(Quadrant.D, "article", ctx) is None
    assert visit_warning(Quadrant.A, "visit", ctx) is None


def test_m130_class_d_is_reviewed_every_thirty_days(ctx: Context) -> None:
    state = in_class("D", ctx)
    asked_again = travelled([on(20, answers=answers((1,)))], ctx, state)

    assert review_due_on(state, ctx) == day(30)
    assert review_due_on(asked_again, ctx) == day(50)
    assert review_due_on(in_class("A", ctx), ctx) is None


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        ({}, None),
        ({"replied": True}, "reply"),
        ({"willingness": 60.0}, "willingness"),
        ({"wake_on": date(2025, 3, 3)}, "wake_date"),
        ({"wake_on": date(2025, 3, 4)}, None),
        ({"opted_out": True, "replied": True}, "opt_out"),
    ],
)
def test_m130_the_nurture_track_ends_by_reply_willingness_date_or_opt_out(told: dict[str, object], ends: str) -> None:
    known = {"replied": False, "willingness": None, "wake_on": None, "opted_out": False, **told}

    assert track_exit(on=date(2025, 3, 3), scale=standard().strategy, **known) == ends  # type: ignore[arg-type]


def test_the_most_urgent_situation_comes_first(ctx: Context) -> None:
    around = Circumstances(open_tails=1, unconfirmed_influencers=2, trust=55.0, promise_due_on=day(1))

    assert codes(in_class("A", ctx), 5, ctx, around) == [
        "cold_gap",
        "promise_due",
        "open_tail",
        "unconfirmed_influencer",
        "trust_gap",
        "routine",
    ]


def test_trust_of_exactly_sixty_is_a_gap(ctx: Context) -> None:
    assert "trust_gap" in codes(in_class("A", ctx), 1, ctx, Circumstances(trust=60.0))
    assert "trust_gap" not in codes(in_class("A", ctx), 1, ctx, Circumstances(trust=60.1))


def test_the_window_speaks_when_it_runs_out(ctx: Context) -> None:
    calls = [on(n, touch("phone", deal=7)) for n in range(3, 66, 3)]
    state = in_class("A", ctx)

    assert "window_due_soon" in codes(travelled(calls[:8], ctx, state), 24, ctx)
    assert "window_overdue" in codes(travelled(calls[:11], ctx, state), 33, ctx)
    assert "requalify" in codes(travelled(calls, ctx, state), 66, ctx)


def test_far_beyond_its_window_a_customer_is_re_qualified_not_called_cold(ctx: Context) -> None:
    state = in_class("A", ctx)

    assert [alert.rule for alert in view(state, day(61), ctx).alerts] == ["cold_gap_severe"]
    assert view(state, day(62), ctx).alerts == ()
    assert codes(state, 62, ctx)[0] == "requalify"


def test_every_situation_is_known_to_the_playbook(ctx: Context) -> None:
    known = {situation.value for situation in Situation}

    assert set(standard().strategy.urgency) <= known


def test_a_bad_experience_is_mended_before_anyone_is_blamed(ctx: Context) -> None:
    hot = travelled(
        [
            on(2, touch("negotiation", deal=7), touch("visit", deal=7), touch("demo", deal=7)),
            on(3, touch(deal=7, outcome=Outcome.ADVANCE, value_note=True)),
            on(4, touch("phone", deal=7, bad_experience=True)),
        ],
        ctx,
        in_class("A", ctx),
    )
    seen = view(hot, day(4), ctx)

    assert [alert.rule for alert in seen.alerts] == ["missed_heat"]
    assert next_best_action(seen, NOTHING_ELSE, ctx).situation == "bad_experience"


@pytest.mark.parametrize(
    ("worth", "score"),
    [
        (Worth(Quadrant.D, 10.0, 300_000.0, 1.2), 37.9),
        (Worth(Quadrant.A, 30.0, 100_000.0, 0.0), 58.9),
    ],
)
def test_priority_of_the_two_worked_examples(worth: Worth, score: float) -> None:
    seen = priority(worth, ValueScale(5_000_000.0, None), standard().plan)

    assert seen.value == pytest.approx(score, abs=0.05)
    assert (seen.missing, seen.provisional) == ((), False)


def test_an_unknown_part_takes_its_prior_and_is_named() -> None:
    among = value_scale([None, 100.0, 1000.0, 300.0])
    unknown = priority(Worth(Quadrant.UNCLASSIFIED, 50.0, None, None), among, standard().plan)
    known = priority(Worth(Quadrant.C, 50.0, 300.0, 0.0), among, standard().plan)

    assert among == ValueScale(1000.0, 300.0)
    assert unknown.value == known.value
    assert unknown.missing == ("quadrant", "value", "pressure")
    assert unknown.provisional


def test_at_an_equal_score_the_known_customer_comes_first() -> None:
    known = Reading(50.0, "known")
    guessed = Reading(50.0, "provisional", provisional=True)

    plan = day_plan(day(0), [Row(1, guessed, day(0)), Row(2, known, day(0))], standard().plan)

    assert [step.customer for step in plan.steps] == [2, 1]


def row(customer: int, due: int = 0, score: float = 50.0, *alerts: str, **more: object) -> Row:
    """A customer in pursuit."""
    return Row(customer, Reading(score, "known"), day(due), alerts=alerts, **more)  # type: ignore[arg-type]


def queue(code: str, customers: range, due: int = 0) -> list[QueueItem]:
    """Customers in a queue, the later ones longer overdue."""
    return [QueueItem(customer, code, day(due - customer % 50)) for customer in customers]


def test_a_step_is_due_by_plan_by_agreement_or_before_the_gap_is_full() -> None:
    assert due_on(row(1, 5, planned_on=day(3))) == day(3)
    assert due_on(row(1, 5, planned_on=day(8))) == day(5)
    assert due_on(row(1, 5, planned_on=day(8), is_quiet=True)) == day(8)
    assert due_on(row(1, 5, is_quiet=True)) is None


def test_who_is_not_due_waits_until_a_day() -> None:
    plan = day_plan(day(0), [row(1, 4), row(2, 2), row(3, 0)], standard().plan)

    assert [step.customer for step in plan.steps] == [3]
    assert plan.waiting == ((2, day(2)), (1, day(4)))


def test_alerts_come_first_in_their_order_then_promises_leads_list_and_queues() -> None:
    rows = [row(1, 0, 90), row(2, 9, 10, "cold_gap"), row(3, 9, 20, "missed_heat"), row(4, 9, 5, "cold_gap", "strike")]
    plan = day_plan(
        day(0),
        rows,
        standard().plan,
        promises=[QueueItem(5, "promise_due", day(0))],
        pushed=[QueueItem(6, "first_touch_due", day(0))],
        queues=[QueueItem(7, "revisit_due", day(-3)), QueueItem(8, "revisit_due", day(-30))],
    )

    assert [(step.customer, step.code) for step in plan.steps] == [
        (4, "strike"),
        (3, "missed_heat"),
        (2, "cold_gap"),
        (5, "promise_due"),
        (6, "first_touch_due"),
        (1, "routine"),
        (8, "revisit_due"),
        (7, "revisit_due"),
    ]


def test_a_quarter_is_kept_for_the_queues_from_the_list_never_from_alerts() -> None:
    ranked = [row(n) for n in range(1, 21)]
    revisits = queue("revisit_due", range(30, 40))
    full = day_plan(day(0), ranked, standard().plan, queues=revisits)
    alarmed = day_plan(day(0), [row(n, 0, 50, "strike") for n in range(1, 13)], standard().plan, queues=revisits)

    assert [step.group for step in full.steps] == ["ranked"] * 9 + ["queue"] * 3
    assert [step.customer for step in full.steps[9:]] == [39, 38, 37]
    assert {step.customer for step in full.left_out} == {*range(10, 21), *range(30, 37)}
    assert [step.group for step in alarmed.steps] == ["alert"] * 12


def test_room_the_queues_do_not_need_goes_to_the_list_and_the_other_way_round() -> None:
    few = day_plan(day(0), [row(n) for n in range(1, 21)], standard().plan, queues=queue("revisit_due", range(30, 31)))
    many = day_plan(day(0), [row(1)], standard().plan, queues=queue("revisit_due", range(30, 45)))

    assert [step.group for step in few.steps] == ["ranked"] * 11 + ["queue"]
    assert [step.group for step in many.steps] == ["ranked"] + ["queue"] * 11


def test_snoozed_and_done_steps_leave_and_done_ones_have_used_their_room() -> None:
    plan = day_plan(day(0), [row(n) for n in range(1, 21)], standard().plan, done={1, 2}, snoozed={3})

    assert [step.customer for step in plan.steps] == list(range(4, 14))
    assert 3 not in {step.customer for step in plan.left_out}


def test_far_beyond_its_window_a_customer_stands_in_the_re_qualify_queue() -> None:
    rows = [
        row(1, 0, 90, "cold_gap_severe", requalify_on=day(-5)),
        row(2),
        row(3, 0, 9, "strike", requalify_on=day(-5)),
    ]
    plan = day_plan(day(0), rows, standard().plan)

    assert [(step.customer, step.group, step.code) for step in plan.steps] == [
        (3, "alert", "strike"),
        (2, "ranked", "routine"),
        (1, "queue", "requalify"),
    ]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 40), st.integers(-3, 3), st.integers(0, 100), st.sampled_from(["", "strike", "cold_gap"])
        ),
        max_size=40,
    ),
    st.lists(st.tuples(st.integers(1, 60), st.integers(-5, 2)), max_size=30),
    st.integers(0, 15),
    st.sets(st.integers(1, 60), max_size=5),
)
def test_a_plan_never_exceeds_its_room_names_everyone_once_and_forgets_nobody(
    told: list[tuple[int, int, int, str]], queued: list[tuple[int, int]], capacity: int, done: set[int]
) -> None:
    rows = list({n: row(n, due, score, *filter(None, [alert])) for n, due, score, alert in told}.values())
    items = [QueueItem(n, "revisit_due", day(due)) for n, due in queued]

    plan = day_plan(day(0), rows, standard().plan, queues=items, done=done, capacity=capacity)

    steps, left = [s.customer for s in plan.steps], [s.customer for s in plan.left_out]
    assert len(steps) <= max(0, capacity - len(done))
    assert len({*steps, *left}) == len(steps) + len(left)
    due = {r.customer for r in rows if r.alerts or r.due_on <= day(0)} | {
        i.customer for i in items if i.due_on <= day(0)
    }  # type: ignore[operator]
    assert {*steps, *left} == due - done
    alerts = [s for s in plan.left_out if s.group == "alert"]
    assert not alerts or all(step.group == "alert" for step in plan.steps)
    assert day_plan(day(0), rows[::-1], standard().plan, queues=items, done=done, capacity=capacity) == plan


def test_whoever_has_left_is_asked_for_late_money_but_not_to_renew(ctx):
    seen = view(in_class("C", ctx), day(1), ctx)
    gone = replace(seen, status=Status.CHURNED)
    ends = {"renewal": because("renewal_due"), "contract_end": because("contract_ending")}
    around = Circumstances(late_money=because("payment_overdue"), **ends)

    told = {each.status: [found.code for found in situations(each, around, ctx)] for each in (seen, gone)}

    assert {"payment_overdue", "renewal_due", "contract_ending"} <= set(told[seen.status])
    assert "payment_overdue" in told[Status.CHURNED]
    assert not {"renewal_due", "contract_ending"} & set(told[Status.CHURNED])

"""When the next order is asked for: often buyers when they are late, rare ones when it is time, and not for ever."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import context, day, on, touch, travelled
from tests.method.pages import Example, each
from wendu.method.codes import Outcome
from wendu.method.journey import Context, DayFacts, Journey, fold, standing, view
from wendu.method.repurchase import order_rhythm, rhythm_of, rhythm_over_on
from wendu.method.strategy import Circumstances, next_best_action

YEARLY = 365


def buyer(every: int, *later: DayFacts, ctx: Context, orders: int = 4) -> Journey:
    """Somebody who ordered so many times at one distance, the latest time on day 0."""
    first = [on(-every * n, touch("phone", outcome=Outcome.ORDER), accepted=True) for n in range(orders - 1, -1, -1)]
    return travelled([*first, *later], ctx)


def advice(state: Journey, n: int, ctx: Context) -> str:
    return next_best_action(view(state, day(n), ctx), Circumstances(), ctx).situation


def test_a_yearly_buyer_is_asked_when_the_window_opens_and_told_that_it_lies_ahead() -> None:
    ctx = context(tier="basic")
    state = buyer(YEARLY, on(200, touch("care")), ctx=ctx)

    told = next_best_action(view(state, day(310), ctx), Circumstances(), ctx).reason

    assert advice(state, 309, ctx) == "routine"
    assert (told.code, told.numbers["days"], told.numbers["every"], told.numbers["ahead"]) == (
        "repurchase_due", 310, 365, True,
    )  # fmt: skip
    late = next_best_action(view(state, day(366), ctx), Circumstances(), ctx).reason
    assert late.numbers["ahead"] is False


def test_a_yearly_buyer_is_asked_twice_in_a_window_and_not_every_morning() -> None:
    ctx = context(tier="basic")
    asked = buyer(YEARLY, on(310, touch("phone")), ctx=ctx)
    again = buyer(YEARLY, on(310, touch("phone")), on(421, touch("phone")), ctx=ctx)

    assert {advice(asked, n, ctx) for n in range(311, 421)} == {"routine"}
    assert advice(asked, 421, ctx) == "repurchase_due"
    assert "repurchase_due" not in {advice(again, n, ctx) for n in range(422, 786)}
    assert advice(again, 786, ctx) in ("repurchase_due", "revisit_due")


def test_after_three_missed_orders_nobody_is_asked_for_an_order_and_the_silence_is_looked_at() -> None:
    ctx = context(tier="basic")
    state = buyer(7, ctx=ctx)

    assert [advice(state, n, ctx) for n in (9, 10, 23)] == ["routine", "repurchase_due", "repurchase_due"]
    assert [advice(state, n, ctx) for n in (24, 25, 200)] == ["revisit_due"] * 3
    assert ("rhythm_over", day(24)) in {(change.rule, change.on) for change in standing(state, ctx).changes}


def test_who_was_asked_to_the_end_of_the_rhythm_is_left_to_the_ordinary_revisit() -> None:
    ctx = context(tier="basic")
    state = buyer(7, *(on(n, touch("phone")) for n in (10, 17)), ctx=ctx)

    assert standing(state, ctx).reorder_due_on is None
    assert standing(state, ctx).revisit_due_on == day(17 + YEARLY)
    assert {advice(state, n, ctx) for n in range(18, 17 + YEARLY)} == {"routine"}


def test_a_new_order_begins_a_new_rhythm() -> None:
    ctx = context(tier="basic")
    back = buyer(7, on(100, touch("phone", outcome=Outcome.ORDER)), ctx=ctx)

    assert standing(back, ctx).reorder_due_on == day(100 + 7 + 2 + 1)


@given(
    gaps=st.lists(st.integers(1, 400), min_size=2, max_size=8),
    talks=st.lists(st.integers(1, 900), max_size=4),
    ahead=st.integers(0, 1500),
)
def test_the_question_lies_in_the_rhythm_and_never_within_half_a_window_of_a_talk(
    gaps: list[int], talks: list[int], ahead: int
) -> None:
    ctx, n, days = context(), 0, {}
    for gap in gaps:
        days[n] = on(n, touch("phone", outcome=Outcome.ORDER))
        n += gap
    days[n] = on(n, touch("phone", outcome=Outcome.ORDER))
    days |= {n + talk: on(n + talk, touch("phone")) for talk in talks}
    state = travelled([days[key] for key in sorted(days)], ctx)
    rhythm, over_on = order_rhythm(state.orders, ctx.scale.cadence), rhythm_over_on(state, ctx)
    facts = standing(state, ctx, max(day(n + ahead), state.on or date.min))

    assert rhythm
    assert over_on
    if facts.reorder_due_on is not None:
        assert rhythm.window_from <= facts.reorder_due_on < over_on
        assert facts.as_of is None or facts.as_of < over_on
        if talks and rhythm.interval_days >= ctx.scale.cadence.early_from_days:
            talked_on = day(n + max(talks))
            assert talked_on < rhythm.window_from or facts.reorder_due_on >= talked_on + rhythm.slack
    assert facts.revisit_due_on is None or facts.revisit_due_on <= day(n + max([*talks, 0])) + timedelta(days=180)


@each("repurchase", "by the product, until they show a rhythm")
def test_the_product_speaks_until_the_customer_does(row: Example) -> None:
    state, ctx = Journey.empty(), context(tier="basic")
    for cell in row["ordered on, lasts days"].split(", "):
        ordered_on, *lasts = cell.split()
        facts = DayFacts(date.fromisoformat(ordered_on), ordered=True, lasts_days=int(lasts[0]) if lasts else None)
        state = fold(state, facts, ctx)

    found = rhythm_of(state.orders, state.lasting, ctx.scale.cadence)

    told = [str(each) for each in found] if found else ["unknown", "", "", ""]
    assert told == [row[name] for name in ("every, days", "expected on", "window from", "window to")]
    assert Journey.from_json(state.to_json()) == state


def test_what_is_used_up_is_asked_for_with_how_long_it_lasts() -> None:
    ctx = context(tier="basic")
    state = fold(Journey.empty(), DayFacts(day(0), ordered=True, lasts_days=90), ctx)
    state = fold(state, on(20, touch("phone")), ctx)

    told = next_best_action(view(state, day(77), ctx), Circumstances(), ctx).reason

    assert advice(state, 75, ctx) == "routine"
    assert (told.code, told.numbers["every"], told.numbers["product"], told.numbers["ahead"]) == (
        "repurchase_due", 90, True, True,
    )  # fmt: skip

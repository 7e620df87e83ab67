"""The day a deal should have signed on is over: the result is asked for once, and never where it would be foolish."""

from datetime import timedelta

from hypothesis import given

from tests.method.build import CLASS_ANSWERS, context, day, happened, on, opened, touch, travelled
from tests.method.histories import contexts, histories
from wendu.method.codes import DealEvent, Outcome, Status
from wendu.method.journey import Context, DayFacts, Journey, fold, standing, view
from wendu.method.state import DealPhase
from wendu.method.strategy import Circumstances, next_best_action

EXPECTED = 20


def talked(*more: DayFacts, ctx: Context) -> Journey:
    """A class B customer with a deal expected to sign on day 20, last met on day 18."""
    first = on(0, touch(deal=7), answers=CLASS_ANSWERS["B"], deals=(opened(7, day(EXPECTED)),))
    return travelled([first, on(18, touch("phone", deal=7)), *more], ctx)


def advice(state: Journey, n: int, ctx: Context) -> str:
    return next_best_action(view(state, day(n), ctx), Circumstances(), ctx).situation


def test_the_day_after_asks_for_the_result_and_the_customer_is_due(ctx: Context) -> None:
    state = talked(ctx=ctx)

    assert standing(state, ctx).due_on == day(21)
    assert [advice(state, n, ctx) for n in (19, 20, 21)] == ["routine", "routine", "result_due"]
    found = next_best_action(view(state, day(23), ctx), Circumstances(), ctx).reason
    assert dict(found.numbers) == {"deal": 7, "expected_on": day(20).isoformat(), "days": 3}


def test_it_is_asked_once(ctx: Context) -> None:
    asked = talked(on(21, touch("phone", deal=7)), ctx=ctx)
    unanswered = talked(on(21, touch("message", two_way=False, deal=7)), ctx=ctx)

    for state in (asked, unanswered):
        assert "result_due" not in {advice(state, n, ctx) for n in range(21, 90)}


def test_a_newsletter_or_a_talk_about_another_deal_asks_nothing(ctx: Context) -> None:
    newsletter = talked(on(21, touch("mass_message", two_way=False)), ctx=ctx)
    other = talked(on(21, touch("phone", deal=8), deals=(opened(8),)), ctx=ctx)

    assert advice(newsletter, 22, ctx) == advice(other, 22, ctx) == "result_due"


def test_a_new_expected_day_is_a_new_question(ctx: Context) -> None:
    first = on(0, touch(deal=7), answers=CLASS_ANSWERS["B"], deals=(opened(7, day(30)),))
    state = travelled([first, on(18, touch("phone", deal=7)), on(21, touch("phone", deal=7))], ctx)

    assert standing(state, ctx).result_due.ask_on == day(31)  # type: ignore[union-attr]


def test_whoever_was_never_met_rests_or_has_decided_is_asked_nothing(ctx: Context) -> None:
    unmet = travelled([on(0, deals=(opened(7, day(EXPECTED)),))], ctx)
    for event in (DealEvent.LOST, DealEvent.WON, DealEvent.PAUSED):
        ended = talked(on(19, deals=(happened(event, 7, day(EXPECTED)),)), ctx=ctx)
        assert standing(ended, ctx).result_due is None
        assert "result_due" not in {advice(ended, n, ctx) for n in range(19, 60)}
    assert advice(unmet, 25, ctx) == "first_touch_due"


def test_a_reopened_deal_with_a_day_long_gone_is_asked_about_again_unless_it_was(ctx: Context) -> None:
    again = happened(DealEvent.REOPENED, 7, day(EXPECTED))
    lost = on(19, deals=(happened(DealEvent.LOST, 7, day(EXPECTED)),))

    assert standing(talked(lost, on(40, deals=(again,)), ctx=ctx), ctx).result_due is not None
    assert standing(talked(lost, on(40, touch("phone", deal=7), deals=(again,)), ctx=ctx), ctx).result_due is None


def test_after_a_quiet_period_the_same_is_not_asked_twice() -> None:
    ctx = context(quiet=[(day(19), day(25))])
    found = next_best_action(view(talked(ctx=ctx), day(26), ctx), Circumstances(), ctx)

    assert [found.reason.code, *(reason.code for reason in found.others)] == ["quiet_over", "routine"]


def test_who_said_call_me_on_thursday_is_not_called_on_tuesday(ctx: Context) -> None:
    state = talked(on(19, touch("phone", deal=7, agreed_on=day(24))), ctx=ctx)

    assert standing(state, ctx).due_on == day(24)
    assert [advice(state, n, ctx) for n in (21, 23)] == ["routine", "routine"]
    assert [advice(state, n, ctx) for n in (24, 25)] == ["agreed_today", "result_due"]


def test_the_earliest_of_several_questions_is_the_one_asked(ctx: Context) -> None:
    both = (opened(7, day(20)), opened(8, day(10)))
    state = travelled([on(0, touch(), answers=CLASS_ANSWERS["C"], deals=both)], ctx)

    assert standing(state, ctx).result_due.deal == 8  # type: ignore[union-attr]


@given(days=histories(), ctx=contexts())
def test_the_question_is_about_an_open_deal_lies_after_its_day_and_on_a_running_day(
    days: tuple[DayFacts, ...], ctx: Context
) -> None:
    state = Journey.empty()
    for told in days:
        state = fold(state, told, ctx)
        facts, due = standing(state, ctx), standing(state, ctx).result_due
        if due is None:
            continue
        assert facts.status is Status.IN_PURSUIT
        assert next(deal.phase for deal in state.deals if deal.id == due.deal) is DealPhase.OPEN
        assert due.ask_on > due.expected_on
        assert not ctx.stops.is_stopped(due.ask_on)
        assert facts.due_on is None or facts.due_on <= due.ask_on


@given(days=histories(), ctx=contexts())
def test_whatever_happened_one_talk_on_a_later_day_has_asked(days: tuple[DayFacts, ...], ctx: Context) -> None:
    state = travelled(days, ctx)
    due = standing(state, ctx).result_due
    if due is None or state.on is None:
        return

    later = max(due.expected_on, state.on + timedelta(days=1))
    answered = fold(state, DayFacts(later, (touch("phone", outcome=Outcome.NONE, deal=due.deal),)), ctx)

    found = standing(answered, ctx).result_due
    assert found is None or found.deal != due.deal

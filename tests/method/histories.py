"""Random but believable histories of customers."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.method.build import CLASS_ANSWERS, context, day, happened, held, on, touch
from wendu.method.codes import DealEvent, Outcome, Quality, Reach, Refusal
from wendu.method.journey import Context, DayFacts, TouchFact

KINDS = ("mass_message", "message", "care", "phone", "online_meeting", "visit", "demo", "negotiation")
DEALS = (None, 1, 2)


@st.composite
def touches(draw: st.DrawFn, number: int, *, gentle: bool = False) -> TouchFact:
    """One touch on the n-th day."""
    outcomes = [Outcome.NONE, Outcome.ADVANCE, Outcome.ADVANCE, Outcome.CONTINUATION]
    if not gentle:
        outcomes += [Outcome.NO_SALE, Outcome.ORDER]
    outcome = draw(st.sampled_from(outcomes))
    ahead = draw(st.sampled_from([None, None, 1, 3, 9, 25, 40]))
    return touch(
        draw(st.sampled_from(KINDS)),
        two_way=draw(st.sampled_from([True, True, True, False])),
        proactive=draw(st.booleans()),
        contact=draw(st.sampled_from([None, 5, 6])),
        reach=draw(st.sampled_from(list(Reach))),
        deal=draw(st.sampled_from(DEALS)),
        quality=draw(st.sampled_from([None, None, *Quality])),
        outcome=outcome,
        refusal=draw(st.sampled_from(list(Refusal))) if outcome is Outcome.NO_SALE else Refusal.NONE,
        agreed_on=None if ahead is None else day(number + ahead),
        bad_experience=not gentle and draw(st.sampled_from([False] * 6 + [True])),
        value_note=draw(st.booleans()),
    )


@st.composite
def days_of(draw: st.DrawFn, number: int) -> DayFacts:
    """What happened on the n-th day."""
    events = st.sampled_from(
        [DealEvent.OPENED] * 3 + [DealEvent.REOPENED, DealEvent.LOST, DealEvent.PAUSED, DealEvent.WON]
    )
    more: dict[str, object] = {}
    if draw(st.integers(0, 2)) == 0:
        ahead = draw(st.sampled_from([None, None, 0, 4, 30]))
        expected_on = None if ahead is None else day(number + ahead)
        more["deals"] = (happened(draw(events), draw(st.sampled_from([1, 2])), expected_on),)
    if draw(st.integers(0, 2)) == 0:
        more["answers"] = CLASS_ANSWERS[draw(st.sampled_from("ABCD"))]
    rare = draw(st.integers(0, 30))
    if rare == 0:
        more["override"] = held(draw(st.sampled_from("ABCD")), day(number + draw(st.integers(1, 30))))
    elif rare == 1:
        more["override_cleared"] = True
    elif rare == 2:
        more["nurture_until"] = day(number + draw(st.integers(0, 60)))
    elif rare in (3, 4, 5, 6, 7):
        more[("woken", "dropped", "requalified", "ordered", "churned", "subscribed")[rare - 3]] = True
    number_of_touches = draw(st.sampled_from([0, 1, 1, 1, 2, 3]))
    return on(number, *(draw(touches(number)) for _ in range(number_of_touches)), **more)


@st.composite
def histories(draw: st.DrawFn, most: int = 14) -> tuple[DayFacts, ...]:
    """Some weeks or months of a customer."""
    gaps = draw(st.lists(st.sampled_from([1, 1, 2, 3, 4, 7, 12, 30, 80]), min_size=1, max_size=most))
    number, days = 0, []
    for gap in gaps:
        days.append(draw(days_of(number)))
        number += gap
    return tuple(days)


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    """A market with some holidays and perhaps a quiet period."""
    holidays = {day(n) for n in draw(st.lists(st.integers(0, 120), max_size=12))}
    starts = draw(st.lists(st.integers(1, 120), max_size=2))
    quiet = [(day(start), day(start) + timedelta(days=draw(st.integers(0, 25)))) for start in starts]
    market, sale = draw(st.sampled_from([("b2b", ""), ("b2c", ""), ("b2g", ""), ("b2b", "project")]))
    return context(market, sale=sale, holidays=holidays, quiet=quiet, tier=draw(st.sampled_from(["", "strategic"])))

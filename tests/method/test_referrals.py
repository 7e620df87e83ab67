"""Who brought whom: the worked examples, credit that adds up, and trees without a circle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.pages import Example, each, said
from wendu.analytics.referral import Referrals
from wendu.method.lifecycle import Lifecycle
from wendu.method.referrals import Ask, Below, Trees, referral_ask

CONTENT = standard().satisfaction.satisfied_from
PEOPLE = st.integers(0, 11)
PAIRS = st.lists(st.tuples(PEOPLE, PEOPLE), max_size=25)
VALUES = st.dictionaries(PEOPLE, st.integers(-(10**12), 10**12))
SHARES = st.floats(0, 1)


def numbers(cell: str) -> dict[int, float]:
    """`A 10, B 5` as numbers by letter."""
    return {ord(name): float(value) for name, value in (part.split() for part in cell.split(", ") if part)}


def pairs(cell: str) -> list[tuple[int, int]]:
    """`A B`: A brought B, as the customer and who brought it."""
    return [(ord(taker), ord(giver)) for giver, taker in (part.split() for part in cell.split(", ") if part)]


@each("referral", "credit and downstream")
def test_credit_and_downstream_value(row: Example) -> None:
    own, trees = (
        {pk: int(value) for pk, value in numbers(row["own value"]).items()},
        Trees(pairs(row["who brought whom"])),
    )

    assert trees.credited(own, 0.2) == numbers(row["credited"])
    assert trees.downstream(own, 0.5) == numbers(row["downstream"])


def test_m13_the_tree_shows_who_brought_whom() -> None:
    trees = Trees([(2, 1), (3, 2), (4, 1)])

    assert trees.above(3) == (2, 1)
    assert trees.below(1) == (Below(2, 1, 1), Below(3, 2, 2), Below(4, 1, 1))
    assert (trees.above(1), trees.below(4)) == ((), ())


@given(PAIRS, VALUES, SHARES)
def test_credit_always_sums_to_what_is_there(brought: list[tuple[int, int]], own: dict[int, int], share: float) -> None:
    assert sum(Trees(brought).credited(own, share).values()) == sum(own.values())


@given(PAIRS)
def test_nobody_ever_came_through_itself(brought: list[tuple[int, int]]) -> None:
    trees = Trees(brought)

    for customer in trees.referrer:
        assert customer not in trees.above(customer)
    for customer in {*trees.brought}:
        below = [row.customer for row in trees.below(customer)]
        assert len(below) == len(set(below))
        assert customer not in below
        assert all(customer in trees.above(each) for each in below)


@given(st.lists(st.integers(-1, 8), min_size=2, max_size=10), SHARES)
def test_the_estimator_of_millions_says_the_same(referrers: list[int], share: float) -> None:
    """Each customer is brought by an older one or by nobody, as both ask for."""
    brought = [(place, by) for place, by in enumerate(referrers) if 0 <= by < place]
    own = {place: 1000 * (place + 1) for place in range(len(referrers))}
    taken = np.array([pair[0] for pair in brought], dtype=np.int64)
    given_by = np.array([pair[1] for pair in brought], dtype=np.int64)
    days = np.arange(len(referrers))
    many = Referrals.of(days, given_by, taken, np.zeros(len(brought), dtype=np.int64))
    few, values = Trees(brought), list(own.values())

    assert {**own, **few.credited(own, share)} == dict(enumerate(many.credited_value(values, share=share).tolist()))
    downstream = few.downstream(own, share)
    for place, value in enumerate(many.downstream_value(values, share=share)):
        assert downstream.get(place, 0.0) == pytest.approx(value)


@each("referral", "when to ask")
def test_m13_only_who_is_content_is_asked_for_a_referral(row: Example) -> None:
    told = referral_ask(
        market=row["market"],
        stage=row["stage"],
        open_problems=int(row["open problems"]),
        satisfaction=said(row["satisfaction"]),
        satisfied_from=CONTENT,
        refuses=row["refuses"] == "yes",
    )

    assert (told.band, told.reasons[0].code) == (row["asked"], row["because"])
    assert told.missing == (("satisfaction",) if row["asked"] == "unknown" else ())


@given(
    st.sampled_from(["b2b", "b2c", "b2g"]),
    st.sampled_from([stage.value for stage in Lifecycle]),
    st.integers(0, 3),
    st.none() | st.floats(0, 200),
    st.booleans(),
)
def test_m13_nobody_below_a_hundred_per_cent_or_unknown_is_ever_asked(
    market: str, stage: str, problems: int, content: float | None, refuses: bool
) -> None:
    told = referral_ask(
        market=market,
        stage=stage,
        open_problems=problems,
        satisfaction=content,
        satisfied_from=CONTENT,
        refuses=refuses,
    )

    if content is None or content < 99.999999 or problems or refuses or market == "b2g":
        assert told.band != Ask.ASK
    if told.band == Ask.ASK:
        assert stage in (Lifecycle.GROWTH, Lifecycle.MATURE)

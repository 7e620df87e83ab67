"""Credit sums to what is there; nobody is their own ancestor."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wendu.analytics.referral import NOBODY, Referrals


@st.composite
def companies(draw):
    size = draw(st.integers(1, 20))
    days = draw(st.lists(st.integers(0, 30), min_size=size, max_size=size))
    place = st.integers(0, size - 1)
    contacts = draw(st.lists(st.tuples(place, place, st.integers(-5, 35)), max_size=40))
    values = draw(st.lists(st.integers(-(10**6), 10**12), min_size=size, max_size=size))
    return days, np.asarray(contacts, dtype=np.int64).reshape(-1, 3).T, values


@given(companies(), st.floats(0, 1))
def test_credit_sums_exactly_to_all_there_is(company, share):
    days, contacts, values = company

    credit = Referrals.of(days, *contacts).credited_value(values, share=share)

    assert sum(credit.tolist()) == sum(values)


@given(companies())
def test_whoever_brought_somebody_is_older_so_no_chain_closes(company):
    days, contacts, values = company
    referrals = Referrals.of(days, *contacts)

    assert all(days[giver] < days[taker] for taker, giver in enumerate(referrals.referrer) if giver != NOBODY)
    assert np.isfinite(referrals.downstream_value(values)).all()


def test_a_chain_by_hand():
    chain = Referrals.of([0, 5, 9], [0, 1], [1, 2], [4, 8])

    assert chain.credited_value([100_00, 50_00, 200_00], share=0.2).tolist() == [118_00, 72_00, 160_00]
    assert chain.downstream_value([100.0, 50.0, 200.0], share=0.5).tolist() == [0.5 * (50 + 100), 100.0, 0.0]


def test_the_earliest_contact_before_the_first_purchase_counts():
    found = Referrals.of([0, 1, 10], [0, 1, 0, 2], [2, 2, 1, 0], [7, 3, 2, 0])

    assert found.referrer.tolist() == [NOBODY, NOBODY, 1]
    assert found.refused == 2  # one met after the first purchase, one would bring an older customer


def test_a_long_chain_is_one_pass():
    size = 20_000
    chain = Referrals.of(np.arange(size), np.arange(size - 1), np.arange(1, size), np.arange(1, size))

    assert chain.credited_value(np.full(size, 100)).sum() == 100 * size

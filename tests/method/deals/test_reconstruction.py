"""Versions of a requirement: the examples of their page, and what holds of all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.deals.test_demand import criterion
from tests.method.pages import Example, each, said
from wendu.method.deals.codes import Gain, VersionState
from wendu.method.deals.reconstruction import Version, gained, in_force, same_need, version_state

SCALE = standard().deal.demand
FITS = st.none() | st.integers(0, 10)
NEEDS = st.sampled_from(["少停机", "一天不停", ""])
VERSIONS = st.builds(Version, need=NEEDS, fit=FITS, agreed=st.booleans())


@each("demand", "a request told back")
def test_what_a_version_gains(row: Example) -> None:
    brings = criterion(row["brings"]) if row["brings"] else None
    version = Version("少停机", said(row["new fit"]), brings=brings)

    found = gained(
        version, said(row["fit"]), [criterion(cell) for cell in row["criteria"].split()], SCALE, no_rival=False
    )

    assert found.more_fit == said(row["more fit"])
    assert found.more_chance == pytest.approx(said(row["more chance"]), abs=0.005)
    assert found.gain == row["gain"]


@each("demand", "where a version stands")
def test_where_a_version_stands(row: Example) -> None:
    version = Version(row["need then"], said(row["new fit"]), row["agreed"] == "yes")

    assert version_state(version, need=row["need now"], asked_fit=said(row["fit"])) == row["stands"]


@given(st.lists(VERSIONS, max_size=6), NEEDS, FITS)
def test_the_one_that_counts_is_the_latest_agreed_one_that_serves_them(versions, need, fit) -> None:
    place = in_force(versions, need=need, asked_fit=fit)

    states = [version_state(each, need=need, asked_fit=fit) for each in versions]
    if place is None:
        assert VersionState.IN_FORCE not in states
        return
    chosen = versions[place]
    assert chosen.agreed
    assert same_need(chosen.need, need)
    assert fit is None or chosen.fit is None or chosen.fit >= fit
    assert VersionState.IN_FORCE not in states[place + 1 :]


@given(st.text(max_size=20), st.text(max_size=20))
def test_same_need_is_fair_to_both_and_true_of_itself(first: str, second: str) -> None:
    assert same_need(first, first)
    assert same_need(first, second) == same_need(second, first)


@given(FITS, FITS)
def test_no_version_that_serves_them_less_is_worth_anything(before, after) -> None:
    found = gained(Version("少停机", after), before, [], SCALE, no_rival=False)

    less = before is not None and after is not None and after < before
    assert (found.gain is Gain.REJECTED) == less

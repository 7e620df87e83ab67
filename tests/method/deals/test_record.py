"""What closed deals say: the worked examples of docs/method/track-record.md, and what must hold of any deals."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import each, said
from wendu.method.deals.record import chance_at, compared, differ, spread, stage_rates, win_rate

STAGES = ("ST1", "ST2", "ST3", "ST4")
PAGE = "track-record"
COUNTS = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SOME = st.lists(st.integers(0, 50), min_size=20, max_size=60)


def told(text):
    """`won ST1 6, lost ST1 4` as won and all by stage."""
    found = {}
    for part in filter(None, text.split(", ")):
        outcome, reached, number = part.split()
        won, deals = found.get(reached, (0, 0))
        found[reached] = (won + int(number) * (outcome == "won"), deals + int(number))
    return found


def times(text):
    return [float(value) for part in text.split() for value in [part.split("x")[0]] * int(part.split("x")[1])]


@each(PAGE, "rate")
def test_no_rate_is_named_before_twenty_deals_have_ended(row):
    found = win_rate(int(row["won"]), int(row["ended"]), 20)

    assert found.value == said(row["rate"])
    assert dict(found.reasons[0].numbers) == {"won": int(row["won"]), "deals": int(row["ended"])}


@each(PAGE, "rate by stage")
def test_the_rate_of_a_stage_is_of_those_that_had_come_to_it(row):
    rates = stage_rates(told(row["deals"]), STAGES, 4)

    assert [rates[stage].value for stage in STAGES] == [said(row[stage]) for stage in STAGES]
    found = chance_at("ST4", rates)
    assert (found[0] if found else "unknown") == row["counts at ST4"]


@each(PAGE, "spread")
def test_the_middle_half_is_told_of_four(row):
    found = spread(None if each == "?" else float(each) for each in row["values"].split())

    shown = [found.count, found.low, found.middle, found.high] if found else [0, None, None, None]
    assert shown == [said(row["count"]), said(row["low"]), said(row["middle"]), said(row["high"])]


@each(PAGE, "difference")
def test_m90_won_deals_differ_only_where_chance_would_not_do_it(row):
    assert compared(times(row["won"]), times(row["lost"]), 4).verdict == row["reads"]


@each(PAGE, "two shares")
def test_two_shares_differ_only_where_chance_would_not_do_it(row):
    one, other = (tuple(int(n) for n in row[name].split(" of ")) for name in ("one", "other"))

    assert differ(one, other, 20) == row["reads"]


@given(SOME, SOME)
def test_what_is_more_of_the_won_is_less_of_the_lost(won, lost):
    turned = {"more": "less", "less": "more", "same": "same"}

    assert compared(lost, won, 20).verdict == turned[compared(won, lost, 20).verdict]


@given(st.dictionaries(st.sampled_from(STAGES), COUNTS))
def test_every_later_stage_is_reached_by_fewer(ended):
    rates = stage_rates(ended, STAGES, 1)

    counts = [dict(rates[stage].reasons[0].numbers)["deals"] for stage in STAGES]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == sum(deals for _won, deals in ended.values())
    assert all(rate.value is None or 0 <= rate.value <= 100 for rate in rates.values())


@pytest.mark.parametrize("seed", range(3))
def test_the_same_deals_told_apart_by_lot_seldom_differ(seed):
    lot = Random(seed)
    found = [
        compared([lot.random() for _ in range(30)], [lot.random() for _ in range(30)], 20).verdict for _ in range(200)
    ]

    assert 0 <= sum(each != "same" for each in found) <= 24

"""Net retention of fees: the worked examples, and that fees add up."""

from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import Example, each, said
from wendu.method.engine import Fees, moved, net_retention


@each("engine", "net retention")
def test_m7_net_retention(row: Example) -> None:
    fees = Fees(*(int(row[name]) for name in ("start", "expansion", "contraction", "churn")))

    assert net_retention(fees) == said(row["NRR"])


@each("engine", "one fee")
def test_m7_what_became_of_one_fee(row: Example) -> None:
    told = moved(int(row["before"]), int(row["after"]))

    assert told[1:] == tuple(int(row[name]) for name in ("expansion", "contraction", "churn"))


@given(st.integers(1, 10**12), st.integers(0, 10**12))
def test_what_is_left_is_what_is_there(before: int, after: int) -> None:
    fees = moved(before, after)

    assert fees.start + fees.expansion - fees.contraction - fees.churn == after

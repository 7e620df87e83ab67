"""The worked examples of docs/analytics are run as they stand there."""

import pytest

from tests.method.pages import Example, each
from wendu.analytics.beta_geometric import BgNbd
from wendu.analytics.days import DayRows
from wendu.analytics.histories import Histories
from wendu.analytics.rfm import RfmState


@each("../analytics/rfm", "one customer")
def test_one_customer(row: Example) -> None:
    rows = [
        (1, int(day), int(amount))
        for part in row.pop("transactions").split(";")
        for day, amounts in [part.split(":")]
        for amount in amounts.split()
    ]

    state = RfmState.of(DayRows.of(*zip(*rows, strict=True)))

    assert {name: str(getattr(state, name)[0]) for name in row} == row


@each("../analytics/purchases", "one customer of BG/NBD")
def test_one_customer_of_bg_nbd(row: Example) -> None:
    model = BgNbd().with_parameters(0.243, 4.414, 0.793, 2.426)
    customer = Histories.of([2], [30.43], [38.86])
    told = (
        model.log_likelihood(customer),
        model.probability_alive(customer)[0],
        model.expected_purchases(customer, within=39)[0],
    )

    assert told == pytest.approx([float(cell) for cell in row.values()], abs=0.005)

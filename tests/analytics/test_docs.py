"""The worked examples of docs/analytics are run as they stand there."""

import doctest

import pytest

from tests.analytics.test_basket_and_retention import hundred
from tests.method.pages import DOCS, Example, each, examples, said
from wendu.analytics.backtest import Comparison
from wendu.analytics.basket import pairs
from wendu.analytics.beta_geometric import BgNbd
from wendu.analytics.calibration import calibration
from wendu.analytics.days import DayRows
from wendu.analytics.evidence import Evidence
from wendu.analytics.gamma_gamma import GammaGamma
from wendu.analytics.histories import Histories
from wendu.analytics.referral import Referrals
from wendu.analytics.retention import RetentionPlan, average_lifetime
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


@each("../analytics/value", "mean spend with the printed parameters")
def test_mean_spend_with_the_printed_parameters(row: Example) -> None:
    [told] = GammaGamma().with_parameters(6.25, 3.74, 15.44).mean_spend([row["repeat days"]], [row["mean so far"]])

    assert told == pytest.approx(float(row["mean to expect"]), abs=0.005)


@each("../analytics/signing", "one event fading")
def test_one_event_fading(row: Example) -> None:
    since, half_life = int(row["days since"]), float(row["half-life"])

    seen = Evidence.of(["a"], [0], [0], kinds=1, on=since, half_lives=(half_life,))

    assert seen.strength.item() == float(row["counts"])


@each("../analytics/signing", "four forecasts in two bins")
def test_four_forecasts_in_two_bins(row: Example) -> None:
    told = calibration([0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1], bins=2)

    assert {name: round(getattr(told, name), 4) for name in row} == {name: float(cell) for name, cell in row.items()}


def test_a_chain_of_three() -> None:
    rows = examples("../analytics/referral", "a chain of three")
    own = [int(row["own"]) for row in rows]
    chain = Referrals.of([0, 5, 9], [0, 1], [1, 2], [4, 8])

    assert chain.credited_value(own).tolist() == [int(row["credited"]) for row in rows]
    assert chain.downstream_value(own).tolist() == [float(row["downstream"]) for row in rows]


@each("../analytics/basket", "the method's hundred customers")
def test_the_method_s_hundred_customers(row: Example) -> None:
    pair = next(pair for pair in pairs(*hundred(), customers=100) if pair.has == "A")

    told = (pair.confidence, pair.lift, pair.lift_at_least)
    assert told == pytest.approx([float(cell) for cell in row.values()], abs=0.005)


@each("../analytics/backtest", "taking over")
def test_taking_over(row: Example) -> None:
    found = Comparison(origins=int(row["origins"]), won=int(row["won"]), gain=float(row["gain"]))

    assert found.takes_over == (row["takes over"] == "yes")


@each("../analytics/retention", "average lifetime")
def test_average_lifetime(row: Example) -> None:
    assert average_lifetime(float(row["leaving per year"])) == said(row["years"])


@each("../analytics/retention", "a quarter or a fifth leaving")
def test_a_quarter_or_a_fifth_leaving(row: Example) -> None:
    plan = RetentionPlan(
        customers=1000,
        churn=float(row.pop("churn")),
        margin=20_000,
        newcomers=250,
        cost_of_winning=30_000,
        periods=3,
    ).project()

    assert [*plan.customers, plan.profit.sum()] == pytest.approx([float(cell) for cell in row.values()])


def test_a_few_lines_of_code_answer_what_the_page_says() -> None:
    told = doctest.testfile(str(DOCS.parent / "analytics" / "README.md"), module_relative=False)

    assert (told.failed, told.attempted) == (0, 11)

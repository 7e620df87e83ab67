"""Where the truth is known: chances come true as often as they say, and intervals hold what they promise."""

import numpy as np
import pytest

from tests.analytics import worlds
from wendu.analytics.beta_geometric import BgNbd, MbgNbd
from wendu.analytics.calibration import calibration
from wendu.analytics.intervals import PurchaseQuantiles
from wendu.analytics.pareto import ParetoNbd
from wendu.analytics.status import Status

CUSTOMERS, HORIZON = (
    25_000,
    26.0,
)  # with 6,000 the level of P(alive) is not yet determined (docs/analytics/purchases.md)
DRAWN = slice(0, 5000)  # enough to see whether intervals hold
WORLDS = {
    "MBG, as CDNOW": (MbgNbd, lambda: worlds.beta_geometric((0.525, 6.183, 0.891, 1.614), **SIZE, seed=11)),
    "MBG, frequent": (MbgNbd, lambda: worlds.beta_geometric((1.5, 3.0, 0.5, 6.0), **SIZE, seed=12)),
    "BG, as CDNOW": (
        BgNbd,
        lambda: worlds.beta_geometric((0.243, 4.414, 0.793, 2.426), **SIZE, seed=13, first_purchase_keeps=True),
    ),
    "Pareto, as CDNOW": (ParetoNbd, lambda: worlds.pareto((0.553, 10.578, 0.606, 11.669), **SIZE, seed=14)),
}
SIZE = {"customers": CUSTOMERS, "horizon": HORIZON}


@pytest.fixture(scope="module", params=WORLDS.values(), ids=WORLDS)
def fitted(request):
    kind, drawn = request.param
    world = drawn()
    return world, kind().fit(world.histories)


@pytest.fixture(scope="module")
def quantiles(fitted):
    world, model = fitted
    return PurchaseQuantiles(model, within=HORIZON, draws=400).fit(world.histories.where(DRAWN))


def test_the_model_finds_its_own_world(fitted):
    world, model = fitted

    assert model.status_ is Status.OK
    expected = model.expected_purchases(world.histories, within=HORIZON)
    assert expected.sum() == pytest.approx(world.later.sum(), rel=0.06)


def test_who_is_called_alive_is_alive_as_often_as_said(fitted):
    world, model = fitted

    assert calibration(model.probability_alive(world.histories), world.alive).error <= 0.03


def test_who_is_said_to_buy_buys_as_often_as_said(fitted):
    world, model = fitted

    told = calibration(model.probability_purchase(world.histories, within=HORIZON), world.later)

    assert told.error <= 0.03
    assert told.skill > 0.2


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_intervals_hold_what_they_promise_within_three_points(fitted, quantiles, level):
    world, _ = fitted

    later = world.later[DRAWN]
    rank = quantiles.rank(later)

    assert np.mean(np.abs(rank - 0.5) <= level / 2) == pytest.approx(level, abs=0.03)
    low, high = quantiles.interval(level)
    assert np.mean((low <= later) & (later <= high)) >= level - 0.03


def test_standard_errors_are_nearly_as_wide_as_estimates_scatter():
    truth = (0.525, 6.183, 0.891, 1.614)
    drawn = [worlds.beta_geometric(truth, customers=2000, seed=seed, horizon=0) for seed in range(40)]
    models = [MbgNbd().fit(world.histories) for world in drawn]

    logs = np.log([list(model.parameters_.values()) for model in models])
    said = np.sqrt([np.diag(model.covariance_of_logs_) for model in models])

    inside = np.abs(logs - np.log(truth)) <= 1.96 * said
    assert inside.mean() == pytest.approx(0.95, abs=0.06)

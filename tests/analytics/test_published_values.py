"""What the publications print for CDNOW, found again (sources: docs/analytics/purchases.md)."""

import numpy as np
import pytest

from tests.analytics.cdnow import HOLD_OUT_WEEKS, WEEK, cdnow
from wendu.analytics.beta_geometric import BgNbd, MbgNbd
from wendu.analytics.histories import Histories
from wendu.analytics.pareto import ParetoNbd
from wendu.analytics.status import Status

PUBLISHED = [
    (BgNbd, "sample", (0.243, 4.414, 0.793, 2.426), -9582.4),
    (MbgNbd, "sample", (0.525, 6.183, 0.891, 1.614), -9582.14),
    (ParetoNbd, "sample", (0.553, 10.578, 0.606, 11.669), -9595.0),
    (BgNbd, "master", (0.2516, 4.789, 0.7234, 2.1611), -95368.44),
    (MbgNbd, "master", (0.6371, 7.3103, 0.8075, 1.2284), -95336.96),
]
each = pytest.mark.parametrize("kind, name, parameters, log_likelihood", PUBLISHED)


@each
def test_published_parameters_are_found_within_one_percent(kind, name, parameters, log_likelihood):
    model = kind().fit(cdnow(name).histories)

    assert model.status_ is Status.OK
    assert list(model.parameters_.values()) == pytest.approx(parameters, rel=0.01)
    assert model.log_likelihood_ == pytest.approx(log_likelihood, abs=0.05)


@pytest.mark.parametrize("name, most", [("sample", 0.765), ("master", 0.795)])
def test_the_default_model_misses_held_out_purchases_by_no_more_than_published(name, most):
    data = cdnow(name)

    expected = MbgNbd().fit(data.histories).expected_purchases(data.histories, within=HOLD_OUT_WEEKS)

    assert np.abs(expected - data.later).mean() <= most


@pytest.mark.parametrize("kind, correlation", [(BgNbd, 0.626), (ParetoNbd, 0.630)])
def test_predictions_correlate_with_held_out_purchases_as_published(kind, correlation):
    data = cdnow("sample")

    expected = kind().fit(data.histories).expected_purchases(data.histories, within=HOLD_OUT_WEEKS)

    assert np.corrcoef(expected, data.later)[0, 1] == pytest.approx(correlation, abs=0.0006)


def test_all_repeat_purchases_to_week_78_are_tracked_four_percent_low():
    data = cdnow("sample")
    model = BgNbd().fit(data.histories)
    end = 78 * WEEK
    begun, count = np.unique(data.state.first_day, return_counts=True)
    newcomer = Histories.of([0], [0], [0])

    tracked = sum(
        number * model.expected_purchases(newcomer, within=(end - (day - begun.min())) / WEEK)[0]
        for day, number in zip(begun, count, strict=True)
    )

    happened = data.later.sum() + data.histories.frequency.sum()
    assert tracked / happened - 1 == pytest.approx(-0.04, abs=0.005)


def test_one_customer_by_hand():
    model = BgNbd().with_parameters(0.243, 4.414, 0.793, 2.426)
    customer = Histories.of([2], [30.43], [38.86])

    assert model.log_likelihood(customer) == pytest.approx(-9.46, abs=0.005)
    assert model.probability_alive(customer)[0] == pytest.approx(0.73, abs=0.005)
    assert model.expected_purchases(customer, within=39.0)[0] == pytest.approx(1.23, abs=0.01)


def test_standard_errors_of_pareto_are_near_those_other_software_prints():
    model = ParetoNbd().fit(cdnow("sample").histories)

    assert list(model.standard_errors_.values()) == pytest.approx([0.0476, 0.843, 0.187, 6.21], rel=0.03)

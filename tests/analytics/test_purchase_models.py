"""Formulas against their textbook forms, and what must hold of every model."""

import numpy as np
import pytest
from scipy import integrate, special

from tests.analytics.cdnow import cdnow
from wendu.analytics.beta_geometric import BgNbd, MbgNbd
from wendu.analytics.histories import Histories
from wendu.analytics.pareto import ParetoNbd

PARAMETERS = {
    BgNbd: (0.243, 4.414, 0.793, 2.426),
    MbgNbd: (0.525, 6.183, 0.891, 1.614),
    ParetoNbd: (0.553, 10.578, 0.606, 11.669),
}
MODELS = [kind().with_parameters(*parameters) for kind, parameters in PARAMETERS.items()]
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
CUSTOMERS = Histories.of([0, 0, 1, 2, 5, 29], [0, 0, 1.7, 30.4, 12.0, 38.0], [1.0, 38.9, 38.9, 38.9, 20.0, 38.9])


@every_model
def test_slopes_and_curvature_are_those_of_the_likelihood(model):
    cells = CUSTOMERS.cells()
    point = np.asarray(list(model.parameters_.values()))
    _, gradient, hessian = model._log_likelihood(point, cells)

    for number, step in enumerate(np.diag(point * 1e-5)):
        above, below = (model._log_likelihood(point + sign * step, cells) for sign in (1, -1))
        width = 2 * step[number]
        assert gradient[number] == pytest.approx((above[0] - below[0]) / width, rel=1e-5, abs=1e-6)
        assert hessian[number] == pytest.approx((above[1] - below[1]) / width, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("within", [0.5, 4.0, 39.0])
@pytest.mark.parametrize("kind, one", [(BgNbd, 1), (MbgNbd, 0)])
def test_expected_purchases_agree_with_the_hypergeometric_form(kind, one, within):
    model = kind().with_parameters(*PARAMETERS[kind])
    r, alpha, a, b = PARAMETERS[kind]
    x, age = CUSTOMERS.frequency, CUSTOMERS.age
    gauss = special.hyp2f1(r + x, b + x + 1 - one, a + b + x - one, within / (alpha + age + within))
    shrunk = ((alpha + age) / (alpha + age + within)) ** (r + x)
    textbook = (a + b + x - one) / (a - 1) * (1 - shrunk * gauss) * model.probability_alive(CUSTOMERS)

    assert model.expected_purchases(CUSTOMERS, within=within) == pytest.approx(textbook, rel=1e-6)


def test_pareto_agrees_with_the_hypergeometric_form():
    model = MODELS[-1]
    r, alpha, s, beta = model.parameters_.values()
    x, recency, age = CUSTOMERS.frequency, CUSTOMERS.recency, CUSTOMERS.age
    whole = r + s + x

    def part(at):  # beta is larger than alpha here
        return special.hyp2f1(whole, r + x, whole + 1, (beta - alpha) / (beta + at)) / (beta + at) ** whole

    alive_term = (alpha + age) ** -(r + x) * (beta + age) ** -s
    gone_term = s / whole * (part(recency) - part(age))

    assert model.probability_alive(CUSTOMERS) == pytest.approx(alive_term / (alive_term + gone_term), rel=1e-7)


@every_model
def test_a_purchase_at_all_is_no_likelier_than_its_expected_number(model):
    chance = model.probability_purchase(CUSTOMERS, within=10.0)

    assert (chance <= np.minimum(model.expected_purchases(CUSTOMERS, within=10.0), 1) + 1e-9).all()
    assert (chance <= model.probability_alive(CUSTOMERS)).all()


@every_model
def test_more_time_never_means_fewer_purchases(model):
    spans = [0.0, 0.1, 1.0, 10.0, 100.0, 1000.0]
    tables = [
        np.stack([ask(CUSTOMERS, within=span) for span in spans])
        for ask in (model.expected_purchases, model.probability_purchase)
    ]

    assert all((np.diff(table, axis=0) >= -1e-12).all() for table in tables)


@every_model
def test_the_next_purchase_comes_by_its_own_quantile(model):
    alive = model.probability_alive(CUSTOMERS)

    due = model.next_purchase(CUSTOMERS, quantile=0.3)

    for number, time in enumerate(due):
        one = CUSTOMERS.where(np.arange(len(CUSTOMERS)) == number)
        if np.isfinite(time):
            assert model.probability_purchase(one, within=float(time))[0] == pytest.approx(
                0.3 * alive[number], rel=1e-6
            )


@every_model
def test_simulated_customers_buy_as_often_as_expected(model):
    expected = model._purchases_if_alive(CUSTOMERS.frequency, CUSTOMERS.age, [20.0])[:, 0]

    drawn = model.simulate_if_alive(
        CUSTOMERS.frequency, CUSTOMERS.age, within=20.0, draws=40_000, generator=np.random.default_rng(1)
    )

    assert drawn.mean(axis=0) == pytest.approx(expected, rel=0.05)


def test_pareto_counts_a_purchase_only_before_the_customer_leaves():
    model = MODELS[-1]
    r, alpha, s, beta = model.parameters_.values()
    one = Histories.of([2], [30.43], [38.86])
    alive = model.probability_alive(one)[0]

    def density(time):
        rate = (r + 2) * (alpha + 38.86) ** (r + 2) / (alpha + 38.86 + time) ** (r + 3)
        return rate * ((beta + 38.86) / (beta + 38.86 + time)) ** s

    by_hand = integrate.quad(density, 0, 25)[0] * alive
    assert model.probability_purchase(one, within=25.0)[0] == pytest.approx(by_hand, rel=1e-8)


@pytest.mark.parametrize("beta", [0.5, 1000.0])
def test_pareto_is_exact_for_very_frequent_buyers(beta):
    """A thousand purchases in no time, then silence: the moment of leaving is a needle."""
    model = ParetoNbd().with_parameters(0.55, 10.0, 0.6, beta)
    busy = Histories.of([1000], [50.0], [50.5])
    shape = 0.55 + 1000

    def left(time):
        return 0.6 * np.exp(shape * np.log(60 / (10 + time)) - 1.6 * np.log(beta + time))

    still = np.exp(shape * np.log(60 / 60.5) - 0.6 * np.log(beta + 50.5))
    gone = integrate.quad(left, 50.0, 50.5, epsabs=0, epsrel=1e-10)[0]

    assert model.probability_alive(busy)[0] == pytest.approx(still / (still + gone), rel=1e-7)
    assert model._next_within(busy, np.asarray([40.0]))[0] == pytest.approx(1, abs=0.001)  # the next is due in an hour


@every_model
def test_without_discount_coming_purchases_count_in_full(model):
    ends = np.arange(1, 13) * 4.0

    whole = model.discounted_purchases(CUSTOMERS, ends=ends, rate=0.0)

    assert whole == pytest.approx(model.expected_purchases(CUSTOMERS, within=48.0), rel=1e-9)
    assert (model.discounted_purchases(CUSTOMERS, ends=ends, rate=0.01) < whole).all()


@pytest.mark.parametrize("kind", PARAMETERS)
def test_the_unit_of_time_changes_nothing_but_the_unit(kind):
    weeks = cdnow("sample").histories
    days = Histories.of(weeks.frequency, weeks.recency * 7, weeks.age * 7)

    by_week, by_day = kind().fit(weeks), kind().fit(days)

    assert by_day.probability_alive(days) == pytest.approx(by_week.probability_alive(weeks), rel=1e-4)
    assert by_day.parameters_["r"] == pytest.approx(by_week.parameters_["r"], rel=1e-4)


@pytest.mark.parametrize("kind", PARAMETERS)
def test_cells_say_the_same_as_customers_one_by_one(kind):
    customers = cdnow("sample").histories
    model = kind().with_parameters(*PARAMETERS[kind])
    point = np.asarray(PARAMETERS[kind])

    assert model.log_likelihood(customers) == pytest.approx(model._log_likelihood(point, customers)[0], rel=1e-12)

"""Gamma-Gamma: what a customer spends per purchase day on average, shrunk towards everybody's mean where days are few.

Source: Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value", note 025; the model is of Colombo & Jiang 1999,
Journal of Interactive Marketing 13(3):2-12. A customer's spend per day is Gamma(p, ν), and ν ~ Gamma(q, v) differs
between customers. With x days of mean m, and S = x m:

    ln L = lnΓ(px+q) - lnΓ(px) - lnΓ(q) + q ln(v/(v+S)) + px ln(S/(v+S)) - ln m
    E[mean spend | x, m] = p (v + S) / (px + q - 1),   E[mean spend] = p v / (q - 1)
"""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from wendu.analytics.columns import FloatColumn, floats
from wendu.analytics.likelihood import LikelihoodModel, judged
from wendu.analytics.newton import Derivatives, Optimum, maximise
from wendu.analytics.rfm import RfmState
from wendu.analytics.status import Status

CENTRE = np.array([4.0, 4.0, 0.75])  # of p, q and v where the mean spend is 1: its own population mean
CUSTOMERS_TO_BEGIN_WITH = 20_000  # of more than twice as many, an even sample is fitted first, to save full passes
STRONG_CORRELATION = 0.3  # beyond it "how often says nothing about how much" is no longer a fair assumption


class GammaGamma(LikelihoodModel):
    """Mean spend per repeat purchase day, in the unit of money it was fitted in."""

    parameter_names = ("p", "q", "v")

    def __init__(self, *, fewest_repeaters: int = 30) -> None:
        self.fewest_repeaters = fewest_repeaters

    def fit(self, count: ArrayLike, mean: ArrayLike) -> Self:
        """Learn from customers with repeat days and a mean above 0; nobody else tells how spending varies."""
        counts, means = floats(count), floats(mean)
        told = (counts > 0) & (means > 0)
        counts, means = counts[told], means[told]
        self.customers_ = len(counts)
        self.sample_mean_ = float(counts @ means / counts.sum()) if len(counts) else 0.0
        self.correlation_ = _correlation(counts, means)
        scale = self.sample_mean_ or 1.0
        optimum = _optimum(counts, means / scale, max(1, len(counts) // CUSTOMERS_TO_BEGIN_WITH))
        self._learn(optimum, unit=np.array([1.0, 1.0, scale]))
        self.log_likelihood_ -= self.customers_ * float(np.log(scale))
        self.status_ = judged(
            seen=self.customers_, told=self.customers_, fewest=self.fewest_repeaters, converged=optimum.converged
        )
        if self.status_ is Status.OK and not self._mean_shows():
            self.status_ = Status.NO_FINITE_MEAN
        return self

    def with_parameters(self, p: float, q: float, v: float) -> Self:
        """A model that takes these parameters for granted."""
        self._remember(np.array([p, q, v]))
        self.standard_errors_ = self._named(np.zeros(3))
        self.sample_mean_ = p * v / (q - 1) if q > 1 else 0.0
        self.status_ = Status.OK if self._mean_shows() else Status.NO_FINITE_MEAN
        return self

    @property
    def often_says_how_much_(self) -> bool:
        """Whether frequency and spend go together so strongly that the model's assumption does not hold."""
        return abs(self.correlation_) > STRONG_CORRELATION

    @property
    def population_mean_(self) -> float:
        """Mean spend of a customer nothing is known of; the mean of all purchases where the model has none."""
        p, q, v = self.parameters_.values()
        return p * v / (q - 1) if self._mean_shows() else self.sample_mean_

    def mean_spend(self, count: ArrayLike, mean: ArrayLike) -> FloatColumn:
        """Spend per day to expect of each customer; the population's where they have no repeat day with a price."""
        counts, means = floats(count), floats(mean)
        p, q, v = self.parameters_.values()
        known = (counts > 0) & (means > 0)
        freedom = p * counts + q - 1
        shrunk = p * (v + counts * means) / np.where(freedom > 0, freedom, 1.0)
        return np.where(known, np.where(freedom > 0, shrunk, means), self.population_mean_)

    def mean_spend_quantile(self, count: ArrayLike, mean: ArrayLike, *, quantile: float) -> FloatColumn:
        """Quantile of each customer's own mean spend p/ν, where ν ~ Gamma(px+q, v+S) is what is not known of them."""
        counts, means = floats(count), floats(mean)
        p, q, v = self.parameters_.values()
        counts = np.where(means > 0, counts, 0.0)
        rate = special.gammaincinv(p * counts + q, 1 - quantile) / (v + counts * means)
        return np.asarray(p / np.maximum(rate, 1e-300))

    def _mean_shows(self) -> bool:
        """The mean grows without bound as q falls to 1: it counts only where q stands a standard error above."""
        return self.parameters_["q"] - 1 > self.standard_errors_["q"]


def repeat_spend(state: RfmState) -> tuple[FloatColumn, FloatColumn]:
    """Repeat purchase days and their mean value for each customer who has bought, in the order of the state."""
    buyers = state.where(state.n_days > 0)
    count = (buyers.n_days - 1).astype(np.float64)
    return count, (buyers.sum_value - buyers.first_day_value) / np.maximum(count, 1)


class _Spent:
    """What the likelihood needs of the customers: the gamma family asks for distinct counts only."""

    def __init__(self, count: FloatColumn, mean: FloatColumn) -> None:
        self.count, self.spent, self.customers = count, count * mean, len(count)
        self.times, index = np.unique(count, return_inverse=True)
        self.on_times = np.bincount(index, minlength=len(self.times)).astype(np.float64)
        self.logs_of_mean = float(np.log(mean).sum())
        self.logs_of_spent = float(count @ np.log(self.spent))


def _optimum(count: FloatColumn, mean: FloatColumn, every: int = 1) -> Optimum:
    begin = _optimum(count[::every], mean[::every]).parameters if every > 1 else None
    spent = _Spent(count, mean)
    return maximise(lambda point: _log_likelihood(point, spent), CENTRE, begin=begin)


def _log_likelihood(parameters: FloatColumn, seen: _Spent) -> Derivatives:
    p, q, v = parameters
    times, on_times, customers = seen.times, seen.on_times, seen.customers
    shape, whole = p * times, v + seen.spent
    log_whole, inverse = np.log(whole), 1 / whole
    share = float(log_whole.sum()) - customers * np.log(v)  # sum of ln((v+S)/v)
    rest = float(seen.count @ log_whole) - seen.logs_of_spent  # sum of x ln((v+S)/S)
    upper = p * seen.count + q

    value = on_times @ (special.gammaln(shape + q) - special.gammaln(shape)) - customers * special.gammaln(q)
    value -= seen.logs_of_mean + q * share + p * rest
    more, bend = special.digamma(shape + q), special.polygamma(1, shape + q)
    gradient = np.array(
        [
            on_times @ (times * (more - special.digamma(shape))) - rest,
            on_times @ more - customers * special.digamma(q) - share,
            customers * q / v - upper @ inverse,
        ]
    )
    hessian = np.empty((3, 3))
    hessian[0, 0] = on_times @ (times**2 * (bend - special.polygamma(1, shape)))
    hessian[0, 1] = hessian[1, 0] = on_times @ (times * bend)
    hessian[1, 1] = on_times @ bend - customers * special.polygamma(1, q)
    hessian[0, 2] = hessian[2, 0] = -(seen.count @ inverse)
    hessian[1, 2] = hessian[2, 1] = customers / v - inverse.sum()
    hessian[2, 2] = upper @ inverse**2 - customers * q / v**2
    return float(value), gradient, hessian


def _correlation(count: FloatColumn, mean: FloatColumn) -> float:
    apart = count - count.mean() if len(count) else count
    spread = mean - mean.mean() if len(mean) else mean
    size = float(np.sqrt((apart @ apart) * (spread @ spread)))
    return float(apart @ spread) / size if size > 0 else 0.0

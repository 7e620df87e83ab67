"""BG/NBD and MBG/NBD: customers buy at a gamma rate and may leave after each purchase, with a beta chance.

Sources. BG/NBD: Fader, Hardie & Lee 2005, Marketing Science 24(2):275-284. MBG/NBD: Batislam, Denizel & Filiztekin
2007, International Journal of Research in Marketing 24(3):201-209, where a customer may also leave right after the
first purchase - so that somebody who bought once long ago is not called alive for certain.

With x, t_x and T, and j = 1 for BG, 0 for MBG:

    L = Γ(r+x)/Γ(r) α^r (α+T)^-(r+x) B(a, b+x+1-j)/B(a, b) (1 + e^δ)
    δ = ln a - ln(b+x-j) + (r+x) (ln(α+T) - ln(α+t_x)),   e^δ = 0 for BG where x = 0
    P(alive) = 1 / (1 + e^δ)

Alive, the rate is Gamma(r+x, α+T) and the chance to leave Beta(a, b+x+1-j), independently of each other.
"""

import numpy as np
from scipy import special

from wendu.analytics.beta_mean import mean_purchases
from wendu.analytics.columns import LARGEST, BoolColumn, FloatColumn, floats, group_starts
from wendu.analytics.histories import Histories
from wendu.analytics.newton import Derivatives
from wendu.analytics.transaction_model import TransactionModel, mean_age

LONGEST_GROWTH = 500.0  # e^500 times any age is beyond all that is measured, and still a number
SMALLEST_DROPOUT = 0.001  # a mean chance to leave below it is none that the data could show


class BetaGeometricNbd(TransactionModel):
    """What BG/NBD and MBG/NBD have in common."""

    parameter_names = ("r", "alpha", "a", "b")
    first_purchase_keeps = False  # nobody leaves right after the first purchase

    def _start(self, cells: Histories) -> FloatColumn:
        return np.array([0.5, 0.15 * mean_age(cells), 0.8, 2.0])

    def _dropout_shows(self) -> bool:
        a, b = self.parameters_["a"], self.parameters_["b"]
        return bool(a / (a + b) >= SMALLEST_DROPOUT)

    def _log_likelihood(self, parameters: FloatColumn, cells: Histories) -> Derivatives:
        r, alpha, a, b = parameters
        starts = group_starts(cells.frequency)  # cells lie by frequency: what depends on nothing else is summed by it
        counts, on_counts = cells.frequency[starts], np.add.reduceat(cells.weight, starts)
        survived = counts + (0.0 if self.first_purchase_keeps else 1.0)
        weight, total = cells.weight, cells.customers
        shape, rate, rate_then = r + cells.frequency, alpha + cells.age, alpha + cells.recency
        left, slopes, curves = self._leaving(parameters, cells)
        gone = special.expit(left)

        value = (
            on_counts @ (special.gammaln(r + counts) + special.betaln(a, b + survived))
            + total * (r * np.log(alpha) - special.gammaln(r) - special.betaln(a, b))
            + weight @ (np.logaddexp(0.0, left) - shape * np.log(rate))
        )
        both, later = special.digamma(a + b), special.digamma(a + b + survived)
        gradient = np.array(
            [
                on_counts @ special.digamma(r + counts)
                + total * (np.log(alpha) - special.digamma(r))
                - weight @ np.log(rate),
                total * r / alpha - weight @ (shape / rate),
                on_counts @ (both - later),
                on_counts @ (both - later + special.digamma(b + survived) - special.digamma(b)),
            ]
        )
        shared = on_counts @ (_trigamma(a + b) - _trigamma(a + b + survived))
        hessian = np.zeros((4, 4))
        hessian[0, 0] = on_counts @ _trigamma(r + counts) - total * _trigamma(r)
        hessian[0, 1] = hessian[1, 0] = total / alpha - weight @ (1 / rate)
        hessian[1, 1] = weight @ (shape / rate**2) - total * r / alpha**2
        hessian[2:, 2:] = shared
        hessian[3, 3] += on_counts @ (_trigamma(b + survived) - _trigamma(b))

        gradient += slopes @ (weight * gone)
        hessian += np.einsum("ki,li,i->kl", slopes, slopes, weight * gone * (1 - gone))
        hessian += _symmetric(curves, weight * gone, rate, rate_then)
        return float(value), gradient, hessian

    def _leaving(self, parameters: FloatColumn, cells: Histories) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
        """The log odds of having left, with first and second derivatives in the parameters."""
        r, alpha, a, _ = parameters
        odds, can, chances = self._odds(parameters, cells)
        rate, rate_then, shape = alpha + cells.age, alpha + cells.recency, r + cells.frequency
        slower, each = 1 / rate - 1 / rate_then, np.ones(len(cells))
        slopes = np.stack([np.log(rate / rate_then), shape * slower, each / a, -1 / chances])
        curves = np.stack([shape * (rate_then**-2.0 - rate**-2.0), -each / a**2, chances**-2.0])
        return odds, np.where(can, slopes, 0.0), np.where(can, curves, 0.0)

    def _odds(self, parameters: FloatColumn, cells: Histories) -> tuple[FloatColumn, BoolColumn, FloatColumn]:
        """The log odds of having left, who could have, and the weight of staying at the latest purchase."""
        r, alpha, a, b = parameters
        can = cells.frequency > 0 if self.first_purchase_keeps else np.ones(len(cells), dtype=np.bool_)
        chances = np.where(can, b + cells.frequency - (1.0 if self.first_purchase_keeps else 0.0), 1.0)
        longer = np.log((alpha + cells.age) / (alpha + cells.recency))
        odds = np.log(a) - np.log(chances) + (r + cells.frequency) * longer
        return np.where(can, odds, -np.inf), can, chances

    def _alive(self, histories: Histories) -> FloatColumn:
        return np.asarray(special.expit(-self._odds(self._vector, histories)[0]))

    def _purchases_if_alive(self, frequency: FloatColumn, age: FloatColumn, times: list[float]) -> FloatColumn:
        r, alpha, a, b = self._vector
        return mean_purchases(r + frequency, alpha + age, a, self._stays(b, frequency), times)

    def _stays(self, b: float, frequency: FloatColumn) -> FloatColumn:
        return b + frequency + (0.0 if self.first_purchase_keeps else 1.0)

    def _next_within(self, histories: Histories, time: FloatColumn) -> FloatColumn:
        """Alive, the next purchase comes before any chance to leave: 1 - ((α+T)/(α+T+t))^(r+x)."""
        r, alpha, *_ = self._vector
        return np.asarray(-np.expm1(-(r + histories.frequency) * np.log1p(floats(time) / (alpha + histories.age))))

    def next_purchase(self, histories: Histories, *, quantile: float) -> FloatColumn:
        """(α+T) ((1-q)^(-1/(r+x)) - 1): the inverse of the above, by Lomax."""
        r, alpha, *_ = self._vector
        growth = np.minimum(-np.log1p(-min(quantile, 1 - 1e-12)) / (r + histories.frequency), LONGEST_GROWTH)
        due = (alpha + histories.age) * np.expm1(growth)
        return np.where(due < LARGEST, due, np.inf)

    def simulate_if_alive(
        self, frequency: FloatColumn, age: FloatColumn, *, within: float, draws: int, generator: np.random.Generator
    ) -> FloatColumn:
        """Purchases until the time is over or the customer leaves after one, whichever comes first."""
        r, alpha, a, b = self._vector
        size = (draws, len(frequency))
        rate = generator.gamma(r + frequency, 1 / (alpha + age), size)
        chance = np.clip(generator.beta(a, self._stays(b, frequency), size), 1e-15, 1.0)
        bought = generator.poisson(np.minimum(rate * within, LARGEST))
        return np.asarray(np.minimum(bought, generator.geometric(chance)), dtype=np.float64)


class BgNbd(BetaGeometricNbd):
    """BG/NBD: after each repeat purchase a customer may leave."""

    first_purchase_keeps = True


class MbgNbd(BetaGeometricNbd):
    """MBG/NBD: after each purchase, the first included, a customer may leave. The default."""


def _trigamma(value: float | FloatColumn) -> FloatColumn:
    return np.asarray(special.polygamma(1, value))


def _symmetric(curves: FloatColumn, weight: FloatColumn, rate: FloatColumn, rate_then: FloatColumn) -> FloatColumn:
    """Weighted second derivatives of the log odds: all but r-α stand on the diagonal."""
    bent = np.diag(np.concatenate([[0.0], curves @ weight]))
    bent[0, 1] = bent[1, 0] = weight @ (1 / rate - 1 / rate_then)  # 0 for BG where x = 0: there the weight is 0
    return bent

"""How long customers who must cancel to leave will stay, and what keeping more of them is worth.

Source: Fader & Hardie 2007, Journal of Interactive Marketing 21(1):76-90, "How to Project Customer Retention" (shifted
beta-geometric, sBG). Each customer has a chance of their own to leave per period, Beta(α, β) over customers; those who
stay are those who leave less, so retention rises with age without anybody becoming more loyal:

    P(stays beyond t) = B(α, β+t) / B(α, β),   retention in period t = (β+t-1) / (α+β+t-1)
"""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from wendu.analytics.columns import FloatColumn, floats
from wendu.analytics.likelihood import LikelihoodModel, judged
from wendu.analytics.newton import Derivatives, maximise


class RetentionCurve(LikelihoodModel):
    """Share of customers still there after t periods, beyond what was seen."""

    parameter_names = ("alpha", "beta")

    def __init__(self, *, fewest_lost: int = 30) -> None:
        self.fewest_lost = fewest_lost

    def fit(self, staying: ArrayLike) -> Self:
        """Learn from the numbers still there at the beginning and after each period, up to the first unknown one."""
        told = np.atleast_1d(np.asarray(staying, dtype=np.float64))
        known = told[: int(np.append(np.isnan(told), True).argmax())]
        counts = np.minimum.accumulate(floats(known)) if len(known) else np.zeros(1)
        lost, left = counts[:-1] - counts[1:], float(counts[-1])
        optimum = maximise(lambda point: _log_likelihood(point, lost, left), np.array([1.0, 3.0]))
        self._learn(optimum)
        self.status_ = judged(
            seen=float(counts[0]), told=float(lost.sum()), fewest=self.fewest_lost, converged=optimum.converged
        )
        return self

    def staying(self, periods: ArrayLike) -> FloatColumn:
        """Share still there after so many periods."""
        alpha, beta = self.parameters_.values()
        return np.asarray(np.exp(special.betaln(alpha, beta + floats(periods)) - special.betaln(alpha, beta)))

    def retention(self, period: ArrayLike) -> FloatColumn:
        """Share of those who entered a period (counted from 1) that are still there at its end."""
        alpha, beta = self.parameters_.values()
        return np.asarray((beta + floats(period) - 1) / (alpha + beta + floats(period) - 1))


class Projection(NamedTuple):
    """A base of customers period by period."""

    customers: FloatColumn  # at the end of each period
    lost: FloatColumn
    profit: FloatColumn  # margin of those who stayed, less what winning and keeping cost
    value: float  # all of it, discounted


@dataclass(frozen=True, slots=True)
class RetentionPlan:
    """What if: a base, how many of it leave per period, what one brings, what newcomers and keeping cost."""

    customers: float
    churn: float  # share that leaves per period
    margin: float  # per customer and period
    newcomers: float = 0.0  # per period
    cost_of_winning: float = 0.0  # per newcomer
    cost_of_keeping: float = 0.0  # per customer and period
    discount: float = 0.0  # per period
    periods: int = 5

    def project(self) -> Projection:
        """Who leaves leaves before the margin of the period is earned; newcomers of a period bring it in full."""
        leaving = min(max(self.churn, 0.0), 1.0)
        base, held, lost = self.customers, [], []
        for _ in range(self.periods):
            lost.append(base * leaving)
            base = base - lost[-1] + self.newcomers
            held.append(base)
        there = np.asarray(held)
        profit = there * (self.margin - self.cost_of_keeping) - self.newcomers * self.cost_of_winning
        worth = (1 + self.discount) ** -np.arange(1.0, self.periods + 1)
        return Projection(there, np.asarray(lost), profit, float(profit @ worth))


def average_lifetime(churn: float) -> float | None:
    """Periods a customer stays on average, 1/churn; where nobody leaves it is longer than anybody has seen."""
    return 1 / churn if churn > 0 else None


def _log_likelihood(parameters: FloatColumn, lost: FloatColumn, left: float) -> Derivatives:
    alpha, beta = parameters
    before = np.arange(len(lost), dtype=np.float64)
    weight = np.append(lost, left)
    leaves = np.append(np.ones(len(lost)), 0.0)
    stays = np.append(before, float(len(lost)))
    first, second = alpha + leaves, beta + stays
    whole = first + second
    value = weight @ (special.betaln(first, second) - special.betaln(alpha, beta))
    both = special.digamma(alpha + beta) - special.digamma(whole)
    gradient = np.array(
        [
            weight @ (special.digamma(first) - special.digamma(alpha) + both),
            weight @ (special.digamma(second) - special.digamma(beta) + both),
        ]
    )
    shared = weight @ (special.polygamma(1, alpha + beta) - special.polygamma(1, whole))
    hessian = np.full((2, 2), shared)
    hessian[0, 0] += weight @ (special.polygamma(1, first) - special.polygamma(1, alpha))
    hessian[1, 1] += weight @ (special.polygamma(1, second) - special.polygamma(1, beta))
    return float(value), gradient, hessian

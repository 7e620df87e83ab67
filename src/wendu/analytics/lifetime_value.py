"""Customer lifetime value still to come: purchases to expect, discounted, times what one brings.

Source: Fader, Hardie & Lee 2005, Journal of Marketing Research 42(4):415-430: where how often and how much do not go
together, the value is the product of the two models' answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wendu.analytics.columns import FloatColumn
from wendu.analytics.gamma_gamma import GammaGamma
from wendu.analytics.histories import Histories
from wendu.analytics.pareto import ParetoNbd
from wendu.analytics.transaction_model import TransactionModel

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class LifetimeValue:
    """How value to come is counted: `rate` per month, purchases of a month at its end."""

    months: int = 36
    rate: float = 0.01
    margin: float = 1.0  # share of revenue that is earned; 1 gives revenue
    days_per_unit: float = 1.0  # 7 for histories in weeks

    def purchases(self, model: TransactionModel, histories: Histories) -> FloatColumn:
        """Discounted purchases to come."""
        return self.by_horizon(model, histories, (self.months,))[:, 0]

    def by_horizon(self, model: TransactionModel, histories: Histories, months: Sequence[int]) -> FloatColumn:
        """Discounted purchases to come within each number of months: a column per horizon, from one table."""
        return model.discounted_by_period(histories, ends=self.ends(max(months)), rate=self.rate, periods=months)

    def ends(self, months: int | None = None) -> FloatColumn:
        """The ends of the months in the unit of the histories."""
        return np.arange(1.0, (months or self.months) + 1) * (DAYS_PER_MONTH / self.days_per_unit)

    def value(
        self, model: TransactionModel, spending: GammaGamma, histories: Histories, *, count: ArrayLike, mean: ArrayLike
    ) -> FloatColumn:
        """Value to come of each customer; what is already earned is not in it."""
        return self.purchases(model, histories) * spending.mean_spend(count, mean) * self.margin

    def perpetual(
        self, model: ParetoNbd, spending: GammaGamma, histories: Histories, *, count: ArrayLike, mean: ArrayLike
    ) -> FloatColumn:
        """Value over all time to come at the same monthly rate; only Pareto/NBD has a closed form for it."""
        per_unit = float(np.log1p(self.rate)) * self.days_per_unit / DAYS_PER_MONTH
        purchases = model.residual_purchases(histories, rate=per_unit)
        return purchases * spending.mean_spend(count, mean) * self.margin

"""What every model fitted by maximum likelihood remembers, and how it is judged."""

from typing import ClassVar

import numpy as np

from wendu.analytics.columns import FloatColumn
from wendu.analytics.newton import Optimum
from wendu.analytics.status import Status


class LikelihoodModel:
    """Named parameters with their standard errors, and a status."""

    parameter_names: ClassVar[tuple[str, ...]]
    parameters_: dict[str, float]
    status_: Status

    def _learn(self, optimum: Optimum, *, unit: FloatColumn | float = 1.0) -> None:
        """Keep where the search ended; `unit` turns parameters into those of the caller's units."""
        self._remember(optimum.parameters * unit)
        self.standard_errors_ = self._named(optimum.standard_errors * unit)
        self.covariance_of_logs_ = optimum.covariance_of_logs
        self.log_likelihood_ = optimum.log_likelihood
        self.steps_ = optimum.steps

    def _remember(self, parameters: FloatColumn) -> None:
        self.parameters_ = self._named(parameters)

    def _named(self, values: FloatColumn) -> dict[str, float]:
        return dict(zip(self.parameter_names, values.tolist(), strict=True))

    @property
    def _vector(self) -> FloatColumn:
        return np.asarray(list(self.parameters_.values()))


def judged(*, seen: float, told: float, fewest: int, converged: bool) -> Status:
    """The status as far as numbers alone give it: how many were seen, and how many of them had something to tell."""
    if not seen:
        return Status.NO_DATA
    if told < fewest:
        return Status.TOO_LITTLE_DATA
    return Status.OK if converged else Status.NOT_CONVERGED

"""Damped Newton steps in the logarithms of positive parameters, with a weak prior that is counted once.

The prior is one more customer's worth of opinion, not one per customer: it keeps degenerate data finite and vanishes
beside real ones. Steps use the absolute eigenvalues of the Hessian (Greenstadt 1967, Mathematics of
Computation 21:360-367), so that a saddle is left behind, and are halved until the objective falls (Armijo 1966, Pacific
Journal of Mathematics 16:1-3).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wendu.analytics.columns import FloatColumn

Derivatives = tuple[float, FloatColumn, FloatColumn]
LogLikelihood = Callable[[FloatColumn], Derivatives]  # value, gradient and Hessian in the parameters themselves

PRIOR_VARIANCE = 10.0  # of each logarithm: a factor of 23 either way is one standard deviation
REACH = 14.0  # no parameter leaves its start by more than a factor of a million
LONGEST_STEP = 2.0
MOST_STEPS = 100
MOST_HALVINGS = 30
ARMIJO = 1e-4
PRECISE = 1e-9  # what a further step would gain, in units of log-likelihood
GOOD_ENOUGH = 1e-4  # the same where rounding hides any gain


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """Where the search ended."""

    parameters: FloatColumn
    log_likelihood: float  # without the prior
    covariance_of_logs: FloatColumn
    steps: int
    converged: bool

    @property
    def standard_errors(self) -> FloatColumn:
        """Of the parameters, by the delta method."""
        return self.parameters * np.sqrt(np.diag(self.covariance_of_logs))


def maximise(log_likelihood: LogLikelihood, centre: FloatColumn, *, begin: FloatColumn | None = None) -> Optimum:
    """The most likely parameters under a prior around `centre`; the search begins there, or where it is told."""
    search = _Search(log_likelihood, np.log(centre))
    point, steps, converged = search.centre if begin is None else np.log(begin), 0, False
    value, gradient, hessian = search.at(point)
    while steps < MOST_STEPS and not converged:
        steps += 1
        direction, gain = _direction(gradient, hessian, search.free(point, gradient))
        if gain < PRECISE:
            converged = True
            break
        found = search.downhill(point, value, direction, gain)
        if found is None:
            converged = gain < GOOD_ENOUGH
            break
        point, (value, gradient, hessian) = found
    eigenvalues, vectors = np.linalg.eigh(hessian)
    covariance = (vectors / np.maximum(np.abs(eigenvalues), 1 / PRIOR_VARIANCE)) @ vectors.T
    return Optimum(np.exp(point), search.without_prior(point, value), covariance, steps, converged)


class _Search:
    """The negative logarithm of the posterior in log parameters, inside a box around its centre."""

    def __init__(self, log_likelihood: LogLikelihood, centre: FloatColumn) -> None:
        self.log_likelihood = log_likelihood
        self.centre = centre

    def at(self, point: FloatColumn) -> Derivatives:
        parameters = np.exp(point)
        value, gradient, hessian = self.log_likelihood(parameters)
        away = point - self.centre
        scaled = parameters * gradient
        curved = np.outer(parameters, parameters) * hessian + np.diag(scaled)
        return (
            float(-value + away @ away / (2 * PRIOR_VARIANCE)),
            -scaled + away / PRIOR_VARIANCE,
            -curved + np.eye(len(point)) / PRIOR_VARIANCE,
        )

    def without_prior(self, point: FloatColumn, value: float) -> float:
        away = point - self.centre
        return float(away @ away / (2 * PRIOR_VARIANCE) - value)

    def free(self, point: FloatColumn, gradient: FloatColumn) -> FloatColumn:
        """1 for parameters that may move, 0 for those pressed against the box."""
        away = point - self.centre
        held = ((away >= REACH) & (gradient < 0)) | ((away <= -REACH) & (gradient > 0))
        return (~held).astype(np.float64)

    def downhill(
        self, point: FloatColumn, value: float, direction: FloatColumn, gain: float
    ) -> tuple[FloatColumn, Derivatives] | None:
        """The first halving of the step that falls far enough, and the derivatives there."""
        size = 1.0
        for _ in range(MOST_HALVINGS):
            trial = np.clip(point + size * direction, self.centre - REACH, self.centre + REACH)
            there = self.at(trial)
            if there[0] <= value - ARMIJO * size * gain:
                return np.asarray(trial), there
            size /= 2
        return None


def _direction(gradient: FloatColumn, hessian: FloatColumn, free: FloatColumn) -> tuple[FloatColumn, float]:
    """The step and what it promises to gain."""
    masked = hessian * np.outer(free, free) + np.diag(1 - free)
    eigenvalues, vectors = np.linalg.eigh(masked)
    slope = vectors.T @ (gradient * free)
    step = -(vectors @ (slope / np.maximum(np.abs(eigenvalues), 1 / PRIOR_VARIANCE))) * free
    step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-300))
    return step, float(-(gradient * free) @ step)

"""Purchases to expect of a living customer, as a mean over the unknown chance to leave.

With rate Gamma(s, c) and chance to leave p ~ Beta(a, b), a living customer buys in time t on average

    G(t) = E[h(p)],   h(p) = (1 - (1 + p t/c)^-s) / p

(the mean of the smaller of a Poisson and a geometric count). The closed form of Fader, Hardie & Lee 2005 holds a
Gaussian hypergeometric function, is singular at a = 1 and lost to rounding for frequent buyers. This is the same number
as an integral over u = ln(p/(1-p)), where the trapezoidal rule converges geometrically (Trefethen & Weideman 2014, SIAM
Review 56(3):385-458). The straight line between h(0) and h(1) is taken out first: its mean is known
exactly, and what is left vanishes at both ends however flat the beta distribution is.
"""

import numpy as np
from scipy import special

from wendu.analytics.columns import FloatColumn

STEP = 0.5
FORGOTTEN = 18.0  # e^-18: what lies beyond the ends of the grid


def mean_purchases(shape: FloatColumn, rate: FloatColumn, a: float, b: FloatColumn, times: list[float]) -> FloatColumn:
    """G(t) for each row (shape, rate, b) and each time: a table of rows by times."""
    table = np.zeros((len(shape), len(times)))
    reach = max([*times, 0.0])
    if not len(shape) or reach <= 0:
        return table
    log_leave, log_stay, weight = _grid(shape, rate, a, b, reach)
    leave = np.exp(log_leave)
    stay = np.exp(log_stay)
    for column, time in enumerate(times):
        if time <= 0:
            continue
        relative = time / rate
        at_none = shape * relative
        at_sure = -np.expm1(-shape * np.log1p(relative))
        bent = -np.expm1(-shape[:, None] * np.log1p(leave * relative[:, None])) / leave
        bent -= at_none[:, None] * stay + at_sure[:, None] * leave
        mean = at_none * (b / (a + b)) + at_sure * (a / (a + b)) + np.einsum("ij,ij->i", weight, bent)
        table[:, column] = np.clip(mean, 0.0, at_none)
    return table


def _grid(
    shape: FloatColumn, rate: FloatColumn, a: float, b: FloatColumn, reach: float
) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
    """Logarithms of p and 1-p, and weights, on a grid over where the integrand of a row is not negligible."""
    turn = np.log((a + 1) / (b + 1))  # where p^(a+1) (1-p)^(b+1) is largest
    bend = -np.log(np.maximum(shape * reach / rate, 1e-12))  # where h begins to fall
    low = np.minimum(turn, bend) - FORGOTTEN / (a + 1)
    fade = FORGOTTEN / (b + 1)
    high = np.maximum(np.log(np.expm1(np.minimum(fade, 500.0))), turn) + 2.0
    count = int(np.ceil(((high - low) / STEP).max())) + 1
    width = (high - low) / max(count - 1, 1)
    logit = low[:, None] + width[:, None] * np.arange(count)
    log_stay = -np.logaddexp(0.0, logit)
    log_leave = logit + log_stay
    density = a * log_leave + b[:, None] * log_stay - special.betaln(a, b)[:, None]
    return log_leave, log_stay, np.exp(density) * width[:, None]

"""Companies whose truth is known, because we drew it: who is alive, and what they buy next."""

from typing import NamedTuple

import numpy as np

from wendu.analytics.histories import Histories


class World(NamedTuple):
    """What can be seen on the last day, and what cannot."""

    histories: Histories
    alive: np.ndarray
    later: np.ndarray  # purchases in `horizon` after the last day


def beta_geometric(parameters, *, customers, seed, horizon, first_purchase_keeps=False, oldest=80.0):
    """A company of MBG/NBD, or of BG/NBD where the first purchase keeps."""
    r, alpha, a, b = parameters
    draw = np.random.default_rng(seed)
    rate, chance = draw.gamma(r, 1 / alpha, customers), draw.beta(a, b, customers)
    age = draw.uniform(oldest / 4, oldest, customers)
    left = np.zeros(customers, bool) if first_purchase_keeps else draw.uniform(size=customers) < chance
    gone_after = np.where(left, 0.0, np.inf)
    frequency, later, recency, time = (np.zeros(customers) for _ in range(4))
    active = ~left
    while active.any():
        time = np.where(active, time + draw.exponential(1.0, customers) / rate, time)
        early, within = active & (time <= age), active & (time <= age + horizon)
        frequency += early
        recency = np.where(early, time, recency)
        later += within & ~early
        leaves = within & (draw.uniform(size=customers) < chance)
        gone_after = np.where(leaves, time, gone_after)
        active = within & ~leaves
    return World(Histories.of(frequency, recency, age), gone_after > age, later)


def pareto(parameters, *, customers, seed, horizon, oldest=80.0):
    """A company of Pareto/NBD."""
    r, alpha, s, beta = parameters
    draw = np.random.default_rng(seed)
    rate = draw.gamma(r, 1 / alpha, customers)
    life = draw.exponential(1.0, customers) / draw.gamma(s, 1 / beta, customers)
    age = draw.uniform(oldest / 4, oldest, customers)
    seen = np.minimum(age, life)
    frequency = draw.poisson(rate * seen)
    recency = seen * draw.beta(np.maximum(frequency, 1), 1)  # the last of that many moments spread evenly
    later = draw.poisson(rate * np.clip(life - age, 0, horizon))
    return World(Histories.of(frequency, recency, age), life > age, later.astype(float))

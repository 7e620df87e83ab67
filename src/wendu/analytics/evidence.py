"""What customers did, fading with time: one number per kind of event and half-life.

S = Σ 2^(-(t - t_i)/h): an event counts 1 on its day, a half after h days. Such sums grow without their history: after d
days S becomes S 2^(-d/h), and what is new is added.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wendu.analytics.columns import AnyColumn, FloatColumn, IntColumn

HALF_LIVES = (3.0, 14.0, 60.0)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """As of one day, a row per customer who ever did something, sorted by customer."""

    on: int
    half_lives: tuple[float, ...]
    customer: AnyColumn
    strength: FloatColumn  # customers x kinds x half-lives
    first_day: IntColumn
    latest_day: IntColumn

    @classmethod
    def of(
        cls,
        customer: ArrayLike,
        kind: ArrayLike,
        day: ArrayLike,
        *,
        kinds: int,
        on: int,
        half_lives: tuple[float, ...] = HALF_LIVES,
    ) -> "Evidence":
        """Events up to and with the day `on`, each of a kind counted from 0."""
        days = np.atleast_1d(np.asarray(day, dtype=np.int64))
        known = days <= on
        days, who = days[known], np.atleast_1d(np.asarray(customer))[known]
        names, index = np.unique(who, return_inverse=True)
        strength = np.zeros((len(names), kinds, len(half_lives)))
        fade = np.exp2((days - on)[:, None] / np.asarray(half_lives))
        np.add.at(strength, (index, np.atleast_1d(np.asarray(kind, dtype=np.int64))[known]), fade)
        first, latest = np.full(len(names), on), np.full(len(names), np.iinfo(np.int64).min)
        np.minimum.at(first, index, days)
        np.maximum.at(latest, index, days)
        return cls(on, half_lives, names, strength, first, latest)

    def later(self, on: int) -> "Evidence":
        """The same evidence on a later day, if nothing happens until then."""
        fade = np.exp2((self.on - on) / np.asarray(self.half_lives))
        return Evidence(on, self.half_lives, self.customer, self.strength * fade, self.first_day, self.latest_day)

    def plus(self, batch: "Evidence") -> "Evidence":
        """With what else happened, as of the later of both days."""
        on = max(self.on, batch.on)
        both = (self.later(on), batch.later(on))
        names, index = np.unique(np.concatenate([part.customer for part in both]), return_inverse=True)
        strength = np.zeros((len(names), *self.strength.shape[1:]))
        np.add.at(strength, index, np.concatenate([part.strength for part in both]))
        first, latest = np.full(len(names), on), np.full(len(names), np.iinfo(np.int64).min)
        np.minimum.at(first, index, np.concatenate([part.first_day for part in both]))
        np.maximum.at(latest, index, np.concatenate([part.latest_day for part in both]))
        return Evidence(on, self.half_lives, names, strength, first, latest)

    def columns(self) -> FloatColumn:
        """What a model learns from: ln(1+S) by kind and half-life, ln(1+days since the latest), ln(1+days known)."""
        rows = len(self.customer)
        times = np.column_stack([self.on - self.latest_day, self.on - self.first_day])
        return np.log1p(np.column_stack([self.strength.reshape(rows, -1), times]))

"""CDNOW: 23,570 customers who first bought records in early 1997, and the one in ten that publications fit on.

The files come with the package `lifetimes`; nothing of it is imported.
"""

from datetime import date
from functools import cache
from importlib.metadata import files
from typing import NamedTuple

import numpy as np

from wendu.analytics.days import DayRows
from wendu.analytics.histories import Histories
from wendu.analytics.rfm import RfmState

CUT = date(1997, 9, 30).toordinal()
WEEK = 7.0
HOLD_OUT_WEEKS = 39.0


class Cdnow(NamedTuple):
    """39 weeks to learn from, and what the same customers did in the 39 after."""

    rows: DayRows
    state: RfmState
    histories: Histories  # in weeks
    later: np.ndarray  # repeat purchases of the hold-out


@cache
def cdnow(name: str) -> Cdnow:
    """`sample` is one customer in ten, `master` everybody."""
    [file] = [file for file in files("lifetimes") or [] if file.name == f"CDNOW_{name}.txt"]
    lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    first = -4  # the sample has the number of the master file before its own
    rows = [line for line in lines if line and line[first].isdigit()]
    money = [round(100 * float(line[-1])) for line in rows]
    days = [date(int(line[-3][:4]), int(line[-3][4:6]), int(line[-3][6:])).toordinal() for line in rows]
    taken = DayRows.of([int(line[first]) for line in rows], days, money)
    state = RfmState.of(taken.until(CUT))
    held = RfmState.of(taken.until(CUT + int(HOLD_OUT_WEEKS * WEEK)))
    return Cdnow(taken, state, Histories.of_state(state, on=CUT, unit_days=WEEK), held.n_days - state.n_days)

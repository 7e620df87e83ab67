"""Columns as the estimators take and give them: NumPy arrays of one length, always finite."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatColumn = NDArray[np.float64]
IntColumn = NDArray[np.int64]
BoolColumn = NDArray[np.bool_]
AnyColumn = NDArray[Any]

LARGEST = 1e15  # a count or a time beyond it is no measurement
KEY_ROOM = 2**62


def floats(values: ArrayLike) -> FloatColumn:
    """One finite, non-negative number per row: what is unknown or below zero counts as zero."""
    column = np.atleast_1d(np.asarray(values, dtype=np.float64))
    return np.clip(np.nan_to_num(column, nan=0.0, posinf=LARGEST, neginf=0.0), 0.0, LARGEST)


def row_order(*columns: AnyColumn) -> IntColumn:
    """The order that brings rows to lie by the first column, then the next. Equal rows come in any order.

    Whole numbers are packed into one key where they fit, which sorts several times faster.
    """
    if not len(columns[0]):
        return np.empty(0, dtype=np.int64)
    key, room = np.zeros(len(columns[0]), dtype=np.int64), KEY_ROOM
    for column in columns:
        if not _whole(column):
            return np.lexsort(columns[::-1])
        low, span = int(column.min()), int(column.max()) - int(column.min()) + 1
        room //= span
        if not room:
            return np.lexsort(columns[::-1])
        key *= span  # in place: a table of millions is mostly the price of fresh memory
        key += (column - low).astype(np.int64, copy=False)
    return np.argsort(key)


def _whole(column: AnyColumn) -> bool:
    if column.dtype.kind == "f":
        return bool((np.abs(column) < LARGEST).all() and (column == np.floor(column)).all())
    return column.dtype.kind in "iu"


def group_starts(*columns: AnyColumn) -> IntColumn:
    """Where each run of equal rows begins, in columns that lie sorted."""
    if not len(columns[0]):
        return np.empty(0, dtype=np.int64)
    changed = np.zeros(len(columns[0]), dtype=np.bool_)
    changed[0] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changed).astype(np.int64)


def slices(rows: int, at_once: int) -> Iterator[slice]:
    """Spans of rows that are worked on together, so that wide tables stay small."""
    for begin in range(0, rows, at_once):
        yield slice(begin, min(begin + at_once, rows))


def distinct_pairs(first: FloatColumn, second: FloatColumn) -> tuple[FloatColumn, FloatColumn, IntColumn]:
    """The distinct pairs of two columns, and for each row the pair it holds."""
    first_values, first_index = np.unique(first, return_inverse=True)
    second_values, second_index = np.unique(second, return_inverse=True)
    keys, index = np.unique(first_index * len(second_values) + second_index, return_inverse=True)
    width = max(1, len(second_values))
    return first_values[keys // width], second_values[keys % width], index.astype(np.int64)

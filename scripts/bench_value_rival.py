"""The same steps as `bench_value.py`, asked of `pymc-marketing` (MAP); runs in an environment of its own.

It prints what `bench_value.py` reads: CPU and wall seconds a step, and what was found. The graphs are compiled with the
first fit, and that belongs to it: whoever fits once a night pays it once a night.
"""

import json
import logging
import resource
import sys
import time
import warnings
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from pymc_marketing.clv import BetaGeoModel, GammaGammaModel
from pymc_marketing.clv.utils import rfm_summary

MONTHS, RATE, YEAR = 12, 0.01, 365.0


def run(file: str, on: int) -> dict[str, Any]:
    """Time each step on the transactions of a file, looked at on a day (of the epoch)."""
    times: dict[str, tuple[float, float]] = {}

    def timed(name: str, step: Any) -> Any:
        cpu, wall = time.process_time(), time.perf_counter()
        result = step()
        times[name] = (time.process_time() - cpu, time.perf_counter() - wall)
        return result

    frame = duckdb.sql(f"FROM '{file}'").df()
    frame["day"] = pd.to_datetime(frame["day"], unit="D")
    end = pd.Timestamp(on, unit="D")
    summary = timed("rfm", lambda: _summary(frame, end))
    model = BetaGeoModel(data=summary[["customer_id", "frequency", "recency", "T"]])
    timed("fit purchases", lambda: model.fit(method="map", progressbar=False))
    back = summary[(summary["frequency"] > 0) & (summary["monetary_value"] > 0)]
    spending = GammaGammaModel(data=back[["customer_id", "frequency", "monetary_value"]])
    timed("fit spending", lambda: spending.fit(method="map", progressbar=False))
    expected, value = timed("scores", lambda: _scores(model, spending, summary))
    named = {name: float(np.asarray(model.fit_result[name]).mean()) for name in ("r", "alpha", "a", "b")}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {**named, "E": float(expected), "value": float(value), "peak memory MB": peak}
    return {"times": times, "peak": peak, "found": found}


def _summary(frame: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    return rfm_summary(frame, "customer", "day", monetary_value_col="amount", observation_period_end=end)


def _scores(model: BetaGeoModel, spending: GammaGammaModel, summary: pd.DataFrame) -> tuple[float, float]:
    model.expected_probability_alive(data=summary)
    expected = model.expected_purchases(data=summary, future_t=YEAR)
    value = spending.expected_customer_lifetime_value(
        transaction_model=model, data=summary, future_t=MONTHS, discount_rate=RATE, time_unit="D"
    )
    return float(expected.sum()), float(value.sum())


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    asked = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
    print(json.dumps(run(asked["--file"], int(asked["--on"]))))

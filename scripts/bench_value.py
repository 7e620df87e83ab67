"""`make bench-value`: RFM, fit and scores beside `lifetimes` and `pymc-marketing`, each in a process of its own.

CDNOW (23,570 customers), and as many synthetic ones as asked for, drawn from BG/NBD and Gamma-Gamma with CDNOW's
parameters: 18 months in days. All sides fit BG/NBD, since that is what the others are mostly used for, and begin with
the transactions in memory; `pymc-marketing` looks for the maximum (MAP), with the priors it comes with. Compare CPU
seconds and ratios; wall times say how busy the machine was, and hold what others compile in processes beside. (The
month of the others has 30 days, ours is a twelfth of a year: so the values differ by a hundredth.)
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import date
from importlib.metadata import files
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from wendu.analytics import rfm_sql
from wendu.analytics.beta_geometric import BgNbd
from wendu.analytics.days import DayRows
from wendu.analytics.gamma_gamma import GammaGamma, repeat_spend
from wendu.analytics.histories import Histories
from wendu.analytics.lifetime_value import LifetimeValue
from wendu.analytics.rfm import RfmState
from wendu.analytics.transaction_model import Scores

MONTHS, RATE, DAYS, YEAR = 12, 0.01, 548, 365.0
OURS, OTHER, RIVAL, SQL, PEAK = "wendu", "lifetimes", "pymc-marketing", "sql", "peak memory MB"
HERE = Path(__file__).parent
RIVAL_PYTHON = HERE.parent / ".venv-rival/bin/python"
Clock = Callable[[str, Callable[[], Any]], Any]


def clock(times: dict[str, tuple[float, float]]) -> Clock:
    """Run a step and keep its CPU and wall seconds."""

    def timed(name: str, step: Callable[[], Any]) -> Any:
        cpu, wall = time.process_time(), time.perf_counter()
        result = step()
        times[name] = (time.process_time() - cpu, time.perf_counter() - wall)
        return result

    return timed


def run_ours(file: str, on: int, timed: Clock) -> dict[str, float]:
    """NumPy all the way; the same state and cells by SQL are timed beside it, as `sql`, and not counted."""
    connection = duckdb.connect()
    found = connection.sql(f"FROM '{file}'").fetchnumpy()

    def state_and_cells() -> tuple[RfmState, Histories]:
        state = RfmState.of(DayRows.of(found["customer"], found["day"], found["amount"]))
        return state, Histories.of_state(state, on=on)

    def by_sql() -> int:
        source = f"read_parquet('{file}')"
        connection.execute(f"CREATE TABLE state AS {rfm_sql.rfm_state(rfm_sql.day_rows(source))}")
        return len(rfm_sql.read_histories(connection, "state", on=on))

    state, histories = timed("rfm", state_and_cells)
    model = timed("fit purchases", lambda: BgNbd().fit(histories))
    count, mean = repeat_spend(state)
    spending = timed("fit spending", lambda: GammaGamma().fit(count, mean))
    months = LifetimeValue(months=MONTHS, rate=RATE)

    def scores() -> tuple[Scores, Any]:
        each = model.scores(histories, within=YEAR, ends=months.ends(), rate=months.rate)
        return each, each.discounted * spending.mean_spend(count, mean)

    scored, value = timed("scores", scores)
    peak = memory()
    timed(SQL, by_sql)
    return {**model.parameters_, "E": scored.purchases.sum(), "value": value.sum(), PEAK: peak}


def run_other(file: str, on: int, timed: Clock) -> dict[str, float]:
    """The same questions asked of `lifetimes`, the transactions already in a data frame."""
    warnings.simplefilter("ignore")
    import pandas as pd  # noqa: PLC0415 - our side must not carry what it does not use
    from lifetimes import BetaGeoFitter, GammaGammaFitter  # noqa: PLC0415
    from lifetimes.utils import summary_data_from_transaction_data  # noqa: PLC0415

    frame = duckdb.sql(f"FROM '{file}'").df()
    frame["day"] = pd.to_datetime(frame["day"], unit="D")
    summary = timed(
        "rfm",
        lambda: summary_data_from_transaction_data(
            frame, "customer", "day", monetary_value_col="amount", observation_period_end=pd.Timestamp(on, unit="D")
        ),
    )
    model = timed("fit purchases", lambda: BetaGeoFitter().fit(summary["frequency"], summary["recency"], summary["T"]))
    back = summary[(summary["frequency"] > 0) & (summary["monetary_value"] > 0)]
    spending = timed("fit spending", lambda: GammaGammaFitter().fit(back["frequency"], back["monetary_value"]))
    columns = (summary["frequency"], summary["recency"], summary["T"])

    def scores() -> Any:
        alive = model.conditional_probability_alive(*columns)
        expected = model.conditional_expected_number_of_purchases_up_to_time(YEAR, *columns)
        value = spending.customer_lifetime_value(
            model, *columns, summary["monetary_value"], time=MONTHS, discount_rate=RATE, freq="D"
        )
        return alive, expected, value

    _, expected, value = timed("scores", scores)
    return {
        **{name: float(model.params_[name]) for name in ("r", "alpha", "a", "b")},
        "E": float(expected.sum()),
        "value": float(value.sum()),
        PEAK: memory(),
    }


def memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cdnow(file: Path) -> int:
    """CDNOW's transactions up to the cut of the publications."""
    [master] = [entry for entry in files("lifetimes") or [] if entry.name == "CDNOW_master.txt"]
    lines = [line.split() for line in master.read_text(encoding="utf-8").splitlines()[1:]]
    epoch, end = date(1970, 1, 1).toordinal(), date(1997, 9, 30).toordinal()
    days = [date(int(line[1][:4]), int(line[1][4:6]), int(line[1][6:])).toordinal() for line in lines if line]
    kept = [
        (int(line[0]), day, round(100 * float(line[3]))) for line, day in zip(lines, days, strict=True) if day <= end
    ]
    customer, day, amount = np.asarray(kept).T
    save(file, customer, day - epoch, amount)
    return end - epoch


def synthetic(file: Path, customers: int) -> int:
    """Customers of BG/NBD who begin anywhere in the span, and spend by Gamma-Gamma."""
    draw = np.random.default_rng(1)
    rate, chance = draw.gamma(0.243, 1 / 4.414, customers) / 7, draw.beta(0.793, 2.426, customers)
    moment, spends = draw.uniform(0, DAYS, customers), draw.gamma(3.74, 1 / 15.44, customers)
    who, when = np.arange(customers), [(np.arange(customers), moment)]
    with np.errstate(divide="ignore", over="ignore"):
        while len(who):
            moment = moment + draw.exponential(1.0, len(who)) / rate[who]
            there = moment <= DAYS
            who, moment = who[there], moment[there]
            when.append((who, moment))
            stays = draw.uniform(size=len(who)) >= chance[who]
            who, moment = who[stays], moment[stays]
    customer, day = (np.concatenate(column) for column in zip(*when, strict=True))
    amount = np.rint(100 * draw.gamma(6.25, 1.0, len(customer)) / spends[customer]).astype(np.int64)
    save(file, customer, day.astype(np.int64), np.minimum(amount, 10**9))
    return DAYS


def save(file: Path, customer: Any, day: Any, amount: Any) -> None:
    columns = {"customer": customer, "day": day, "amount": amount}
    with duckdb.connect() as connection:
        connection.register("columns", columns)
        connection.execute(f"COPY (FROM columns) TO '{file}' (FORMAT parquet)")


def alone(who: str, file: Path, on: int) -> dict[str, Any]:
    """Run one side in a fresh process, so that its memory is its own; on one thread, so that CPU time is work."""
    side = [RIVAL_PYTHON, HERE / "bench_value_rival.py"] if who == RIVAL else [sys.executable, __file__, "--run", who]
    words = [*map(str, side), "--file", str(file), "--on", str(on)]
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return dict(json.loads(subprocess.run(words, env=one_thread, stdout=subprocess.PIPE, text=True, check=True).stdout))


def best(who: str, file: Path, on: int, rounds: int) -> dict[str, Any]:
    """The cheapest of some runs: the price of fresh memory differs by half from one run to the next."""
    return min(
        (alone(who, file, on) for _ in range(rounds)), key=lambda run: sum(cpu for cpu, _ in run["times"].values())
    )


def report(title: str, sides: dict[str, dict[str, Any]]) -> None:
    """Print CPU and wall seconds of each step, and how many times less CPU it takes here."""
    others = [who for who in sides if who != OURS]
    heads = [f"{who + ' CPU (wall)':>28}" for who in sides] + [f"{'less than ' + who:>26}" for who in others]
    print(f"\n{title}\n{'':16}{''.join(heads)}")
    steps = [step for step in next(iter(sides.values()))["times"] if step != SQL]
    for step in [*steps, "all"]:
        cells = {
            who: np.sum([side["times"][one] for one in (steps if step == "all" else [step])], axis=0)
            for who, side in sides.items()
        }
        line = "".join(f"{f'{cpu:.3f} ({wall:.3f})':>28}" for cpu, wall in cells.values())
        times = "".join(f"{f'{cells[who][0] / cells[OURS][0]:.1f}x':>26}" for who in others)
        print(f"{step:16}{line}{times}")
    cpu, wall = sides[OURS]["times"][SQL]
    print(f"{'rfm by SQL':16}{f'{cpu:.3f} ({wall:.3f})':>28}")
    for name in sides[OURS]["found"]:
        print(f"  {name:14}" + "".join(f"{side['found'][name]:28.6g}" for side in sides.values()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--customers", type=int, default=1_000_000)
    options.add_argument("--alone", action="store_true", help="leave the other packages out")
    options.add_argument("--rounds", type=int, default=3, help="runs of each side; the cheapest counts")
    options.add_argument("--run")
    options.add_argument("--file")
    options.add_argument("--on", type=int)
    asked = options.parse_args()
    if asked.run:
        times: dict[str, tuple[float, float]] = {}
        found = (run_ours if asked.run == OURS else run_other)(asked.file, asked.on, clock(times))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            json.dumps({"times": times, "peak": peak, "found": {name: float(value) for name, value in found.items()}})
        )
        return
    sides = [OURS] if asked.alone else [OURS, OTHER, RIVAL]
    with tempfile.TemporaryDirectory() as folder:
        for title, make in (
            ("CDNOW, 23,570 customers", cdnow),
            (f"synthetic, {asked.customers:,} customers", lambda file: synthetic(file, asked.customers)),
        ):
            file = Path(folder) / "transactions.parquet"
            on = make(file)
            report(title, {who: best(who, file, on, asked.rounds) for who in sides})


if __name__ == "__main__":
    main()

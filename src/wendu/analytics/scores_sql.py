"""Scores of every customer as DuckDB SQL: one scan and one join, whatever their number.

What needs more than elementary functions depends on frequency and age alone. It is computed in NumPy once for each
pair that occurs - some thousand among a million customers - and joined; the rest is written out in SQL.
"""

from dataclasses import dataclass

import duckdb
import numpy as np

from wendu.analytics.beta_geometric import BetaGeometricNbd
from wendu.analytics.columns import AnyColumn
from wendu.analytics.gamma_gamma import GammaGamma
from wendu.analytics.histories import Histories
from wendu.analytics.lifetime_value import LifetimeValue
from wendu.analytics.rfm_sql import filled

REACH = "reach"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each customer; `within` is in the unit of the model's histories."""

    on: int
    within: float
    worth: LifetimeValue
    quantile: float = 0.5  # of the time to the next purchase


def score(
    connection: duckdb.DuckDBPyConnection,
    *,
    state: str,
    model: BetaGeometricNbd,
    spending: GammaGamma,
    asked: Question,
    into: str,
) -> None:
    """Write the table `into`: customer, alive, purchases, chance, next_by, discounted, spend, value.

    The same numbers as `TransactionModel.scores` and `GammaGamma.mean_spend` give. `state` and `into` are put into the
    query as they are, so they come from the program, never from people.
    """
    pairs = connection.sql(pairs_query(state, asked)).fetchnumpy()
    connection.register("reach_columns", reach_of(pairs["frequency"], pairs["age"], model, asked))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {REACH} AS FROM reach_columns")
    connection.unregister("reach_columns")
    query = scores_query(state, reach=REACH, model=model, spending=spending, asked=asked)
    connection.execute(f"CREATE OR REPLACE TABLE {into} AS {query}")


def pairs_query(state: str, asked: Question) -> str:
    """Query: the frequencies and ages in days that occur."""
    return filled("pairs", state=state, on=str(int(asked.on)))


def reach_of(frequency: AnyColumn, age: AnyColumn, model: BetaGeometricNbd, asked: Question) -> dict[str, AnyColumn]:
    """Columns for these pairs: what a living customer of this frequency and age in days will buy, and discounted."""
    worth, frequency, age = asked.worth, np.asarray(frequency), np.asarray(age)
    living = Histories.of(frequency, np.zeros(len(frequency)), age / worth.days_per_unit)
    told = model.if_alive(living, within=asked.within, ends=worth.ends(), rate=worth.rate)
    return {"frequency": frequency, "age": age, "purchases": told[:, 0], "discounted": told[:, 1]}


def scores_query(state: str, *, reach: str, model: BetaGeometricNbd, spending: GammaGamma, asked: Question) -> str:
    """Query: one row of answers per customer, from a state and the table of `reach_of`."""
    numbers = {
        **{name: float(value) for name, value in {**model.parameters_, **spending.parameters_}.items()},
        "keeps": int(model.first_purchase_keeps),
        "population": spending.population_mean_,
        "unit": asked.worth.days_per_unit,
        "within": asked.within,
        "quantile": min(asked.quantile, 1 - 1e-12),
        "margin": asked.worth.margin,
    }
    words = {name: f"CAST({value!r} AS DOUBLE)" for name, value in numbers.items()}
    return filled("scores", state=state, reach=reach, on=str(int(asked.on)), **words)

"""Scores of every customer as DuckDB SQL: one scan and one join, whatever their number.

What needs more than elementary functions depends on frequency and age alone. It is computed in NumPy once for each
pair that occurs - some thousand among a million customers - and joined; the rest is written out in SQL.
"""

from dataclasses import dataclass

import duckdb
import numpy as np

from wendu.analytics.beta_geometric import BetaGeometricNbd
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
    _write_reach(connection, state, model, asked)
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
    query = filled("scores", state=state, reach=REACH, on=str(int(asked.on)), **words)
    connection.execute(f"CREATE OR REPLACE TABLE {into} AS {query}")


def _write_reach(connection: duckdb.DuckDBPyConnection, state: str, model: BetaGeometricNbd, asked: Question) -> None:
    pairs = connection.sql(filled("pairs", state=state, on=str(int(asked.on)))).fetchnumpy()
    frequency, age = np.asarray(pairs["frequency"]), np.asarray(pairs["age"])
    worth = asked.worth
    living = Histories.of(frequency, np.zeros(len(frequency)), age / worth.days_per_unit)
    told = model.if_alive(living, within=asked.within, ends=worth.ends(), rate=worth.rate)
    columns = {"frequency": frequency, "age": age, "purchases": told[:, 0], "discounted": told[:, 1]}
    connection.register("reach_columns", columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {REACH} AS FROM reach_columns")
    connection.unregister("reach_columns")

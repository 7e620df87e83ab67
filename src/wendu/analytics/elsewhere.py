"""The same pipeline where a firm keeps its purchases already: on Spark, or whatever else Ibis reaches.

The queries are those of `rfm_sql` and `scores_sql`, written for DuckDB and put into the other engine's words. All
group-bys and the scan over customers run there; only cells, and the pairs of frequency and age that occur, come over
to be fitted and reckoned with. Needs the extra `spark`, or another backend of Ibis.
"""

from dataclasses import dataclass
from importlib import import_module  # of Ibis, which is an extra
from typing import Any

import numpy as np

from wendu.analytics.beta_geometric import BetaGeometricNbd
from wendu.analytics.columns import AnyColumn
from wendu.analytics.gamma_gamma import GammaGamma
from wendu.analytics.histories import Histories
from wendu.analytics.rfm import RfmState
from wendu.analytics.rfm_sql import cells, day_rows, rfm_state
from wendu.analytics.scores_sql import Question, pairs_query, reach_of, scores_query

REACH = "wendu_reach"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An engine Ibis is connected to. Names of tables go into queries: they come from the program alone."""

    engine: Any

    def write_state(self, transactions: str, *, into: str) -> None:
        """Write the RFM state of a table with customer, day (a whole number) and amount (minor units)."""
        self._write(rfm_state(day_rows(transactions)), into)

    def read_state(self, state: str) -> RfmState:
        """A state as columns, sorted by customer."""
        found = _columns(self.engine.table(state).order_by("customer"))
        return RfmState(**{name: found[name] for name in RfmState.__dataclass_fields__})

    def histories(self, state: str, *, on: int, unit_days: float = 1.0) -> Histories:
        """The cells of a state, ready for a fit here."""
        found = _columns(self._asked(cells(state, on=on)))
        return Histories.of(found["frequency"], found["recency"] / unit_days, found["age"] / unit_days, found["weight"])

    def score(self, state: str, *, model: BetaGeometricNbd, spending: GammaGamma, asked: Question, into: str) -> None:
        """Write one row of answers per customer who has bought, with the columns of `scores_sql.score`."""
        pairs = _columns(self._asked(pairs_query(state, asked)))
        reach = reach_of(pairs["frequency"], pairs["age"], model, asked)
        self.engine.create_table(REACH, import_module("ibis").memtable(reach), overwrite=True)
        self._write(scores_query(state, reach=REACH, model=model, spending=spending, asked=asked), into)

    def _write(self, query: str, into: str) -> None:
        self.engine.create_table(into, self._asked(query), overwrite=True)

    def _asked(self, query: str) -> Any:
        return self.engine.sql(f"SELECT * FROM ({query}) AS asked", dialect="duckdb")  # noqa: S608  ours


def _columns(asked: Any) -> dict[str, AnyColumn]:
    found = asked.to_pyarrow()
    return {name: np.asarray(found.column(name)) for name in found.column_names}

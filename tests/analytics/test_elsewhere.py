"""On a Spark of this machine the pipeline gives the numbers it gives here: state, cells, fit and scores."""

import numpy as np
import pytest

from tests.analytics.cdnow import CUT, cdnow
from wendu.analytics.beta_geometric import MbgNbd
from wendu.analytics.days import DayRows
from wendu.analytics.elsewhere import Elsewhere
from wendu.analytics.gamma_gamma import GammaGamma, repeat_spend
from wendu.analytics.histories import Histories
from wendu.analytics.lifetime_value import LifetimeValue
from wendu.analytics.rfm import RfmState
from wendu.analytics.scores_sql import Question

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]
WORTH = LifetimeValue(months=12, margin=0.4, days_per_unit=7.0)
COLUMNS = tuple(RfmState.__dataclass_fields__)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """A Spark on loopback, with a folder of its own."""
    import ibis
    from pyspark.sql import SparkSession

    place = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.warehouse.dir": str(place),
        "spark.ui.enabled": "false",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield ibis.pyspark.connect(session)
    session.stop()


def bring(engine, name: str, *columns) -> None:
    """Transactions as a table of that engine: customer, day and amount."""
    import pyarrow as pa

    engine.create_table(name, pa.table(dict(zip(("customer", "day", "amount"), columns, strict=True))), overwrite=True)


def test_cdnow_on_spark_is_what_it_is_here(engine):
    rows = cdnow("sample").rows.until(CUT)
    bring(engine, "transactions", rows.customer, rows.day, rows.gross)
    spark, here = Elsewhere(engine), RfmState.of(rows)

    spark.write_state("transactions", into="state")
    found = spark.read_state("state")
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(found, name), getattr(here, name), err_msg=name)

    model = MbgNbd().fit(spark.histories("state", on=CUT, unit_days=7.0))
    histories = Histories.of_state(here, on=CUT, unit_days=7.0)
    assert model.parameters_ == pytest.approx(MbgNbd().fit(histories).parameters_, rel=1e-6)

    count, mean = repeat_spend(here)
    spending = GammaGamma().fit(count, mean)
    asked = Question(on=CUT, within=13.0, worth=WORTH, quantile=0.8)
    spark.score("state", model=model, spending=spending, asked=asked, into="scores")
    scores = engine.table("scores").order_by("customer").to_pyarrow()
    expected = {
        "customer": here.customer[here.n_days > 0],
        "alive": model.probability_alive(histories),
        "chance": model.probability_purchase(histories, within=13.0),
        "next_by": model.next_purchase(histories, quantile=0.8),
        "spend": spending.mean_spend(count, mean),
    }
    for name, column in expected.items():
        np.testing.assert_allclose(np.asarray(scores.column(name)), column, rtol=1e-9, err_msg=name)


def test_only_returns_a_gift_and_two_orders_of_a_day(engine):
    days = [(1, 5, 1000), (1, 5, -300), (1, 9, 0), (2, 3, -50), (3, 4, 500), (3, 4, 500)]
    columns = np.asarray(days, dtype=np.int64).T
    bring(engine, "odd", *columns)

    Elsewhere(engine).write_state("odd", into="odd_state")

    found, here = Elsewhere(engine).read_state("odd_state"), RfmState.of(DayRows.of(*columns))
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(found, name), getattr(here, name), err_msg=name)

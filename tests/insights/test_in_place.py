"""Purchases read where they lie are the ones the models tell of; nobody else reads what is not committed."""

from datetime import timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from django.db import connection

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity
from tests.insights.world import TODAY, bought, four
from wendu.agreements.models import Return
from wendu.analytics.attached import attached
from wendu.analytics.days import DayRows
from wendu.insights import in_place
from wendu.insights.facts import Ground, purchases_of_all
from wendu.insights.in_place import collapsed, day_rows_of_all, read_in_place
from wendu.opportunities.models import Closure

COLUMNS = tuple(DayRows.__dataclass_fields__)


def same(one: DayRows, other: DayRows) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in COLUMNS)


@pytest.fixture
def house(transactional_db, cast):
    """Orders of four kinds of customers, what came back, what does not count, and a deal won without an order."""
    customers = four(cast.alice)
    _, back = bought(make_customer(cast.alice, "退货的客户"), 40, 30)
    amounts = {"gross_minor": 4_000, "revenue_minor": 4_000}
    Return.objects.create(order=back, returned_on=TODAY - timedelta(days=20), written_at=MONDAY, **amounts)
    (cancelled,) = bought(customers["sleeper"], 1)
    type(cancelled).objects.filter(pk=cancelled.pk).update(state="cancelled")
    (foreign,) = bought(customers["tender"], 2)
    type(foreign).objects.filter(pk=foreign.pk).update(currency="USD")
    bought(customers["tender"], -3)  # of a day still to come
    deal = make_opportunity(customers["tender"], "水务二期", amount_minor=7_000_000, currency="CNY")
    Closure.objects.create(opportunity=deal, outcome="won", closed_on=TODAY - timedelta(days=9))
    return Ground.on(TODAY)


def place(folder: Path) -> tuple[str, str]:
    """Where the database of the test is; one in memory is laid down as a file first."""
    if found := in_place._where():
        return found
    path = folder / "house'.sqlite3"  # a folder may be called anything
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return "sqlite", str(path)


def test_read_in_place_or_through_the_models_the_rows_are_the_same(house, tmp_path):
    rows = collapsed(purchases_of_all(house))

    assert same(read_in_place(house, *place(tmp_path)), rows)
    assert same(day_rows_of_all(house), rows)
    assert rows.returned.sum() == 4_000
    assert 7_000_000 in rows.gross
    assert rows.day.max() <= TODAY.toordinal()


def test_nothing_bought_is_no_rows(transactional_db, tmp_path):
    found = read_in_place(Ground.on(TODAY), *place(tmp_path))

    assert len(found.day) == 0


def test_inside_a_transaction_the_models_are_asked(db, cast):
    bought(make_customer(cast.alice, "没有提交的客户"), 5)

    assert in_place._where() is None
    assert len(day_rows_of_all(Ground.on(TODAY)).day) == 1


def test_it_can_only_be_read(transactional_db, tmp_path):
    with attached(*place(tmp_path)) as there, pytest.raises(duckdb.Error):
        there.execute("DELETE FROM customers_customer")


def test_a_database_that_is_not_there_is_said(tmp_path):
    with pytest.raises(duckdb.Error), attached("sqlite", str(tmp_path / "nowhere" / "x.sqlite3")):
        pass

"""How both databases look for what the usual views show: along an index, never through all customers or all touches."""

import json
import re

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests.factories import make_customers
from wendu.coach.actions import recompute
from wendu.coach.ways import COUNTED_AMONG, Ways
from wendu.desk.deal import deal_list
from wendu.desk.table.asked import ORDERS, asked_from
from wendu.desk.table.page import table_page
from wendu.kernel.clock import now
from wendu.touches.actions import TouchDraft, log_touch

pytestmark = pytest.mark.django_db
LARGE = "customers_customer|touches_touch|coach_standing|coach_dealstanding|opportunities_opportunity"
BARE_SCAN = re.compile(rf"SCAN (?:{LARGE})(?! USING)\b|SCAN \w+ \((?:{LARGE})\)")
FORBIDDEN = 1e9  # what PostgreSQL adds to the cost of a way it was told not to go is ten times that
VIEWS = (
    *(f"sort={way}{order}" for order in ORDERS for way in ("", "-")),
    *(f"class={code}" for code in ("A", "D", "none")),
    *("status=in_pursuit", "status=unvisited", "alert=cold_gap", "alert=strike_iron", "owner=me", "class=A&sort=due"),
    *("f=latest.over:14&sort=latest", "f=deadline.within:7&sort=deadline", "f=amount.from:100000&sort=-amount"),
    *("f=city.in:宁波", "f=industry.in:新材料", "f=created.last:7", "f=stage.in:ST3", "f=furthest.in:ST3"),
)


@pytest.fixture
def many(cast, monkeypatch):
    """Customers enough to be looked for, and nobody's so few that they would be collected."""
    rows = make_customers(cast.alice, 300)
    list(recompute(at=now(), customer_ids=[row.pk for row in rows]))
    draft = TouchDraft(kind="phone", touched_on=now().date(), note="近况")
    log_touch(customer=rows[0], actor=cast.alice, at=now(), draft=draft)
    for way in ("few", "parted", "many"):
        monkeypatch.setattr(Ways, way, None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked_by(act) -> list[str]:
    """The questions a page asks of the database."""
    with CaptureQueriesContext(connection) as asked:
        act()
    said = [query["sql"] for query in asked if query["sql"].startswith(("SELECT", "WITH"))]
    return [sql for sql in said if f"LIMIT {COUNTED_AMONG}" not in sql]  # of any table only so many are looked at


@transaction.atomic
def faults_of(sql: str) -> list[str]:
    """What of a plan goes through a whole table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return [row[3] for row in cursor.fetchall() if BARE_SCAN.search(row[3])]
        cursor.execute("SET LOCAL enable_seqscan = off")
        if "AS part_0" in sql:
            cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        told = cursor.fetchone()[0]
        plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
        cursor.execute("SET LOCAL enable_seqscan = on")
        cursor.execute("SET LOCAL enable_sort = on")
    return [each["Node Type"] for each in _nodes(plan) if _is_forbidden(each, is_walk="AS part_0" in sql)]


def _nodes(plan):
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def _is_forbidden(node, *, is_walk: bool) -> bool:
    is_scan = node["Node Type"] == "Seq Scan" and re.fullmatch(LARGE, node.get("Relation Name", ""))
    is_sort = is_walk and node["Node Type"] == "Sort" and node["Total Cost"] >= FORBIDDEN
    return bool(is_scan or is_sort)


@pytest.mark.parametrize("query", VIEWS)
def test_no_view_of_customers_goes_through_all_of_them(cast, many, query):
    asked = asked_by(lambda: table_page(cast.ada, now(), asked_from(QueryDict(query))))

    assert any("AS part_0" in sql for sql in asked), "the list was not walked"
    assert {sql: faults for sql in asked if (faults := faults_of(sql))} == {}


@pytest.mark.parametrize("sort", ["heat", "amount"])
@pytest.mark.parametrize("state", ["open", "all"])
def test_no_view_of_deals_goes_through_all_of_them(cast, many, state, sort):
    asked = asked_by(lambda: deal_list(cast.ada, now(), state=state, sort=sort))

    assert {sql: faults for sql in asked if (faults := faults_of(sql))} == {}


def test_what_goes_through_a_whole_table_is_noticed(many):
    assert faults_of("SELECT id FROM customers_customer WHERE note = 'x' ORDER BY note") != []

"""The company's own fields in the table: sorted, grouped, found by what they say, indexed where views ask."""

import json

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests.desk.table.examples import dress
from tests.factories import make_customers
from tests.kept import made_once
from tests.web.scene import build_scene
from wendu.coach.actions import recompute
from wendu.coach.frame import Frame
from wendu.customers.actions import define_field, set_custom_value
from wendu.customers.choices import FieldType
from wendu.customers.models import Customer, CustomField
from wendu.desk.jobs import INDEX
from wendu.desk.table.asked import asked_from
from wendu.desk.table.jumps import value_mark
from wendu.desk.table.own_indexes import indexed_codes, keep_indexes, wanted_codes
from wendu.desk.table.page import PAGE, table_page
from wendu.identity import snapshot
from wendu.jobs.actions import run_now
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.kernel.own_values import OwnNumber, OwnText
from wendu.saved_views.actions import delete_view, restore_view, save_view
from wendu.saved_views.choices import Place
from wendu.search.queries import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def dressed(cast):
    scene = made_once(("dressed", cast.known_by, cast.east.pk, now().date()), lambda: dressed_scene(cast))
    connection.check_constraints()
    keep_indexes()  # another test may have left one
    snapshot.forget()
    yield scene
    snapshot.forget()


def dressed_scene(cast):
    scene = build_scene(cast)
    dress(cast, scene)
    return scene


def shown(user, query: str) -> list[str]:
    return [row.name for row in table_page(user, now(), asked_from(QueryDict(query))).rows]


def fill(cast, code: str, values) -> list[Customer]:
    """Customers of Alice's, with one value each; None is unknown."""
    rows = make_customers(cast.alice, len(values))
    for row, value in zip(rows, values, strict=True):
        row.custom = {} if value is None else {code: value}
    Customer.objects.bulk_update(rows, ["custom"])
    list(recompute(at=now(), customer_ids=[row.pk for row in rows]))
    return rows


def kept_indexes():
    """Make and drop them; inside the one transaction of a test PostgreSQL must first have looked at what is new."""
    connection.check_constraints()
    return keep_indexes()


def view(cast, query: str, name: str = "view"):
    return save_view(place=Place.CUSTOMERS, name=name, query=query, actor=cast.alice, at=now())


def test_numbers_sort_as_numbers_and_whoever_has_none_stands_last_both_ways(cast, dressed):
    fill(cast, "size", [9, 100, -2.5, 0])
    up, down = shown(cast.alice, "sort=x_size"), shown(cast.alice, "sort=-x_size")
    size = dict(Customer.objects.values_list("name", "custom__size"))

    assert [size[name] for name in up if size[name] is not None] == [-2.5, 0, 9, 12.5, 80, 100]
    assert [size[name] for name in down if size[name] is not None] == [100, 80, 12.5, 9, 0, -2.5]
    assert size[up[-1]] is size[down[-1]] is None
    assert set(up) == set(down)


def there_and_back(user, query: str) -> None:
    """Turn every page to the end and back: nobody is left out, nobody stands twice."""
    seen: list[str] = []
    while query:
        page = table_page(user, now(), asked_from(QueryDict(query)))
        seen += [row.name for row in page.rows]
        query = page.next_query
    back: list[str] = []
    query = page.previous_query
    while query:
        page = table_page(user, now(), asked_from(QueryDict(query)))
        back = [row.name for row in page.rows] + back
        query = page.previous_query

    assert len(seen) == len(set(seen)) == Customer.objects.visible_to(user).standing().count()
    assert back == seen[: len(back)]
    assert len(back) >= 2 * PAGE


@pytest.mark.parametrize("is_indexed", [False, True])
@pytest.mark.parametrize("way", ["x_size", "-x_size"])
@pytest.mark.parametrize("few", [3_000, 0])
def test_every_page_follows_the_other_without_gap_or_double(cast, dressed, monkeypatch, is_indexed, way, few):
    monkeypatch.setattr("wendu.coach.ways.FEW", few)
    monkeypatch.setattr("wendu.coach.ways.MANY", few)
    fill(cast, "size", [number % 7 if number % 5 else None for number in range(2 * PAGE + 20)])
    if is_indexed:
        view(cast, f"sort={way}")
        kept_indexes()

    there_and_back(cast.alice, f"sort={way}")


def test_texts_and_days_sort_too_and_a_long_text_does_not_stop_the_pages(cast, dressed):
    fill(cast, "remark", [f"{'长' * 480}{number:04}" for number in range(PAGE + 5)])
    first = table_page(cast.alice, now(), asked_from(QueryDict("sort=x_remark")))
    second = table_page(cast.alice, now(), asked_from(QueryDict(first.next_query)))

    assert len(first.rows) == PAGE
    assert not {row.name for row in first.rows} & {row.name for row in second.rows}
    assert shown(cast.alice, "sort=x_signed")[0] == "砚湖轴承"


def test_a_field_nobody_defined_is_no_order(cast, dressed):
    warmest = shown(cast.alice, "")

    for sort in ("x_nowhere", "x_'; DROP"):
        assert shown(cast.alice, f"sort={sort}") == warmest


def test_choices_stand_as_their_options_do_and_no_comes_before_yes(cast, dressed):
    fill(cast, "grade", ["silver", None, "gold", "no more", "silver"])
    fill(cast, "vip", [True, None, False])
    told = dict(Customer.objects.values_list("name", "custom"))

    def values(query, code):
        return [told[name].get(code) for name in shown(cast.alice, query)]

    up, down = values("sort=x_grade", "grade"), values("sort=-x_grade", "grade")
    assert up[:5] == ["gold", "gold", "silver", "silver", "no more"]
    assert down[:5] == ["no more", "silver", "silver", "gold", "gold"]
    assert {*up[5:]} == {*down[5:]} == {None}
    assert values("sort=x_vip", "vip")[:4] == [False, False, True, True]
    assert values("sort=-x_vip", "vip")[:4] == [True, True, False, False]
    assert set(values("sort=x_vip", "vip")[4:]) == {None}


@pytest.mark.parametrize("is_indexed", [False, True])
@pytest.mark.parametrize("way", ["x_grade", "-x_grade", "x_vip", "-x_vip"])
@pytest.mark.parametrize("few", [3_000, 0])
def test_pages_by_a_choice_or_a_yes_or_no_follow_each_other_both_ways(cast, dressed, monkeypatch, is_indexed, way, few):
    monkeypatch.setattr("wendu.coach.ways.FEW", few)
    monkeypatch.setattr("wendu.coach.ways.MANY", few)
    code = way.removeprefix("-").removeprefix("x_")
    kept = ["gold", None, "silver", "no more"] if code == "grade" else [True, False, None, None]
    fill(cast, code, [kept[number % 4] for number in range(2 * PAGE + 20)])
    if is_indexed:
        view(cast, f"sort={way}")
        kept_indexes()

    there_and_back(cast.alice, f"sort={way}")


def test_one_goes_straight_to_an_option_and_to_yes(cast, dressed):
    for sort, typed, mark in (
        ("x_grade", "gold", "0~"),
        ("-x_grade", "SILVER", "1~"),
        ("x_vip", "是", "true~"),
        ("x_vip", "no", "false~"),
        ("x_grade", "tin", ""),
        ("x_vip", "perhaps", ""),
    ):
        asked = asked_from(QueryDict(f"sort={sort}"))
        assert value_mark(typed, asked.order, Frame.at(now())) == mark
    assert shown(cast.alice, "sort=x_vip&after=true~")[0] == "砚湖轴承"


def test_the_table_is_grouped_by_a_choice_with_those_without_one_at_the_end(cast, dressed):
    page = table_page(cast.alice, now(), asked_from(QueryDict("by=x_grade")))

    assert [(group.label, len(rows)) for group, rows in page.groups] == [("gold", 1), ("未选", 7)]
    assert page.groups[0][1][0].name == "砚湖轴承"
    assert shown(cast.alice, page.groups[0][0].query) == ["砚湖轴承"]


def test_a_customer_is_found_by_what_a_text_says_and_not_by_what_it_said(cast, dressed):
    field, customer = CustomField.objects.get(code="remark"), dressed.customers["砚湖轴承"]
    assert [entry.title for entry in find("羽毛球", user=cast.alice, limit=5)] == ["砚湖轴承"]
    assert find("羽毛球", user=cast.charlie, limit=5) == []

    set_custom_value(customer=customer, field=field, value="爱钓鱼", actor=cast.alice, at=now())

    assert find("羽毛球", user=cast.alice, limit=5) == []
    assert [entry.title for entry in find("钓鱼", user=cast.alice, limit=5)] == ["砚湖轴承"]


def test_indexes_stand_for_what_views_filter_or_sort_by_and_for_nothing_else(cast, dressed):
    kept = view(cast, "f=x_size.from:10&sort=x_signed", "one")
    view(cast, "f=x_remark.has:球;x_grade.not:gold;x_vip.known&cols=heat,x_remark", "two")
    assert wanted_codes() == ["signed", "size"]

    assert kept_indexes() == (["signed", "size"], [])
    assert indexed_codes() == {"signed", "size"}
    assert kept_indexes() == ([], [])

    delete_view(view=kept, actor=cast.alice, at=now())
    assert sorted(kept_indexes()[1]) == ["signed", "size"]
    assert indexed_codes() == frozenset()


def test_a_saved_view_asks_for_its_index_and_one_without_own_fields_does_not(
    cast, dressed, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        view(cast, "class=A", "plain")
    assert not Job.objects.filter(kind=INDEX).exists()

    with django_capture_on_commit_callbacks(execute=True):
        kept = view(cast, "sort=-x_size", "own")
    assert Job.objects.filter(kind=INDEX).count() == 1

    Job.objects.all().delete()
    connection.check_constraints()
    run_now(INDEX, actor=None)
    with django_capture_on_commit_callbacks(execute=True):
        delete_view(view=kept, actor=cast.alice, at=now())
        restore_view(view=kept, actor=cast.alice, at=now())
    connection.check_constraints()
    run_now(INDEX, actor=None)
    assert indexed_codes() == {"size"}


@pytest.mark.parametrize(
    "condition",
    ["x_size.from:50", "x_size.between:10,20", "x_signed.since:2026-01-01", "x_grade.in:gold", "x_vip.yes", "x_vip.no"],
)
def test_an_index_changes_what_a_filter_costs_and_not_whom_it_finds(cast, dressed, condition):
    before = set(shown(cast.ada, f"f={condition}"))
    view(cast, f"f={condition}")
    kept_indexes()

    assert before
    assert set(shown(cast.ada, f"f={condition}")) == before


@pytest.fixture
def many(cast, monkeypatch, transactional_db):
    """Customers enough for an index to be worth it; PostgreSQL would not use one made where its rows were written."""
    rows = make_customers(cast.alice, 400)
    define(cast, ("size", "number", ()), ("signed", "date", ()), ("grade", "choice", ("gold", "silver")))
    for number, row in enumerate(rows):
        row.custom = {
            "size": number,
            "signed": f"20{number % 90 + 10}-01-01",
            "grade": "gold" if number % 9 else "silver",
        }
    Customer.objects.bulk_update(rows, ["custom"])
    list(recompute(at=now(), customer_ids=[row.pk for row in rows]))
    wanted = view(cast, "f=x_signed.since:2026-01-01;x_grade.in:gold&sort=x_size")
    keep_indexes()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield
    delete_view(view=wanted, actor=cast.alice, at=now())
    keep_indexes()
    if connection.vendor == "sqlite":  # emptying the tables leaves what was counted of them: later plans would go by it
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")


def define(cast, *fields) -> None:
    for code, kind, options in fields:
        words = {"code": code, "label_zh": code, "label_en": code, "options": options}
        define_field(type=FieldType(kind), actor=cast.ada, at=now(), **words)


@transaction.atomic
def plan_of(sql: str, params=()) -> str:
    """How the database would look for rows, as if there were many."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}", params)
        return json.dumps(cursor.fetchall(), default=str)


def test_filters_and_orders_are_answered_from_the_index(many, monkeypatch):
    size, signed, grade = (
        kind("custom", code) for kind, code in ((OwnNumber, "size"), (OwnText, "signed"), (OwnText, "grade"))
    )
    rows = Customer.objects.annotate(size=size, signed=signed, grade=grade).order_by()
    questions = {
        "size": [
            rows.filter(size__gte=390.0).values("pk"),
            rows.filter(size__isnull=False).order_by("size", "pk").values("pk")[:50],
            rows.filter(size__isnull=False).order_by("-size", "-pk").values("pk")[:50],
        ],
        "signed": [rows.filter(signed__gte="2098-01-01").values("pk")],
        "grade": [rows.filter(grade__in=["silver"]).values("pk")],
    }

    for code, asked in questions.items():
        for question in asked:
            assert f"own_customer_{code}" in plan_of(*question.query.sql_with_params())


def test_the_walk_along_a_long_list_reads_the_index(cast, many, monkeypatch):
    monkeypatch.setattr("wendu.coach.ways.FEW", 0)
    monkeypatch.setattr("wendu.coach.ways.MANY", 0)

    # Of a choice nearly everybody made, PostgreSQL reads the customers as they came, which is the order of equals, too.
    for code in ("size", "grade") if connection.vendor == "sqlite" else ("size",):
        with CaptureQueriesContext(connection) as asked:
            table_page(cast.ada, now(), asked_from(QueryDict(f"sort=x_{code}")))
        walked = next(query["sql"] for query in asked if "AS part_0" in query["sql"])

        assert f"own_customer_{code}" in plan_of(walked)

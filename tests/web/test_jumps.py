"""Long lists are turned from where a page begins, and one goes straight to a value or to a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_customer, make_customers, make_opportunity
from tests.kept import made_once
from wendu.coach.actions import recompute
from wendu.customers.models import Customer
from wendu.desk.deal import ROWS
from wendu.desk.table.page import PAGE
from wendu.kernel.clock import now
from wendu.opportunities.models import Opportunity

pytestmark = pytest.mark.django_db
DEALS = 2 * ROWS + 7


@pytest.fixture
def deals(cast):
    """More than two pages of deals of Alice's, some without an amount, many alike."""
    return made_once(("deals", cast.known_by, now().date()), lambda: make_deals(cast))


def make_deals(cast):
    customer = make_customer(cast.alice, "桐溪注塑")
    rows = [make_opportunity(customer, owner=cast.alice, title=f"单{number:03}") for number in range(DEALS)]
    for number, row in enumerate(rows):
        row.amount_minor = None if number % 5 == 0 else (number % 7) * 100_000
    Opportunity.objects.bulk_update(rows, ["amount_minor"])
    list(recompute(at=now(), customer_ids=[customer.pk]))
    return rows


def titles(page) -> list[str]:
    return [row.card.opportunity.title for row in page.context["found"].rows]


def turned(client, address: str, query: str, key: str, read):
    """The pages from one on, in the way they are read."""
    found = []
    while query:
        page = client.get(address + query)
        found.append(read(page))
        query = page.context[key]
    return found, page


@pytest.mark.parametrize("query", ["?", "?sort=amount", "?state=all", "?state=all&sort=amount"])
@pytest.mark.parametrize("many", [20_000, 0], ids=["collecting", "walking"])
def test_deals_are_turned_there_and_back_without_gap_or_double(cast, enter, deals, monkeypatch, query, many):
    monkeypatch.setattr("wendu.coach.ways.MANY", many)
    monkeypatch.setattr("wendu.coach.ways.FEW", many)
    client = enter(cast.mona)

    there, last = turned(client, "/opportunities/", query, "next_url", titles)
    back, _first = turned(client, "/opportunities/", last.context["previous_url"], "previous_url", titles)

    read = [title for page in there for title in page]
    assert len(read) == len(set(read)) == DEALS
    assert back[::-1] == there[:-1]


def test_amounts_fall_and_unknown_ones_stand_at_the_end(cast, enter, deals):
    pages, _last = turned(enter(cast.alice), "/opportunities/", "?sort=amount", "next_url", titles)
    amount = {row.title: row.amount_minor for row in deals}
    read = [amount[title] for page in pages for title in page]

    known = [value for value in read if value is not None]
    assert known == sorted(known, reverse=True)
    assert read[: len(known)] == known


def test_one_jumps_to_an_amount_and_finds_the_first_of_them(cast, enter, deals):
    client = enter(cast.alice)
    page = client.get("/opportunities/?sort=amount&jump=3000", follow=True)
    amount = {row.title: row.amount_minor for row in deals}

    assert amount[titles(page)[0]] == 300_000
    assert page.context["previous_url"]
    above = client.get("/opportunities/" + page.context["previous_url"])
    assert amount[titles(above)[-1]] == 400_000


@pytest.mark.parametrize("address", ["/opportunities/?sort=amount&jump=viel", "/customers/?sort=due&jump=morgen"])
def test_what_is_no_place_is_said_and_the_list_stays(cast, enter, scene, address):
    page = enter(cast.alice).get(address, follow=True)

    assert page.status_code == 200
    assert "不在这个排序里" in page.content.decode()


@pytest.mark.parametrize("mark", ["~", "x~", "~x", "1~", "nan~", f"{10**30}~", "2026-01-01T00:00:00~", "\x00~"])
@pytest.mark.parametrize("query", ["?", "?sort=amount", "?state=all"])
def test_a_mark_nobody_made_is_no_error(cast, enter, deals, mark, query):
    client = enter(cast.alice)

    for name in ("after", "before"):
        assert client.get("/opportunities/" + query, {name: mark}).status_code == 200
        assert client.get("/customers/" + query, {name: mark}).status_code == 200


def names(page) -> list[str]:
    return [row.name for row in page.context["list"].rows]


@pytest.fixture
def many(cast):
    return made_once(("many", cast.known_by, now().date()), lambda: make_many(cast))


def make_many(cast):
    made = make_customers(cast.alice, 3 * PAGE)
    list(recompute(at=now(), customer_ids=[each.pk for each in made]))
    return sorted(Customer.objects.visible_to(cast.alice).standing().values_list("name", flat=True))


def test_one_jumps_to_a_beginning_of_a_name_and_to_a_page(cast, enter, many):
    client, wanted = enter(cast.alice), many[PAGE + 20]
    there = client.get("/customers/", {"sort": "name", "jump": wanted}, follow=True)
    second = client.get("/customers/?sort=name&page=2", follow=True)

    assert names(there) == many[PAGE + 20 : 2 * PAGE + 20]
    assert names(second) == many[PAGE : 2 * PAGE]
    assert list(second.context["page_numbers"]) == [2, 3]
    assert names(client.get("/customers/?sort=name&page=1", follow=True)) == many[:PAGE]
    assert names(client.get("/customers/?sort=name&page=999", follow=True)) == many[:PAGE]


def test_one_jumps_to_a_temperature_and_to_a_day(cast, enter, scene):
    client = enter(cast.alice)
    heats = {row.name: row.heat for row in client.get("/customers/").context["list"].rows}
    cooler = client.get("/customers/?jump=40%C2%B0", follow=True)
    dues = client.get("/customers/", {"sort": "due", "jump": scene.today.isoformat()}, follow=True)

    assert names(cooler) == [name for name, heat in heats.items() if heat is None or heat <= 40]
    assert {
        row.values["due_on"] is None or row.values["due_on"] >= scene.today for row in dues.context["list"].rows
    } == {True}


def test_a_page_far_down_asks_no_more_than_the_first(cast, enter, deals):
    client = enter(cast.alice)
    page = client.get("/opportunities/?sort=amount")
    with CaptureQueriesContext(connection) as first:
        client.get("/opportunities/?sort=amount")
    with CaptureQueriesContext(connection) as second:
        client.get("/opportunities/" + page.context["next_url"])

    assert len(second) <= len(first) + 2  # where the page begins is looked up, and this one ends with the unknown
    assert not any("OFFSET" in query["sql"] for query in (*first, *second))

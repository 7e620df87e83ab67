"""Everybody walks every address: nobody gets the login, outsiders get 404 and change nothing, others an answer."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.web.routes import DRAFTS, HIDDEN, HOUSE, LIST, OBJECT, OPEN, ROUTES, SHELF, Things, named_routes
from tests.web.shared import rows_hash

LED = {"quotes:decision"}  # whoever leads decides, whoever asked does not
pytestmark = pytest.mark.django_db
NAMES = ("砚湖轴承", "赤岭建材", "桐溪注塑", "孟繁", "1380000100")
MISSING, FORBIDDEN = 404, 403


def asked(client: Client, name: str, things: Things, method: str, **headers):
    url = reverse(name, kwargs=ROUTES[name].keywords(things))
    if ROUTES[name].asks_for_customer:
        url += f"?customer={things.keywords('customer')['uuid']}"
    return client.get(url, headers=headers) if method == "GET" else client.post(url, {}, headers=headers)


def every(*kinds: str):
    present = set(named_routes())
    for name, route in ROUTES.items():
        if name in present and (not kinds or route.kind in kinds):
            for method in route.methods:
                yield name, method


def test_every_address_is_in_the_table_and_the_other_way_round():
    assert set(named_routes()) == set(ROUTES)


def test_nobody_gets_the_login_and_changes_nothing(things):
    client, before = Client(), rows_hash()

    for name, method in every():
        answer = asked(client, name, things, method)
        if ROUTES[name].kind == OPEN:
            assert answer.status_code < 500, name
        else:
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/login/"), name
            assert asked(client, name, things, method, **{"HX-Request": "true"}).status_code == 401, name

    assert rows_hash() == before


@pytest.mark.parametrize("who", ["charlie", "bob", "nora"])
def test_outsiders_get_404_about_things_and_change_nothing(cast, things, enter, who):
    client, before = enter(getattr(cast, who)), rows_hash()

    for name, method in every(OBJECT, HIDDEN):
        answer = asked(client, name, things, method)
        assert answer.status_code == MISSING, (name, method, answer.status_code)
        assert not any(word in answer.content.decode() for word in NAMES), name
        assert rows_hash() == before, name


@pytest.mark.parametrize("who", ["alice", "charlie", "sam", "mia"])
def test_for_who_may_not_see_the_house_there_is_none(cast, things, enter, who):
    client, before = enter(getattr(cast, who)), rows_hash()

    for name, method in (*every(HOUSE), *every(DRAFTS)):
        assert asked(client, name, things, method).status_code == MISSING, (name, method)
        assert rows_hash() == before, name


@pytest.mark.parametrize("who", ["mona", "eve"])
def test_who_may_only_read_of_the_house_changes_nothing(cast, things, enter, who):
    client, before = enter(getattr(cast, who)), rows_hash()

    for name, method in (*every(HOUSE), *(every(DRAFTS) if who == "eve" else ())):
        answer = asked(client, name, things, method)
        fine = (200, 403) if method == "GET" else (403, MISSING, 422)
        assert answer.status_code in fine, (name, method, answer.status_code)
        assert rows_hash() == before, name


@pytest.mark.parametrize("who", ["alice", "charlie", "sam", "eve"])
def test_whoever_does_not_keep_the_library_reads_it_and_changes_nothing(cast, things, enter, who):
    client, before = enter(getattr(cast, who)), rows_hash()

    for name, method in every(SHELF):
        answer = asked(client, name, things, method)
        wanted = 200 if name == "library:page" else FORBIDDEN
        assert answer.status_code == wanted, (name, method, answer.status_code)
        assert not any(word in answer.content.decode() for word in NAMES) or who != "charlie", name
        assert rows_hash() == before, name


@pytest.mark.parametrize("who", ["charlie", "nora"])
def test_outsiders_see_nothing_of_it_in_lists(cast, things, enter, who):
    client = enter(getattr(cast, who))
    customer = things.keywords("customer")["uuid"]

    for name, method in every(LIST):
        if method == "GET":
            about = ROUTES[name].about
            address = reverse(name, kwargs=things.keywords(about) if about else {})
            page = client.get(address, {"q": "赤岭", "customer": str(customer), "owner": str(cast.alice.uuid)})
            shown = page.content.decode().replace("“赤岭”", "")
            assert page.status_code in (200, 302, MISSING), name
            assert not any(word in shown for word in NAMES), name


@pytest.mark.parametrize("who", ["alice", "mona", "ada", "sam", "eve", "mia"])
def test_who_may_see_gets_an_answer_never_a_fault(cast, things, enter, who):
    client = enter(getattr(cast, who))

    for name, method in every():
        with transaction.atomic():
            answer = asked(client, name, things, method)
            fragment = asked(client, name, things, method, **{"HX-Request": "true"}) if method == "GET" else answer
            transaction.set_rollback(True)
        assert answer.status_code < 500, (name, method, answer.status_code)
        assert fragment.status_code < 500, (name, method)
        if ROUTES[name].kind in (OBJECT, LIST) and method == "GET":
            sees_all = who in ("mona", "ada") or (who == "alice" and name not in LED)
            fine = (200, 302) if sees_all else (200, 302, 403)
            assert answer.status_code in fine, (name, method, answer.status_code)
        if name == "account_logout" or "password" in name:
            client = enter(getattr(cast, who))


def test_what_is_not_there_and_what_is_not_seen_answer_alike(cast, things, enter):
    outsider, admin = enter(cast.charlie), enter(cast.ada)

    for name, method in every(OBJECT):
        keywords = ROUTES[name].keywords(things)
        nowhere = reverse(name, kwargs={key: uuid4() if key != "pk" else 0 for key in keywords})
        invisible = asked(outsider, name, things, method)
        for client in (outsider, admin):
            missing = client.get(nowhere) if method == "GET" else client.post(nowhere)
            assert (missing.status_code, invisible.status_code) == (MISSING, MISSING), name


@pytest.mark.parametrize("who", ["eve", "mia"])
def test_readers_of_all_change_nothing(cast, things, enter, who):
    client, before = enter(getattr(cast, who)), rows_hash()

    for name, method in every(OBJECT):
        if method == "POST":
            assert asked(client, name, things, method).status_code in (403, MISSING, 422), name
            assert rows_hash() == before, name

"""Everybody sends to every address that writes what it takes: who may changes something, nobody else anything."""

import pytest
from django.test import Client

from tests.cast import call_the_cast
from tests.web.one_customer import Story
from tests.web.routes import OBJECT, ROUTES
from tests.web.shared import rows_hash, set_up_once, taken_back
from tests.web.writes import WRITES, post, prepare, story_for_writes

pytestmark = pytest.mark.django_db
DONE, FORBIDDEN = 302, 403
IN_CHARGE = ("alice", "mona", "ada")
OF_HER_OWN = ("alice", "ada")
OUTSIDE = ("charlie", "nora")
READS_ALL = ("mia", "eve")
SAYS_NO = {"zh-hans": "你没有权限这样做。能做的有：", "en": "You do not have the right to do this. It can be done by: "}


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with set_up_once(django_db_blocker):
        cast = call_the_cast()
        yield story_for_writes(cast)


def enter(story: Story, who: str, language: str = "zh-hans") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(getattr(story.cast, who), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_every_address_that_writes_about_a_customer_is_tried():
    writing = {name for name, route in ROUTES.items() if route.kind == OBJECT and "POST" in route.methods}

    assert writing <= {name.partition(" as ")[0] for name in WRITES}


@pytest.mark.parametrize("name", WRITES)
def test_who_may_changes_something_and_nobody_else_anything(story, name):
    write = WRITES[name]
    expected = dict.fromkeys(IN_CHARGE, DONE)
    expected |= dict.fromkeys(OUTSIDE, write.outside) | dict.fromkeys(READS_ALL, write.reading)
    expected["sam"] = DONE if write.served else write.reading
    if write.led:
        expected |= dict.fromkeys(("alice", "sam"), write.reading)
    if write.private:
        knows = {"alice"} if write.alone else OF_HER_OWN
        others = dict.fromkeys(expected, write.outside) | {"eve": 404}
        expected = others | dict.fromkeys(knows & expected.keys(), DONE)
    said, changed = {}, set()

    for who in expected:
        with taken_back():
            client = enter(story, who)
            whose = "mona" if write.led else "alice"
            prepare(client if expected[who] == DONE else enter(story, whose), name, story)
            before = rows_hash()
            said[who] = post(client, name, story).status_code
            changed |= {who} if rows_hash() != before else set()

    assert said == expected
    assert changed == {who for who, status in expected.items() if status == DONE}


@pytest.mark.parametrize("language", SAYS_NO)
def test_a_refusal_says_why_in_ones_own_language(story, language):
    refused = {name: write for name, write in WRITES.items() if write.reading == FORBIDDEN and not write.private}
    for name, write in refused.items():
        with taken_back():
            prepare(enter(story, "mona" if write.led else "alice"), name, story)
            page = post(enter(story, "eve", language), name, story)
            assert SAYS_NO[language] in page.content.decode(), name

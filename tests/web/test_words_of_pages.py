"""One language at a time: no page shows a raw code, an English word to a Chinese reader, or the other way round."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.factories.customers import make_customer
from tests.web.one_customer import Story
from tests.web.routes import ROUTES, named_routes
from tests.web.words import chinese_words, latin_words, said_on, written_by_people
from tests.web.writes import WRITES, post, story_for_writes
from wendu.customers.actions import basics as customers
from wendu.customers.actions import fields, people
from wendu.desk.audit_fields import FIELDS, SILENT
from wendu.identity.actions import organisation, users
from wendu.journal.models import Entry
from wendu.opportunities.actions import deals
from wendu.opportunities.actions import people as influencers

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASKED = {
    "search:find": ("?q=赤岭", "?q=1380", "?q=/"),
    "customers:list": (
        "?by=class",
        "?f=window.in:over",
        "?cols=heat,class,window,owner,industry,market,tier,sale,kind",
    ),
    "calendar:page": ("?by=month", "?by=day"),
    "customers:composing": ("?list=f%3Dclass.in:A",),
    "settings:audit": ("?verb=touch.logged", "?kind=user"),
}
MACHINES = {"settings:organisation"}  # zones, currencies and countries by their code and by their name
OF_ONE_LANGUAGE = {"offline:page"}  # its address names the language; tests/e2e/test_offline.py reads both


def addresses(things):
    for name in named_routes():
        route = ROUTES[name]
        if "GET" in route.methods and name not in MACHINES | OF_ONE_LANGUAGE and name != "components":
            url = reverse(name, kwargs=route.keywords(things))
            if route.asks_for_customer:
                url += f"?customer={things.keywords('customer')['uuid']}"
            yield from (url, *(f"{url}{each}" for each in ASKED.get(name, ())))


def texts(client, things):
    for url in addresses(things):
        with transaction.atomic():
            page = client.get(url, follow=True)
            transaction.set_rollback(True)
        if "html" in page.get("Content-Type", "") and not getattr(page, "streaming", False):
            yield url, page.content.decode()


@pytest.mark.parametrize("who", ["alice", "mona", "sam", "mia", "eve", "ada"])
@pytest.mark.parametrize(("language", "foreign"), [("zh-hans", latin_words), ("en", chinese_words)])
def test_every_page_speaks_the_language_of_its_reader(cast, things, enter, who, language, foreign):
    written = written_by_people()
    client = enter(getattr(cast, who), language)

    found = {url: words for url, html in texts(client, things) if (words := foreign(html, written))}

    assert found == {}


@pytest.fixture
def everything_done(cast, enter) -> Story:
    """Every write there is, once, so that the journal holds every kind of entry."""
    story = story_for_writes(cast)
    for name, write in WRITES.items():
        with transaction.atomic():
            for each in (*write.after, name):
                post(enter(cast.ada if name.startswith("settings") or write.led else cast.alice), each, story)
    return story


@pytest.mark.parametrize(("language", "foreign"), [("zh-hans", latin_words), ("en", chinese_words)])
def test_the_audit_log_says_in_words_what_every_write_did(cast, enter, everything_done, language, foreign):
    client, written = enter(cast.ada, language), written_by_people()
    pages, url = [], "/settings/audit/"
    while url:
        page = client.get(url)
        pages.append(page.content.decode())
        url = page.context["next_url"]

    assert len({entry.verb for entry in Entry.objects.all()}) > 20
    assert [words for html in pages if (words := foreign(html, written))] == []


def test_every_value_of_the_journal_has_a_name(everything_done):
    told = {
        (entry.verb, name)
        for entry in Entry.objects.exclude(verb__in=("customer.custom_changed", "pack.edited", "user.notices_chosen"))
        for values in (entry.before, entry.after)
        for name in values or {}
    }

    assert {(verb, name) for verb, name in told if name not in FIELDS and name not in SILENT} == set()


@pytest.mark.parametrize(
    "columns",
    [
        customers.WRITABLE,
        people.WRITABLE,
        fields.WRITABLE,
        deals.WRITABLE,
        influencers.WRITABLE,
        users.EDITABLE,
        users.PREFERENCES,
        organisation.SETTINGS,
    ],
)
def test_every_column_that_can_be_edited_has_a_name_in_the_audit_log(columns):
    assert set(columns) - set(FIELDS) == set()


def test_what_is_found_names_a_place_once(cast, enter):
    make_customer(cast.alice, "外滩仪表有限公司", province="上海", city="上海", industry="manufacturing")

    assert "上海 制造业" in said_on(enter(cast.alice).get("/search/?q=外滩").content.decode())


def test_what_is_found_names_the_trade_in_the_readers_language(cast, enter):
    Story(cast)  # a customer in the trade `manufacturing`

    chinese, english = (
        enter(cast.alice, tongue).get("/search/?q=桐溪").content.decode() for tongue in ("zh-hans", "en")
    )

    assert "苏州 制造业" in " ".join(said_on(chinese))
    assert "苏州 Manufacturing" in " ".join(said_on(english))

"""The pieces around a page are drawn once for the same values: never a stale one, never another person's."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import NoReverseMatch
from django.utils import translation

from tests.cast import Cast
from wendu.web.components import pieces
from wendu.web.shell import Chrome

TEMPLATES = Path(pieces.__file__).parents[1] / "templates"
PIECE, INCLUDE = re.compile(r'{% piece "([^"]+)"'), re.compile(r'{% include "([^"]+)"')
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    pieces._drawn.cache_clear()


def test_a_piece_is_drawn_once_for_the_same_values() -> None:
    first = pieces.piece("shell/_search.html", Chrome())
    assert pieces.piece("shell/_search.html", Chrome()) is first


def test_another_language_has_a_piece_of_its_own() -> None:
    with translation.override("zh-hans"):
        chinese = pieces.piece("shell/_search.html", Chrome())
    with translation.override("en"):
        english = pieces.piece("shell/_search.html", Chrome())
    assert "Search customers" in english
    assert "Search customers" not in chinese


def test_another_theme_has_a_piece_of_its_own() -> None:
    pressed = re.compile(r'value="(\w+)" aria-pressed="true"')
    for theme in ("light", "dark", "system"):
        assert theme in pressed.findall(pieces.piece("shell/_menu.html", Chrome(theme=theme)))


def test_the_frame_of_one_person_is_not_shown_to_another(cast: Cast) -> None:
    pages = {}
    for who in (cast.alice, cast.ada):
        client = Client()
        client.force_login(who)
        pages[who.role] = client.get("/today/").content.decode()
    assert "/settings/" in pages[cast.ada.role]
    assert 'href="/settings/"' not in pages[cast.alice.role]
    assert cast.alice.display_name in pages[cast.alice.role]
    assert cast.alice.display_name not in pages[cast.ada.role].split('<main class="main"')[0]


def test_where_one_is_follows_the_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice)
    for path in ("/today/", "/customers/", "/today/"):
        page = client.get(path).content.decode()
        current = re.findall(r'<a href="([^"]+)"[^>]*aria-current="page"', page.split("</nav>")[0])
        assert current == [path]


def test_no_piece_asks_for_what_differs_from_request_to_request() -> None:
    """A piece sees no request: a token in it would be empty and refuse every form, a name would be nobody's."""
    named = {name for page in TEMPLATES.rglob("*.html") for name in PIECE.findall(page.read_text("utf-8"))}
    assert {"shell/_menu.html", "shell/_more.html"} <= named

    seen: set[str] = set()
    while named:
        seen.add(name := named.pop())
        text = (TEMPLATES / name).read_text("utf-8")
        assert not re.search(r"csrf_token|request\.|shell\.|user\.", text), name
        named |= set(INCLUDE.findall(text)) - seen


def test_the_words_of_a_template_follow_the_language() -> None:
    template = Template("{% load i18n %}{% translate 'Search' %}|{% translate 'Search' as said %}{{ said }}")
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            one, other = template.render(Context()).split("|")
            assert one == other == translation.gettext("Search")


def test_words_in_a_variable_are_translated_each_time() -> None:
    template = Template("{% load i18n %}{% translate words %}")
    with translation.override("zh-hans"):
        said = [template.render(Context({"words": words})) for words in ("Search", "Close")]
        assert said == [translation.gettext("Search"), translation.gettext("Close")]


def test_an_address_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(NoReverseMatch, match="no-such-place"):
        Template("{% url 'no-such-place' %}").render(Context())


def test_an_address_takes_what_is_no_uuid_too() -> None:
    shown = Template("{% url 'customers:page' uuid %}|{% url 'customers:page' uuid=uuid as there %}{{ there }}")
    one = UUID(int=7)
    for value in (one, str(one)):
        assert shown.render(Context({"uuid": value})) == f"/customers/{one}/|/customers/{one}/"

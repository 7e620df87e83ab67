"""Finding from everywhere: what one may see, never a number in clear, links that lead there."""

import pytest

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def titles(client, text: str) -> list[str]:
    return [hit.title for hit, _url in client.get("/search/", {"q": text}).context["hits"]]


def test_customers_people_and_deals_are_found(cast, scene, enter):
    client = enter(cast.alice)

    assert titles(client, "桐溪") == ["桐溪注塑", "桐溪注塑节能改造"]
    assert titles(client, "gms") == ["顾明舒"]
    assert "何立群" in titles(client, "1000")


def test_outsiders_find_nothing_not_even_by_number(cast, scene, enter):
    client = enter(cast.charlie)

    for text in ("桐溪", "顾明舒", "13800001000", "txzs"):
        assert titles(client, text) == []


def test_a_masked_role_finds_by_name_but_not_by_number(cast, scene, enter):
    client = enter(cast.eve)

    assert "何立群" in titles(client, "何立群")
    assert titles(client, "13800001000") == []
    assert "13800001000" not in client.get("/search/", {"q": "何立群"}).content.decode()


def test_while_typing_only_options_come(cast, scene, enter):
    answer = enter(cast.alice).get("/search/", {"q": "桐"}, headers=HTMX).content.decode()

    assert "<html" not in answer
    assert 'role="option"' in answer


@pytest.mark.parametrize("text", ["", " ", "%", "'\"<b>", "\x00", "啊" * 500, "zzzz"])
def test_odd_texts_are_answered(cast, scene, enter, text):
    answer = enter(cast.alice).get("/search/", {"q": text})

    assert answer.status_code == 200

"""How content customers are, on screens: asked, shown, and what follows from it."""

import pytest

from tests.factories.care import make_answer
from tests.web.one_customer import HTMX, alice, story, today
from wendu.care.models import Satisfaction
from wendu.customers.actions import delete_contact
from wendu.kernel.clock import now

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
DONE, REFUSED, MISSING = 200, 422, 404


def test_m10_an_answer_is_written_down_shown_corrected_and_taken_back(alice, story):
    url = f"/care/of/{story.customer.uuid}/"
    before = alice.get(url).content.decode()
    said = {"expectation": 10, "experience": 9, "weight": 1, "told_on": today().isoformat(), "note": "晚了两天"}
    said |= {"contact": story.he.pk}

    answer = alice.post(f"{url}new/", said, **HTMX)
    row = Satisfaction.objects.get()
    after = alice.get(url).content.decode()

    assert answer.status_code == DONE
    assert "还没人问过" in before
    assert "90.0%" in after
    assert "不如预期" in after
    assert "晚了两天" in after
    assert (row.contact, row.author.username) == (story.he, "alice")

    edit = f"/care/satisfaction/{row.uuid}/"
    alice.post(edit, {**said, "experience": 10, "base": alice.get(edit).context["form"]["base"].value()}, **HTMX)
    assert "100.0%" in alice.get(url).content.decode()
    alice.post(f"{edit}deletion/", **HTMX)
    assert "还没人问过" in alice.get(url).content.decode()
    alice.post(f"{edit}restoration/", **HTMX)
    assert "100.0%" in alice.get(url).content.decode()


def test_who_told_it_stays_though_gone_since(alice, story):
    row = make_answer(story.customer, contact=story.he)
    delete_contact(contact=story.he, actor=story.customer.owner, at=now())
    edit = f"/care/satisfaction/{row.uuid}/"
    form = alice.get(edit).context["form"]
    said = {"expectation": 10, "experience": 8, "weight": 1, "told_on": today().isoformat(), "note": ""}

    answer = alice.post(edit, {**said, "contact": form["contact"].value(), "base": form["base"].value()}, **HTMX)

    row.refresh_from_db()
    assert answer.status_code == DONE
    assert (row.contact, row.experience) == (story.he, 8)


def test_what_says_nothing_is_asked_again_in_words(alice, story):
    url = f"/care/of/{story.customer.uuid}/new/"

    answer = alice.post(url, {"weight": 1, "told_on": today().isoformat()}, **HTMX)

    assert answer.status_code == REFUSED
    assert "说说实际怎么样" in answer.content.decode()
    assert not Satisfaction.objects.exists()


def test_m10_content_stands_on_what_they_are_worth_and_beside_staying(alice, story):
    make_answer(story.customer)

    card = alice.get(f"/worth/of/{story.customer.uuid}/").content.decode()
    rows = alice.get("/worth/").context["shown"].content

    assert "90.0%" in card
    assert [(row.customers, row.percent) for row in rows] == [(1, 90.0), (1, 90.0)]


def test_an_outsider_sees_nothing_of_it(cast, story, client):
    row = make_answer(story.customer)
    client.force_login(cast.charlie)

    for url in (f"/care/of/{story.customer.uuid}/", f"/care/of/{story.customer.uuid}/new/"):
        assert client.get(url).status_code == MISSING
    assert client.get(f"/care/satisfaction/{row.uuid}/").status_code == MISSING
    assert client.post(f"/care/satisfaction/{row.uuid}/deletion/").status_code == MISSING
    assert Satisfaction.objects.standing().count() == 1

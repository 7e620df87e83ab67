"""Logging a touch through the web door."""

from datetime import timedelta

import pytest

from tests.web.one_customer import HTMX, alice, sent, story, today
from wendu.touches.models import Touch

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


def test_the_form_is_a_page_without_a_script_and_a_piece_with_one(alice, story):
    whole = alice.get(story.new_url)
    piece = alice.get(story.new_url, **HTMX)

    assert whole.status_code == piece.status_code == 200
    assert b"<html" in whole.content
    assert b"<html" not in piece.content


def test_the_common_touch_is_saved_from_the_defaults(alice, story):
    before = Touch.objects.count()

    answer = alice.post(story.new_url, sent(contacts=[story.he.pk]))

    assert answer.status_code == 302
    assert Touch.objects.count() == before + 1


def test_saving_in_the_drawer_says_what_moved_with_undo_and_tells_the_page(alice, story):
    answer = alice.post(story.new_url, sent(kind="visit"), **HTMX)

    touch = Touch.objects.order_by("-pk").first()
    assert "touch:logged" in answer["HX-Trigger-After-Swap"]
    assert "→" in answer.content.decode()
    assert f"/touches/{touch.uuid}/undoing/" in answer.content.decode()


def test_a_form_sent_twice_is_one_touch(alice, story):
    said = sent(form_key="one-form")
    alice.post(story.new_url, said)
    count = Touch.objects.count()

    alice.post(story.new_url, said)

    assert Touch.objects.count() == count


def test_an_advance_without_all_three_is_kept_as_to_be_continued(alice, story):
    alice.post(story.new_url, sent(outcome="advance", commitment_contact=story.he.pk))

    touch = Touch.objects.order_by("-pk").first()
    assert (touch.outcome, touch.advance_lacks) == ("continuation", "what,when")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "telepathy"}, "kind"),
        ({"touched_on": "2026-13-40"}, "touched_on"),
        ({"touched_on": "1999-01-01"}, "touched_on"),
        ({"value_note": "x" * 301}, "value_note"),
        ({"contacts": ["999999"]}, "contacts"),
        ({"opportunity": "999999"}, "opportunity"),
        ({"agreed": "other", "other_day": "2000-01-02"}, "agreed"),
        ({"guess": "120"}, "guess"),
        ({"closed_tails": ["999999"]}, "closed_tails"),
    ],
)
def test_what_is_wrong_is_said_on_top_and_at_its_field(alice, story, wrong, field):
    before = Touch.objects.count()

    answer = alice.post(story.new_url, sent(**wrong))

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert Touch.objects.count() == before


def test_a_promise_without_a_day_is_marked_on_its_line(alice, story):
    said = sent(**{"promises-TOTAL_FORMS": "2", "promises-0-what": "", "promises-1-what": "方案终稿"})

    answer = alice.post(story.new_url, said)

    assert answer.status_code == 422
    assert answer.context["form"].promises.forms[1].errors["due_on"]


def test_the_live_effect_is_what_saving_says(alice, story):
    said = sent(kind="visit", contacts=[story.he.pk])
    shown = alice.post(f"/touches/effect/?customer={story.customer.uuid}", said, **HTMX).context["effect"]

    answer = alice.post(story.new_url, said, **HTMX)

    assert f"{shown.before}° → {shown.after}°" in answer.content.decode()


def test_the_live_effect_writes_nothing_and_bears_nonsense(alice, story):
    before = Touch.objects.count()

    for said in ({}, {"kind": "x"}, sent(touched_on="soon"), sent(touched_on="2999-01-01")):
        assert alice.post(f"/touches/effect/?customer={story.customer.uuid}", said, **HTMX).status_code == 200

    assert Touch.objects.count() == before


def test_a_touch_is_corrected_undone_and_restored(alice, story):
    touch = story.touches[-1]
    page = alice.get(f"/touches/{touch.uuid}/")
    said = page.context["form"].as_sent()
    said["kind"] = "visit"

    answer = alice.post(f"/touches/{touch.uuid}/", said)
    touch.refresh_from_db()
    assert answer.status_code == 302
    assert (touch.kind, touch.promises.count(), touch.commitments.count()) == ("visit", 1, 1)

    alice.post(f"/touches/{touch.uuid}/undoing/", **HTMX)
    touch.refresh_from_db()
    assert touch.undone_at is not None

    alice.post(f"/touches/{touch.uuid}/restoration/", **HTMX)
    touch.refresh_from_db()
    assert touch.undone_at is None


def test_without_a_customer_one_chooses_first(alice, story):
    assert story.customer.name in alice.get("/touches/new/").content.decode()
    assert story.customer.name in alice.get("/touches/new/?q=桐溪").content.decode()
    assert story.customer.name not in alice.get("/touches/new/?q=nobody").content.decode()


def test_an_outsider_finds_nothing(story, client):
    client.force_login(story.cast.charlie, backend="allauth.account.auth_backends.AuthenticationBackend")
    touch = story.touches[0]

    assert client.get(story.new_url).status_code == 404
    assert client.post(story.new_url, sent()).status_code == 404
    assert client.get(f"/touches/{touch.uuid}/").status_code == 404
    assert client.post(f"/touches/{touch.uuid}/undoing/").status_code == 404
    assert client.post(f"/touches/effect/?customer={story.customer.uuid}", sent()).status_code == 404
    assert story.customer.name not in client.get("/touches/new/?q=桐溪").content.decode()


def test_promises_commitments_and_problems_are_settled_with_one_tap(alice, story):
    promise, commitment = story.touches[-1].promises.get(), story.touches[-1].commitments.get()
    tail = story.touches[0].tails.get()

    alice.post(f"/touches/promises/{promise.uuid}/settlement/", {"state": "kept"}, **HTMX)
    alice.post(f"/touches/commitments/{commitment.uuid}/settlement/", {"state": "done"}, **HTMX)
    alice.post(f"/touches/tails/{tail.uuid}/closing/", **HTMX)

    for row in (promise, commitment, tail):
        row.refresh_from_db()
    assert (promise.state, commitment.state, tail.closed_on) == ("kept", "done", today())

    alice.post(f"/touches/promises/{promise.uuid}/reopening/", **HTMX)
    alice.post(f"/touches/commitments/{commitment.uuid}/reopening/", **HTMX)
    alice.post(f"/touches/tails/{tail.uuid}/reopening/", **HTMX)

    for row in (promise, commitment, tail):
        row.refresh_from_db()
    assert (promise.state, commitment.state, tail.closed_on) == ("open", "open", None)


def test_an_agreed_day_is_offered_and_kept(alice, story):
    later = today() + timedelta(days=3)

    alice.post(story.new_url, sent(agreed="other", other_day=later.isoformat()))

    assert Touch.objects.order_by("-pk").first().agreed_on == later

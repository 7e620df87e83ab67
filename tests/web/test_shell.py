"""Around every page: where to go, language and theme, what one was told, and words for refusals."""

import pytest
from django.test import Client

from wendu.agenda.actions import notify
from wendu.agenda.models import Notification
from wendu.kernel.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HTMX = {"HX-Request": "true"}


def test_the_rail_names_only_pages_that_exist(cast, enter):
    client = enter(cast.alice)

    for place in client.get("/today/").context["shell"].nav:
        assert client.get(place.url).status_code == 200


@pytest.mark.parametrize("who,logs", [("alice", True), ("sam", True), ("mona", True), ("eve", False), ("mia", False)])
def test_only_who_may_log_is_offered_to(cast, enter, who, logs):
    assert bool(enter(getattr(cast, who)).get("/today/").context["shell"].log_url) is logs


def test_a_chosen_language_stays_with_the_person(cast, enter):
    client = enter(cast.alice)

    answer = client.post("/preferences/language/", {"language": "en", "next": "/customers/"})

    assert answer.url == "/customers/"
    assert "Customers" in client.get("/customers/").content.decode()
    cast.alice.refresh_from_db()
    assert cast.alice.language == "en"


def test_a_visitor_chooses_for_the_browser(cast):
    visitor = Client(headers={"accept-language": "zh-CN"})

    visitor.post("/preferences/language/", {"language": "en", "next": "/accounts/login/"})

    assert "Sign in" in visitor.get("/accounts/login/").content.decode()


def test_a_theme_stays_with_the_person(cast, enter):
    client = enter(cast.alice)

    client.post("/preferences/theme/", {"theme": "dark"})

    assert 'data-theme="dark"' in client.get("/today/").content.decode()


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_going_back_never_leaves_the_house(cast, enter, address):
    client = enter(cast.alice)

    assert client.post("/preferences/theme/", {"theme": "dark", "next": address}).url == "/"
    assert client.post("/preferences/language/", {"language": "en", "next": address}).url == "/"


@pytest.mark.parametrize("path,field", [("/preferences/language/", "language"), ("/preferences/theme/", "theme")])
def test_what_nobody_offers_is_refused(cast, enter, path, field):
    assert enter(cast.alice).post(path, {field: "klingon"}).status_code == 400


def test_what_one_was_told_is_read_one_by_one_or_all_at_once(cast, enter, scene):
    customer = scene.customers["桐溪注塑"]
    Notification.objects.all().delete()
    for number in range(3):
        notify(user=cast.alice, code="strike_raised", at=now(), params={"heat": 86.4 + number}, key=str(number))
    notify(user=cast.alice, code="heat_missed", at=now(), params={"on": "2026-11-20"}, customer_uuid=customer.uuid)
    notify(user=cast.charlie, code="heat_missed", at=now(), params={"on": "x"}, customer_uuid=customer.uuid)
    client = enter(cast.alice)

    page = client.get("/notifications/").content.decode()
    assert "86°" in page
    assert "桐溪注塑" in page
    assert client.get("/today/").context["shell"].unread == 4
    assert "<html" not in client.get("/notifications/", headers=HTMX).content.decode()

    one = Notification.objects.filter(user=cast.alice).first()
    client.post(f"/notifications/{one.uuid}/reading/")
    assert client.get("/today/").context["shell"].unread == 3
    client.post("/notifications/reading/")
    assert client.get("/today/").context["shell"].unread == 0
    assert "桐溪注塑" not in enter(cast.charlie).get("/notifications/").content.decode()


def test_somebody_elses_notice_is_not_there(cast, enter):
    notify(user=cast.alice, code="strike_raised", at=now(), params={"heat": 86})

    told = Notification.objects.get()
    assert enter(cast.bob).post(f"/notifications/{told.uuid}/reading/").status_code == 404
    told.refresh_from_db()
    assert told.read_at is None


def test_a_refusal_says_who_may_and_swaps_in_as_a_toast(cast, scene, enter):
    customer = scene.customers["桐溪注塑"]
    page = enter(cast.eve).post(f"/today/{customer.uuid}/rest/")
    fragment = enter(cast.eve).post(f"/today/{customer.uuid}/rest/", headers=HTMX)

    assert page.status_code == 403
    assert "没有任何改动" in page.content.decode()
    assert (fragment.status_code, fragment["HX-Retarget"]) == (422, "#toasts")


def test_unknown_addresses_are_told_in_words(cast, enter):
    answer = enter(cast.alice).get("/nowhere/")

    assert answer.status_code == 404
    assert "今日" in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_words(cast):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-CN"})
    client.force_login(cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.post("/preferences/theme/", {"theme": "dark"}).status_code == 403

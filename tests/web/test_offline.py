"""The installed app at the server: its manifest and worker, and touches that waited on a device, each taken once."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import make_customer, make_opportunity
from tests.races import together
from tests.web.one_customer import alice, early, sent, story, today
from wendu.customers.actions import delete_customer
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.opportunities.models import Closure
from wendu.touches.models import Touch
from wendu.web.templatetags.ui import PAPER

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
CSS = Path(__file__).parents[2] / "src/wendu/web/static/wendu/css/tokens.css"


def enveloped(story, key="k-1", **fields):
    """A touch as a device sends it."""
    whose = {"person": story.cast.alice.uuid, "customer": story.customer.uuid, "happened_at": now().isoformat()}
    return {"key": key, **whose, "kind": "visit", "outcome": "none", **fields}


def post(client, said):
    return client.post("/offline/touches/", {name: value for name, value in said.items() if value is not None})


# ---- the app --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "name"), [("zh-CN", "温度"), ("en", "Wendu")])
def test_the_manifest_names_the_app_in_the_readers_language(client, cast, language, name):
    answer = client.get("/manifest.webmanifest", headers={"accept-language": language})

    said = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (said["name"], said["display"], said["start_url"], said["scope"]) == (name, "standalone", "/", "/")
    assert {each["purpose"] for each in said["icons"]} == {"any", "maskable"}
    assert {each["sizes"] for each in said["icons"]} >= {"192x192", "512x512"}


def test_the_colours_of_the_app_are_the_paper_of_the_design(client, cast):
    css = CSS.read_text("utf-8")
    day, night = re.findall(r"--paper: (#\w+);", css)[:2]

    said = json.loads(client.get("/manifest.webmanifest").content)

    assert (said["theme_color"], said["background_color"]) == (day, day)
    assert {"light": day, "dark": night} == PAPER


def test_every_page_leads_to_the_manifest_even_before_signing_in(client, alice):
    for page in (Client().get("/accounts/login/"), alice.get("/today/")):
        html = page.content.decode()
        assert '<link rel="manifest" href="/manifest.webmanifest"' in html
        assert 'rel="apple-touch-icon"' in html


def test_the_worker_is_the_whole_sites_and_is_asked_for_anew_each_time(client, cast):
    answer = client.get("/worker.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert (answer["Service-Worker-Allowed"], answer["Cache-Control"]) == ("/", "no-cache")


def test_the_worker_keeps_files_and_the_page_that_knows_nobody(alice):
    script = alice.get("/worker.js").content.decode()
    kept = json.loads(script.partition("const SHELL = ")[2].partition(";\n")[0])

    assert all(each.startswith(("/static/", "/offline/page/")) for each in kept["files"])
    for file in kept["files"]:
        if file.startswith("/offline/page/"):
            assert alice.get(file).content == Client().get(file).content
    assert "import " not in script.replace("// ", "")
    assert not re.search(r"^export ", script, re.MULTILINE)


def test_the_offline_page_exists_in_our_languages_only(client, cast):
    assert "没网" in client.get("/offline/page/zh-hans/").content.decode()
    assert "No connection" in client.get("/offline/page/en/").content.decode()
    assert client.get("/offline/page/fr/").status_code == 404


def test_the_policy_names_workers_and_manifest_and_stays_strict(alice):
    policy = alice.get("/today/")["Content-Security-Policy"]

    for rule in ("worker-src 'self'", "manifest-src 'self'", "connect-src 'self'", "script-src 'self'"):
        assert rule in policy
    assert "script-src 'self';" in f"{policy};".replace("script-src 'self'; ", "script-src 'self';")


def test_a_page_says_whose_it_is_and_the_door_that_nobody_is_in(alice, story):
    assert f'data-person="{story.cast.alice.uuid}"' in alice.get("/today/").content.decode()
    assert 'data-person=""' in Client().get("/accounts/login/").content.decode()


# ---- names at hand --------------------------------------------------------------------------------------------------


def test_the_device_gets_names_one_may_see_and_nothing_else(alice, story, enter):
    said = alice.get("/offline/shelf/").json()
    outsider = enter(story.cast.charlie).get("/offline/shelf/").json()

    assert said["customers"] == [{"uuid": str(story.customer.uuid), "name": "桐溪注塑"}]
    assert said["person"] == str(story.cast.alice.uuid)
    assert outsider["customers"] == []


def test_names_are_not_kept_by_any_cache(alice):
    assert "no-store" in alice.get("/offline/shelf/")["Cache-Control"]


# ---- taken once -----------------------------------------------------------------------------------------------------


def test_a_touch_that_waited_is_logged_and_says_what_moved(alice, story):
    answer = post(alice, enveloped(story, note="样机到了", two_way="yes"))

    touch = Touch.objects.latest("pk")
    assert (answer.status_code, answer.json()["answer"]) == (200, "saved")
    assert "→" in answer.json()["said"]
    assert answer.json()["undo"] == f"/touches/{touch.uuid}/undoing/"
    assert (touch.kind, touch.note, touch.is_two_way, touch.author) == ("visit", "样机到了", True, story.cast.alice)


def test_the_same_key_again_is_the_same_touch(alice, story):
    post(alice, enveloped(story))
    count = Touch.objects.count()

    again = post(alice, enveloped(story, note="anders"))

    assert (again.status_code, again.json()["answer"]) == (200, "duplicate")
    assert Touch.objects.count() == count


def test_a_form_whose_answer_got_lost_and_then_waited_is_one_touch(alice, story):
    alice.post(story.new_url, sent(form_key="k-lost"))
    count = Touch.objects.count()

    answer = post(alice, enveloped(story, key="k-lost", form_key="k-lost"))

    assert answer.json()["answer"] == "duplicate"
    assert Touch.objects.count() == count


def test_an_order_whose_answer_got_lost_is_not_refused_because_it_closed_the_deal(alice, story):
    post(alice, enveloped(story, key="order", outcome="order"))

    again = post(alice, enveloped(story, key="order", outcome="order"))

    assert Closure.objects.get(opportunity=story.deal).closed_on == today()
    assert (again.status_code, again.json()["answer"]) == (200, "duplicate")


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_two_tabs_at_once_is_one_touch(story, enter):
    count, said = Touch.objects.count(), enveloped(story, key="both")
    tabs = [enter(story.cast.alice) for _each in range(3)]

    answers = together(*(lambda tab=tab: post(tab, said).json()["answer"] for tab in tabs))

    assert Touch.objects.count() == count + 1
    assert set(answers) <= {"saved", "duplicate"}


def test_the_same_key_of_two_people_is_two_touches(alice, story, enter):
    post(alice, enveloped(story))
    count = Touch.objects.count()

    answer = post(enter(story.cast.mona), enveloped(story, person=story.cast.mona.uuid))

    assert answer.json()["answer"] == "saved"
    assert Touch.objects.count() == count + 1


def test_what_waited_for_one_person_is_not_taken_from_another(story, enter):
    before = Touch.objects.count()

    answer = post(enter(story.cast.mona), enveloped(story))

    assert (answer.status_code, answer.json()) == (409, {"answer": "other"})
    assert Touch.objects.count() == before


def test_without_a_session_it_is_401_and_nothing_is_taken(story):
    before = Touch.objects.count()

    answer = Client().post("/offline/touches/", enveloped(story), headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert Touch.objects.count() == before


def test_a_form_without_its_token_is_turned_away(story):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(story.cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    token = strict.get("/offline/shelf/").json()["token"]

    assert post(strict, enveloped(story)).status_code == 403
    assert strict.post("/offline/touches/", enveloped(story), headers={"X-CSRFToken": token}).status_code == 200


# ---- when it was ----------------------------------------------------------------------------------------------------


def test_a_touch_is_dated_when_it_happened_in_the_houses_day(alice, story):
    happened = now() - timedelta(days=3, hours=2)
    post(alice, enveloped(story, happened_at=happened.isoformat()))

    assert Touch.objects.latest("pk").touched_on == Organisation.objects.current().today(happened)


def test_a_clock_that_runs_ahead_means_now(alice, story):
    post(alice, enveloped(story, happened_at=(now() + timedelta(days=2)).isoformat()))

    assert Touch.objects.latest("pk").touched_on == today()


def test_what_is_weeks_old_is_asked_back_and_then_taken(alice, story):
    old = (now() - timedelta(days=29)).isoformat()

    asked = post(alice, enveloped(story, happened_at=old))
    sure = post(alice, enveloped(story, happened_at=old, sure="1"))

    assert (asked.status_code, "四周" in asked.json()["reasons"][0]) == (422, True)
    assert sure.json()["answer"] == "saved"


def test_the_agreed_day_comes_along(alice, story):
    day = today() + timedelta(days=9)
    post(alice, enveloped(story, other_day=day.isoformat()))

    assert Touch.objects.latest("pk").agreed_on == day


# ---- refused, with the reason ---------------------------------------------------------------------------------------


def refused(answer):
    assert answer.status_code == 422
    assert answer.json()["answer"] == "refused"
    assert answer.json()["reasons"]
    return answer.json()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "telepathy"},
        {"kind": None},
        {"happened_at": "yesterday"},
        {"happened_at": "0001-01-01T00:00:00+14:00"},
        {"happened_at": None},
        {"customer": "no uuid"},
        {"key": None},
        {"key": "x" * 101},
        {"key": "a\x00b"},
        {"other_day": "2000-01-02"},
        {"touched_on": "9999-12-31"},
        {"opportunity": "999999"},
        {"promises-TOTAL_FORMS": "many"},
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(alice, story, wrong):
    before = Touch.objects.count()

    refused(post(alice, enveloped(story, **wrong)))

    assert Touch.objects.count() == before


def test_a_refused_one_mended_under_the_same_key_is_taken(alice, story):
    refused(post(alice, enveloped(story, kind="telepathy")))

    assert post(alice, enveloped(story)).json()["answer"] == "saved"


def test_a_customer_gone_or_never_seen_is_refused_alike(alice, story):
    theirs = make_customer(story.cast.charlie, "竹间日化", at=early())
    mine = make_customer(story.cast.alice, "云麓电子", at=early())
    delete_customer(customer=mine, actor=story.cast.alice, at=now())

    answers = [refused(post(alice, enveloped(story, customer=each.uuid))) for each in (theirs, mine)]

    assert answers[0] == answers[1]
    assert "不归你看" in answers[0]["reasons"][0]


def test_a_name_written_by_hand_is_never_guessed_not_even_when_it_fits(alice, story):
    before = Touch.objects.count()

    said = refused(post(alice, enveloped(story, customer="", whom="桐溪注塑")))
    unknown = refused(post(alice, enveloped(story, customer="", whom="没有这家")))

    assert said["customers"] == [{"value": str(story.customer.uuid), "words": "桐溪注塑"}]
    assert unknown["customers"] == []
    assert Touch.objects.count() == before


def test_a_name_written_by_hand_finds_nothing_one_may_not_see(story, enter):
    said = enveloped(story, person=story.cast.charlie.uuid, customer="", whom="桐溪注塑")

    assert refused(post(enter(story.cast.charlie), said))["customers"] == []


def test_an_order_among_several_deals_offers_the_deals(alice, story):
    make_opportunity(story.customer, "二期", opened_on=early().date(), at=early())

    said = refused(post(alice, enveloped(story, outcome="order")))

    assert {each["words"] for each in said["deals"]} == {"空压站节能改造", "二期"}


def test_who_may_not_log_is_told_who_may(story, enter):
    answer = refused(post(enter(story.cast.eve), enveloped(story, person=story.cast.eve.uuid)))

    assert "你没有权限" in answer["reasons"][0]

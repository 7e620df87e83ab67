"""A person's days in a calendar programme: what the file says and how it is written, and who gets it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.web.counts import counted
from tests.web.scene import build_scene
from wendu.agenda.actions import plan_step, snooze
from wendu.agenda.feeds import make_feed, restore_feed, revoke_feed
from wendu.agenda.models import Feed
from wendu.coach.models import Standing
from wendu.config.logs import scrub
from wendu.customers.models import Customer
from wendu.identity.actions import deactivate_user
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied

pytestmark = pytest.mark.django_db
PAGE = "/calendar/subscription/"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def secret(cast, scene):
    return make_feed(user=cast.alice, actor=cast.alice, at=now())


def read(secret, **headers):
    return Client().get(f"/calendar/feed/{secret}.ics", headers=headers)


def events(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_every_next_touch_stands_on_its_day_with_what_to_do_and_a_way_there(cast, scene, secret, settings):
    settings.BASE_URL = "https://wendu.example.cn"
    rows = Standing.objects.filter(owner=cast.alice, due_on__lte=scene.today + timedelta(days=60))
    assert rows

    answer = read(secret)

    found = {str(event["uid"]): event for event in events(answer)}
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    for row in rows.select_related("customer"):
        event = found[f"touch-{row.customer.uuid}@wendu.example.cn"]
        assert event["dtstart"].dt == max(row.due_on, scene.today)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert str(event["summary"]).startswith(f"{row.customer.name} · ")
        assert len(str(event["summary"])) > len(row.customer.name) + 3
        assert str(event["description"])
        assert event["url"] == f"https://wendu.example.cn/customers/{row.customer.uuid}/"


def test_plans_promises_and_what_they_agreed_to_stand_beside(cast, scene, secret):
    on = scene.today + timedelta(days=9)
    plan_step(customer=scene.customers["赤岭建材"], do="送样", planned_on=on, actor=cast.alice, at=now())

    found = events(read(secret))

    assert [event["dtstart"].dt for event in found if "送样" in str(event["summary"])] == [on]
    assert {str(event["uid"]).partition("-")[0] for event in found} == {"touch", "step", "promise", "commitment"}


def test_what_is_put_off_moves_and_keeps_its_name(cast, scene, secret):
    before = {str(event["uid"]): event["dtstart"].dt for event in events(read(secret))}
    uid = next(uid for uid, on in before.items() if uid.startswith("touch-") and on == scene.today)
    customer = Customer.objects.get(uuid=uid.removeprefix("touch-").partition("@")[0])
    later = scene.today + timedelta(days=5)

    snooze(customer=customer, until_on=later, actor=cast.alice, at=now())

    after = {str(event["uid"]): event["dtstart"].dt for event in events(read(secret))}
    assert (set(after), after[uid]) == (set(before), later)


def test_the_file_is_written_as_the_standard_asks(cast, scene, secret):
    odd = "一；二;三,四\\五 " + "很长的名字" * 12
    Customer.objects.filter(pk=scene.customers["砚湖轴承"].pk).update(name=odd)

    body = read(secret).content

    assert body.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", body)
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert all(line.decode("utf-8") is not None for line in body.split(b"\r\n"))
    whole = body.replace(b"\r\n ", b"").decode()
    for name in ("VERSION:2.0", "PRODID:", "X-WR-CALNAME:", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "DTSTAMP:2"):
        assert f"\r\n{name}" in whole
    assert "一；二\\;三\\,四\\\\五" in whole
    assert any(str(event["summary"]).startswith(odd) for event in events(read(secret)))


def test_no_number_or_mail_address_leaves_the_house(cast, scene, secret):
    do = "打 13800138000 或 0512-66778899，写 li.lei@example.cn\x07"
    plan_step(customer=scene.customers["赤岭建材"], do=do, planned_on=scene.today, actor=cast.alice, at=now())

    body = read(secret).content.replace(b"\r\n ", b"").decode()

    assert "打 " in body
    assert not re.search(r"13800138000|66778899|li\.lei|1380000100|\x07", body)


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "目标："), ("en", "Goal: ")])
def test_it_speaks_the_language_of_its_person_whatever_the_programme_asks_for(cast, scene, secret, language, word):
    cast.alice.language = language
    cast.alice.save()

    body = read(secret, **{"accept-language": "fr"}).content.replace(b"\r\n ", b"").decode()

    assert word in body


def test_what_did_not_change_is_not_sent_again(cast, scene, secret):
    first = read(secret)

    again = read(secret, **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    plan_step(customer=scene.customers["赤岭建材"], do="送样", planned_on=scene.today, actor=cast.alice, at=now())
    assert read(secret, **{"if-none-match": first["ETag"]}).status_code == 200


def test_a_secret_that_opens_nothing_answers_like_a_page_that_is_not_there(cast, scene, secret):
    bob = make_feed(user=cast.bob, actor=cast.bob, at=now())
    nora = make_feed(user=cast.nora, actor=cast.nora, at=now())
    revoke_feed(user=cast.bob, actor=cast.ada, at=now())
    deactivate_user(user=cast.nora, actor=cast.ada, at=now())
    work = []

    for wrong in ("made-up", bob, nora, secret[:-1], Feed.objects.get(user=cast.alice).secret_hash):
        with CaptureQueriesContext(connection) as asked:
            assert read(wrong).status_code == 404
        work.append(len(asked))

    assert len(set(work)) == 1
    assert read(secret).status_code == 200


def test_who_asks_too_often_waits(secret, monkeypatch):
    monkeypatch.setattr("wendu.web.calendar.feed.READS", 2)

    assert [read(secret).status_code for _ in range(3)] == [200, 200, 429]
    assert read(secret)["Retry-After"] == "600"


def test_a_feed_holds_only_what_its_person_sees(cast, scene, secret):
    charlie = make_feed(user=cast.charlie, actor=cast.charlie, at=now())
    mine = set(Customer.objects.visible_to(cast.charlie).values_list("name", flat=True))

    said = {str(event["summary"]).partition(" · ")[0] for event in events(read(charlie))}

    assert said <= mine


def test_it_is_shown_once_and_kept_as_a_hash(cast, scene, enter):
    client = enter(cast.alice)

    shown = client.post(PAGE)
    later = client.get(PAGE)

    address = shown.context["address"]
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert read(secret).status_code == 200
    assert address not in later.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert not Feed.objects.filter(secret_hash__contains=secret[:8]).exists()
    assert secret not in str(list(Entry.objects.filter(verb__startswith="feed.").values()))


def test_a_new_one_ends_the_old_and_withdrawing_has_a_way_back(cast, scene, enter, secret):
    client = enter(cast.alice)
    newer = client.post(PAGE).context["address"].rpartition("/")[2].removesuffix(".ics")

    assert (read(secret).status_code, read(newer).status_code) == (404, 200)
    client.post(f"{PAGE}ending/")
    assert read(newer).status_code == 404
    client.post(f"{PAGE}return/")
    assert (read(secret).status_code, read(newer).status_code) == (404, 200)
    verbs = Entry.objects.filter(verb__startswith="feed.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["feed.made", "feed.renewed", "feed.revoked", "feed.restored"]
    assert client.post(f"{PAGE}return/").status_code == 422


def test_nobody_makes_or_reads_the_feed_of_another(cast, scene, secret):
    for actor in (cast.mona, cast.ada):
        with pytest.raises(Denied):
            make_feed(user=cast.alice, actor=actor, at=now())
    with pytest.raises(Denied):
        revoke_feed(user=cast.alice, actor=cast.mona, at=now())
    revoke_feed(user=cast.alice, actor=cast.ada, at=now())
    with pytest.raises(Denied):
        restore_feed(user=cast.alice, actor=cast.ada, at=now())
    with pytest.raises(ActionError):
        revoke_feed(user=cast.alice, actor=cast.ada, at=now())


def test_no_log_line_holds_the_secret(secret):
    said = scrub(f"Not Found: /calendar/feed/{secret}.ics and <WSGIRequest: GET '/calendar/feed/{secret}.ics?x=1'>")

    assert secret not in said
    assert said.count("/calendar/feed/(secret)") == 2


@pytest.mark.parametrize("size", ["small", "larger"])
def test_query_counts_of_a_feed(cast, scene, secret, size):
    if size == "larger":
        build_scene(cast)
    read(secret)

    with counted("anybody: feed"):
        assert read(secret).status_code == 200

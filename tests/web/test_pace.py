"""A page that takes too long says how to ask for less; who asks too much is told when to go on."""

import pytest
from django.db import connection

from wendu.identity.actions import edit_organisation
from wendu.jobs.models import Job
from wendu.jobs.pace import TooManyAtOnce, keep_pace
from wendu.kernel.clock import now
from wendu.kernel.errors import TooOften
from wendu.web.customers import lists

WITHOUT_END = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n"


@pytest.fixture
def few(cast):
    """A house where little may be asked for."""
    edit_organisation(asks_a_minute=60, jobs_a_minute=4, jobs_at_once=2, actor=cast.ada, at=now())


@pytest.fixture
def endless(monkeypatch, settings):
    """A list whose question never ends."""

    def table_page(*_args, **_more):
        with connection.cursor() as cursor:
            cursor.execute(WITHOUT_END)

    settings.STATEMENT_SECONDS = 0.2
    monkeypatch.setattr(lists, "table_page", table_page)
    yield
    connection.close()  # PostgreSQL keeps in mind how long a page may take


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "把范围缩小一点"), ("en", "Ask for less at a time")])
def test_a_page_that_takes_too_long_says_how_to_ask_for_less(cast, enter, endless, language, words):
    cast.alice.language = language
    cast.alice.save()

    page = enter(cast.alice).get("/customers/")

    assert page.status_code == 503
    assert words in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_piece_of_a_page_says_so_beside_what_stands(cast, enter, endless):
    piece = enter(cast.alice).get("/customers/", headers={"HX-Request": "true"})

    assert (piece.status_code, piece["X-Refused-Status"], piece["HX-Retarget"]) == (422, "503", "#toasts")


@pytest.mark.django_db
def test_searches_beyond_a_bound_wait_for_the_next_minute_and_others_do_not(cast, enter, few, monkeypatch):
    monkeypatch.setattr("wendu.web.patience.time.time", lambda: 1_000_000_230.0)
    client = enter(cast.alice)
    asked = [client.get("/search/?q=陈").status_code for _ in range(61)]
    page = client.get("/customers/")

    assert asked == [200] * 60 + [429]
    assert (page.status_code, page["Retry-After"]) == (429, "30")
    assert enter(cast.bob).get("/search/?q=陈").status_code == 200
    assert client.get("/today/").status_code == 200


@pytest.mark.django_db
def test_the_next_minute_begins_anew(cast, enter, few, monkeypatch):
    client = enter(cast.alice)
    monkeypatch.setattr("wendu.web.patience.time.time", lambda: 1_000_000_230.0)
    for _ in range(61):
        client.get("/search/?q=陈")
    monkeypatch.setattr("wendu.web.patience.time.time", lambda: 1_000_000_265.0)

    assert client.get("/search/?q=陈").status_code == 200


@pytest.mark.django_db
def test_without_a_bound_nobody_waits(cast, enter, few):
    edit_organisation(asks_a_minute=0, actor=cast.ada, at=now())
    client = enter(cast.alice)

    assert {client.get("/search/?q=陈").status_code for _ in range(70)} == {200}


@pytest.mark.django_db
def test_an_export_too_many_is_answered_with_when_to_go_on(cast, enter, few, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = enter(cast.alice)
    first = [client.post("/exports/", {"kind": "customers"}).status_code for _ in range(2)]
    third = client.post("/exports/", {"kind": "customers"})

    assert first == [302, 302]
    assert (third.status_code, third["Retry-After"]) == (429, "30")
    assert "等其中一项做完" in third.content.decode()


@pytest.mark.django_db
def test_large_work_is_bounded_at_once_and_a_minute_and_only_ones_own_counts(cast, few):
    done = {"state": "done", "ended_at": now()}
    Job.objects.create(kind="exports.write", actor=cast.alice)
    Job.objects.create(kind="exports.write", actor=cast.alice)
    with pytest.raises(TooManyAtOnce):
        keep_pace(cast.alice)
    keep_pace(cast.bob)
    keep_pace(None)

    Job.objects.filter(actor=cast.alice).update(**done)
    Job.objects.create(kind="exports.write", actor=cast.alice, **done)
    keep_pace(cast.alice)
    Job.objects.create(kind="exports.write", actor=cast.alice, **done)
    with pytest.raises(TooOften) as refused:
        keep_pace(cast.alice)

    assert 1 <= refused.value.seconds <= 60


@pytest.mark.django_db
def test_an_administrator_sets_the_bounds_and_a_search_stays_usable(cast, enter):
    client = enter(cast.ada)
    kept = {
        "name": "温度",
        "time_zone": "Asia/Shanghai",
        "currency": "CNY",
        "working_days": ["1", "2"],
        "language": "en",
    }
    pace = {"asks_a_minute": "90", "jobs_a_minute": "5", "jobs_at_once": "1"}

    too_slow = client.post("/settings/organisation/", {**kept, **pace, "asks_a_minute": "5"})
    saved = client.post("/settings/organisation/", {**kept, **pace})

    assert (too_slow.status_code, saved.status_code) == (422, 302)
    assert "90" in client.get("/settings/organisation/").content.decode()

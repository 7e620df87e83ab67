"""Today: who comes first and why, what can be done with one tap, and what an empty day says."""

import pytest

from wendu.agenda.models import Snooze
from wendu.desk.plan import codes_of
from wendu.kernel.clock import now
from wendu.touches.actions import TouchDraft, log_touch, undo_touch
from wendu.touches.models import Commitment, Promise

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_the_morning_page_says_whom_why_and_what(cast, scene, enter):
    page = enter(cast.alice).get("/today/").content.decode()

    for name in ("砚湖轴承", "澜岸重工", "桐溪注塑", "云麓电子"):
        assert name in page
    assert "竹间日化" not in page
    assert page.count("data-row ") == page.count('class="whydo"')
    assert "btn-ember" in page


def test_the_page_needs_no_translation_left_over(cast, scene, enter):
    page = enter(cast.alice).get("/today/").content.decode()

    for word in ("Strike now", "Losing heat", "Cold gap", "Log touch", "Why", "Order ="):
        assert f">{word}<" not in page
    assert "{" not in page.split("<main")[1].split("</main>")[0].replace("{&quot;", "")


def test_an_alert_keeps_only_its_rows(cast, scene, enter):
    client = enter(cast.alice)
    every = client.get("/today/").context["page"]
    only = client.get("/today/?only=gap").context["page"]

    assert 0 < len(only.rows) < len(every.rows)
    assert all(codes_of(row.line.step) & {"cold_gap", "cold_gap_severe"} for row in only.rows)
    assert [alert.count for alert in every.alerts] == [alert.count for alert in only.alerts]
    assert client.get("/today/?only=nonsense").context["page"].only == ""


def test_htmx_gets_the_list_alone(cast, scene, enter):
    answer = enter(cast.alice).get("/today/", headers=HTMX).content.decode()

    assert "<html" not in answer
    assert 'class="follow"' in answer


def test_a_row_can_be_put_off_once_and_taken_back(cast, scene, enter):
    client, customer = enter(cast.alice), scene.customers["桐溪注塑"]
    form = {"form_key": "one", "until": ""}

    first = client.post(f"/today/{customer.uuid}/rest/", form, headers=HTMX)
    again = client.post(f"/today/{customer.uuid}/rest/", form, headers=HTMX)

    assert (first.status_code, again.status_code) == (200, 200)
    assert f"/today/{customer.uuid}/return/" in first.content.decode()
    assert Snooze.objects.filter(customer_id=customer.pk).count() == 1
    assert customer.uuid not in [row.uuid for row in client.get("/today/").context["page"].rows]
    assert [row.name for row in client.get("/today/").context["page"].waiting if row.is_snoozed] == ["桐溪注塑"]

    back = client.post(f"/today/{customer.uuid}/return/", headers=HTMX)

    assert back["HX-Refresh"] == "true"
    assert customer.uuid in [row.uuid for row in client.get("/today/").context["page"].rows]


def test_a_day_nobody_can_read_is_refused_in_words(cast, scene, enter):
    client, customer = enter(cast.alice), scene.customers["桐溪注塑"]

    for until in ("soon", "2026-13-40", "1999-01-01"):
        refused = client.post(f"/today/{customer.uuid}/rest/", {"until": until})

        assert refused.status_code == 422
        assert "没有任何改动" in refused.content.decode()
    assert not Snooze.objects.exists()


def test_what_is_due_is_settled_from_the_page(cast, scene, enter):
    client, promise, commitment = enter(cast.alice), Promise.objects.get(), Commitment.objects.first()
    page = client.get("/today/")

    for row, address in ((promise, "promises"), (commitment, "commitments")):
        settlement = f"/touches/{address}/{row.uuid}/settlement/"
        assert f'action="{settlement}"' in page.content.decode()
        assert client.post(settlement, {"next": "/today/"}).url == "/today/"
        row.refresh_from_db()
        assert row.state in ("kept", "kept_late", "done")
    assert len(client.get("/today/").context["page"].settle) == len(page.context["page"].settle) - 2


def test_an_outsider_can_put_off_nothing(cast, scene, enter):
    client, customer = enter(cast.charlie), scene.customers["桐溪注塑"]

    assert client.post(f"/today/{customer.uuid}/rest/").status_code == 404
    assert client.post(f"/today/{customer.uuid}/return/").status_code == 404
    assert not Snooze.objects.exists()


def test_a_manager_sees_who_loses_heat_and_the_way_to_them(cast, scene, enter):
    page = enter(cast.mona).get("/today/").context["page"]

    assert page.shows_team
    assert "林小雅" in [person.name for person in page.team]
    assert "查理" not in [person.name for person in page.team]


@pytest.mark.parametrize("who", ["sam", "mia", "eve", "ada", "nora"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nobody_sees_an_empty_room_without_a_next_step(cast, enter, who, language):
    answer = enter(getattr(cast, who), language).get("/today/")

    assert answer.status_code == 200
    assert "empty-w" in answer.content.decode()


def test_a_first_day_is_full_of_the_shown_capacity(cast, scene, enter):
    page = enter(cast.alice).get("/today/").context["page"]

    assert page.planned <= page.capacity
    assert page.lead


def test_a_touch_that_was_taken_back_leaves_the_change_of_a_week_as_it_was(cast, scene, enter):
    client, customer = enter(cast.alice), scene.customers["砚湖轴承"]
    before = changes(client)

    who = {"actor": cast.alice, "at": now()}
    undo_touch(touch=log_touch(customer=customer, draft=TouchDraft(kind="visit", touched_on=scene.today), **who), **who)

    assert before[customer.uuid]
    assert changes(client) == pytest.approx(before)


def changes(client):
    rows = client.get("/today/").context["page"].rows
    return {row.uuid: row.change for row in rows if row.change is not None}

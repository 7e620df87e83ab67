"""Saved views above the table: kept, opened, changed, shared and taken away, each with a way back."""

import pytest
from django.contrib.messages import get_messages

from tests.cast import MONDAY
from wendu.saved_views import actions
from wendu.saved_views.choices import Audience, Place
from wendu.saved_views.models import SavedView

pytestmark = pytest.mark.django_db


def table(client, query: str = ""):
    return client.get(f"/customers/{query}", follow=True).context


def save(actor, name="快凉的", query="class=A", **more) -> SavedView:
    return actions.save_view(place=Place.CUSTOMERS, name=name, query=query, actor=actor, at=MONDAY, **more)


def told(answer) -> list[tuple[str, str]]:
    return [(each.message, each.extra_tags) for each in get_messages(answer.wsgi_request)]


def test_a_list_is_saved_opened_and_found_current(cast, scene, enter):
    client = enter(cast.alice)
    answer = client.post("/views/new/", {"name": "要紧的", "list": "class=A&sort=due&after=x", "form_key": "k1"})
    again = client.post("/views/new/", {"name": "要紧的", "list": "class=A&sort=due", "form_key": "k1"})
    view = SavedView.objects.get()

    assert view.query == "class=A&sort=due"
    assert answer["Location"] == again["Location"] == f"/customers/?view={view.uuid}&class=A&sort=due"
    shown = table(client, f"?view={view.uuid}&class=A&sort=due")
    assert shown["views"].current == view
    assert not shown["views"].is_changed
    assert [row.name for row in shown["list"].rows]


def test_a_link_to_a_view_alone_opens_its_list(cast, scene, enter):
    view = save(cast.alice)
    answer = enter(cast.alice).get(f"/customers/?view={view.uuid}")

    assert answer["Location"] == f"/customers/?view={view.uuid}&class=A"
    assert enter(cast.bob).get(f"/customers/?view={view.uuid}").status_code == 200


def test_a_changed_view_can_be_saved_as_it_is_now(cast, scene, enter):
    client, view = enter(cast.alice), save(cast.alice)
    shown = table(client, f"?view={view.uuid}&class=B")
    answer = client.post(f"/views/{view.uuid}/change/", {"list": f"view={view.uuid}&class=B"})
    view.refresh_from_db()

    assert shown["views"].is_changed
    assert view.query == "class=B"
    ((words, undo),) = told(answer)
    assert "快凉的" in words
    client.post(undo)
    view.refresh_from_db()
    assert view.query == "class=A"


@pytest.mark.parametrize("what,sent", [("renaming", {"name": "别的名字"}), ("sharing", {"audience": "all"})])
def test_renaming_and_sharing_have_a_way_back(cast, scene, enter, what, sent):
    client, view = enter(cast.mona), save(cast.mona)
    answer = client.post(f"/views/{view.uuid}/{what}/", sent)
    view.refresh_from_db()

    assert answer.status_code == 302
    assert (view.name, view.audience) in {("别的名字", "private"), ("快凉的", "all")}
    client.post(told(answer)[0][1])
    view.refresh_from_db()
    assert (view.name, view.audience) == ("快凉的", "private")


def test_a_deleted_view_can_be_brought_back(cast, scene, enter):
    client, view = enter(cast.alice), save(cast.alice)
    answer = client.post(f"/views/{view.uuid}/deletion/")

    assert answer["Location"] == "/customers/?view=all"
    assert client.post(f"/views/{view.uuid}/pin/").status_code == 404
    client.post(told(answer)[0][1])
    view.refresh_from_db()
    assert view.deleted_at is None


def test_pinned_views_stand_at_hand_and_others_wait(cast, scene, enter):
    client = enter(cast.alice)
    one, two = save(cast.mona, "甲", audience=Audience.ALL), save(cast.mona, "乙", audience=Audience.ALL)
    client.post(f"/views/{one.uuid}/pin/")
    views = table(client)["views"]

    assert "甲" in [tab.name for tab in views.at_hand]
    assert [tab.name for tab in views.others] == ["乙"]
    client.post(f"/views/{one.uuid}/pin/removal/")
    assert sorted(tab.name for tab in table(client)["views"].others) == ["乙", "甲"]
    assert "乙" in [tab.name for tab in table(client, f"?view={two.uuid}")["views"].at_hand]


def test_the_table_opens_with_the_view_put_first_and_still_shows_everyone(cast, scene, enter):
    client, view = enter(cast.alice), save(cast.alice)
    client.post(f"/views/{view.uuid}/first/")

    assert client.get("/customers/")["Location"] == f"/customers/?view={view.uuid}&class=A"
    assert len(table(client, "?view=all")["list"].rows) == 9
    assert len(table(client, "?sort=due")["list"].rows) == 9
    assert table(client)["views"].is_first
    client.post("/views/first/removal/")
    assert client.get("/customers/").status_code == 200


def test_an_administrator_puts_a_view_first_for_roles(cast, scene, enter):
    view = save(cast.mona, audience=Audience.ALL)
    admin = enter(cast.ada)
    admin.post(f"/views/{view.uuid}/roles/", {"roles": ["rep", "service"]})

    assert enter(cast.bob).get("/customers/").status_code == 302
    assert enter(cast.mona).get("/customers/").status_code == 200
    assert admin.get(f"/views/{view.uuid}/roles/").context["form"].initial == {"roles": ["rep", "service"]}
    admin.post(f"/views/{view.uuid}/roles/", {"roles": ["service"]})
    assert enter(cast.bob).get("/customers/").status_code == 200


def test_who_sees_a_view_but_does_not_own_it_gets_no_way_to_change_it(cast, scene, enter):
    view = save(cast.mona, audience=Audience.ALL)
    client = enter(cast.alice)
    page = client.get(f"/customers/?view={view.uuid}&class=A").content.decode()

    assert f"/views/{view.uuid}/renaming/" not in page
    assert "莫娜" in page
    for what in ("renaming", "sharing", "change", "deletion"):
        assert client.post(f"/views/{view.uuid}/{what}/").status_code == 403


def test_a_rep_is_not_asked_for_whom_a_view_is(cast, scene, enter):
    assert "audience" not in enter(cast.alice).get("/views/new/").context["form"].fields
    assert "audience" in enter(cast.mona).get("/views/new/").context["form"].fields
    enter(cast.alice).post("/views/new/", {"name": "x", "audience": "all", "list": ""})
    assert SavedView.objects.get().audience == Audience.PRIVATE


def test_what_is_wrong_is_said_in_the_form(cast, scene, enter):
    save(cast.alice)
    answer = enter(cast.alice).post("/views/new/", {"name": "快凉的", "list": "class=A"})

    assert answer.status_code == 422
    assert "换一个" in answer.content.decode()


def test_the_shipped_views_are_current_when_their_list_is_shown(cast, scene, enter):
    client = enter(cast.alice)

    for tab in table(client)["views"].at_hand:
        shown = table(client, tab.url)["views"].at_hand
        assert [each.name for each in shown if each.is_current] == [tab.name]

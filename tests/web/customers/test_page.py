"""The customer page and everything that can be done there."""

import re
from datetime import timedelta

import pytest

from tests.web.one_customer import HTMX, alice, sent, story, today
from wendu.customers.models import Contact, Customer
from wendu.touches.models import Tail

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


def test_the_page_shows_heat_class_history_people_and_deals(alice, story):
    page = alice.get(story.page_url)
    text = page.content.decode()

    assert page.status_code == 200
    for words in ("桐溪注塑", "顾明舒", "空压站节能改造", "停机两天会误了年底交货", "两家同行的用电对比"):
        assert words in text
    assert len(page.context["page"].curve.touches) == 5
    assert [item.what for item in page.context["page"].timeline.items].count("touch") == 5
    assert page.context["page"].heat > 0


def test_every_touch_shows_the_heat_before_and_after(alice, story):
    items = [item for item in alice.get(story.page_url).context["page"].timeline.items if item.what == "touch"]

    assert all(item.heat and item.heat[1] >= item.heat[0] for item in items)


def test_the_filters_and_the_year_keep_the_page(alice, story):
    advances = alice.get(f"{story.page_url}?only=advances").context["page"].timeline.items
    year = alice.get(f"{story.page_url}?days=365")

    assert [item.touch.kind for item in advances] == ["demo"]
    assert year.status_code == 200
    assert alice.get(f"{story.page_url}?days=x&only=y&after=z").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "details/", "owner/", "collaborators/", "tags/", "rest/", "class/", "requalification/", "answers/", "quiet/",
        "problems/", "fields/", "contacts/new/",
    ],
)  # fmt: skip
def test_each_form_opens_as_a_page_and_in_the_drawer_and_refuses_nothing(alice, story, path):
    assert alice.get(story.page_url + path).status_code == 200
    piece = alice.get(story.page_url + path, **HTMX)
    assert b"<html" not in piece.content
    answer = alice.post(story.page_url + path, {"ends_on": "x"})
    assert answer.status_code in (302, 422)


def test_a_customer_is_corrected_tagged_handed_over_and_put_to_rest(alice, story):
    url = story.page_url
    alice.post(
        url + "details/",
        {
            "name": "桐溪注塑二厂",
            "kind": "org",
            "market": "b2b",
            "product_kind": "standard",
            "sale_kind": "standard",
            "tier": "key",
        },
    )
    alice.post(url + "tags/", {"tag": "重点"})
    alice.post(
        url + "rest/", {"kind": "nurture", "reason": "timing", "wake_on": (today() + timedelta(days=40)).isoformat()}
    )
    alice.post(url + "collaborators/", {"user": story.cast.bob.pk})

    customer = Customer.objects.get(pk=story.customer.pk)
    assert (customer.name, customer.tier) == ("桐溪注塑二厂", "key")
    assert customer.taggings.count() == customer.collaborations.count() == 1
    assert customer.nurtures.filter(ended_on__isnull=True).count() == 1

    alice.post(url + "waking/")
    alice.post(url + f"collaborators/{story.cast.bob.uuid}/removal/")
    alice.post(url + f"tags/{customer.taggings.get().tag.uuid}/removal/")
    alice.post(url + "owner/", {"owner": story.cast.bob.pk})

    customer.refresh_from_db()
    assert customer.owner == story.cast.bob
    assert customer.taggings.count() == 0
    assert not customer.nurtures.filter(ended_on__isnull=True).exists()


def test_the_class_is_overruled_with_a_reason_and_given_back(alice, story):
    without = alice.post(story.page_url + "class/", {"value": "C", "reason": ""})
    alice.post(story.page_url + "class/", {"value": "C", "reason": "老板换人了"})

    assert without.status_code == 422
    assert alice.get(story.page_url).context["page"].quadrant == "C"
    assert "老板换人了" in alice.get(story.page_url).content.decode()

    alice.post(story.page_url + "class/end/")
    assert alice.get(story.page_url).context["page"].override is None


def test_people_are_added_with_numbers_and_corrected(alice, story):
    url = story.page_url
    wrong = alice.post(url + "contacts/new/", {"name": "罗敏", "mobile": "12"})
    alice.post(url + "contacts/new/", {"name": "罗敏", "mobile": "13900139000", "job_title": "财务总监"})
    person = Contact.objects.get(name="罗敏")
    alice.post(f"/customers/contacts/{person.uuid}/", {"name": "罗敏", "job_title": "财务", "seen": person.revision})
    alice.post(f"/customers/contacts/{person.uuid}/points/", {"kind": "email", "value": "luo@example.com"})
    alice.post(f"/customers/contacts/{person.uuid}/main/")
    point = person.contact_points.first()
    alice.post(url + f"points/{point.pk}/removal/")
    person.refresh_from_db()

    assert wrong.status_code == 422
    assert (person.job_title, person.is_main, person.contact_points.count()) == ("财务", True, 1)

    alice.post(f"/customers/contacts/{person.uuid}/deletion/")
    alice.post(f"/customers/contacts/{person.uuid}/restoration/")
    person.refresh_from_db()
    assert person.deleted_at is None


def test_answers_silence_and_problems_are_noted_outside_a_touch(alice, story):
    first = alice.get(story.page_url).context["page"].questions[-1]
    alice.post(story.page_url + "answers/", {f"q_{first.code}": "2", f"e_{first.code}": "他自己说的"})
    alice.post(
        story.page_url + "quiet/",
        {"starts_on": today().isoformat(), "ends_on": (today() + timedelta(days=5)).isoformat(), "reason": "tender"},
    )
    alice.post(story.page_url + "problems/", {"what": "备件来得慢"})

    text = alice.get(story.page_url).content.decode()
    assert "他自己说的" in text
    assert Tail.objects.open().filter(what="备件来得慢").exists()
    period = story.customer.quiet_periods.order_by("-pk").first()
    alice.post(f"/touches/quiet/{period.uuid}/withdrawal/")
    period.refresh_from_db()
    assert period.withdrawn_at is not None


def test_a_customer_is_taken_up_with_a_warning_about_its_like(alice, story):
    assert "桐溪注塑" in alice.get("/customers/similar/?name=桐溪注塑有限公司").content.decode()
    said = {
        "name": "新客户",
        "kind": "org",
        "market": "b2b",
        "product_kind": "standard",
        "sale_kind": "standard",
        "tier": "normal",
        "owner": story.cast.alice.pk,
        "form_key": "a",
    }

    alice.post("/customers/new/", said)
    alice.post("/customers/new/", said)

    assert Customer.objects.filter(name="新客户").count() == 1
    assert alice.post("/customers/new/", {"name": ""}).status_code == 422


def test_a_customer_is_deleted_and_restored(alice, story):
    gone = alice.post(story.page_url + "deletion/")
    assert gone.status_code == 302
    assert alice.get(story.page_url).status_code == 404

    alice.post(story.page_url + "restoration/")
    assert alice.get(story.page_url).status_code == 200


def test_a_reader_sees_masked_numbers_and_no_buttons(story, client):
    client.force_login(story.cast.eve, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(story.page_url)

    assert "13800138000" not in page.content.decode()
    assert not any(page.context["page"].may.values())
    assert client.post(story.page_url + "tags/", {"tag": "x"}).status_code == 403


def test_an_outsider_finds_nothing(story, client):
    client.force_login(story.cast.charlie, backend="allauth.account.auth_backends.AuthenticationBackend")

    for path in ("", "details/", "owner/", "tags/", "rest/", "class/", "answers/", "contacts/new/"):
        assert client.get(story.page_url + path).status_code == 404
    assert client.get(f"/customers/contacts/{story.he.uuid}/").status_code == 404
    assert "桐溪" not in client.get("/customers/similar/?name=桐溪注塑").content.decode()


@pytest.mark.parametrize("path", ["page_url", "deal_url", "new_url"])
def test_no_query_is_added_by_more_history(alice, story, path, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    alice.get(getattr(story, path))
    with CaptureQueriesContext(connection) as few:
        alice.get(getattr(story, path))
    for days in range(1, 8):
        story.log("phone", days, contact_ids=(story.he.pk, story.she.pk))
    with CaptureQueriesContext(connection) as many:
        alice.get(getattr(story, path))

    new = {each["sql"].split("WHERE")[0] for each in many} - {each["sql"].split("WHERE")[0] for each in few}
    assert len(many) <= len(few) + len(new), new


def test_a_saved_touch_stands_on_the_page(alice, story):
    alice.post(story.new_url, sent(kind="visit", note="谈得很顺"))

    assert "谈得很顺" in alice.get(story.page_url).content.decode()
    assert re.search(r"hx-trigger=\"touch:logged from:body\"", alice.get(story.page_url).content.decode())

"""Two records side by side through the web door, made one, found under both addresses, and two again."""

import pytest

from tests.factories import make_contact, make_customer
from tests.web.one_customer import HTMX, sent, story_once
from tests.web.shared import rows_hash
from wendu.customers.actions import edit_customer
from wendu.customers.models import Contact, Customer
from wendu.kernel.clock import now
from wendu.merges.actions import merge_contacts, merge_customers
from wendu.merges.models import Merge
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast):
    return story_once(cast)


@pytest.fixture
def twin(cast):
    return make_customer(cast.bob, "桐溪注塑厂", city="无锡", note="展会上认识的", external_id="B-7")


def beside(story, twin):
    return f"/merges/with/{story.customer.uuid}/{twin.uuid}/"


def merged(story, twin):
    return merge_customers(kept=story.customer, gone=twin, actor=story.cast.mona, at=now())


def test_only_what_differs_is_asked_and_what_would_be_is_shown(story, twin, enter):
    page = enter(story.cast.mona).get(beside(story, twin)).content.decode().split("<main")[1]

    assert "无锡" in page
    assert 'name="take.city"' in page
    assert 'name="take.market"' not in page
    assert page.count("并掉") >= 1
    assert Merge.objects.count() == 0


def test_looking_and_choosing_write_nothing(story, twin, enter):
    client, before = enter(story.cast.mona), rows_hash()

    client.get(beside(story, twin))
    answer = client.get(beside(story, twin) + "outlook/", {"take.market": "gone", "take.owner": "gone"}, **HTMX)

    assert answer.status_code == 200
    assert rows_hash() == before


def test_the_owner_does_not_merge_and_is_not_offered_it(story, twin, enter):
    alice = enter(story.cast.alice)

    assert alice.get(f"/merges/with/{story.customer.uuid}/").status_code == 403
    assert "/merges/with/" not in alice.get(story.page_url).content.decode()
    assert f"/merges/with/{story.customer.uuid}/" in enter(story.cast.mona).get(story.page_url).content.decode()


def test_merging_leads_to_the_one_that_stays_with_the_way_back(story, twin, enter):
    mona = enter(story.cast.mona)
    said = {"take.city": "gone", "take.note": "both", "seen": f"{story.customer.revision},{twin.revision}"}

    page = mona.post(beside(story, twin), said, follow=True)

    assert page.redirect_chain[-1][0] == f"/customers/{story.customer.uuid}/"
    assert f"/merges/{Merge.objects.get().uuid}/parting/" in page.content.decode()
    story.customer.refresh_from_db()
    assert (story.customer.city, story.customer.external_id) == ("无锡", "B-7")
    back = mona.post(f"/merges/{Merge.objects.get().uuid}/parting/", follow=True)
    assert back.status_code == 200
    twin.refresh_from_db()
    assert (twin.deleted_at, twin.external_id) == (None, "B-7")


def test_a_form_sent_twice_merges_once(story, twin, enter):
    mona, said = enter(story.cast.mona), {"form_key": "one-and-the-same"}

    for _ in range(2):
        mona.post(beside(story, twin), said)

    assert Merge.objects.count() == 1


@pytest.mark.parametrize("seen", ["0,0", "x,1", "1", "1,2,3", "9" * 40 + ",1"])
def test_what_changed_since_it_was_shown_is_shown_again(story, twin, enter, seen):
    edit_customer(customer=twin, changes={"city": "常州"}, actor=story.cast.bob, at=now())

    answer = enter(story.cast.mona).post(beside(story, twin), {"seen": seen})

    assert answer.status_code == 409
    assert Merge.objects.count() == 0


@pytest.mark.parametrize(
    "said", [{"take.city": "both"}, {"take.city": "\x00"}, {"take.nothing": "gone"}, {"take.password": "kept"}]
)
def test_a_choice_that_is_none_is_refused_in_words(story, twin, enter, said):
    client, before = enter(story.cast.mona), rows_hash()

    answer = client.post(beside(story, twin), said)

    assert answer.status_code == 422
    assert "两条记录里选一条" in answer.content.decode()
    assert rows_hash() == before
    assert client.get(beside(story, twin) + "outlook/", said, **HTMX).status_code == 200


def test_an_old_address_leads_to_what_it_became(story, twin, enter):
    merged(story, twin)
    alice = enter(story.cast.alice)

    for rest in ("", "peek/", "details/", "contacts/new/"):
        answer = alice.get(f"/customers/{twin.uuid}/{rest}?days=90")
        assert (answer.status_code, answer["Location"]) == (302, f"/customers/{story.customer.uuid}/{rest}?days=90")
    assert alice.get(f"/touches/new/?customer={twin.uuid}", follow=True).status_code == 200


def test_who_does_not_see_what_it_became_finds_nothing(story, twin, enter):
    merged(story, twin)

    for who in (story.cast.charlie, story.cast.nora):
        assert enter(who).get(f"/customers/{twin.uuid}/").status_code == 404
        assert enter(who).get(f"/touches/new/?customer={twin.uuid}").status_code == 404


def test_a_form_that_was_open_before_the_merge_is_not_lost(story, twin, enter):
    merged(story, twin)

    answer = enter(story.cast.bob).post(f"/touches/new/?customer={twin.uuid}", sent())

    assert answer.status_code == 302
    assert Touch.objects.latest("pk").customer_id == story.customer.pk


def test_the_past_of_both_is_told_on_one_page(story, twin, enter):
    from wendu.customers.actions import change_owner

    change_owner(customer=twin, owner=story.cast.alice, actor=story.cast.mona, at=now())
    merged(story, twin)

    page = enter(story.cast.alice).get(story.page_url).content.decode()

    assert "并入了 桐溪注塑厂" in page
    assert "包伯" in page


def test_the_list_shows_merges_of_customers_one_sees_and_parts_them(story, twin, enter):
    merge = merged(story, twin)

    for who, sees, parts in (("mona", True, True), ("alice", True, False), ("nora", False, False), ("ada", True, True)):
        page = enter(getattr(story.cast, who)).get("/merges/").content.decode()
        assert ("桐溪注塑厂" in page) is sees, who
        assert (f"/merges/{merge.uuid}/parting/" in page) is parts, who
    assert enter(story.cast.nora).post(f"/merges/{merge.uuid}/parting/").status_code == 404


def test_what_was_merged_lies_in_no_bin(story, twin, enter):
    merged(story, twin)
    he, she = story.he, story.she
    merge_contacts(kept=he, gone=she, actor=story.cast.mona, at=now())

    page = enter(story.cast.ada).get("/recycle/").content.decode().split("<main")[1]

    assert "桐溪注塑厂" not in page
    assert "叶青" not in page
    assert "/merges/" in page


def test_people_are_merged_beside_each_other(story, enter):
    mona = enter(story.cast.mona)
    address = f"/merges/people/{story.he.uuid}/{story.she.uuid}/"

    assert "叶青" in mona.get(f"/merges/people/{story.he.uuid}/").content.decode()
    assert 'name="take.job_title"' in mona.get(address).content.decode()
    mona.post(address, {"take.name": "gone"})

    assert Contact.objects.get(pk=story.he.pk).name == "叶青"
    answer = mona.get(f"/customers/contacts/{story.she.uuid}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/customers/contacts/{story.he.uuid}/")


def test_people_of_two_customers_are_refused_in_words(story, twin, enter):
    other = make_contact(twin, "陆远")

    answer = enter(story.cast.mona).post(f"/merges/people/{story.he.uuid}/{other.uuid}/")

    assert answer.status_code == 422
    assert "先合并客户" in answer.content.decode()


def test_the_palette_leads_everybody_to_what_was_merged_among_what_they_see(story, enter):
    for who in (story.cast.mona, story.cast.alice):
        assert "/merges/" in enter(who).get("/search/?q=合并").content.decode()


def test_both_are_still_found_by_whoever_sees_them(story, twin, enter):
    merged(story, twin)

    assert Customer.objects.visible_to(story.cast.bob).filter(pk=story.customer.pk).exists()

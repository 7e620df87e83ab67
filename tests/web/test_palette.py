"""The search box as a palette: what one opened, what one can do, where one can go; as a plain page, too."""

import pytest

from wendu.customers.actions import change_owner
from wendu.kernel.clock import now
from wendu.opportunities.models import Opportunity
from wendu.search.models import Opened

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HTMX = {"HX-Request": "true"}


def offered(client, text: str = "", **headers) -> dict[str, list[str]]:
    groups = client.get("/search/", {"q": text}, headers=headers).context["groups"]
    return {group.code: [offer.code for offer in group.offers] for group in groups}


def opened(client) -> list[str]:
    return [hit.title for hit, _url in client.get("/search/").context["hits"]]


def test_what_one_opened_stands_there_before_anything_is_typed(cast, scene, enter):
    client = enter(cast.alice)
    deal = Opportunity.objects.get(customer=scene.customers["桐溪注塑"])

    client.get(f"/customers/{scene.customers['砚湖轴承'].uuid}/")
    client.get(f"/opportunities/{deal.uuid}/")

    assert opened(client) == ["桐溪注塑节能改造", "砚湖轴承"]
    assert f"/opportunities/{deal.uuid}/" in client.get("/search/", headers=HTMX).content.decode()


def test_what_one_no_longer_sees_is_not_named(cast, scene, enter):
    client, customer = enter(cast.alice), scene.customers["砚湖轴承"]
    client.get(f"/customers/{customer.uuid}/")

    change_owner(customer=customer, owner=cast.charlie, actor=cast.ada, at=now())

    assert "砚湖轴承" not in client.get("/search/").content.decode()
    assert "砚湖轴承" not in client.get("/search/", headers=HTMX).content.decode()


def test_an_outsider_s_try_is_not_remembered(cast, scene, enter):
    client = enter(cast.charlie)

    assert client.get(f"/customers/{scene.customers['砚湖轴承'].uuid}/").status_code == 404
    assert not Opened.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"), [("新客户", "customer"), ("xkh", "customer"), ("new cust", "customer"), ("dark", "theme-dark")]
)
def test_a_command_is_found_in_both_languages_and_by_initials(cast, enter, text, code):
    assert offered(enter(cast.alice), text)["doing"] == [code]


@pytest.mark.parametrize(
    ("who", "codes"),
    [("alice", ["log", "customer", "deal"]), ("sam", ["log", "customer", "deal"]), ("eve", []), ("mia", [])],
)
def test_only_what_the_role_may_do_is_offered(cast, enter, who, codes):
    doing = offered(enter(getattr(cast, who)))["doing"]

    assert [code for code in doing if code in ("log", "customer", "deal")] == codes


@pytest.mark.parametrize("who", ["alice", "sam", "mona", "eve", "mia", "ada"])
def test_every_place_offered_opens(cast, enter, who):
    client = enter(getattr(cast, who))
    going = next(group for group in client.get("/search/").context["groups"] if group.code == "going")

    assert [offer.url for offer in going.offers if client.get(offer.url).status_code not in (200, 302)] == []
    assert len({offer.url for offer in going.offers}) == len(going.offers)


def test_a_rep_is_not_offered_the_rooms_of_the_settings(cast, enter):
    assert "backups" not in offered(enter(cast.alice))["going"]
    assert "backups" in offered(enter(cast.ada))["going"]


def test_every_choice_that_is_sent_does_what_it_says(cast, enter):
    client = enter(cast.alice)
    doing = next(group for group in client.get("/search/").context["groups"] if group.code == "doing")
    sent = [offer for offer in doing.offers if offer.name]

    for offer in sent:
        answer = client.post(offer.url, {offer.name: offer.value, "next": "/customers/"})
        assert answer.status_code == 302, offer.code

    cast.alice.refresh_from_db()
    assert (cast.alice.theme, cast.alice.language) == ("dark", "en")
    assert client.get("/today/").status_code == 302  # the last one signs out


def test_a_word_of_a_touch_leads_to_its_customer(cast, scene, enter):
    client = enter(cast.alice)
    hits = client.get("/search/", {"q": "算清了三台老机"}).context["hits"]

    assert hits
    assert {client.get(url).status_code for _hit, url in hits} == {200}


def test_the_box_leads_to_all_there_is(cast, scene, enter):
    answer = enter(cast.alice).get("/search/", {"q": "算清了"}, headers=HTMX).content.decode()

    assert 'href="/search/?q=%E7%AE%97%E6%B8%85%E4%BA%86"' in answer


def test_a_deal_is_begun_by_choosing_the_customer(cast, scene, enter):
    client, customer = enter(cast.alice), scene.customers["砚湖轴承"]

    page = client.get("/opportunities/whom/", {"q": "砚湖"}).content.decode()

    assert f"/opportunities/new/?customer={customer.uuid}" in page
    assert client.get(f"/opportunities/new/?customer={customer.uuid}").status_code == 200
    assert "砚湖" not in enter(cast.charlie).get("/opportunities/whom/").content.decode()

"""The recycle bin shows what one may see, brings it back, and lets only the administrator remove it for good."""

from datetime import timedelta

import pytest

from tests.factories.orders import make_contract, make_order, make_subscription
from tests.web.counts import counted
from wendu.agreements.actions import delete_contract, delete_order, delete_subscription
from wendu.customers.actions import delete_contact, delete_customer
from wendu.customers.models import Contact, Customer
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.opportunities.actions import delete_opportunity
from wendu.opportunities.models import Opportunity
from wendu.touches.actions import undo_touch
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db
PAGE = "/recycle/"
AGREED = ("order", "contract", "subscription")
NAMES = ("砚湖轴承", "沈佩兰", "桐溪注塑节能改造", "赤岭建材")

KINDS = [("customer", NAMES[0]), ("contact", NAMES[1]), ("opportunity", NAMES[2]), ("touch", NAMES[3])]


@pytest.fixture
def binned(cast, scene):
    """One of each kind of Alice's, put there by herself or her manager."""
    by_name = scene.customers
    customer = by_name["砚湖轴承"]
    person = scene.contacts["北栅纺织"]
    deal = Opportunity.objects.get(customer=by_name["桐溪注塑"])
    touch = Touch.objects.filter(customer=by_name["赤岭建材"]).latest("pk")
    delete_customer(customer=customer, actor=cast.mona, at=now() - timedelta(days=40))
    delete_contact(contact=person, actor=cast.alice, at=now() - timedelta(days=2))
    delete_opportunity(opportunity=deal, actor=cast.alice, at=now() - timedelta(days=1))
    undo_touch(touch=touch, actor=cast.alice, at=now())
    return {"customer": customer, "contact": person, "opportunity": deal, "touch": touch}


def url(binned, kind):
    return f"{PAGE}{kind}/{binned[kind].uuid}/purging/"


def test_it_tells_what_was_deleted_by_whom_and_whether_it_is_long_ago(cast, binned, enter):
    page = enter(cast.alice).get(PAGE).content.decode()

    assert all(name in page for name in NAMES)
    assert page.index("赤岭建材") < page.index("桐溪注塑节能改造") < page.index("沈佩兰") < page.index("砚湖轴承")
    assert "莫娜" in page
    assert page.count("超过 30 天") == 1
    assert "purging" not in page, "only the administrator removes for good"


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_one_kind_can_be_looked_at_alone(cast, binned, enter, kind, name):
    page = enter(cast.alice).get(PAGE, {"kind": kind}).content.decode()

    assert name in page
    assert not [other for other in NAMES if other != name and other in page]


@pytest.mark.parametrize("who", ["charlie", "nora", "bob"])
def test_outsiders_see_nothing_and_remove_nothing(cast, binned, enter, who):
    client = enter(getattr(cast, who))
    page = client.get(PAGE).content.decode()

    assert not [name for name in NAMES if name in page]
    for kind in binned:
        assert client.get(url(binned, kind)).status_code == 404
        assert client.post(url(binned, kind), {"typed": "砚湖轴承"}).status_code == 404
    assert not Entry.objects.filter(verb__endswith=".purged").exists()


def test_everything_comes_back_from_here(cast, binned, enter):
    alice = enter(cast.alice)

    for address in (
        f"/customers/{binned['customer'].uuid}/restoration/",
        f"/customers/contacts/{binned['contact'].uuid}/restoration/",
        f"/opportunities/{binned['opportunity'].uuid}/restoration/",
        f"/touches/{binned['touch'].uuid}/restoration/",
    ):
        assert address in alice.get(PAGE).content.decode()
        assert alice.post(address).status_code == 302

    assert "回收站是空的" in alice.get(PAGE).content.decode()
    assert not Customer.objects.filter(deleted_at__isnull=False).exists()
    assert not Contact.objects.filter(deleted_at__isnull=False).exists()
    assert not Touch.objects.filter(undone_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("customer", "砚湖轴承"), ("contact", "沈佩兰"), ("opportunity", "桐溪注塑节能改造"), ("touch", "赤岭建材")],
)
def test_the_administrator_types_the_name_and_it_is_gone(cast, binned, enter, kind, typed):
    ada, model = enter(cast.ada), type(binned[kind])

    refused = ada.post(url(binned, kind), {"typed": "别的"})
    assert refused.status_code == 422
    assert typed in refused.content.decode()
    assert model.objects.filter(pk=binned[kind].pk).exists()

    done = ada.post(url(binned, kind), {"typed": typed}, follow=True)
    assert "已彻底删除" in done.content.decode()
    assert not model.objects.filter(pk=binned[kind].pk).exists()
    assert Entry.objects.filter(verb=f"{kind}.purged", actor=cast.ada, subject_id=binned[kind].pk).count() == 1
    assert ada.get(url(binned, kind)).status_code == 404


def test_what_stands_is_not_in_the_bin(cast, scene, enter):
    standing = scene.customers["砚湖轴承"]

    assert enter(cast.ada).get(f"{PAGE}customer/{standing.uuid}/purging/").status_code == 404
    assert enter(cast.ada).get(f"{PAGE}nothing/{standing.uuid}/purging/").status_code == 404


def agreed(cast, scene):
    customer = scene.customers["赤岭建材"]
    made = [make_order(customer, external_id="D-77"), make_contract(customer), make_subscription(customer)]
    deletes = (delete_order, delete_contract, delete_subscription)
    for name, row, delete in zip(AGREED, made, deletes, strict=True):
        delete(**{name: row}, actor=cast.alice, at=now())
    return made


def test_orders_contracts_and_subscriptions_come_back_from_here_and_are_never_removed_for_good(cast, scene, enter):
    made, alice = agreed(cast, scene), enter(cast.alice)

    page = alice.get(PAGE).content.decode()
    for name, row in zip(AGREED, made, strict=True):
        way = "" if name == "order" else f"{name}s/"
        assert f"/orders/{way}{row.uuid}/restoration/" in page
        assert row.customer.name in alice.get(PAGE, {"kind": name}).content.decode()
        assert enter(cast.ada).get(f"{PAGE}{name}/{row.uuid}/purging/").status_code == 404
        assert enter(cast.alice).post(f"/orders/{way}{row.uuid}/restoration/").status_code == 302
        row.refresh_from_db()
        assert row.deleted_at is None


def test_what_was_agreed_with_others_is_not_seen_and_what_a_deleted_customer_agreed_to_waits(cast, scene, enter):
    made = agreed(cast, scene)
    assert "D-77" not in enter(cast.charlie).get(PAGE).content.decode()

    delete_customer(customer=made[0].customer, actor=cast.mona, at=now())

    assert "D-77" not in enter(cast.alice).get(PAGE).content.decode()


def test_query_counts_of_the_bin(cast, binned, enter):
    client = enter(cast.alice)
    client.get(PAGE)

    with counted("rep: recycle bin"):
        assert client.get(PAGE).status_code == 200

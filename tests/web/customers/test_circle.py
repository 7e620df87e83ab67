"""Who brought whom on the page of a customer: the tree with what these ordered, written down and taken back."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer
from tests.factories.orders import make_order
from tests.web.one_customer import HTMX, alice, story
from wendu.customers.actions import add_collaborator, set_referrer
from wendu.customers.models import Customer

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
CARD = {**HTMX, "HTTP_HX_TARGET": "circle"}


def url(customer, name: str = "circle") -> str:
    return f"/customers/{customer.uuid}/{name}/"


@pytest.fixture
def tree(story, django_capture_on_commit_callbacks):
    """The customer brought one that brought another; each ordered for 1,600."""
    owner = story.customer.owner
    child, grandchild = make_customer(owner, "砚湖电机"), make_customer(owner, "云泽泵业")
    set_referrer(customer=child, referrer=story.customer, contact=story.he, actor=owner, at=MONDAY)
    set_referrer(customer=grandchild, referrer=child, actor=owner, at=MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        for each in (child, grandchild):
            make_order(each)
    return story.customer, child, grandchild


def test_m13_the_tree_shows_who_brought_whom(alice, tree):
    top, child, grandchild = tree

    answer = alice.get(url(child), **CARD)

    rows = answer.context["circle"].rows
    assert [(row.name, row.steps, row.is_here) for row in rows] == [
        (top.name, 0, False),
        (child.name, 1, True),
        (grandchild.name, 2, False),
    ]
    assert rows[1].person == "顾明舒"
    assert "经 顾明舒" in answer.content.decode()


def test_what_those_it_brought_ordered_is_credited_and_counted_downstream(alice, tree):
    top, child, _grandchild = tree
    ordered = 160_000

    above, middle = (alice.get(url(each), **CARD).context["circle"] for each in (top, child))

    assert (above.brought, above.brought_minor) == (2, 2 * ordered)
    assert (middle.brought, middle.brought_minor) == (1, ordered)
    assert middle.credited_minor == round((ordered + ordered * 0.2) * 0.8)
    assert above.credited_minor == round((ordered + ordered * 0.2) * 0.2)
    assert above.downstream_minor == round(0.5 * (ordered + 0.5 * ordered))


def test_the_page_of_the_customer_leads_to_it(alice, story):
    page = alice.get(story.page_url).content.decode()

    assert url(story.customer) in page
    assert "谁介绍了谁" in alice.get(url(story.customer)).content.decode()


def test_it_is_written_down_by_name_or_number_with_the_person_and_taken_back(alice, story):
    old = make_customer(story.customer.owner, "砚湖电机", external_id="K-7")
    make_contact(old, "罗敏")

    answer = alice.post(url(story.customer, "referrer"), {"referrer": "K-7", "person": "罗敏"}, **HTMX)

    undo = url(story.customer, "referrer/undoing")
    row = Customer.objects.get(pk=story.customer.pk)
    assert (row.referrer, row.referrer_contact.name) == (old, "罗敏")
    assert f'hx-post="{undo}"' in answer.content.decode()
    alice.post(undo, **HTMX)
    assert Customer.objects.get(pk=story.customer.pk).referrer is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"referrer": "桐溪注塑"}, "不能是自己介绍来的"),
        ({"referrer": "砚湖电机"}, "直接或间接介绍来的"),
        ({"referrer": "没有这家"}, "没有叫这个名字的客户"),
        ({"referrer": "云泽泵业", "person": "没有这人"}, "那边没有叫这个名字的人"),
        ({"referrer": "", "person": "顾明舒"}, "那边没有叫这个名字的人"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_to_mend_it(alice, story, said, told):
    owner = story.customer.owner
    child = make_customer(owner, "砚湖电机")
    make_customer(owner, "云泽泵业")
    set_referrer(customer=child, referrer=story.customer, actor=owner, at=MONDAY)

    answer = alice.post(url(story.customer, "referrer"), said, **HTMX)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Customer.objects.get(pk=story.customer.pk).referrer is None


def test_one_that_is_not_seen_is_neither_named_nor_lost(cast, alice, story):
    hidden = make_customer(cast.charlie, "南方的客户")
    add_collaborator(customer=story.customer, user=cast.charlie, actor=cast.alice, at=MONDAY)
    set_referrer(customer=story.customer, referrer=hidden, actor=cast.charlie, at=MONDAY)

    card = alice.get(url(story.customer), **CARD).content.decode()
    form = alice.get(url(story.customer, "referrer"), **HTMX).content.decode()
    alice.post(url(story.customer, "referrer"), {"referrer": "", "person": ""}, **HTMX)
    corrections = alice.get(f"{story.page_url}corrections/").content.decode()

    assert "南方的客户" not in card + form + corrections
    assert "你看不到的一个" in corrections
    assert "介绍人是你看不到的客户" in card
    assert Customer.objects.get(pk=story.customer.pk).referrer == hidden


def test_an_outsider_finds_nothing(cast, enter, tree):
    client = enter(cast.charlie)

    assert client.get(url(tree[0]), **CARD).status_code == 404
    assert client.get(url(tree[0], "referrer")).status_code == 404
    assert client.post(url(tree[0], "referrer/undoing")).status_code == 404
    assert "<option" not in client.get("/customers/names/?referrer=砚湖").content.decode()


def test_names_are_offered_while_one_types(alice, tree):
    assert 'value="砚湖电机"' in alice.get("/customers/names/?referrer=砚").content.decode()


def test_a_new_customer_says_who_brought_it(alice, story):
    plain = {"kind": "org", "market": "b2b", "product_kind": "standard", "sale_kind": "standard", "tier": "normal"}
    said = {"name": "砚湖电机", **plain, "owner": story.customer.owner_id, "referrer": story.customer.name}

    alice.post("/customers/new/", said)

    assert Customer.objects.get(name="砚湖电机").referrer == story.customer


def test_the_brand_note_is_written_with_what_is_known_and_is_no_money(alice, story):
    plain = {"kind": "org", "market": "b2b", "product_kind": "standard", "sale_kind": "standard", "tier": "normal"}

    refused = alice.post(f"{story.page_url}details/", {"name": "桐溪注塑", **plain, "brand_note": 6}, **HTMX)
    alice.post(f"{story.page_url}details/", {"name": "桐溪注塑", **plain, "brand_note": 4}, **HTMX)

    assert refused.status_code == 422
    assert Customer.objects.get(pk=story.customer.pk).brand_note == 4

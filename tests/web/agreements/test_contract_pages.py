"""Contracts on pages: written down on the customer or the deal, listed by their end, taken further, hidden."""

from datetime import timedelta

import pytest

from tests.factories.orders import make_contract, make_order
from tests.web.one_customer import HTMX, alice, story, today
from wendu.agreements.models import Contract, Order

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
MISSING, DONE = 404, 200
CARD = {**HTMX, "HTTP_HX_TARGET": "orders"}


def test_one_is_written_down_from_a_deal_with_what_the_deal_says(alice, story):
    url = f"/orders/contracts/of/{story.customer.uuid}/new/?deal={story.deal.uuid}"
    initial = alice.get(url).context["form"].initial

    said = {"title": initial["title"], "kind": "frame", "amount_minor": "96万", "opportunity": story.deal.pk}
    assert alice.post(url, {**said, "state": "signed"}, **HTMX).status_code == DONE

    row = Contract.objects.get()
    assert (row.title, row.opportunity, row.amount_minor, row.signed_on) == (
        "空压站节能改造",
        story.deal,
        96_000_000,
        today(),
    )
    card = alice.get(f"/orders/about/{story.deal.uuid}/", **{**HTMX, "HTTP_HX_TARGET": "agreed"}).content.decode()
    assert "空压站节能改造" in card
    assert "已签" in card


def test_whose_end_is_near_says_so_on_the_card_of_the_customer_and_stands_first(alice, story):
    make_contract(story.customer, title="快到期的", notice_days=30)
    make_contract(story.customer, title="还早的", notice_days=29)
    make_contract(story.customer, title="没人说的", ends_on=today() - timedelta(days=1))
    make_contract(story.customer, title="自动续的", ends_on=today() - timedelta(days=2), renews=True)
    make_contract(story.customer, title="草稿", state="draft")

    listed = alice.get("/orders/contracts/").context
    card = alice.get(f"/orders/of/{story.customer.uuid}/", **CARD).content.decode()

    assert [row.contract.title for row in listed["urgent"]] == ["没人说的", "快到期的"]
    assert [row.contract.title for row in listed["running"]] == ["自动续的", "还早的"]
    assert card.count("card-pad f2 late") == len(listed["urgent"])


def test_a_contract_without_days_of_notice_takes_those_of_the_playbook(alice, story):
    make_contract(story.customer, ends_on=today() + timedelta(days=45))
    make_contract(story.customer, ends_on=today() + timedelta(days=46))

    context = alice.get("/orders/contracts/").context

    assert (len(context["urgent"]), len(context["running"])) == (1, 1)


def test_taken_further_and_back_deleted_and_restored(alice, story):
    row = make_contract(story.customer)
    url = f"/orders/contracts/{row.uuid}/"

    def after(step: str, **body) -> tuple[str, bool]:
        assert alice.post(f"{url}{step}/", body, **HTMX).status_code == DONE
        row.refresh_from_db()
        return row.state, row.deleted_at is None

    assert after("moving", to_state="terminated", on=today().isoformat(), reason="换供应商") == ("terminated", True)
    assert "换供应商" in alice.get(url).content.decode()
    assert after("step_back") == ("running", True)
    assert after("deletion") == ("running", False)
    assert alice.get(url).status_code == MISSING
    assert after("restoration") == ("running", True)


def test_an_order_is_placed_under_it_and_each_page_leads_to_the_other(alice, story):
    row = make_contract(story.customer)
    order = make_order(story.customer)
    form = alice.get(f"/orders/{order.uuid}/").context["form"]
    assert (row.pk, row.title) in form.fields["contract"].choices

    said = {"ordered_on": today().isoformat(), "item_1": "滤芯", "quantity_1": "2", "unit_minor_1": "800"}
    alice.post(f"/orders/of/{story.customer.uuid}/new/", {**said, "contract": row.pk}, **HTMX)

    placed = Order.objects.get(contract=row)
    assert f"/orders/{placed.uuid}/page/" in alice.get(f"/orders/contracts/{row.uuid}/").content.decode()
    assert f"/orders/contracts/{row.uuid}/" in alice.get(f"/orders/{placed.uuid}/page/").content.decode()


def test_the_next_one_starts_from_what_this_one_says_and_takes_its_place(alice, story):
    row = make_contract(story.customer, terms="月结")
    assert "写接着的一份" in alice.get(f"/orders/contracts/{row.uuid}/").content.decode()
    url = f"/orders/contracts/of/{story.customer.uuid}/new/?follows={row.uuid}"
    initial = alice.get(url).context["form"].initial
    assert (initial["title"], initial["starts_on"], initial["terms"]) == (row.title, row.ends_on + timedelta(1), "月结")

    said = {"title": "下一年", "kind": "frame", "follows": row.pk, "state": "signed", "signed_on": today().isoformat()}
    assert alice.post(url, said, **HTMX).status_code == DONE

    later = Contract.objects.get(follows=row)
    page = alice.get(f"/orders/contracts/{row.uuid}/").content.decode()
    assert f"/orders/contracts/{later.uuid}/" in page
    assert "下一份已经接上" in page
    assert "写接着的一份" not in page
    assert f"/orders/contracts/{row.uuid}/" in alice.get(f"/orders/contracts/{later.uuid}/").content.decode()
    assert alice.get("/orders/contracts/").context["urgent"] == []


def test_an_outsider_finds_none_of_it(story, client):
    row = make_contract(story.customer)
    client.force_login(story.cast.charlie, backend="allauth.account.auth_backends.AuthenticationBackend")

    for address in (f"/orders/contracts/{row.uuid}/", f"/orders/about/{story.deal.uuid}/"):
        assert client.get(address).status_code == MISSING
    assert client.post(f"/orders/contracts/{row.uuid}/deletion/").status_code == MISSING
    assert (
        client.get("/orders/contracts/").context["running"] == client.get("/orders/contracts/").context["urgent"] == []
    )

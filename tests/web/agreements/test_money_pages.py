"""The page of an order and its money: planned, received, returned and taken back; who is late; its quote."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import win
from tests.factories.orders import make_order
from tests.web.one_customer import HTMX, alice, story, today
from wendu.agreements.actions import set_instalments, write_receipt, write_return
from wendu.agreements.models import Instalment, Order, Receipt, Return
from wendu.kernel.clock import now
from wendu.quotes.actions import answer_quote

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
MISSING, REFUSED, DONE = 404, 422, 200
DAY = timedelta(days=1)
CARD = {**HTMX, "HTTP_HX_TARGET": "orders"}


@pytest.fixture
def order(story) -> Order:
    return make_order(story.customer, need="滤芯到期", ordered_on=today() - 40 * DAY)


def late(story, order: Order) -> None:
    dues = [{"due_on": today() - 10 * DAY, "amount_minor": 100_000}, {"due_on": today() + DAY, "amount_minor": None}]
    set_instalments(order=order, dues=dues, actor=story.cast.alice, at=now())


def received(story, order: Order, minor: int = 100_000) -> Receipt:
    values = {"received_on": today(), "amount_minor": minor}
    return write_receipt(order=order, values=values, actor=story.cast.alice, at=now())


def test_parts_are_planned_and_one_more_line_is_asked_for_without_losing_a_word(alice, order):
    url, first = f"/orders/{order.uuid}/dues/", {"due_on_1": today().isoformat(), "amount_minor_1": "1000"}

    grown = alice.post(url, {**first, "more": "1"}, **HTMX).context["form"]
    alice.post(url, {**first, "due_on_2": (today() + DAY).isoformat()}, **HTMX)

    assert ("due_on_2" in grown.fields, grown["amount_minor_1"].value(), dict(grown.errors)) == (True, "1000", {})
    assert list(Instalment.objects.standing().values_list("amount_minor", flat=True)) == [100_000, 60_000]


def test_a_part_without_a_day_is_asked_for_it(alice, order):
    answer = alice.post(f"/orders/{order.uuid}/dues/", {"amount_minor_1": "5"}, **HTMX)

    assert (answer.status_code, set(answer.context["form"].errors)) == (REFUSED, {"due_on_1"})


def test_one_more_line_of_an_order_keeps_what_was_typed(alice, story):
    url = f"/orders/of/{story.customer.uuid}/new/"

    form = alice.post(url, {"item_1": "滤芯", "more": "1"}, **HTMX).context["form"]

    assert ("item_2" in form.fields, "item_3" in form.fields) == (True, False)
    assert (form["item_1"].value(), dict(form.errors), Order.objects.count()) == ("滤芯", {}, 0)


def test_a_receipt_offers_what_is_late_and_pays_it(alice, story, order):
    late(story, order)
    url = f"/orders/{order.uuid}/receipts/new/"
    offered = alice.get(url, **HTMX).context["form"]["amount_minor"].value()

    alice.post(url, {"received_on": today().isoformat(), "amount_minor": "1000"}, **HTMX)

    assert offered == "1000.00"
    assert Receipt.objects.get().amount_minor == 100_000


def test_a_receipt_is_corrected_taken_back_and_restored(alice, story, order):
    receipt = received(story, order)
    url = f"/orders/receipts/{receipt.uuid}/"

    alice.post(url, {"received_on": today().isoformat(), "amount_minor": "900"}, **HTMX)
    receipt.refresh_from_db()
    corrected = receipt.amount_minor
    alice.post(f"{url}withdrawal/", **HTMX)
    gone = Receipt.objects.standing().exists()
    alice.post(f"{url}restoration/", **HTMX)

    assert (corrected, gone, Receipt.objects.standing().exists()) == (90_000, False, True)


def test_a_return_is_written_and_taken_back(alice, order):
    values = {"returned_on": today().isoformat(), "line": order.lines.get().pk, "quantity": "1", "reason": "型号不对"}

    alice.post(f"/orders/{order.uuid}/returns/new/", values, **HTMX)
    returned = Return.objects.get()
    page = alice.get(f"/orders/{order.uuid}/page/").content.decode()
    alice.post(f"/orders/returns/{returned.uuid}/withdrawal/", **HTMX)

    assert (returned.gross_minor, "型号不对" in page) == (80_000, True)
    assert not Return.objects.standing().exists()


def test_an_order_goes_on(alice, order):
    alice.post(f"/orders/{order.uuid}/moving/", {"to_state": "accepted", "accepted_on": today().isoformat()}, **HTMX)

    order.refresh_from_db()
    assert (order.state, order.accepted_on) == ("accepted", today())


def test_who_is_late_is_said_on_the_card_the_page_and_the_list(alice, story, order):
    late(story, order)

    urls = (f"/orders/of/{story.customer.uuid}/", f"/orders/{order.uuid}/page/", "/orders/due/")
    pages = [alice.get(url).content.decode() for url in urls]

    assert all("逾期" in page and "晚了 10 天" in page for page in pages)


def test_who_paid_is_not_in_the_list(alice, story, order):
    late(story, order)
    received(story, order, 160_000)

    page = alice.get("/orders/due/").content.decode()

    assert "没有人逾期" in page
    assert "未来 30 天没有到期" in page


def test_an_order_of_a_won_deal_and_its_accepted_quote_lead_to_each_other(alice, story):
    story.quote.state = "sent"
    story.quote.save()
    answer_quote(quote=story.quote, accepted=True, reason="", actor=story.cast.alice, at=now())
    win(story.deal, today(), at=now())
    said = {"ordered_on": today().isoformat(), "item_1": "滤芯", "quantity_1": "2", "unit_minor_1": "800"}

    alice.post(f"/orders/of/{story.customer.uuid}/new/", {**said, "opportunity": story.deal.pk}, **HTMX)

    order = Order.objects.get()
    assert order.quote == story.quote
    assert f"/orders/{order.uuid}/page/" in alice.get(story.quote_url).content.decode()
    assert story.quote_url in alice.get(f"/orders/{order.uuid}/page/").content.decode()


def test_an_outsider_finds_none_of_it(story, order):
    receipt = received(story, order)
    values = {"returned_on": today(), "gross_minor": 5}
    returned = write_return(order=order, values=values, actor=story.cast.alice, at=now())
    late(story, order)
    client = Client()
    client.force_login(story.cast.charlie, backend="allauth.account.auth_backends.AuthenticationBackend")
    steps = ("page/", "dues/", "receipts/new/", "returns/new/", "moving/")
    urls = [*(f"/orders/{order.uuid}/{step}" for step in steps), f"/orders/receipts/{receipt.uuid}/"]
    posts = [
        f"/orders/{kind}s/{row.uuid}/{deed}/"
        for kind, row in (("receipt", receipt), ("return", returned))
        for deed in ("withdrawal", "restoration")
    ]

    assert {client.get(url).status_code for url in urls} == {MISSING}
    assert {client.post(url).status_code for url in (*urls[1:], *posts)} == {MISSING}
    assert story.customer.name not in client.get("/orders/due/").content.decode()

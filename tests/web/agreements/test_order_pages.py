"""Orders on the customer's page: written on a form, corrected, cancelled, deleted, and every way back."""

import pytest
from django.test import Client

from tests.factories import make_customer, win
from tests.factories.orders import make_order
from tests.web.one_customer import HTMX, alice, story, today
from wendu.agreements.models import Order, OrderLine
from wendu.kernel.clock import now
from wendu.offers.actions import add_solution, publish_solution
from wendu.quotes.actions import answer_quote

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
MISSING, REFUSED, DONE = 404, 422, 200
CARD = {**HTMX, "HTTP_HX_TARGET": "orders"}


def said(**more):
    return {"ordered_on": today().isoformat(), "item_1": "滤芯", "quantity_1": "2", "unit_minor_1": "800", **more}


def new_url(story, **query):
    return f"/orders/of/{story.customer.uuid}/new/" + "".join(f"?{name}={value}" for name, value in query.items())


def shown(alice, order) -> dict:
    """What the form of an order carries, as a browser sends it back."""
    form = alice.get(f"/orders/{order.uuid}/", **HTMX).context["form"]
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def test_an_order_is_written_with_why_and_its_lines(alice, story):
    more = {"need": "滤芯到期", "decided_by": story.he.pk, "opportunity": story.deal.pk, "tax_included": "on"}
    second = {"item_3": "安装", "unit_minor_3": "1千", "tax_3": "6"}

    answer = alice.post(new_url(story), said(**more, **second), **HTMX)

    order = Order.objects.get()
    assert answer.status_code == DONE
    assert (order.need, order.decided_by, order.opportunity) == ("滤芯到期", story.he, story.deal)
    assert (order.gross_minor, order.lines.count()) == (260_000, 2)


def test_sent_twice_it_is_one_order(alice, story):
    key = "0199a0d5-0000-7000-8000-000000000001"

    for _again in range(2):
        alice.post(new_url(story), said(form_key=key), **HTMX)

    assert Order.objects.count() == 1


def test_a_product_of_the_library_fills_in_what_was_left_empty(alice, story):
    values = {"name": "水泵", "list_minor": 11_300, "tax": 13, "unit": "台"}
    pump = add_solution(values=values, actor=story.cast.ada, at=now())
    publish_solution(solution=pump, actor=story.cast.ada, at=now())

    alice.post(new_url(story), {"ordered_on": today().isoformat(), "product_1": str(pump.uuid)}, **HTMX)

    line = OrderLine.objects.get()
    assert (line.product, line.item, line.unit, line.unit_minor, line.tax) == (pump, "水泵", "台", 11_300, 13)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"item_1": "", "unit_minor_1": ""}, "item_1"),
        ({"unit_minor_1": ""}, "unit_minor_1"),
        ({"item_2": "安装"}, "unit_minor_2"),
        ({"unit_minor_2": "5"}, "item_2"),
        ({"ordered_on": "2999-01-01"}, "ordered_on"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(alice, story, wrong, field):
    answer = alice.post(new_url(story), said(**wrong), **HTMX)

    assert (answer.status_code, field in answer.context["form"].errors) == (REFUSED, True)
    assert not Order.objects.exists()


def test_a_deal_fills_in_its_amount_and_an_accepted_quote_its_lines(alice, story):
    form = alice.get(new_url(story, deal=story.deal.uuid), **HTMX).context["form"]
    before = (form.initial["opportunity"], form.initial["item_1"], form.initial["unit_minor_1"])
    story.quote.state = "sent"
    story.quote.save()
    answer_quote(quote=story.quote, accepted=True, reason="", actor=story.cast.alice, at=now())
    story.line.__class__.objects.filter(pk=story.line.pk).update(item="整站")

    form = alice.get(new_url(story, deal=story.deal.uuid), **HTMX).context["form"]

    assert before == (story.deal.pk, "空压机", 96_000_000)
    assert (form.initial["item_1"], form.initial["unit_minor_1"]) == ("整站", 96_000_000)


def test_a_won_deal_asks_for_its_order_until_one_is_written(alice, story):
    win(story.deal, today(), at=now())
    first = alice.get(story.deal_url).content.decode()

    make_order(story.customer, opportunity=story.deal)

    assert "记下这一单" in first
    assert "记下这一单" not in alice.get(story.deal_url).content.decode()


def test_correcting_a_word_leaves_the_lines_and_the_other_words(alice, story):
    order = make_order(story.customer, need="滤芯到期", decided_by=story.he)
    kept = list(order.lines.values_list("pk", flat=True))

    alice.post(f"/orders/{order.uuid}/", {**shown(alice, order), "reason": "停机窗口"}, **HTMX)

    order.refresh_from_db()
    assert (order.need, order.reason, order.decided_by) == ("滤芯到期", "停机窗口", story.he)
    assert list(order.lines.standing().values_list("pk", flat=True)) == kept


def test_correcting_a_line_adds_the_order_up_anew(alice, story):
    order = make_order(story.customer)

    alice.post(f"/orders/{order.uuid}/", {**shown(alice, order), "quantity_1": "3"}, **HTMX)

    order.refresh_from_db()
    assert order.gross_minor == 240_000


def test_who_saw_other_lines_does_not_write_over_them(alice, story):
    order = make_order(story.customer)
    old = shown(alice, order)
    alice.post(f"/orders/{order.uuid}/", {**old, "item_2": "安装", "unit_minor_2": "5"}, **HTMX)

    answer = alice.post(f"/orders/{order.uuid}/", {**old, "quantity_1": "3"}, **HTMX)

    assert answer.status_code == REFUSED
    assert order.lines.standing().count() == 2


def test_cancelled_deleted_and_back(alice, story):
    order = make_order(story.customer)
    url = f"/orders/{order.uuid}/"

    def after(step: str, **body) -> tuple[str, bool]:
        assert alice.post(f"{url}{step}/", body, **HTMX).status_code == DONE
        order.refresh_from_db()
        return order.state, order.deleted_at is not None

    assert after("cancelling", reason="预算砍了") == ("cancelled", False)
    assert after("uncancelling") == ("open", False)
    assert after("deletion") == ("open", True)
    assert after("restoration") == ("open", False)


def test_the_card_shows_the_latest_five_and_the_way_to_all(alice, story):
    for number in range(6):
        make_order(story.customer, need=f"第{number}次")
    url = f"/orders/of/{story.customer.uuid}/"

    card, page = (alice.get(url, **headers).content.decode() for headers in (CARD, {}))

    assert ("第5次" in card, "第0次" in card, "全部订单" in card) == (True, False, True)
    assert ("第0次" in page, "全部订单" in page) == (True, False)


def test_who_does_not_see_the_customer_finds_no_order(story):
    order = make_order(story.customer, need="滤芯到期")
    client = Client()
    client.force_login(story.cast.charlie, backend="allauth.account.auth_backends.AuthenticationBackend")
    steps = ("", "cancelling/", "uncancelling/", "deletion/", "restoration/")
    urls = [f"/orders/of/{story.customer.uuid}/", new_url(story), *(f"/orders/{order.uuid}/{each}" for each in steps)]

    assert {client.post(url, said(reason="x")).status_code for url in urls[1:]} == {MISSING}
    assert {client.get(url).status_code for url in urls[:4]} == {MISSING}


def test_a_deal_or_a_person_of_somebody_else_cannot_be_chosen(alice, story):
    other = make_order(make_customer(story.cast.alice, "别家"))

    answer = alice.post(new_url(story), said(opportunity="999999", decided_by=story.deal.pk + 9999), **HTMX)

    assert set(answer.context["form"].errors) == {"opportunity", "decided_by"}
    assert list(Order.objects.all()) == [other]

"""A line of a quote filled from the library: price, unit and tax of that day, which the line keeps."""

import pytest
from django.urls import reverse

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity
from tests.factories.quotes import make_quote
from wendu.kernel.errors import ActionError
from wendu.offers.actions import add_solution, edit_solution
from wendu.offers.queries import products_for

pytestmark = pytest.mark.django_db
PRICE = {"name": "变频改造包", "kind": "product", "unit": "套", "list_minor": 12_800_00, "tax": "13"}


@pytest.fixture
def quote(cast, client):
    client.force_login(cast.alice)
    deal = make_opportunity(customer=make_customer(owner=cast.alice), owner=cast.alice)
    return make_quote(deal)


def line_url(quote):
    return reverse("quotes:lines", args=[quote.uuid])


def test_a_priced_line_of_the_library_fills_the_line_of_a_quote(cast, client, quote):
    product = add_solution(values=PRICE, actor=cast.mia, at=MONDAY)
    plain = client.get(line_url(quote)).content.decode()
    form = client.get(f"{line_url(quote)}?product={product.uuid}").context["form"]

    assert str(product.uuid) in plain
    said = {name: str(form[name].value()) for name in ("item", "unit", "unit_minor", "list_minor", "tax")}
    assert said == {
        "item": "变频改造包", "unit": "套", "unit_minor": "12800.00", "list_minor": "12800.00", "tax": "13.00",
    }  # fmt: skip


def test_a_line_keeps_what_the_library_said_then(cast, client, quote):
    product = add_solution(values=PRICE, actor=cast.mia, at=MONDAY)
    said = {
        "item": product.name,
        "quantity": "2",
        "unit": "套",
        "unit_minor": "12000",
        "list_minor": "12800",
        "tax": "13",
    }
    client.post(f"{line_url(quote)}?product={product.uuid}", said)

    edit_solution(solution=product, changes={"list_minor": 99}, actor=cast.mia, at=MONDAY)

    line = quote.lines.get()
    assert (line.list_minor, line.unit_minor, line.tax, line.unit) == (1_280_000, 1_200_000, 13, "套")


def test_prices_of_another_currency_and_unpriced_lines_are_not_offered(cast, quote):
    add_solution(values=PRICE, actor=cast.mia, at=MONDAY)
    add_solution(values={"name": "没有价格", "kind": "product"}, actor=cast.mia, at=MONDAY)

    assert [each.name for each in products_for("CNY")] == ["变频改造包"]
    assert products_for("USD") == []


@pytest.mark.parametrize("wrong", [{"list_minor": -1}, {"tax": "101"}])
def test_a_price_below_nothing_and_a_tax_above_all_are_refused(cast, wrong):
    with pytest.raises(ActionError) as refused:
        add_solution(values={**PRICE, **wrong}, actor=cast.mia, at=MONDAY)
    assert refused.value.field in wrong


def test_an_outsider_does_not_come_to_the_form(cast, client, quote):
    client.force_login(cast.charlie)
    assert client.get(line_url(quote)).status_code == 404

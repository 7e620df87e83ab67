"""Finding from everywhere: what one may see, never a number in clear, links that lead there."""

import pytest

from tests.factories.orders import make_contract, make_order, make_subscription
from wendu.agreements.actions import (
    correct_contract,
    delete_contract,
    delete_order,
    delete_subscription,
    restore_contract,
)
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def titles(client, text: str) -> list[str]:
    return [hit.title for hit, _url in client.get("/search/", {"q": text}).context["hits"]]


def test_customers_people_and_deals_are_found(cast, scene, enter):
    client = enter(cast.alice)

    assert titles(client, "桐溪") == ["桐溪注塑", "桐溪注塑节能改造"]
    assert titles(client, "gms") == ["顾明舒"]
    assert "何立群" in titles(client, "1000")


def test_outsiders_find_nothing_not_even_by_number(cast, scene, enter):
    client = enter(cast.charlie)

    for text in ("桐溪", "顾明舒", "13800001000", "txzs"):
        assert titles(client, text) == []


def test_orders_and_contracts_are_found_by_their_very_number_and_by_whoever_sees_them(cast, scene, enter):
    customer = scene.customers["赤岭建材"]
    order, paper = make_order(customer, external_id="D-2026-077"), make_contract(customer, number="HT-9")
    client = enter(cast.alice)

    def links(text: str) -> list[str]:
        return [url for _hit, url in client.get("/search/", {"q": text}).context["hits"]]

    assert links(" D-2026-077 ")[0] == f"/orders/{order.uuid}/page/"
    assert links("HT-9")[0] == f"/orders/contracts/{paper.uuid}/"
    assert titles(enter(cast.charlie), "D-2026-077") == titles(enter(cast.charlie), "HT-9") == []
    delete_order(order=order, actor=cast.alice, at=now())
    assert "D-2026-077" not in titles(enter(cast.alice), "D-2026-077")


def test_contracts_and_subscriptions_are_found_by_what_they_are_about(cast, scene, enter):
    customer = scene.customers["赤岭建材"]
    paper, fee = (
        make_contract(customer, title="滤芯年度框架", number="HT-9"),
        make_subscription(customer, item="空压站托管"),
    )
    client = enter(cast.alice)

    def links(text: str) -> list[str]:
        return [url for _hit, url in client.get("/search/", {"q": text}).context["hits"]]

    assert f"/orders/contracts/{paper.uuid}/" in links("年度框架")
    assert f"/orders/contracts/{paper.uuid}/" in links("lxndkj")
    assert f"/orders/subscriptions/{fee.uuid}/" in links("托管")
    assert links("HT-9").count(f"/orders/contracts/{paper.uuid}/") == 1
    assert "滤芯年度框架" not in titles(enter(cast.charlie), "年度框架")
    assert "空压站托管" not in titles(enter(cast.charlie), "托管")

    correct_contract(contract=paper, changes={"title": "备件协议"}, actor=cast.alice, at=now())
    delete_subscription(subscription=fee, actor=cast.alice, at=now())
    client = enter(cast.alice)
    assert links("年度框架") == links("托管") == []
    assert titles(client, "备件协议") == ["备件协议"]
    delete_contract(contract=paper, actor=cast.alice, at=now())
    assert titles(client, "备件协议") == []
    restore_contract(contract=paper, actor=cast.alice, at=now())
    assert titles(client, "备件协议") == ["备件协议"]


def test_a_masked_role_finds_by_name_but_not_by_number(cast, scene, enter):
    client = enter(cast.eve)

    assert "何立群" in titles(client, "何立群")
    assert titles(client, "13800001000") == []
    assert "13800001000" not in client.get("/search/", {"q": "何立群"}).content.decode()


def test_while_typing_only_options_come(cast, scene, enter):
    answer = enter(cast.alice).get("/search/", {"q": "桐"}, headers=HTMX).content.decode()

    assert "<html" not in answer
    assert 'role="option"' in answer


@pytest.mark.parametrize("text", ["", " ", "%", "'\"<b>", "\x00", "啊" * 500, "zzzz"])
def test_odd_texts_are_answered(cast, scene, enter, text):
    answer = enter(cast.alice).get("/search/", {"q": text})

    assert answer.status_code == 200

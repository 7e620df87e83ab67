"""A customer handed over by hand: the word that says so leads back, also from the list, and for nobody else."""

import pytest

from wendu.customers.models import Customer

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def handed(client, scene, taker):
    customer = scene.customers["桐溪注塑"]
    url = f"/customers/{customer.uuid}/owner/"
    return customer, client.post(url, {"owner": taker.pk}, headers=HTMX)


def test_the_toast_takes_it_back(cast, scene, enter):
    client = enter(cast.mona)
    customer, answer = handed(client, scene, cast.bob)
    undo = f"/customers/{customer.uuid}/owner/undoing/"
    assert f'hx-post="{undo}"' in answer.content.decode()

    back = client.post(undo, headers=HTMX)

    assert "已撤销" in back.content.decode()
    assert Customer.objects.get(pk=customer.pk).owner == cast.alice
    client.post(undo, headers=HTMX)
    assert Customer.objects.get(pk=customer.pk).owner == cast.alice, "pressed twice it does not go to Bob again"


def test_it_comes_back_though_it_left_one_s_own_view(cast, scene, enter):
    client = enter(cast.alice)
    customer, answer = handed(client, scene, cast.bob)
    assert answer["HX-Redirect"] == "/customers/"
    undo = f"/customers/{customer.uuid}/owner/undoing/"
    assert undo in client.get("/customers/").content.decode()
    assert client.get(f"/customers/{customer.uuid}/").status_code == 404

    client.post(undo)

    assert client.get(f"/customers/{customer.uuid}/").status_code == 200
    assert enter(cast.charlie).post(undo).status_code == 404

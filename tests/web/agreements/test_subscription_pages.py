"""Subscriptions on pages: begun on the customer, listed ahead of their renewal, renewed, ended, and who sees them."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.orders import make_subscription
from tests.web.one_customer import HTMX, alice, story, today
from wendu.agreements.models import Subscription

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
MISSING, DONE = 404, 200


def test_one_is_written_down_and_stands_on_the_card(alice, story):
    said = {"item": "供气托管", "fee_minor": "1.2万", "term_months": "12", "state": "active"}

    alice.post(
        f"/orders/subscriptions/of/{story.customer.uuid}/new/", {**said, "began_on": today().isoformat()}, **HTMX
    )
    card = alice.get(f"/orders/of/{story.customer.uuid}/", **HTMX, HTTP_HX_TARGET="orders").content.decode()

    assert Subscription.objects.get().fee_minor == 1_200_000
    assert "供气托管" in card
    assert "下次续订" in card


def test_m6_what_renews_within_45_days_is_listed_and_the_rest_runs_on(alice, story):
    make_subscription(story.customer, item="快到期的")
    make_subscription(story.customer, item="刚开始的", began_on=today())
    make_subscription(story.customer, item="没人续的", began_on=today() - timedelta(days=400))

    context = alice.get("/orders/subscriptions/").context

    assert [row.subscription.item for row in context["urgent"]] == ["没人续的", "快到期的"]
    assert [row.subscription.item for row in context["running"]] == ["刚开始的"]


def test_m6_the_page_draws_the_fees_beside_buying_once(alice, story):
    row = make_subscription(story.customer)

    page = alice.get(f"/orders/subscriptions/{row.uuid}/").content.decode()

    assert "费用累计 ¥12,000" in page
    assert "达到一次买断的 ¥30,000" in page
    assert page.count("<svg viewBox") >= 2


def test_renewed_ended_and_taken_back(alice, story):
    row = make_subscription(story.customer)
    url = f"/orders/subscriptions/{row.uuid}/"

    def after(step: str, **body) -> tuple[str, int]:
        assert alice.post(f"{url}{step}/", body, **HTMX).status_code == DONE
        row.refresh_from_db()
        return row.state, row.fee_minor

    assert after("renewal", fee_minor="1.3万") == ("active", 1_300_000)
    assert after("ending", ended_on=today().isoformat(), cause="自己有人管了") == ("churned", 1_300_000)
    assert after("step_back") == ("active", 1_300_000)
    assert after("step_back") == ("active", 1_200_000)
    assert after("details", item="维保两年包") == ("active", 1_200_000)
    assert after("deletion") == ("active", 1_200_000)
    assert after("restoration") == ("active", 1_200_000)
    assert row.item == "维保两年包"


def test_an_outsider_finds_none(story):
    row = make_subscription(story.customer)
    client = Client()
    client.force_login(story.cast.charlie, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = f"/orders/subscriptions/{row.uuid}/"
    forms = [f"{url}{step}/" for step in ("details", "renewal", "ending")]
    posts = [f"{url}{step}/" for step in ("step_back", "deletion", "restoration")]

    assert {client.get(each).status_code for each in (url, *forms)} == {MISSING}
    assert {client.post(each).status_code for each in (*forms, *posts)} == {MISSING}
    assert row.item not in client.get("/orders/subscriptions/").content.decode()

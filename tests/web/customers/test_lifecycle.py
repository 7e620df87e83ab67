"""Where a customer stands in its life with us, on its page: the stage and what it follows from."""

from datetime import timedelta

import pytest

from tests.factories import make_customer
from tests.factories.orders import make_order, make_subscription
from tests.web.one_customer import alice, story, today

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
STAGE = {"zh-hans": "生命周期", "en": "Lifecycle"}


def life_of(client, customer, language: str = "zh-hans"):
    """The judgement as the page shows it, with its reasons."""
    page = client.get(f"/customers/{customer.uuid}/", HTTP_ACCEPT_LANGUAGE=language).context["page"]
    return next(row for row in page.judgements if row.name == STAGE[language])


def ordered(customer, *days_ago: int) -> None:
    for days in days_ago:
        make_order(customer, ordered_on=today() - timedelta(days=days))


@pytest.mark.parametrize(
    ("days_ago", "stage"),
    [
        ((), "引入期"),
        ((20,), "成长期"),
        ((90, 60, 30), "成熟期"),
        ((190, 160, 130, 80), "休眠期"),
        ((300, 270, 240), "流失期"),
    ],
)
def test_m24_the_stage_follows_from_the_orders(alice, story, days_ago, stage):
    customer = make_customer(story.customer.owner, "订货的")
    ordered(customer, *days_ago)

    assert life_of(alice, customer).value == stage


def test_m24_it_says_what_it_follows_from(alice, story):
    customer = make_customer(story.customer.owner, "订货的")
    ordered(customer, 90, 60, 30)

    assert "自己的间隔" in life_of(alice, customer).reasons[0].words
    assert life_of(alice, make_customer(story.customer.owner, "没订过的")).reasons[0].words == "还没下过单"


def test_m24_the_same_in_english(alice, story):
    customer = make_customer(story.customer.owner, "订货的")
    ordered(customer, 90, 60, 30)
    alice.cookies["django_language"] = "en"

    told = life_of(alice, customer, "en")

    assert (told.value, "its own interval is" in told.reasons[0].words) == ("Mature", True)


def test_m24_who_pays_a_fee_in_force_is_not_asleep_though_it_orders_nothing(alice, story):
    customer = make_customer(story.customer.owner, "有维保的")
    ordered(customer, 700)
    assert life_of(alice, customer).value == "流失期"

    make_subscription(customer, began_on=today() - timedelta(days=700), renews_on=today() + timedelta(days=30))

    assert life_of(alice, customer).value == "成熟期"

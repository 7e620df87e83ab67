"""What a customer is worth, on a card of its page: three parts, what they follow from, and what is not known."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import make_customer
from tests.factories.orders import make_order
from tests.insights.world import crowd
from tests.web.one_customer import HTMX, alice, story, today
from wendu.agreements.models import Order
from wendu.customers.actions import set_referrer
from wendu.insights import jobs
from wendu.jobs.actions import run_now
from wendu.kernel.clock import now

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
MISSING, DONE = 404, 200
CARD = {**HTMX, "HTTP_HX_TARGET": "worth"}


def url(customer) -> str:
    return f"/worth/of/{customer.uuid}/"


def test_m11_three_parts_stand_on_the_card_with_what_they_follow_from(alice, story):
    make_order(story.customer)
    worth = alice.get(url(story.customer), **CARD).context["worth"]

    assert [part.code for part in worth.parts] == ["history", "current", "potential"]
    assert worth.revenue == Order.objects.get().revenue_minor
    assert worth.parts[2].minor > 0  # the open deal, by the chance of its class
    assert "在 1 天里下过单" in [reason.words for reason in worth.reasons]


def test_m11_margin_counts_where_every_cost_is_known_and_revenue_is_said_where_not(alice, story):
    known, unknown = (make_customer(story.customer.owner, name) for name in ("知道", "不知道"))
    make_order(known)
    Order.objects.update(margin_minor=50_000)
    make_order(unknown)

    by_margin, by_revenue = (alice.get(url(each), **CARD).context["worth"] for each in (known, unknown))

    assert (by_margin.is_margin, by_margin.margin, by_margin.parts[0].minor) == (True, 50_000, 50_000)
    assert (by_revenue.is_margin, by_revenue.margin) == (False, None)
    assert any("成本" in words for words in by_revenue.missing)


def test_before_the_first_night_it_says_that_it_is_not_known_and_after_it_what_goes_on(alice, story):
    make_order(story.customer)
    before = alice.get(url(story.customer), **CARD)
    assert "还不知道有多少客户会留下来" in before.content.decode()
    assert "报不出范围" in before.content.decode()

    crowd(story.customer.owner, "b2b", stay=18, leave=4, on=today())
    run_now(jobs.STUDY, actor=None)
    worth = alice.get(url(story.customer), **CARD).context["worth"]

    assert worth.parts[1].minor > 0
    assert "十次里有八次" in worth.range_words
    assert worth.figures_of == today()


def test_it_is_a_page_of_its_own_without_scripts_and_in_english(alice, story):
    make_order(story.customer)
    alice.cookies["django_language"] = "en"
    page = alice.get(url(story.customer))

    assert page.status_code == DONE
    assert "Earned so far" in page.content.decode()


def test_the_page_of_the_customer_offers_it(alice, story):
    assert url(story.customer) in alice.get(story.page_url).content.decode()


def test_an_outsider_sees_nothing(story, client: Client):
    client.force_login(story.cast.charlie, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get(url(story.customer)).status_code == MISSING


def test_m11_customers_they_bring_are_part_of_what_could_still_come(alice, story):
    owner = story.customer.owner
    for number in range(10):
        child = make_customer(owner, f"介绍来的{number}")
        set_referrer(customer=child, referrer=story.customer, actor=owner, at=now())
        make_order(child, ordered_on=today() - timedelta(days=400))
    before = alice.get(url(story.customer), **CARD)
    assert "还没记过谁介绍了谁，或者还没算过" in before.content.decode()

    run_now(jobs.STUDY, actor=None)
    worth = alice.get(url(story.customer), **CARD).context["worth"]

    told = next(reason.words for reason in worth.reasons if "介绍来" in reason.words)
    assert "介绍来的 10 个里有 100% 买了，头一年买 ¥1,600" in told
    assert worth.parts[2].minor > before.context["worth"].parts[2].minor


def test_the_brand_note_stands_beside_the_sum_and_is_not_in_it(alice, story):
    plain = alice.get(url(story.customer), **CARD)
    story.customer.__class__.objects.filter(pk=story.customer.pk).update(brand_note=4)
    noted = alice.get(url(story.customer), **CARD)

    assert "还没打分" in plain.content.decode()
    assert "不折成钱" in noted.content.decode()
    assert "<b>4</b>" in noted.content.decode()
    assert noted.context["worth"].total == plain.context["worth"].total

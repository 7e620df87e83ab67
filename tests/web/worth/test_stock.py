"""Existing customers with open potential, where new ones came from, and the two steps of a next purchase on screen."""

from datetime import timedelta

import pytest

from tests.factories import make_contact, make_customer, make_influencer, make_opportunity, win
from tests.factories.findings import make_finding
from tests.insights.world import bought, four
from tests.web.one_customer import HTMX, alice, story, today
from wendu.coach.plan import daily_plan
from wendu.customers.actions import set_referrer
from wendu.customers.models import Customer
from wendu.discovery.models import Demand, Reconstruction
from wendu.insights import jobs
from wendu.jobs.actions import run_now
from wendu.kernel.clock import now
from wendu.opportunities.choices import InfluencerRole
from wendu.playbooks import Situation

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
CARD = {**HTMX, "HTTP_HX_TARGET": "worth"}
CIRCLE = {**HTMX, "HTTP_HX_TARGET": "circle"}
AMOUNT = 100_000


def look() -> None:
    assert run_now(jobs.STUDY, actor=None).state == "done"


def shown(client, page: str):
    return client.get(f"/worth/{page}").context["shown"]


def brought(owner, by, count: int, *days_ago: int, name: str = "介绍来的") -> list[Customer]:
    rows = [make_customer(owner, f"{name}{number}") for number in range(count)]
    for row in rows:
        set_referrer(customer=row, referrer=by, actor=owner, at=now())
        bought(row, *days_ago, on=today())
    return rows


def test_m14_existing_customers_with_open_potential_the_largest_first(alice, story):
    owner = story.customer.owner
    bringer = make_customer(owner, "会介绍的")
    bought(story.customer, 100, on=today())  # has an open deal over 960,000
    bought(bringer, 10, 100, 200, on=today())
    bought(make_customer(owner, "没什么的"), 20, 50, on=today())
    brought(owner, bringer, 10, 400)
    look()

    page = alice.get("/worth/stock/")

    found = page.context["shown"]
    assert [row.name for row in found.rows] == [story.customer.name, "会介绍的"]
    assert [bool(row.potential.deals) for row in found.rows] == [True, False]
    assert found.potential_minor == sum(row.potential.total for row in found.rows)
    assert (found.buyers, found.again, found.again_percent) == (13, 2, 15)
    assert (found.referred, found.referred_minor) == (10, 10 * AMOUNT)
    assert found.referred_percent == round(100 * 10 / 16)
    assert "还有潜力的老客户" in page.content.decode()


def test_m14_the_list_and_the_card_of_the_customer_say_the_same(alice, story):
    owner = story.customer.owner
    bought(story.customer, 10, 100, on=today())
    brought(owner, story.customer, 10, 400)
    look()

    (row,) = [row for row in shown(alice, "stock/").rows if row.name == story.customer.name]
    worth = alice.get(f"/worth/of/{story.customer.uuid}/", **CARD).context["worth"]

    assert row.potential.deals > 0
    assert row.potential.referrals > 0
    assert worth.parts[2].minor == pytest.approx(row.potential.total, abs=2)


def test_m14_who_has_gone_or_never_ordered_is_no_stock(alice, story):
    owner = story.customer.owner
    gone = make_customer(owner, "走了的")
    bought(gone, 900, 930, 960, on=today())
    make_opportunity(gone, "再来一台", amount_minor=5_000_000)
    look()

    assert shown(alice, "stock/").rows == ()


def test_m92_new_customers_by_source_with_the_referral_share(alice, story):
    owner = story.customer.owner
    brought(owner, story.customer, 14, 30)
    for number in range(4):
        make_customer(owner, f"展会{number}", source_text="展会")
    make_customer(owner, "没说的")
    make_customer(owner, "老早的", source_text="展会", at=now() - timedelta(days=800))
    Customer.objects.exclude(name="老早的").update(created_at=now() - timedelta(days=30))
    look()

    page = alice.get("/worth/sources/")

    found = page.context["shown"]
    rows = [(row.name, row.is_referral, row.customers, row.bought) for row in found.rows]
    assert rows == [("", True, 14, 14), ("展会", False, 4, 0), ("", False, 2, 0)]
    assert (found.customers, found.referred, found.referred_percent) == (20, 14, 70.0)
    assert found.rows[0].revenue_minor == 14 * AMOUNT
    assert "<b>70%</b> 是老客户介绍来的" in page.content.decode()
    assert shown(alice, "sources/?days=all").customers == 21


@pytest.mark.parametrize("days", ["", "90", "365", "all", "0", "x", "-1"])
def test_m92_any_time_that_is_asked_for_gives_a_page(alice, story, days):
    assert alice.get(f"/worth/sources/?days={days}").status_code == 200


def test_m107_an_old_customer_says_what_and_then_from_whom(alice, story):
    bought(story.customer, 30, 60, 90, on=today())  # with an open deal, and a problem left open
    calm = make_customer(story.customer.owner, "城南五金")
    bought(calm, 3, on=today())
    look()

    first, second = (alice.get(f"/worth/of/{each.uuid}/", **CARD) for each in (story.customer, calm))

    steps = first.context["worth"].steps
    assert (steps.what, steps.whom, steps.next) == (
        "有商机在谈",
        "还有 1 个问题没解决，难再找我们买",
        "还有没解决的问题：先解决，再问",
    )
    assert (second.context["worth"].steps.what, second.context["worth"].steps.whom) == (
        "还没发现新需求",
        "到现在都找我们；满不满意还没人问过",
    )
    assert "下一次购买的两步" in first.content.decode()
    assert (
        "下一次购买的两步" not in alice.get(f"/worth/of/{make_customer(story.customer.owner).uuid}/").content.decode()
    )


def won_with_a_need(story, name: str, *, fit: int, capability: str = "yes", idea: int | None = None):
    """A customer that bought for a need, and a better way told since."""
    customer = make_customer(story.customer.owner, name)
    deal = make_opportunity(customer, "空压站", amount_minor=AMOUNT)
    he = make_contact(customer)
    make_influencer(deal, he, InfluencerRole.DECISION_MAKER)
    demand = make_finding(deal, "demand", he)
    Demand.objects.filter(pk=demand.pk).update(need="电费降下来", fit=fit, capability=capability)
    if idea is not None:
        Reconstruction.objects.create(
            opportunity=deal,
            demand=demand,
            number=2,
            need="电费降下来",
            requirement="换永磁变频机",
            fit=idea,
            told_on=today(),
            written_at=now(),
        )
    win(deal, on=today() - timedelta(days=100), at=now())
    return customer


@pytest.mark.parametrize(
    ("told", "hint"),
    [
        ({"fit": 6, "idea": 8}, "“电费降下来”有更好的方案：换永磁变频机，满足程度 6 分 → 8 分（满分 10）"),
        ({"fit": 6, "idea": 7}, None),
        ({"fit": 6}, None),
        ({"fit": 6, "capability": "no"}, "现有的满足不了：电费降下来"),
    ],
)
def test_m108_a_better_solution_by_two_points_is_a_new_need(alice, story, told, hint):
    customer = won_with_a_need(story, "砚湖电机", **told)
    look()

    page = alice.get(f"/worth/of/{customer.uuid}/", **CARD)

    assert page.context["worth"].steps.hints == ((hint,) if hint else ())
    assert page.context["worth"].steps.what == ("有新需求" if hint else "还没发现新需求")
    assert not hint or hint in page.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tender", "在休眠或已流失：先把他们赢回来"),
        ("distributor", "还不知道满不满意：先问上次用得怎么样，别的不问"),
        ("household", "还不知道满不满意：先问上次用得怎么样，别的不问"),
        ("sleeper", "在休眠或已流失：先把他们赢回来"),
    ],
)
def test_m13_none_of_the_four_is_asked_for_a_referral_while_it_is_not_known_how_content_they_are(
    alice, story, name, words
):
    customers = four(story.customer.owner, on=today())
    look()

    page = alice.get(f"/customers/{customers[name].uuid}/circle/", **CIRCLE)

    assert page.context["circle"].ask != "ask"
    assert page.context["circle"].ask_because == words
    assert "现在别请他转介绍" in page.content.decode()


def test_m13_the_plan_of_the_day_asks_nobody_for_a_referral(cast, alice, story):
    four(story.customer.owner, on=today())
    look()

    day = daily_plan(cast.alice, at=now())

    assert not [situation for situation in Situation if "refer" in situation.value]
    assert not [step for step in day.steps if "refer" in step.situation]
    assert "转介绍" not in alice.get("/today/").content.decode()

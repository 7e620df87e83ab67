"""The pages about value: who is due, what goes with what, who stands where, and what all are worth together."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import make_customer, make_opportunity, win
from tests.insights.world import bought, four, item
from tests.web.counts import counted
from tests.web.one_customer import alice, story, today
from wendu.agreements.models import Order, Subscription
from wendu.insights import jobs
from wendu.jobs.actions import run_now
from wendu.kernel.clock import now

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
PAGES = ("", "again/", "next/", "stock/", "sources/", "lanes/", "model/")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def shown(client, page: str):
    return client.get(f"/worth/{page}").context["shown"]


def look() -> None:
    assert run_now(jobs.STUDY, actor=None).state == "done"


def pairing(owner, *, both: int, only: int) -> None:
    """So many have filters and oil, so many only filters, and as many neither."""
    for number in range(both + 2 * only):
        (order,) = bought(make_customer(owner, f"配{number}"), 10, on=today())
        item(order, "滤芯" if number < both + only else "水泵")
        if number < both:
            item(order, "润滑油")


def test_m29_who_is_due_stands_in_its_window_with_why_and_words_to_open_with(alice, story):
    customers = four(story.customer.owner, on=today())
    Order.objects.filter(customer=customers["distributor"]).update(need="补货", reason="周末前", scenario="门店")
    look()

    page = alice.get("/worth/again/")
    rows = {row.name: (group.turn, row) for group in page.context["shown"].groups for row in group.rows}

    place, row = rows["城南五金"]
    assert (place, row.what_for) == ("early", "补货 · 周末前 · 门店")
    assert "每 7 天下一单" in row.why
    assert row.talk
    assert set(rows) == {"城南五金", "老机械厂"}  # a tender and a household have no rhythm
    assert (rows["老机械厂"][0], rows["老机械厂"][1].step) == ("late", "正在休眠：先问变了什么，别问下一单")
    assert page.context["shown"].unknown == 2


def test_m112_in_the_window_late_and_over(alice, story):
    owner = story.customer.owner
    for name, silent in (("窗口里", 30), ("晚了", 40), ("早着", 10), ("流失了", 95), ("过了", 130)):
        bought(make_customer(owner, name), *(silent + 30 * back for back in range(4)), on=today())
    look()

    groups = {group.turn: [row.name for row in group.rows] for group in shown(alice, "again/").groups}

    assert groups == {"in_window": ["窗口里"], "late": ["晚了"], "early": ["早着"]}


def test_m107_whoever_was_left_with_a_problem_is_asked_for_nothing_before_it_is_solved(alice, story):
    bought(story.customer, 30, 60, 90, on=today())
    look()

    (row,) = [row for group in shown(alice, "again/").groups for row in group.rows]

    assert row.step == "还有没解决的问题：先解决，再问"


def test_m113_what_goes_with_what_they_have_is_proposed_to_who_lacks_it(alice, story):
    pairing(story.customer.owner, both=30, only=10)
    look()

    found = shown(alice, "next/")

    assert found.count == 10
    assert {row.item for row in found.rows} == {"润滑油"}
    assert "75%" in found.rows[0].why
    assert {(pair.has, pair.customers) for pair in found.pairs} == {("滤芯", 30), ("润滑油", 30)}


def test_m113_of_too_few_nothing_is_proposed(alice, story):
    pairing(story.customer.owner, both=4, only=3)
    look()

    assert (shown(alice, "next/").count, shown(alice, "next/").pairs) == (0, ())


def test_m24_the_lanes_say_who_came_and_who_left(alice, story):
    owner = story.customer.owner
    bought(make_customer(owner, "刚来"), 5, on=today())
    bought(make_customer(owner, "刚睡"), *(50 + 30 * back for back in range(4)), on=today())
    look()

    lanes = {lane.code: lane for lane in shown(alice, "lanes/").lanes}

    assert [card.name for card in lanes["growth"].cards] == ["刚来"]
    assert lanes["growth"].cards[0].came_from == "引入期"
    assert (lanes["dormant"].came, lanes["mature"].left) == (1, 1)
    assert lanes["introduction"].count == 1  # the customer of the story


def test_more_than_a_page_can_hold_is_reached_page_by_page(alice, story, monkeypatch):
    monkeypatch.setattr("wendu.desk.worth.again.SHOWN", 2)
    for number in range(5):
        bought(make_customer(story.customer.owner, f"常客{number}"), 30, 60, 90, on=today())
    look()
    pages = [
        alice.get(f"/worth/again/?{said}") for said in ("", "in_window=2", "in_window=3", "in_window=9", "in_window=x")
    ]

    groups = [{g.turn: g for g in page.context["shown"].groups}["in_window"] for page in pages]
    names = [[row.name for row in group.rows] for group in groups]

    assert [len(each) for each in names] == [2, 2, 1, 1, 2]
    assert len({name for page in names[:3] for name in page}) == 5
    assert "第 3–4 家，共 5 家" in pages[1].content.decode()
    assert 'href="?in_window=3#in_window"' in pages[1].content.decode()


def test_m7_new_and_existing_customers_and_net_retention(alice, story):
    owner = story.customer.owner
    old, new = make_customer(owner, "老"), make_customer(owner, "新")
    bought(old, 100, 500, on=today())
    win(make_opportunity(new, "泵站", amount_minor=100_000), on=today() - timedelta(days=20), at=now())
    for fee, now_fee, ended in ((100, 115, False), (100, 95, False), (80, 80, True), (720, 720, False)):
        row = Subscription.objects.create(
            customer=old,
            item="维保",
            currency="CNY",
            fee_minor=now_fee,
            began_on=today() - timedelta(days=700),
            renews_on=today() + timedelta(days=30),
            written_at=now(),
            **({"state": "churned", "ended_on": today() - timedelta(days=10)} if ended else {}),
        )
        if fee != now_fee:
            row.changes.create(
                step="expanded",
                on=today() - timedelta(days=100),
                fee_before_minor=fee,
                fee_after_minor=now_fee,
                written_at=now(),
            )
    look()

    found = shown(alice, "")

    assert (found.engines[0].new_minor, found.engines[0].existing_minor) == (100_000, 100_000)
    assert found.fees == (1000, 15, 5, 80)
    assert found.nrr_percent == pytest.approx(93.0)


def test_m7_what_went_back_counts_against_the_year_it_went_back_in(alice, story):
    customer = make_customer(story.customer.owner, "老")
    bought(customer, 100, 500, on=today())
    order = customer.orders.order_by("ordered_on").first()
    back = {"revenue_minor": 30_000, "gross_minor": 33_900, "written_at": now()}
    order.returns.create(returned_on=today() - timedelta(days=3), **back)
    order.returns.create(returned_on=today() - timedelta(days=400), **back)
    look()

    latest, before = shown(alice, "").engines

    assert (latest.new_minor, latest.existing_minor) == (0, 70_000)
    assert before.new_minor + before.existing_minor == 70_000


def test_m12_the_first_order_beside_all_they_brought(alice, story):
    bought(make_customer(story.customer.owner, "老"), 30, 400, 800, on=today())
    look()

    (row,) = shown(alice, "").cohorts

    assert (row.years, row.first_minor, row.all_minor, row.again_percent) == (2, 100_000, 300_000, 100)


def test_m59_what_if_fewer_left_with_the_claims_of_others_beside_it(alice, story):
    bought(make_customer(story.customer.owner, "老"), 30, 400, 800, on=today())
    look()

    page = alice.get("/worth/?now=25&then=20&customers=1000")

    told = page.context["shown"].whatif
    assert (told.now.years, told.then.years, told.now.customers[0]) == (4.0, 5.0, 750)
    assert page.content.decode().count("别人的说法，不是你们的数字") == 3


@pytest.mark.parametrize("asked", ["now=x", "now=-5&then=900", "customers=1e9", "now=nan&then=inf", "now=&then="])
def test_what_cannot_be_read_is_said_and_the_page_stands(alice, story, asked):
    page = alice.get(f"/worth/?{asked}")

    assert page.status_code == 200
    assert 0 <= page.context["shown"].asked.now_percent <= 100


@pytest.mark.parametrize("place", PAGES)
def test_each_page_stands_before_the_first_night_and_in_english(alice, story, place):
    alice.cookies["django_language"] = "en"

    assert alice.get(f"/worth/{place}").status_code == 200


@pytest.mark.parametrize("place", PAGES)
def test_an_outsider_sees_no_customer_of_others(story, client: Client, place):
    customers = four(story.customer.owner, on=today())
    pairing(story.customer.owner, both=30, only=5)
    look()
    client.force_login(story.cast.charlie, backend=BACKEND)

    answer = client.get(f"/worth/{place}")

    assert answer.status_code == 200
    assert not [each.name for each in customers.values() if each.name in answer.content.decode()]
    assert "配" not in answer.content.decode().replace("搭配", "")
    if place == "":
        assert (answer.context["shown"].buyers, answer.context["shown"].revenue) == (0, 0)


@pytest.mark.parametrize("place", PAGES)
def test_query_counts_of_the_pages_about_value_do_not_grow(alice, story, place):
    four(story.customer.owner, on=today())
    pairing(story.customer.owner, both=30, only=1)
    look()
    with counted(f"rep: worth/{place}"):
        assert alice.get(f"/worth/{place}").status_code == 200

    pairing(story.customer.owner, both=30, only=10)
    look()
    with counted(f"rep: worth/{place}"):
        assert alice.get(f"/worth/{place}").status_code == 200

"""The data sheet: what is known of a customer on one page, what is not, how to fill it, and what to look after."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_contact, make_customer
from tests.factories.orders import make_contract, make_money, make_order, make_subscription
from tests.web.one_customer import HTMX, alice, story, today
from wendu.agenda.models import Step
from wendu.agreements.actions import cancel_order, correct_order, delete_order
from wendu.customers.actions import set_referrer
from wendu.kernel.clock import now
from wendu.method.datasheet import Care

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
MISSING, OK = 404, 200
WHY = {"need": "电费降下来", "reason": "五月要审计", "scenario": "二号车间", "behaviour": "厂长带人比了三家"}


def url(customer) -> str:
    return f"/worth/of/{customer.uuid}/sheet/"


def entered(client: Client, who) -> Client:
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_m95_all_that_is_known_stands_on_one_sheet(alice, story):
    make_money(make_order(story.customer, **WHY, decided_by=story.he))
    make_subscription(story.customer)
    make_contract(story.customer)

    page = alice.get(url(story.customer))
    text = page.content.decode()

    known = ("顾明舒", "13800138000", "苏州", "滤芯", "维保年包", "年度供货框架", "停机两天会误了年底交货")
    assert not [words for words in (*WHY.values(), *known) if words not in text]
    sheet = page.context["sheet"]
    assert (sheet.fill.known, sheet.fill.asked) == (15, 16)
    assert [entry.code for entry in sheet.fill.lacks] == ["source"]
    assert "填了 93%" in text


def test_m95_what_nobody_wrote_down_is_said_with_a_link_that_fills_it(alice, story):
    new = make_customer(story.cast.alice, "新客户")
    order = make_order(new)

    page = alice.get(url(new))
    text = page.content.decode()

    assert {entry.code for entry in page.context["sheet"].fill.lacks} >= {"need", "people", "industry", "money"}
    assert page.context["sheet"].fill.known == 0
    links = ("/customers/{0}/details/", "/customers/{0}/contacts/new/", "/orders/{1}/", "/orders/{1}/dues/")
    for link in links:
        assert f'href="{link.format(new.uuid, order.uuid)}" data-drawer' in text
    assert [each.code for each in page.context["sheet"].orders[0].lacks][:2] == ["need", "reason"]
    assert "还不知道：" in text


def test_m95_who_brought_them_and_whom_they_brought_stand_on_the_sheet(alice, story):
    owner = story.customer.owner
    old, child = make_customer(owner, "砚湖电机"), make_customer(owner, "云泽泵业")
    set_referrer(customer=story.customer, referrer=old, actor=owner, at=now())
    set_referrer(customer=child, referrer=story.customer, actor=owner, at=now())

    page = alice.get(url(story.customer))

    assert "砚湖电机" in page.content.decode()
    assert page.context["sheet"].circle.brought == 1
    assert "source" not in [entry.code for entry in page.context["sheet"].fill.lacks]


def test_m95_to_fill_what_lacks_fills_the_sheet(alice, story):
    order = make_order(story.customer)
    before = alice.get(url(story.customer)).context["sheet"].fill

    correct_order(order=order, changes={"need": "电费降下来"}, actor=story.cast.alice, at=now())

    after = alice.get(url(story.customer)).context["sheet"].fill
    assert (after.known, after.asked) == (before.known + 3, before.asked)


def test_m95_a_cancelled_order_is_shown_and_asked_nothing_and_a_deleted_one_is_gone(alice, story):
    asked = alice.get(url(story.customer)).context["sheet"].fill.asked
    cancelled, deleted = make_order(story.customer), make_order(story.customer, note="没了")
    cancel_order(order=cancelled, reason="客户改主意", actor=story.cast.alice, at=now())
    delete_order(order=deleted, actor=story.cast.alice, at=now())

    sheet = alice.get(url(story.customer)).context["sheet"]

    assert [row.order.pk for row in sheet.orders] == [cancelled.pk]
    assert (sheet.fill.asked, sheet.sums, sheet.looks) == (asked, [], [])


def test_m96_an_order_without_a_need_says_so_and_offers_to_plan_the_question(alice, story):
    make_order(story.customer, scenario="二号车间")

    page = alice.get(url(story.customer))
    question = next(question for _row, question in page.context["rows"])

    assert "1 张订单没写需求" in page.content.decode()
    form = alice.get(question).context["form"]
    assert "为什么买" in form.initial["do"]
    said = {"do": form.initial["do"], "on": today().isoformat(), "user": story.cast.alice.pk}
    assert alice.post(question, said, **HTMX).status_code == OK
    assert Step.objects.filter(customer_id=story.customer.pk, do=form.initial["do"]).exists()


def test_m96_orders_without_a_need_are_listed_until_it_is_written_down(alice, story):
    order = make_order(story.customer, reason="五月要审计")
    make_order(story.customer, need="电费降下来")
    make_order(make_customer(story.cast.charlie, "别人的"))

    listed = [row.pk for row, _may in alice.get("/worth/reasons/").context["rows"]]
    correct_order(order=order, changes={"need": "电费降下来"}, actor=story.cast.alice, at=now())

    assert listed == [order.pk]
    assert "每张订单都写了需求" in alice.get("/worth/reasons/").content.decode()


def test_m97_what_to_look_after_cites_the_reason_and_fills_in_the_step(alice, story):
    make_order(story.customer, ordered_on=today() - timedelta(days=20), **WHY)

    page = alice.get(url(story.customer))
    row, question = page.context["looks"][0]
    initial = alice.get(question).context["form"].initial

    assert (row.look.care, row.look.because) == (Care.AHEAD, "五月要审计 · 二号车间")
    assert initial["do"] == "回访：电费降下来"
    assert "五月要审计" in initial["objective"]
    assert initial["on"] == today() + timedelta(days=10)


def test_m97_service_after_the_day_is_the_look_and_a_sale_talk_is_none(alice, story):
    make_order(story.customer, ordered_on=today() - timedelta(days=40), **WHY)

    def care() -> Care:
        return alice.get(url(story.customer)).context["sheet"].orders[0].look.care

    story.log("phone", 2)
    assert care() == Care.DUE
    story.log("service", 1)
    assert care() == Care.DONE


@pytest.mark.parametrize("who", ["alice", "mona"])
def test_neither_page_asks_more_questions_the_more_they_bought(story, client, who, django_assert_max_num_queries):
    entered(client, getattr(story.cast, who))
    make_money(make_order(story.customer, opportunity=story.deal))
    for address in (url(story.customer), "/worth/reasons/"):
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for _time in range(3):
            make_money(make_order(story.customer, decided_by=story.she))
        with django_assert_max_num_queries(len(few)):
            client.get(address)


def test_an_outsider_finds_no_sheet_and_a_reader_no_link_to_fill(story, client):
    make_order(story.customer)
    assert entered(client, story.cast.charlie).get(url(story.customer)).status_code == MISSING

    page = entered(client, story.cast.eve).get(url(story.customer))

    assert page.status_code == OK
    assert "data-drawer" not in page.content.decode().split('id="datasheet"')[1].split("</main>")[0]


def test_numbers_are_masked_on_the_sheet_for_whoever_may_not_read_them(story, client):
    make_contact(story.customer, "另一位", points=[("mobile", "13900139000")])

    text = entered(client, story.cast.eve).get(url(story.customer)).content.decode()

    assert "13900139000" not in text


@pytest.mark.parametrize("day", ["明天", "0001-01-01", "2020-01-01", "2026-13-40", "2026-01-01\x00"])
def test_a_step_is_planned_on_the_next_working_day_where_the_address_names_none(alice, story, day):
    page = alice.get("/steps/new/", {"customer": story.customer.uuid, "on": day, "do": "问\x00一下"})

    assert page.context["form"].initial["on"] > today()
    assert page.context["form"].initial["do"] == "问一下"


def test_m95_a_sheet_without_an_order_is_not_called_full(alice, story):
    customer = make_customer(story.customer.owner, "还没买过")

    head = alice.get(f"/worth/of/{customer.uuid}/sheet/").content.decode().split("</progress>")[0]

    assert "还没有订单" in head
    assert "填了" not in head.split("<main")[-1].replace("资料单填了多少", "")

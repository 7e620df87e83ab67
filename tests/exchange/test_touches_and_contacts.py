from datetime import date

import pytest

from tests.exchange.bringing import bring, reasons, table
from tests.factories import make_contact, make_customer, make_opportunity
from wendu.coach.models import Standing
from wendu.customers.models import Contact
from wendu.touches.models import Touch

HISTORY = """日期,方式,客户,联系人,人员,双向,结果,内容
2026-01-05,电话,华信,王芳,包伯,是,保持联系,聊了预算
2026/2/3,微信,华信,,alice,否,,发了资料
"""


@pytest.fixture
def huaxin(cast):
    customer = make_customer(cast.alice, "华信")
    make_contact(customer, "王芳")
    return customer


def test_history_keeps_its_day_and_author(cast, huaxin, tmp_path):
    report = bring(table(tmp_path, HISTORY), "touches", cast.ada)

    call, message = Touch.objects.order_by("touched_on")
    assert (report.created, report.rejected) == (2, 0)
    assert (call.kind, call.author, call.touched_on, call.note) == ("phone", cast.bob, date(2026, 1, 5), "聊了预算")
    assert [link.contact.name for link in call.participants.all()] == ["王芳"]
    assert (message.kind, message.is_two_way) == ("message", False)
    assert Standing.objects.get(customer=huaxin).latest_touch_on == date(2026, 2, 3)


def test_the_same_history_twice_is_one_history(cast, huaxin, tmp_path):
    path = table(tmp_path, HISTORY)
    bring(path, "touches", cast.ada)

    assert bring(path, "touches", cast.ada).unchanged == 2
    assert Touch.objects.count() == 2


def test_what_cannot_have_happened_is_rejected(cast, huaxin, tmp_path):
    rows = "date,kind,customer,contact,outcome\n2030-01-01,phone,华信,,\n2026-13-01,phone,华信,,\n2026-01-01,smoke,华信,,\n2026-01-01,phone,无此家,,\n2026-01-01,phone,华信,无此人,\n"  # noqa: E501

    report = bring(table(tmp_path, rows), "touches", cast.ada)

    assert set(reasons(report)) == {
        (2, "date", "day_to_come"),
        (3, "date", "unreadable_day"),
        (4, "kind", "unknown_word"),
        (5, "customer", "customer_not_found"),
        (6, "contact", "contact_not_found"),
    }


def test_an_order_in_the_history_wins_the_open_deal(cast, huaxin, tmp_path):
    deal = make_opportunity(huaxin, "一期", opened_on=date(2026, 1, 1))

    report = bring(table(tmp_path, "日期,方式,客户,结果\n2026-02-01,拜访,华信,签单\n"), "touches", cast.ada)

    assert report.created == 1
    assert deal.closures.get().closed_on == date(2026, 2, 1)


def test_an_outsider_logs_nothing_on_customers_not_seen(cast, huaxin, tmp_path):
    report = bring(table(tmp_path, "date,kind,customer\n2026-02-01,phone,华信\n"), "touches", cast.charlie)

    assert reasons(report) == [(2, "customer", "customer_not_found")]
    assert not Touch.objects.exists()


def test_contacts_come_with_their_numbers_once(cast, huaxin, tmp_path):
    path = table(
        tmp_path, "联系人,客户,手机,邮箱,职位\n李雷,华信,138 1234 5678,Li@Example.com,厂长\n王芳,华信,,,总监\n"
    )

    report = bring(path, "contacts", cast.ada)
    again = bring(path, "contacts", cast.ada)

    li = Contact.objects.get(name="李雷")
    assert (report.created, report.updated, again.unchanged) == (1, 1, 2)
    assert sorted(li.contact_points.values_list("value", flat=True)) == ["+8613812345678", "li@example.com"]
    assert (li.job_title, li.is_main) == ("厂长", False)

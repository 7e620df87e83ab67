"""Where a file may only fill what is empty, what is written down stays, whichever kind its rows are."""

from datetime import date

from tests.cast import MONDAY
from tests.exchange.bringing import bring, table
from tests.factories.customers import make_customer
from wendu.customers.actions import add_contact
from wendu.customers.models import Contact, ContactPoint, Customer
from wendu.opportunities.actions import open_opportunity
from wendu.opportunities.models import Opportunity


def test_a_customer_keeps_what_it_has_and_gets_what_it_lacks(cast, tmp_path):
    customer = make_customer(cast.alice, "甲公司", city="苏州")

    text = "客户名称,市,省,编号,负责人,电话\n甲公司,无锡,江苏,K1,bob,0512-66001100\n"
    report = bring(table(tmp_path, text), "customers", cast.ada, on_match="fill")

    customer.refresh_from_db()
    assert report.updated == 1
    assert (customer.city, customer.province, customer.external_id, customer.owner) == (
        "苏州",
        "江苏",
        "K1",
        cast.alice,
    )
    assert ContactPoint.objects.get().value == "+8651266001100"


def test_the_same_file_filled_in_twice_changes_nothing(cast, tmp_path):
    make_customer(cast.alice, "甲公司", city="苏州")
    path = table(tmp_path, "客户名称,市,省,电话\n甲公司,无锡,江苏,0512-66001100\n")
    bring(path, "customers", cast.ada, on_match="fill")

    assert bring(path, "customers", cast.ada, on_match="fill").unchanged == 1


def test_a_person_keeps_title_and_mobile_and_gets_an_address(cast, tmp_path):
    customer = make_customer(cast.alice, "甲公司")
    told = {"details": {"job_title": "厂长"}, "points": [("mobile", "13812345678")]}
    person = add_contact(customer=customer, name="王芳", actor=cast.alice, at=MONDAY, **told)
    text = "联系人,客户,职位,部门,手机,邮箱\n王芳,甲公司,采购,生产部,13900001111,wf@example.com\n"

    report = bring(table(tmp_path, text), "contacts", cast.ada, on_match="fill")

    person.refresh_from_db()
    assert report.updated == 1
    assert (person.job_title, person.department) == ("厂长", "生产部")
    assert sorted(person.contact_points.values_list("kind", "value")) == [
        ("email", "wf@example.com"),
        ("mobile", "+8613812345678"),
    ]


def test_rows_of_one_file_about_one_new_person_fill_each_other_in(cast, tmp_path):
    make_customer(cast.alice, "甲公司")
    text = "联系人,客户,职位,部门\n王芳,甲公司,厂长,\n王芳,甲公司,采购,生产部\n"

    bring(table(tmp_path, text), "contacts", cast.ada, on_match="fill")

    assert Contact.objects.values_list("job_title", "department").get() == ("厂长", "生产部")


def test_a_deal_gets_its_amount_with_the_currency_and_is_not_closed(cast, tmp_path):
    customer = make_customer(cast.alice, "甲公司")
    opened = {"opened_on": date(2026, 1, 5), "details": {"external_id": "D1"}}
    open_opportunity(customer=customer, title="一期", owner=cast.alice, actor=cast.alice, at=MONDAY, **opened)
    text = "编号,商机,客户,负责人,金额,币种,状态,关闭\nD1,二期,甲公司,bob,1200,USD,won,2026-02-01\n"

    report = bring(table(tmp_path, text), "opportunities", cast.ada, on_match="fill")

    deal = Opportunity.objects.get()
    assert report.updated == 1
    assert (deal.title, deal.owner, deal.amount_minor, deal.currency) == ("一期", cast.alice, 120_000, "USD")
    assert not deal.closures.exists()


def test_a_colleague_gets_an_address_and_keeps_role_and_team(cast, tmp_path):
    text = "登录名,邮箱,角色,团队\nalice,alice@example.com,manager,南区\n"

    bring(table(tmp_path, text), "users", cast.ada, on_match="fill")

    before = (cast.alice.role, cast.alice.team_id)
    cast.alice.refresh_from_db()
    assert cast.alice.email == "alice@example.com"
    assert (cast.alice.role, cast.alice.team_id) == before


def test_new_rows_come_in_as_ever(cast, tmp_path):
    bring(table(tmp_path, "客户名称,市\n乙公司,无锡\n"), "customers", cast.ada, on_match="fill")

    assert Customer.objects.get().city == "无锡"

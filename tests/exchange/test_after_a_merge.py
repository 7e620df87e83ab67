"""Files that were brought in before two records were made one, brought in again."""

import pytest

from tests.cast import MONDAY
from tests.exchange.bringing import bring, table
from wendu.customers.models import Contact, Customer
from wendu.merges.actions import merge_contacts, merge_customers

pytestmark = pytest.mark.django_db
FILE = """编号,客户名称,城市,行业,联系人,手机
A-1,桐溪注塑有限公司,苏州,manufacturing,顾明舒,13800138000
A-2,桐溪塑胶厂,无锡,,叶青,13900139000
,桐溪注塑科技,常州,,顾总,13800138000
"""


def merged(cast, path, *, choices):
    bring(path, "customers", cast.alice)
    kept, second, third = (
        Customer.objects.get(name=name) for name in ("桐溪注塑有限公司", "桐溪塑胶厂", "桐溪注塑科技")
    )
    merge_customers(kept=kept, gone=second, actor=cast.mona, at=MONDAY, choices=choices)
    kept.refresh_from_db()
    merge_customers(kept=kept, gone=third, actor=cast.mona, at=MONDAY)
    he, twin = Contact.objects.get(name="顾明舒"), Contact.objects.get(name="顾总")
    merge_contacts(kept=he, gone=twin, actor=cast.mona, at=MONDAY)
    return kept


@pytest.mark.parametrize("choices", [{}, {"external_id": "gone"}, {"name": "gone", "city": "gone"}])
def test_the_same_file_again_changes_nothing(cast, tmp_path, choices):
    path = table(tmp_path, FILE)
    kept = merged(cast, path, choices=choices)
    before = list(Customer.objects.order_by("pk").values()), list(Contact.objects.order_by("pk").values())

    report = bring(path, "customers", cast.alice)

    assert report.rejected == 0
    after = list(Customer.objects.order_by("pk").values()), list(Contact.objects.order_by("pk").values())
    if choices:
        assert Customer.objects.visible_to(cast.alice).count() == 1
        assert len(after[1]) == len(before[1])
    else:
        assert after == before
    kept.refresh_from_db()


def test_touches_of_an_old_number_or_name_come_to_what_it_became(cast, tmp_path):
    kept = merged(cast, table(tmp_path, FILE), choices={})
    touches = "客户,日期,方式\nA-2,2026-02-02,电话\n桐溪注塑科技,2026-02-03,拜访\n"

    report = bring(table(tmp_path, touches, "touches.csv"), "touches", cast.alice)

    assert report.rejected == 0
    assert kept.touches.count() == 2


def test_a_new_customer_of_an_old_name_that_is_somebody_elses_now_is_meant(cast, tmp_path):
    kept = merged(cast, table(tmp_path, FILE), choices={})
    other = Customer.objects.create(
        name="桐溪塑胶厂",
        name_key=Customer.objects.get(external_id="A-2").name_key,
        owner=cast.alice,
        created_at=MONDAY,
    )

    bring(table(tmp_path, "客户名称,地址\n桐溪塑胶厂,新区 8 号\n"), "customers", cast.alice)

    other.refresh_from_db()
    kept.refresh_from_db()
    assert (other.address, kept.address) == ("新区 8 号", "")


def test_who_does_not_see_what_it_became_does_not_learn_of_it(cast, tmp_path):
    merged(cast, table(tmp_path, FILE), choices={})

    report = bring(table(tmp_path, "编号,客户名称\nA-2,桐溪塑胶厂\n"), "customers", cast.charlie)

    assert [found.code for found in report.rejections()] == ["already_deleted"]

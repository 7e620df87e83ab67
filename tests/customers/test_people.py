import pytest
from django.db import IntegrityError, transaction

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer
from wendu.customers.actions import (
    AlreadyDeleted,
    BadEmail,
    BadPhone,
    BadPoint,
    ContactIdTaken,
    ForeignContact,
    NotDeleted,
    PointTaken,
    UnknownPointKind,
    add_contact,
    add_contact_point,
    delete_contact,
    delete_customer,
    edit_contact,
    edit_contact_point,
    remove_contact_point,
    restore_contact,
    set_main_contact,
)
from wendu.customers.models import Contact, ContactPoint
from wendu.customers.queries import contact_by_uuid, contacts_of, deleted_contacts_of, point_by_id, points_of
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.search.queries import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(cast):
    return make_customer(cast.alice, "精工")


def test_the_earliest_person_becomes_the_main_contact(customer):
    first, second = make_contact(customer, "张三"), make_contact(customer, "李四")

    assert (first.is_main, second.is_main) == (True, False)


def test_there_is_one_main_contact_at_a_time(cast, customer):
    first, second = make_contact(customer, "张三"), make_contact(customer, "李四")

    set_main_contact(contact=second, actor=cast.alice, at=MONDAY)

    assert [contact.name for contact in contacts_of(cast.alice, customer)] == ["李四", "张三"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=first.pk).update(is_main=True)


def test_a_person_is_found_by_name_and_by_the_tail_of_the_number(cast, customer):
    make_contact(customer, "张晓明", points=[("mobile", "138 1234 5678"), ("email", "Zhang@Example.COM")])

    assert [hit.title for hit in find("zxm", user=cast.alice)] == ["张晓明"]
    assert [hit.title for hit in find("5678", user=cast.alice)] == ["张晓明"]
    assert find("5678", user=cast.mia) == []
    assert find("张晓明", user=cast.charlie) == []
    assert {point.value for point in ContactPoint.objects.all()} == {"+8613812345678", "zhang@example.com"}
    assert ContactPoint.objects.get(kind="mobile").written == "138 1234 5678"


@pytest.mark.parametrize(
    "kind,value,refusal",
    [
        ("mobile", "hello", BadPhone),
        ("phone", "12", BadPhone),
        ("email", "no-at-sign", BadEmail),
        ("wechat", "  ", BadPoint),
        ("wechat", "x" * 201, BadPoint),
        ("pigeon", "coo", UnknownPointKind),
    ],
)
def test_a_number_that_reaches_nobody_is_refused_and_nobody_is_added(cast, customer, kind, value, refusal):
    with pytest.raises(refusal) as refused:
        add_contact(customer=customer, name="张三", actor=cast.alice, at=MONDAY, points=[(kind, value)])

    assert refused.value.text()
    assert not Contact.objects.exists()


def test_the_same_number_written_twice_stands_once(cast, customer):
    contact = make_contact(customer, points=[("mobile", "13812345678"), ("mobile", "+86 138-1234-5678")])

    again = add_contact_point(
        customer=customer, contact=contact, kind="mobile", value="138 1234 5678", actor=cast.alice, at=MONDAY
    )

    assert list(contact.contact_points.all()) == [again]
    assert not Entry.objects.filter(verb="contact_point.added").exists()


def test_a_number_is_corrected_and_removed(cast, customer):
    contact = make_contact(customer, points=[("mobile", "13812345678"), ("mobile", "13912345678")])
    first, second = contact.contact_points.order_by("pk")

    with pytest.raises(PointTaken):
        edit_contact_point(point=first, value="139 1234 5678", actor=cast.alice, at=MONDAY)
    edit_contact_point(point=first, value="13700000000", actor=cast.alice, at=MONDAY)
    remove_contact_point(point=second, actor=cast.alice, at=MONDAY)

    assert [point.value for point in contact.contact_points.all()] == ["+8613700000000"]
    assert find("13912345678", user=cast.alice) == []
    assert find("13700000000", user=cast.alice)
    assert set(Entry.objects.filter(verb__startswith="contact_point.").values_list("root_id", flat=True)) == {
        customer.pk
    }


def test_a_customer_has_numbers_of_its_own(cast, customer):
    point = add_contact_point(customer=customer, kind="phone", value="0512-6288 1234", actor=cast.alice, at=MONDAY)

    assert points_of(cast.alice, customer) == [point]
    assert points_of(cast.charlie, customer) == []
    assert [hit.title for hit in find("62881234", user=cast.alice)] == ["精工"]
    with pytest.raises(ContactPoint.DoesNotExist):
        point_by_id(cast.charlie, customer, point.pk)


def test_a_number_is_not_hung_on_the_person_of_another_customer(cast, customer):
    stranger = make_contact(make_customer(cast.alice, "别家"))

    with pytest.raises(ForeignContact):
        add_contact_point(customer=customer, contact=stranger, kind="wechat", value="abc", actor=cast.alice, at=MONDAY)


def test_a_deleted_person_comes_back_as_it_was(cast, customer):
    contact = make_contact(customer, "张三")

    delete_contact(contact=contact, actor=cast.alice, at=MONDAY)

    assert contacts_of(cast.alice, customer) == []
    assert find("张三", user=cast.alice) == []
    assert deleted_contacts_of(cast.alice, customer) == [contact]
    with pytest.raises(AlreadyDeleted):
        edit_contact(contact=contact, changes={"name": "李四"}, actor=cast.alice, at=MONDAY)

    restore_contact(contact=contact, actor=cast.alice, at=MONDAY)

    assert contact.is_main
    assert find("张三", user=cast.alice)
    with pytest.raises(NotDeleted):
        restore_contact(contact=contact, actor=cast.alice, at=MONDAY)


def test_a_restored_person_does_not_push_out_the_new_main_contact(cast, customer):
    first, second = make_contact(customer, "张三"), make_contact(customer, "李四")
    delete_contact(contact=first, actor=cast.alice, at=MONDAY)
    set_main_contact(contact=second, actor=cast.alice, at=MONDAY)

    restore_contact(contact=first, actor=cast.alice, at=MONDAY)

    assert not first.is_main


def test_an_edit_is_journaled_under_the_customer(cast, customer):
    contact = make_contact(customer, "张三", external_id="C1")

    edit_contact(contact=contact, changes={"job_title": "采购总监"}, actor=cast.alice, at=MONDAY)

    entry = Entry.objects.get(verb="contact.edited")
    assert (entry.root_id, entry.after) == (customer.pk, {"job_title": "采购总监"})
    with pytest.raises(ContactIdTaken):
        make_contact(customer, "李四", external_id="C1")


def test_nobody_is_added_to_a_deleted_customer(cast, customer):
    delete_customer(customer=customer, actor=cast.alice, at=MONDAY)

    with pytest.raises(AlreadyDeleted):
        make_contact(customer, "张三")


def test_an_outsider_neither_sees_nor_touches_the_people(cast, customer):
    contact = make_contact(customer, "张三", points=[("wechat", "zhang3")])
    point = contact.contact_points.get()

    assert contacts_of(cast.charlie, customer) == []
    with pytest.raises(Contact.DoesNotExist):
        contact_by_uuid(cast.charlie, contact.uuid)
    for act in (delete_contact, restore_contact, set_main_contact):
        with pytest.raises(Denied):
            act(contact=contact, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        edit_contact(contact=contact, changes={"name": "x"}, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        add_contact(customer=customer, name="x", actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        add_contact_point(customer=customer, kind="wechat", value="x", actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        edit_contact_point(point=point, value="x", actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        remove_contact_point(point=point, actor=cast.charlie, at=MONDAY)

    assert Contact.objects.get().name == "张三"
    assert ContactPoint.objects.get().value == "zhang3"


def test_the_people_of_a_customer_cost_two_queries_however_many(cast, customer, django_assert_num_queries):
    for name in ("张三", "李四", "王五"):
        make_contact(customer, name, points=[("wechat", name)])
    contacts_of(cast.alice, customer)

    with django_assert_num_queries(2):
        for contact in contacts_of(cast.alice, customer):
            assert list(contact.contact_points.all())

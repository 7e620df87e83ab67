from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import MONDAY
from tests.factories import make_customer, make_customers
from wendu.customers.actions import (
    AlreadyDeleted,
    ExternalIdTaken,
    NotDeleted,
    NotYourPerson,
    ParentLoop,
    bucket_for,
    create_customer,
    delete_customer,
    edit_customer,
    restore_customer,
    set_parent,
)
from wendu.customers.models import Customer
from wendu.customers.queries import (
    CustomerFilter,
    customer_by_uuid,
    customers_of,
    deleted_customers,
    owner_choices,
    similar_customers,
)
from wendu.journal.models import Entry
from wendu.kernel.changes import BadValue, UnknownField
from wendu.kernel.errors import Denied, Stale
from wendu.search.queries import find

pytestmark = pytest.mark.django_db


def names(rows) -> set[str]:
    return {row.name for row in rows}


def test_a_new_customer_takes_the_team_of_its_owner(cast):
    customer = make_customer(cast.alice, "苏州精工机械有限公司", city="苏州", headcount=120)

    assert (customer.team, customer.name_key, customer.headcount) == (cast.east, "苏州精工机械", 120)
    entry = Entry.objects.get(verb="customer.created")
    assert (entry.root_id, entry.actor, entry.after["city"]) == (customer.pk, cast.alice, "苏州")


def test_a_new_customer_is_found_by_pinyin_initials_but_not_by_an_outsider(cast):
    make_customer(cast.alice, "苏州精工机械有限公司")

    assert [hit.title for hit in find("szjg", user=cast.alice)] == ["苏州精工机械有限公司"]
    assert find("精工", user=cast.charlie) == []


def test_a_name_is_tidied_and_must_not_be_empty(cast):
    assert make_customer(cast.alice, "  精工\u0000 机械\n").name == "精工 机械"
    with pytest.raises(BadValue) as refused:
        make_customer(cast.alice, " \u200b ", at=MONDAY).name  # noqa: B018
    assert refused.value.field == "name"


@pytest.mark.parametrize(
    "details,field",
    [
        ({"market": "moon"}, "market"),
        ({"headcount": -1}, "headcount"),
        ({"headcount": "many"}, "headcount"),
        ({"headcount": 10**30}, "headcount"),
        ({"city": "长" * 61}, "city"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_written(cast, details, field):
    with pytest.raises(BadValue) as refused:
        make_customer(cast.alice, "精工", **details)

    assert refused.value.field == field
    assert refused.value.text()
    assert not Customer.objects.exists()


def test_the_name_cannot_be_longer_than_its_column(cast):
    with pytest.raises(BadValue):
        make_customer(cast.alice, "长" * 201)


def test_a_field_outside_the_list_is_not_written(cast):
    customer = make_customer(cast.alice)

    for name in ("owner", "team_id", "deleted_at", "id", "nonsense"):
        with pytest.raises(UnknownField):
            edit_customer(customer=customer, changes={name: 1}, actor=cast.alice, at=MONDAY)


def test_an_edit_keeps_before_and_after_and_renews_the_search(cast):
    customer = make_customer(cast.alice, "精工", city="苏州")

    edit_customer(customer=customer, changes={"name": "精工集团", "city": "无锡"}, actor=cast.alice, at=MONDAY, seen=0)

    entry = Entry.objects.get(verb="customer.edited")
    assert (entry.before["city"], entry.after["city"]) == ("苏州", "无锡")
    assert find("无锡", user=cast.alice)
    assert not find("苏州", user=cast.alice)


def test_an_edit_that_changes_nothing_leaves_no_trace(cast):
    customer = make_customer(cast.alice, "精工", city="苏州")

    edit_customer(customer=customer, changes={"city": "苏州 "}, actor=cast.alice, at=MONDAY)

    assert not Entry.objects.filter(verb="customer.edited").exists()


def test_the_second_of_two_editors_is_told(cast):
    customer = make_customer(cast.alice, "精工")
    edit_customer(customer=customer, changes={"city": "苏州"}, actor=cast.alice, at=MONDAY, seen=0)

    with pytest.raises(Stale):
        edit_customer(customer=customer, changes={"city": "无锡"}, actor=cast.alice, at=MONDAY, seen=0)

    customer.refresh_from_db()
    assert customer.city == "苏州"


def test_a_number_of_another_system_stands_once_even_among_deleted_ones(cast):
    first = make_customer(cast.alice, "甲", external_id="K1")
    delete_customer(customer=first, actor=cast.alice, at=MONDAY)

    with pytest.raises(ExternalIdTaken):
        make_customer(cast.alice, "乙", external_id="K1")


def test_an_outsider_sees_and_changes_nothing(cast):
    customer = make_customer(cast.alice, "精工")

    assert not customers_of(cast.charlie).exists()
    with pytest.raises(Customer.DoesNotExist):
        customer_by_uuid(cast.charlie, customer.uuid)
    for act in (delete_customer, restore_customer):
        with pytest.raises(Denied):
            act(customer=customer, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        edit_customer(customer=customer, changes={"city": "无锡"}, actor=cast.charlie, at=MONDAY)
    customer.refresh_from_db()
    assert (customer.city, customer.deleted_at, customer.revision) == ("", None, 0)


def test_executives_read_and_do_not_write(cast):
    customer = make_customer(cast.alice, "精工")

    assert names(customers_of(cast.eve)) == {"精工"}
    with pytest.raises(Denied):
        edit_customer(customer=customer, changes={"city": "无锡"}, actor=cast.eve, at=MONDAY)
    with pytest.raises(Denied):
        create_customer(name="新", owner=None, actor=cast.eve, at=MONDAY)


def test_a_deleted_customer_is_out_of_sight_until_it_is_restored(cast):
    customer = make_customer(cast.alice, "精工")

    delete_customer(customer=customer, actor=cast.alice, at=MONDAY)

    assert not customers_of(cast.alice).exists()
    assert find("精工", user=cast.alice) == []
    assert names(deleted_customers(cast.alice)) == {"精工"}
    assert not deleted_customers(cast.charlie).exists()
    with pytest.raises(AlreadyDeleted):
        edit_customer(customer=customer, changes={"city": "无锡"}, actor=cast.alice, at=MONDAY)

    restore_customer(customer=customer, actor=cast.alice, at=MONDAY)

    assert names(customers_of(cast.alice)) == {"精工"}
    assert find("精工", user=cast.alice)
    with pytest.raises(NotDeleted):
        restore_customer(customer=customer, actor=cast.alice, at=MONDAY)


def test_a_parent_is_never_below_its_child(cast):
    top, middle, low = (make_customer(cast.alice, name) for name in ("上", "中", "下"))
    set_parent(customer=middle, parent=top, actor=cast.alice, at=MONDAY)
    set_parent(customer=low, parent=middle, actor=cast.alice, at=MONDAY)

    for parent in (top, middle, low):
        with pytest.raises(ParentLoop):
            set_parent(customer=top, parent=parent, actor=cast.alice, at=MONDAY)

    top.refresh_from_db()
    assert top.parent is None
    set_parent(customer=low, parent=None, actor=cast.alice, at=MONDAY)
    assert Entry.objects.filter(verb="customer.parent_changed").count() == 3


def test_a_customer_is_given_only_to_people_one_may_hand_work_to(cast):
    assert set(owner_choices(cast.alice)) == {cast.alice, cast.bob, cast.mona, cast.sam}
    assert cast.charlie not in owner_choices(cast.mona)
    with pytest.raises(NotYourPerson):
        make_customer(cast.charlie, "精工", actor=cast.alice)
    assert make_customer(cast.charlie, "精工", actor=cast.ada).team == cast.south


def test_similar_names_are_warned_of_only_among_what_one_sees(cast):
    make_customer(cast.alice, "华为技术有限公司")
    make_customer(cast.charlie, "华为技术股份有限公司")

    assert names(similar_customers(cast.alice, "华为技术（集团）")) == {"华为技术有限公司"}
    assert names(similar_customers(cast.alice, "华为")) == {"华为技术有限公司"}
    assert names(similar_customers(cast.alice, "华为技术服务")) == {"华为技术有限公司"}
    assert similar_customers(cast.alice, "中兴") == []
    assert similar_customers(cast.alice, "%_") == []


def test_deals_without_a_customer_share_one_bucket_a_person_that_no_list_shows(cast):
    bucket = bucket_for(user=cast.alice, actor=cast.ada, at=MONDAY)

    assert bucket_for(user=cast.alice, actor=cast.ada, at=MONDAY) == bucket
    assert (bucket.owner, bucket.team) == (cast.alice, cast.east)
    assert not customers_of(cast.alice).exists()
    assert customer_by_uuid(cast.alice, bucket.uuid) == bucket
    assert Entry.objects.filter(verb="customer.bucket_opened").count() == 1


def test_a_list_is_narrowed_by_the_customers_own_fields(cast):
    make_customer(cast.alice, "甲", city="苏州", tier="key")
    make_customer(cast.bob, "乙", city="苏州")
    make_customer(None, "丙", actor=cast.ada)

    assert names(customers_of(cast.mona, CustomerFilter(owner_id=cast.bob.pk))) == {"乙"}
    assert names(customers_of(cast.ada, CustomerFilter(team_path=cast.north.path))) == {"甲", "乙"}
    assert names(customers_of(cast.mona, CustomerFilter(city="苏州", tier="key"))) == {"甲"}
    assert names(customers_of(cast.ada, CustomerFilter(without_owner=True))) == {"丙"}


def test_the_database_itself_refuses_a_nameless_or_circular_customer(cast):
    row = make_customers(cast.alice, 1)[0]

    for broken in ({"name": ""}, {"parent_id": row.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Customer.objects.filter(pk=row.pk).update(**broken)


def test_an_unknown_uuid_is_not_found(cast):
    with pytest.raises(Customer.DoesNotExist):
        customer_by_uuid(cast.alice, uuid4())

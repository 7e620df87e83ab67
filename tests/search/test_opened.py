"""What one opened latest: newest first, only one's own, and never what one may no longer see."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories.customers import make_customer
from wendu.customers.actions import change_owner, delete_customer, edit_customer, restore_customer
from wendu.kernel.errors import Denied
from wendu.search.actions import forget_about
from wendu.search.models import Opened
from wendu.search.opened import KEPT, latest_opened, remember_opening

pytestmark = pytest.mark.django_db


def opened_by(user, *things):
    start = Opened.objects.count()
    for number, thing in enumerate(things):
        remember_opening(thing=thing, actor=user, at=MONDAY + timedelta(minutes=start + number))


def titles(user, limit=KEPT):
    return [entry.title for entry in latest_opened(user=user, limit=limit)]


def test_the_latest_opened_stands_first_and_only_once(cast):
    east, west = make_customer(cast.alice, "东厂"), make_customer(cast.alice, "西厂")

    opened_by(cast.alice, east, west, east)

    assert titles(cast.alice) == ["东厂", "西厂"]
    assert titles(cast.alice, limit=1) == ["东厂"]


def test_everybody_has_a_list_of_their_own(cast):
    opened_by(cast.alice, make_customer(cast.alice, "东厂"))

    assert titles(cast.mona) == titles(cast.charlie) == []


def test_only_the_latest_twenty_are_kept(cast):
    opened_by(cast.alice, *[make_customer(cast.alice, f"厂{number}") for number in range(KEPT + 3)])

    assert titles(cast.alice)[0] == f"厂{KEPT + 2}"
    assert Opened.objects.of(cast.alice).count() == KEPT


def test_a_customer_handed_to_somebody_else_leaves_the_list(cast):
    customer = make_customer(cast.alice, "东厂")
    opened_by(cast.alice, customer)

    change_owner(customer=customer, owner=cast.charlie, actor=cast.ada, at=MONDAY)

    assert titles(cast.alice) == []


def test_what_is_deleted_leaves_the_list_and_comes_back_restored(cast):
    customer = make_customer(cast.alice, "东厂")
    opened_by(cast.alice, customer)

    delete_customer(customer=customer, actor=cast.alice, at=MONDAY)
    assert titles(cast.alice) == []

    restore_customer(customer=customer, actor=cast.alice, at=MONDAY)
    assert titles(cast.alice) == ["东厂"]


def test_a_new_name_is_the_name_shown(cast):
    customer = make_customer(cast.alice, "东厂")
    opened_by(cast.alice, customer)

    edit_customer(customer=customer, changes={"name": "新东厂"}, actor=cast.alice, at=MONDAY)

    assert titles(cast.alice) == ["新东厂"]


def test_what_is_removed_for_good_is_not_remembered(cast):
    customer = make_customer(cast.alice, "东厂")
    opened_by(cast.alice, customer)

    forget_about("customer", [customer.pk])

    assert not Opened.objects.exists()


def test_a_closed_login_remembers_nothing(cast):
    customer = make_customer(cast.alice, "东厂")
    opened_by(cast.alice, customer)
    cast.alice.is_active = False

    assert titles(cast.alice) == []
    with pytest.raises(Denied):
        remember_opening(thing=make_customer(cast.bob, "西厂"), actor=cast.alice, at=MONDAY)

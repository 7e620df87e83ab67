from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.agenda.models import Notification
from wendu.customers.actions import (
    InactiveColleague,
    NotTakenBack,
    NotYourPerson,
    add_collaborator,
    change_owner,
    remove_collaborator,
    take_back_customer,
)
from wendu.customers.models import Customer
from wendu.customers.queries import clear_to, collaborators_of, customers_of
from wendu.identity.actions import set_team
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


def test_a_handed_over_customer_takes_the_new_owners_team_and_leaves_the_old_one(cast):
    customer = make_customer(cast.alice)

    change_owner(customer=customer, owner=cast.bob, actor=cast.mona, at=LATER)

    assert (customer.owner, customer.team) == (cast.bob, cast.east)
    assert not customers_of(cast.alice).exists()
    entry = Entry.objects.get(verb="customer.owner_changed")
    assert (entry.before["owner"], entry.after["owner"], entry.root_id) == (cast.alice.pk, cast.bob.pk, customer.pk)


def test_the_previous_owner_may_stay_beside(cast):
    customer = make_customer(cast.alice)

    change_owner(customer=customer, owner=cast.bob, actor=cast.alice, at=LATER, keep_previous=True)

    assert collaborators_of(cast.bob, customer) == [cast.alice]
    assert customers_of(cast.alice).exists()
    assert collaborators_of(cast.charlie, customer) == []


def test_a_collaborator_who_becomes_the_owner_is_no_longer_beside(cast):
    customer = make_customer(cast.alice)
    add_collaborator(customer=customer, user=cast.bob, actor=cast.alice, at=MONDAY)

    change_owner(customer=customer, owner=cast.bob, actor=cast.alice, at=LATER)

    assert collaborators_of(cast.bob, customer) == []


def test_a_customer_may_wait_without_an_owner(cast):
    customer = make_customer(cast.alice)

    change_owner(customer=customer, owner=None, actor=cast.ada, at=LATER)

    assert (customer.owner, customer.team) == (None, None)


def test_nobody_hands_over_what_is_not_his_or_to_a_stranger(cast):
    customer = make_customer(cast.alice)

    with pytest.raises(Denied):
        change_owner(customer=customer, owner=cast.charlie, actor=cast.charlie, at=LATER)
    with pytest.raises(NotYourPerson):
        change_owner(customer=customer, owner=cast.charlie, actor=cast.alice, at=LATER)
    with pytest.raises(Denied):
        add_collaborator(customer=customer, user=cast.charlie, actor=cast.charlie, at=LATER)
    with pytest.raises(Denied):
        remove_collaborator(customer=customer, user=cast.bob, actor=cast.charlie, at=LATER)

    customer.refresh_from_db()
    assert customer.owner == cast.alice


def test_a_collaborator_sees_and_edits_until_it_ends(cast):
    customer = make_customer(cast.alice)
    add_collaborator(customer=customer, user=cast.charlie, actor=cast.alice, at=MONDAY)
    add_collaborator(customer=customer, user=cast.charlie, actor=cast.alice, at=MONDAY)
    assert customers_of(cast.charlie).count() == 1

    remove_collaborator(customer=customer, user=cast.charlie, actor=cast.alice, at=LATER)
    remove_collaborator(customer=customer, user=cast.charlie, actor=cast.alice, at=LATER)

    assert not customers_of(cast.charlie).exists()
    assert Entry.objects.filter(verb="customer.collaborator_added").count() == 1
    assert Entry.objects.filter(verb="customer.collaborator_removed").count() == 1


def test_somebody_who_left_cannot_work_on_a_customer(cast):
    customer = make_customer(cast.alice)
    cast.bob.is_active = False

    with pytest.raises(InactiveColleague):
        add_collaborator(customer=customer, user=cast.bob, actor=cast.alice, at=MONDAY)


def test_customers_follow_an_owner_who_changes_teams(cast, django_capture_on_commit_callbacks):
    customer = make_customer(cast.alice)
    other = make_customer(cast.bob)

    with django_capture_on_commit_callbacks(execute=True):
        set_team(user=cast.alice, team=cast.south, actor=cast.ada, at=LATER)

    customer.refresh_from_db()
    other.refresh_from_db()
    assert (customer.team, other.team) == (cast.south, cast.east)
    assert not customers_of(cast.mona).filter(pk=customer.pk).exists()
    entry = Entry.objects.get(verb="customers.team_followed")
    assert (entry.subject_id, entry.after["customers"]) == (cast.alice.pk, 1)


def test_numbers_are_clear_to_a_masked_role_only_for_own_and_shared_customers(cast):
    shared = make_customer(cast.alice)
    make_customer(cast.alice)
    add_collaborator(customer=shared, user=cast.mia, actor=cast.alice, at=MONDAY)

    assert list(clear_to(cast.mia)) == [shared]
    assert list(clear_to(None)) == []
    assert Customer.objects.visible_to(cast.mia).count() == 2


def test_who_handed_a_customer_over_takes_it_back_though_it_is_out_of_sight(cast):
    customer = make_customer(cast.alice)
    change_owner(customer=customer, owner=cast.charlie, actor=cast.ada, at=LATER)
    change_owner(customer=customer, owner=cast.alice, actor=cast.ada, at=LATER)
    add_collaborator(customer=customer, user=cast.bob, actor=cast.alice, at=MONDAY)
    change_owner(customer=customer, owner=cast.bob, actor=cast.alice, at=LATER, keep_previous=True)

    take_back_customer(customer=customer, actor=cast.alice, at=LATER + timedelta(minutes=5))

    customer.refresh_from_db()
    assert (customer.owner, customer.team) == (cast.alice, cast.alice.team)
    assert collaborators_of(cast.alice, customer) == [cast.bob]
    assert not Notification.objects.filter(user=cast.bob, code="customer_given", read_at=None).exists()


@pytest.mark.parametrize("late", [timedelta(minutes=31), timedelta(days=1)])
def test_a_hand_over_stands_after_half_an_hour(cast, late):
    customer = make_customer(cast.alice)
    change_owner(customer=customer, owner=cast.bob, actor=cast.alice, at=LATER)

    with pytest.raises(NotTakenBack):
        take_back_customer(customer=customer, actor=cast.alice, at=LATER + late)


def test_nobody_takes_back_what_another_handed_over_or_what_was_given_on(cast):
    customer = make_customer(cast.alice)
    change_owner(customer=customer, owner=cast.bob, actor=cast.alice, at=LATER)
    with pytest.raises(NotTakenBack):
        take_back_customer(customer=customer, actor=cast.mona, at=LATER)

    change_owner(customer=customer, owner=cast.charlie, actor=cast.ada, at=LATER)
    with pytest.raises(NotTakenBack):
        take_back_customer(customer=customer, actor=cast.alice, at=LATER)

    customer.refresh_from_db()
    assert customer.owner == cast.charlie

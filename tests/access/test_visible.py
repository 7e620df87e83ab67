import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.access.customers import contact_of, customer_of
from tests.cast import call_the_cast
from wendu.coach.models import Standing
from wendu.customers.models import Collaborator, Contact, Customer
from wendu.identity.choices import Role

SEERS = {"alice", "mona", "sam", "mia", "eve", "ada"}


def seen_by(user) -> set[str]:
    return set(Customer.objects.visible_to(user).values_list("name", flat=True))


def test_who_sees_alices_customer(cast):
    customer_of(cast.alice, "甲")

    assert {user.username for user in cast.everyone if seen_by(user)} == SEERS


def test_charlie_sees_nothing_of_it(cast):
    contact = contact_of(customer_of(cast.alice, "甲"))

    assert not Customer.objects.visible_to(cast.charlie).exists()
    assert not Contact.objects.visible_to(cast.charlie).filter(pk=contact.pk).exists()


def test_nobody_sees_nothing(cast):
    contact_of(customer_of(cast.alice, "甲"))

    for nobody in (None, AnonymousUser()):
        assert not Customer.objects.visible_to(nobody).exists()
        assert not Customer.objects.deleted_to(nobody).exists()
        assert not Contact.objects.visible_to(nobody).exists()


def test_sharing_shows_the_customer_and_all_about_it(cast):
    customer = customer_of(cast.alice, "甲", shared_with=cast.charlie)
    contact = contact_of(customer)

    assert seen_by(cast.charlie) == {"甲"}
    assert list(Contact.objects.visible_to(cast.charlie)) == [contact]


def test_many_collaborators_do_not_double_a_row(cast):
    customer = customer_of(cast.alice, "甲", shared_with=cast.charlie)
    Collaborator.objects.create(customer=customer, user=cast.mona, since=customer.created_at)
    contact_of(customer)

    assert Customer.objects.visible_to(cast.mona).count() == 1
    assert Contact.objects.visible_to(cast.mona).count() == 1


def test_what_hangs_on_a_deleted_customer_is_not_seen(cast):
    contact_of(customer_of(cast.alice, "甲", deleted=True))

    for user in cast.everyone:
        assert not Customer.objects.visible_to(user).exists()
        assert not Contact.objects.visible_to(user).exists()
    assert {user.username for user in cast.everyone if Customer.objects.deleted_to(user).exists()} == SEERS
    assert {user.username for user in cast.everyone if Contact.objects.deleted_to(user).exists()} == SEERS


def test_a_customer_without_owner_is_seen_by_those_who_see_all(cast):
    customer_of(None, "无主")

    assert {user.username for user in cast.everyone if seen_by(user)} == {"mia", "eve", "ada"}


def test_seeing_joins_with_other_conditions(cast):
    customer_of(cast.alice, "甲")
    customer_of(cast.charlie, "乙", shared_with=cast.alice)

    rows = Customer.objects.filter(name__in=["甲", "乙"]).visible_to(cast.alice).exclude(name="甲").order_by("pk")

    assert [row.name for row in rows] == ["乙"]
    assert Customer.objects.visible_to(cast.alice).filter(name="甲").count() == 1


@pytest.mark.parametrize("who", ["alice", "mona", "sam", "ada"])
def test_a_page_asks_the_same_number_of_questions_however_much_it_shows(cast, who, django_assert_num_queries):
    user = getattr(cast, who)
    for number in range(30):
        contact_of(customer_of(cast.alice, f"客户{number}", shared_with=cast.mona if number % 2 else None))
    list(Customer.objects.visible_to(user))

    with django_assert_num_queries(2):
        list(Customer.objects.visible_to(user))
        list(Contact.objects.visible_to(user).select_related("customer"))


def test_rows_that_carry_owner_and_team_are_seen_like_their_customer(cast):
    made = [
        customer_of(cast.alice, "甲"),
        customer_of(cast.charlie, "乙", shared_with=cast.alice),
        customer_of(cast.bob, "丙", deleted=True),
    ]
    for customer in made:
        Standing.objects.create(customer=customer, owner=customer.owner, team=customer.team, status="new")

    for user in cast.everyone:
        seen = set(Standing.objects.visible_to(user).values_list("customer_id", flat=True))
        assert seen == set(Customer.objects.visible_to(user).values_list("pk", flat=True)), user


class AnyHousehold(TestCase):
    """Whoever owns, shares or deletes what: rows seen are exactly those the rule in plain words allows."""

    def setUp(self):
        self.cast = call_the_cast()

    def allowed(self, user, customer, sharers) -> bool:
        if customer.deleted_at:
            return False
        team = customer.team
        return (
            user.role in {Role.MARKETING, Role.EXECUTIVE, Role.ADMIN}
            or customer.owner_id == user.pk
            or user.pk in sharers
            or (user.role == Role.MANAGER and team is not None and team.path.startswith(user.team.path))
            or (user.role == Role.SERVICE and team is not None and team.pk == user.team_id)
        )

    @given(
        st.lists(
            st.tuples(st.none() | st.integers(0, 8), st.sets(st.integers(0, 8), max_size=3), st.booleans()), max_size=6
        )
    )
    def test_seen_is_what_may_be_seen(self, rows):
        people = self.cast.everyone
        made = []
        for owner, sharers, deleted in rows:
            customer = customer_of(None if owner is None else people[owner], "客户", deleted=deleted)
            for sharer in sharers:
                Collaborator.objects.create(customer=customer, user=people[sharer], since=customer.created_at)
            contact_of(customer)
            made.append((customer, {people[sharer].pk for sharer in sharers}))

        for user in people:
            expected = sorted(customer.pk for customer, sharers in made if self.allowed(user, customer, sharers))
            assert sorted(Customer.objects.visible_to(user).values_list("pk", flat=True)) == expected
            assert sorted(Contact.objects.visible_to(user).values_list("customer_id", flat=True)) == expected


def plan_of(rows) -> str:
    """Say how the database would find these rows, with table scans switched off where they are a matter of size.

    SQLite goes by what was counted last, and a test before may have counted tables that are empty now.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        elif "sqlite_stat1" in connection.introspection.table_names(cursor):
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")
    return rows.order_by().explain()


@pytest.mark.parametrize("who", ["alice", "mona", "sam"])
def test_own_team_and_shared_customers_are_found_by_index(cast, who):
    plan = plan_of(Customer.objects.visible_to(getattr(cast, who)))

    assert not re.search(r"SCAN customers_customer(?! USING)|Seq Scan on customers_customer", plan), plan


def test_the_contacts_of_a_reps_customers_are_found_by_index(cast):
    plan = plan_of(Contact.objects.visible_to(cast.alice))

    assert not re.search(r"SCAN customers_contact(?! USING)|Seq Scan on customers_contact", plan), plan


@pytest.mark.parametrize("who", ["mona", "ada"])
def test_one_contact_is_tested_without_collecting_all_customers(cast, who):
    plan = plan_of(Contact.objects.visible_to(getattr(cast, who)).filter(pk=1))

    assert not re.search(r"SCAN customers_(contact|customer)(?! USING)|Seq Scan on customers_", plan), plan

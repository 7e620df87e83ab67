"""For any 200 people of any firm: list, export and search show the same customers, and only those allowed."""

from random import Random

import pytest
from django.http import QueryDict

from tests.cast import MONDAY
from tests.exports.written import ids_of, written
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.customers.actions import index_many
from wendu.customers.models import Collaborator, Customer
from wendu.desk.table.asked import asked_from
from wendu.desk.table.page import table_page
from wendu.exports.models import Export
from wendu.identity.actions import create_team
from wendu.identity.choices import Role
from wendu.identity.models import Team, User
from wendu.search.queries import find

PEOPLE, CUSTOMERS, SHARED, GONE = 200, 80, 60, 8  # the search gives a hundred at most
ROLES = (*[Role.REP] * 12, *[Role.MANAGER] * 5, *[Role.SERVICE] * 3, Role.MARKETING, Role.EXECUTIVE, Role.ADMIN)
SEES_ALL = {Role.MARKETING, Role.EXECUTIVE, Role.ADMIN}


@pytest.fixture(params=[1, 2])
def firm(request, db, settings, tmp_path):
    """A firm of 200 people in a tree of teams, whose customers are owned, shared and deleted as chance has it."""
    chance = Random(request.param)
    teams: list[Team] = []
    for number in range(14):
        above = chance.choice(teams) if teams and chance.random() < 0.7 else None
        teams.append(create_team(name=f"团队{number}", parent=above, actor=None, at=MONDAY))
    people = User.objects.bulk_create(
        User(username=f"u{number}", role=chance.choice(ROLES), team=chance.choice([*teams, None]))
        for number in range(PEOPLE)
    )
    for number in range(CUSTOMERS):
        owner = chance.choice([*people, None]) if number else people[0]
        name = f"砚厂{number}号"
        Customer.objects.create(
            name=name,
            name_key=name,
            owner=owner,
            team=owner.team if owner else None,
            created_at=MONDAY,
            deleted_at=MONDAY if number % 10 == GONE else None,
        )
    customers = list(Customer.objects.all())
    pairs = {(chance.choice(customers).pk, chance.choice(people).pk) for _ in range(SHARED)}
    Collaborator.objects.bulk_create(Collaborator(customer_id=pk, user_id=who, since=MONDAY) for pk, who in pairs)
    judge_many([customer.pk for customer in customers], frame=Frame.at(MONDAY), at=MONDAY)
    index_many([customer.pk for customer in customers])
    return User.objects.select_related("team").order_by("pk"), Customer.objects.select_related("team"), pairs


def allowed(user: User, customer: Customer, pairs: set[tuple[int, int]]) -> bool:
    """The rule in plain words, said without any of the code under test."""
    if customer.deleted_at is not None:
        return False
    if user.role in SEES_ALL or customer.owner_id == user.pk or (customer.pk, user.pk) in pairs:
        return True
    if user.team is None or customer.team is None:
        return False
    below = customer.team.path.startswith(user.team.path)
    return (user.role == Role.MANAGER and below) or (user.role == Role.SERVICE and customer.team_id == user.team_id)


def pages(user: User, query: str) -> list[str]:
    """The list, turned page by page to its end."""
    found: list[str] = []
    while True:
        page = table_page(user, MONDAY, asked_from(QueryDict(query)))
        found += [str(row.uuid) for row in page.rows]
        if not page.next_query:
            return found
        query = page.next_query


def test_list_export_and_search_agree_and_show_what_is_allowed(firm):
    people, customers, pairs = firm
    rows, seen = list(customers), set()

    for user in people:
        expected = {str(customer.uuid) for customer in rows if allowed(user, customer, pairs)}
        listed = pages(user, "sort=name")
        exported = ids_of(written(user, query="sort=name", columns="shown"))
        found = [str(entry.object_uuid) for entry in find("砚厂", user=user, kinds=["customer"], limit=100)]

        assert exported == listed, user.role
        assert (set(listed), set(found)) == (expected, expected), user.role
        assert len(listed) == len(found) == len(expected)
        seen |= expected

    assert len(people) == PEOPLE
    assert Export.objects.filter(problem="").count() == PEOPLE
    assert seen == {str(customer.uuid) for customer in rows if customer.deleted_at is None}


def test_contacts_and_deals_follow_their_customers(firm):
    from tests.factories import make_contact, make_opportunity

    people, customers, pairs = firm
    admin = User.objects.create(username="admin-of-all", role=Role.ADMIN)
    standing = [customer for customer in customers if customer.deleted_at is None and customer.owner is not None][:30]
    for customer in standing:
        customer.owner = admin if customer.owner.role not in (Role.REP, Role.MANAGER) else customer.owner
        make_contact(customer)
        make_opportunity(customer)

    for user in list(people)[:40]:
        expected = {customer.name for customer in standing if allowed(user, customer, pairs)}
        for kind in ("contacts", "opportunities"):
            row = written(user, kind)
            assert _customers_in(row) == expected, (user.role, kind)


def _customers_in(row):
    from tests.exports.written import rows_of

    return {found["客户"] for found in rows_of(row)} if row.rows else set()

"""A prepared question gives everybody exactly what the plain query would, and is worded once for each way of seeing."""

from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_customer
from wendu.access.prepared import prepared_for, prepared_records
from wendu.access.scope import Scope
from wendu.customers.actions import add_collaborator
from wendu.customers.models import Customer
from wendu.kernel.clock import now
from wendu.touches.models import Promise

pytestmark = pytest.mark.django_db


class Named(NamedTuple):
    name: str
    owner__username: str


worded = []


@prepared_for(Named)
def beginning_with(me: Scope, letter: str):
    worded.append((me.sees_all, len(me.team_ids)))
    return Customer.objects.visible_to(me).filter(name__startswith=letter).order_by("name")


@pytest.fixture
def firm(cast):
    for owner in (cast.alice, cast.bob, cast.charlie):
        for letter in "甲乙":
            make_customer(owner, f"{letter}{owner.username}")
    shared = Customer.objects.get(name="甲bob")
    add_collaborator(customer=shared, user=cast.alice, actor=cast.ada, at=now())
    return cast


def test_everybody_is_told_what_they_may_see(firm):
    for who in firm.everyone:
        plain = Customer.objects.visible_to(who).filter(name__startswith="甲").order_by("name")
        assert beginning_with(who, "甲") == [Named(*row) for row in plain.values_list(*Named._fields)], who.username
    assert [row.name for row in beginning_with(firm.alice, "甲")] == ["甲alice", "甲bob"]
    assert [row.name for row in beginning_with(firm.charlie, "乙")] == ["乙charlie"]


def test_nobody_is_told_nothing_and_the_database_is_not_asked(firm):
    firm.bob.is_active = False

    with CaptureQueriesContext(connection) as asked:
        assert beginning_with(None, "甲") == beginning_with(firm.bob, "甲") == []

    assert len(asked) == 0


def test_people_who_see_alike_share_the_words(firm):
    for who in firm.everyone:
        beginning_with(who, "甲")
    before = len(worded)

    for who in firm.everyone:
        with CaptureQueriesContext(connection) as asked:
            beginning_with(who, "乙")
        assert len(asked) == 1

    assert len(worded) == before, "a second round words nothing anew"
    assert len(set(worded)) == len(worded), "each way of seeing is worded once"


def test_somebody_who_moves_to_another_team_is_told_of_that_team(firm):
    firm.mona.team = firm.south
    firm.mona.save()

    assert [row.name for row in beginning_with(firm.mona, "甲")] == ["甲charlie"]


def test_a_scope_is_its_own_way_of_seeing(firm):
    assert Promise.objects.visible_to(Scope(user_id=firm.alice.pk)).count() == 0
    assert Customer.objects.visible_to(Scope(user_id=firm.alice.pk)).count() == 3


@prepared_records
def owned_in(me: Scope, letter: str):
    rows = Customer.objects.visible_to(me).filter(name__startswith=letter).order_by("name")
    return rows.select_related("owner__team", "parent")


def test_records_come_as_the_plain_query_gives_them_with_what_it_selected(firm):
    for who in firm.everyone:
        plain = Customer.objects.visible_to(who).filter(name__startswith="甲").order_by("name")
        with CaptureQueriesContext(connection) as asked:
            found = owned_in(who, "甲")
            assert [(row.name, row.owner.username, row.owner.team.name, row.parent) for row in found] == [
                (row.name, row.owner.username, row.owner.team.name, None) for row in plain.select_related("owner__team")
            ]
        assert len(asked) == 2, "one of either; what was selected with a row is not asked for again"
        assert [row.__dict__.keys() for row in found] == [row.__dict__.keys() for row in plain]
        assert all(not row._state.adding for row in found)

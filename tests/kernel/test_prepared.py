"""Prepared questions answer as the ORM does, whatever is filled in, and are worded once."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.journal.models import Entry
from wendu.kernel import prepared as module
from wendu.kernel.prepared import Among, prepared
from wendu.opportunities.models import Opportunity

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@prepared
def named_among(ids, name):
    return Customer.objects.filter(Among("pk", ids), name=name).order_by("pk").values_list("pk", "name", "owner_id")


@prepared
def deals_between(ids, since, upto):
    mine = Among("customer__owner_id", ids)
    rows = Opportunity.objects.filter(mine, Q(opened_on__gte=since) & Q(opened_on__lte=upto))
    return rows.order_by("pk").values_list("pk", "opened_on", "amount_is_estimated")


@prepared
def entries_from(at):
    return Entry.objects.filter(at__gte=at).order_by("pk").values_list("uuid", "at", "after", "verb")


@prepared
def by_uuid(uuid):
    return Customer.objects.filter(uuid=uuid).values_list("pk")


@prepared
def owners_of_customers(role):
    owns = Exists(Customer.objects.filter(owner=OuterRef("pk")))
    return User.objects.filter(role=role).annotate(owns=owns).order_by("pk").values_list("pk", "is_active", "owns")


def test_one_or_many_keys_are_the_same_question(cast):
    many = [make_customer(cast.alice, "镜湖") for _ in range(3)]
    ids = [one.pk for one in many]

    assert named_among(ids[:1], "镜湖") == [(ids[0], "镜湖", cast.alice.pk)]
    assert named_among({ids[2], ids[1]}, "镜湖") == [(pk, "镜湖", cast.alice.pk) for pk in ids[1:]]
    assert named_among([], "镜湖") == named_among(ids, "别家") == []
    assert named_among(dict.fromkeys(ids), "镜湖")[2][0] == ids[2]


def test_days_and_truths_come_as_python_knows_them(cast):
    deal = make_opportunity(make_customer(cast.alice), opened_on=TODAY)
    other = make_opportunity(make_customer(cast.charlie), opened_on=TODAY)

    found = deals_between([cast.alice.pk], TODAY, TODAY)

    assert found == [(deal.pk, TODAY, False)]
    assert type(found[0][1]) is date
    assert type(found[0][2]) is bool
    assert deals_between([cast.alice.pk], TODAY + timedelta(days=1), date.max) == []
    assert [pk for pk, *_ in deals_between([cast.alice.pk, cast.charlie.pk], date.min, date.max)] == [deal.pk, other.pk]


def test_moments_keys_of_the_world_and_json_are_read_as_the_orm_reads_them(cast):
    make_customer(cast.alice)
    columns = ("uuid", "at", "after", "verb")

    found = entries_from(MONDAY - timedelta(days=1))

    assert found == list(Entry.objects.order_by("pk").values_list(*columns))
    uuid, at, after, _ = found[-1]
    assert (type(uuid), type(at), type(after)) == (UUID, datetime, dict)
    assert entries_from(MONDAY + timedelta(days=400)) == []


def test_a_uuid_is_found(cast):
    customer = make_customer(cast.alice)

    assert by_uuid(customer.uuid) == [(customer.pk,)]


def test_what_is_worked_out_on_the_way_is_true_or_false(cast):
    make_customer(cast.alice)

    found = owners_of_customers("rep")

    assert found == [
        (pk, True, pk == cast.alice.pk)
        for pk in User.objects.filter(role="rep").order_by("pk").values_list("pk", flat=True)
    ]
    assert all(type(owns) is bool for *_, owns in found)


def test_a_question_is_worded_once_and_asked_each_time(cast, monkeypatch):
    customer, worded = make_customer(cast.alice), []
    by_uuid(customer.uuid)
    monkeypatch.setattr(module, "word", worded.append)

    with CaptureQueriesContext(connection) as asked:
        by_uuid(customer.uuid)
        by_uuid(UUID(int=7))

    assert (len(asked), worded) == (2, [])

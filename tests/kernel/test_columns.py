"""Columns read without models say what models would say."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import pytest

from tests.factories import make_customer
from wendu.customers.models import Customer
from wendu.kernel.columns import read_rows

pytestmark = pytest.mark.django_db


class Known(NamedTuple):
    pk: int
    uuid: UUID
    name: str
    owner__username: str | None
    standing__due_on: date | None


def test_rows_read_without_models_are_what_models_would_say(cast):
    lake, hill = make_customer(cast.alice, name="砚湖轴承"), make_customer(cast.bob, name="赤岭建材")

    found = read_rows(Customer.objects.order_by("pk"), Known)

    assert [(row.pk, row.uuid, row.name, row.owner__username) for row in found] == [
        (each.pk, each.uuid, each.name, each.owner.username) for each in (lake, hill)
    ]
    assert found[0].standing__due_on == lake.standing.due_on


def test_whoever_sees_nothing_reads_nothing():
    assert read_rows(Customer.objects.none(), Known) == []


def test_a_column_only_a_model_understands_is_refused(cast):
    class Moment(NamedTuple):
        created_at: datetime

    make_customer(cast.alice)

    with pytest.raises(TypeError, match="created_at"):
        read_rows(Customer.objects.all(), Moment)

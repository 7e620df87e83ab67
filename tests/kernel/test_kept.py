"""The rows tests begin with come back as they were made, and the counting goes on after them."""

import pytest
from django.db import connection, transaction

from tests.kept import made_once
from wendu.customers.models import Tag


@pytest.mark.django_db
def test_rows_put_back_are_not_given_out_again_by_a_sequence_set_back_since():
    def make() -> list[Tag]:
        return [Tag.objects.create(name=f"tag {number}") for number in range(3)]

    with transaction.atomic():
        made_once("three tags", make)
        transaction.set_rollback(True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('customers_tag', 'id'), 1, false)")

    tags = made_once("three tags", make)
    later = Tag.objects.create(name="one more")

    assert [tag.pk for tag in tags] == list(
        Tag.objects.exclude(pk=later.pk).order_by("pk").values_list("pk", flat=True)
    )
    assert later.pk > max(tag.pk for tag in tags)

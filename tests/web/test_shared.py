"""What tells the walks that somebody wrote: every row counts, sessions do not."""

import pytest

from tests.web.shared import rows_hash, taken_back
from wendu.customers.models import Tag
from wendu.identity.models import User

pytestmark = pytest.mark.django_db


def test_any_row_written_changed_or_deleted_is_noticed_and_none_when_taken_back(cast):
    before = rows_hash()
    with taken_back():
        tag = Tag.objects.create(name="重点")
        written = rows_hash()
        Tag.objects.filter(pk=tag.pk).update(name="次要")
        changed = rows_hash()
        tag.delete()
        assert rows_hash() == before
    assert len({before, written, changed}) == 3
    assert rows_hash() == before


def test_one_letter_of_one_column_is_noticed(cast):
    before = rows_hash()
    User.objects.filter(pk=cast.alice.pk).update(full_name="林小雅 ")
    assert rows_hash() != before

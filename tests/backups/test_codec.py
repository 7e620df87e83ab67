"""Every column there is can be written, and comes back as it was on both databases."""

from base64 import b64encode
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from wendu.backups.codec import NoCodec, codec_of
from wendu.backups.schema import LEFT_OUT

KEY = UUID("01935f6e-5f0a-7c3e-9b1a-2f60c5d1a7b2")


def test_every_column_of_every_table_has_a_codec():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in LEFT_OUT:
            for field in model._meta.local_concrete_fields:
                codec_of(field)


def test_an_unknown_kind_of_column_is_a_fault_of_ours():
    class Odd(models.Field):
        def get_internal_type(self):
            return "OddField"

    with pytest.raises(NoCodec):
        codec_of(Odd())


@pytest.mark.parametrize(
    ("field", "on_sqlite", "on_postgresql", "written"),
    [
        (models.UUIDField(), KEY.hex, KEY, str(KEY)),
        (
            models.DateTimeField(),
            "2026-03-02 02:00:00.120000",
            datetime(2026, 3, 2, 2, 0, 0, 120000, tzinfo=UTC),
            "2026-03-02 02:00:00.120000+00:00",
        ),
        (models.BooleanField(), 1, True, True),
        (models.JSONField(), '{"b": 1, "a": [null]}', '{"a": [null], "b": 1}', [{"a": [None], "b": 1}]),
        (models.JSONField(), "null", "null", [None]),
        (models.DecimalField(max_digits=9, decimal_places=2), 12.5, Decimal("12.50"), "12.50"),
        (models.BinaryField(), b"\x00\xff", memoryview(b"\x00\xff"), b64encode(b"\x00\xff").decode()),
    ],
)
def test_both_databases_write_a_value_alike(field, on_sqlite, on_postgresql, written):
    write = codec_of(field).write

    assert (write(on_sqlite), write(on_postgresql)) == (written, written)


@pytest.mark.parametrize(
    ("field", "stored"),
    [
        (models.UUIDField(), KEY.hex),
        (models.DateTimeField(), "2026-03-02 02:00:00.120000"),
        (models.DateTimeField(), "2026-03-02 02:00:00"),
        (models.JSONField(), '{"a": [null, 1.5, "\\u6e29"]}'),
        (models.JSONField(), "null"),
        (models.BinaryField(), b"\x00\xff"),
    ],
)
def test_sqlite_gets_back_what_it_had(field, stored):
    codec = codec_of(field)

    assert codec.sqlite(codec.write(stored)) == stored

"""One cell of a backup: the same text for the same value, whichever database it came from.

Numbers, texts and truth values are written as JSON writes them. Moments are UTC (`2026-03-02 02:00:00+00:00`), bytes
are base64. The value of a JSON column stands in a list of one, so that its own null is not taken for no value; the keys
in it are sorted, since PostgreSQL forgets their order.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Field

Turn = Callable[[Any], Any]
UTC_SIGN = "+00:00"


@dataclass(frozen=True, slots=True)
class Codec:
    """How a kind of column is written, and how SQLite and PostgreSQL want to have it back; None: as it is."""

    write: Turn | None = None
    sqlite: Turn | None = None
    postgresql: Turn | None = None


class NoCodec(TypeError):
    """A kind of column nobody has taught the backup to write: add it to `CODECS`."""


def codec_of(field: Field[Any, Any]) -> Codec:
    """Find how the values of a field are written; a foreign key as the key it points at."""
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]
    kind = field.get_internal_type()
    if kind == "DecimalField":
        return Codec(write=_decimal_writer(getattr(field, "decimal_places", 0)))
    try:
        return CODECS[kind]
    except KeyError:
        raise NoCodec(f"{field}: {kind}") from None


def _moment(value: datetime | str) -> str:
    if isinstance(value, str):
        return value + UTC_SIGN
    return str(value.astimezone(UTC))


def _uuid(value: UUID | str) -> str:
    if isinstance(value, UUID):
        return str(value)
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def _boxed(value: str) -> list[Any]:
    return [json.loads(value)]


def _unboxed(box: list[Any]) -> str:
    return json.dumps(box[0])


def _decimal_writer(places: int) -> Turn:
    unit = Decimal(1).scaleb(-places)
    return lambda value: format(Decimal(str(value)).quantize(unit), "f")


AS_IT_IS = Codec()
AS_TEXT = Codec(write=str)
CODECS: dict[str, Codec] = {
    **dict.fromkeys(
        (
            *("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"),
            *("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField", "FloatField"),
            *("CharField", "TextField", "SlugField", "FileField", "FilePathField"),
        ),
        AS_IT_IS,
    ),
    "BooleanField": Codec(write=bool),
    "DateField": AS_TEXT,
    "TimeField": AS_TEXT,
    "GenericIPAddressField": AS_TEXT,
    "DateTimeField": Codec(write=_moment, sqlite=lambda text: text.removesuffix(UTC_SIGN)),
    "JSONField": Codec(write=_boxed, sqlite=_unboxed, postgresql=_unboxed),
    "UUIDField": Codec(write=_uuid, sqlite=lambda text: text.replace("-", "")),
    "BinaryField": Codec(write=lambda value: b64encode(value).decode("ascii"), sqlite=b64decode, postgresql=b64decode),
}

"""Edits of a row: only named fields, each checked as its column demands, with what was and what is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError
from wendu.kernel.names import tidy_line, tidy_text


class UnknownField(ActionError):
    """A field that cannot be written by this action."""

    code = "unknown_field"
    message = _("The field “%(name)s” cannot be changed here. Fields that can be changed: %(allowed)s.")


class BadValue(ActionError):
    """A value its column does not take."""

    code = "bad_value"
    message = "%(reason)s"  # worded by the check of the column


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit replaced, in plain form for the journal; empty when nothing changed."""

    before: dict[str, Any]
    after: dict[str, Any]

    def __bool__(self) -> bool:
        return bool(self.after)


def apply_changes(row: models.Model, changes: Mapping[str, object], *, writable: Iterable[str]) -> Change:
    """Put checked values on a row (without saving it) and tell what changed."""
    allowed = tuple(writable)
    unknown = next((name for name in changes if name not in allowed), None)
    if unknown is not None:
        raise UnknownField(name=unknown, allowed=", ".join(sorted(allowed)))
    values = {name: checked(row, name, given) for name, given in changes.items()}
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    before = {name: plain(getattr(row, name)) for name in differing}
    for name, value in differing.items():
        setattr(row, name, value)
    return Change(before, {name: plain(value) for name, value in differing.items()})


def checked(row: models.Model, name: str, given: object) -> Any:
    """Turn a given value into what the column holds, or say what is wrong with it."""
    field: models.Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
    value = given
    if isinstance(given, str):
        value = tidy_text(given) if isinstance(field, models.TextField) else tidy_line(given)
    if value == "" and field.null and not isinstance(field, models.CharField | models.TextField):
        value = None
    if value is None and not field.null:
        value = field.get_default() if field.blank else None
    try:
        return field.clean(value, row)
    except (ValidationError, ValueError, TypeError, OverflowError) as wrong:
        refusal = BadValue(reason=_reason(wrong))
        refusal.field = name
        raise refusal from wrong


def plain(value: object) -> Any:
    """Write a value in a form JSON can hold."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, models.Model):
        return value.pk
    return value


def _reason(wrong: Exception) -> str:
    return " ".join(wrong.messages) if isinstance(wrong, ValidationError) else gettext("Enter a valid value.")

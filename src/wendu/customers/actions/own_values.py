"""Values of the company's own fields: read by the type of the field, kept as JSON with whom they are about."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.models import Contact, Customer, CustomField
from wendu.kernel.changes import Change, plain
from wendu.kernel.entity import kind_of
from wendu.kernel.errors import ActionError
from wendu.kernel.names import tidy_line

LONGEST = 500
YES = frozenset({"1", "true", "yes", "y", "是", "有", "对"})
NO = frozenset({"0", "false", "no", "n", "否", "无", "不"})

_CARRIERS: dict[str, type[Model]] = {FieldAbout.CUSTOMER: Customer, FieldAbout.CONTACT: Contact}


def register_carrier(about: FieldAbout, model: type[Model]) -> None:
    """Let a floor above say which of its rows carry values of the company's own fields, in `custom`."""
    _CARRIERS[about] = model


def carrying_option(field: CustomField, option: str) -> int:
    """How many carry this option of a field."""
    rows = _CARRIERS[field.about]._default_manager
    return rows.filter(**{f"custom__{field.code}": option}).count()


class FieldRetired(ActionError):
    """A retired field keeps its values but takes no new ones."""

    code = "field_retired"
    message = _("The field “%(code)s” is no longer in use. Use another field.")


class FieldOfOthers(ActionError):
    """A field of customers cannot be filled for a person or a deal."""

    code = "field_of_others"
    message = _("The field “%(code)s” is about something else. Use a field that is about this.")


class BadCustomValue(ActionError):
    """A value that is not of the field's type."""

    code = "bad_custom_value"
    message = _("“%(value)s” does not fit the field “%(code)s”. Enter %(wanted)s.")


WANTED = {
    FieldType.TEXT: _("a text of up to 500 characters"),
    FieldType.NUMBER: _("a number such as 12 or 3.5"),
    FieldType.DATE: _("a date such as 2025-03-31"),
    FieldType.CHOICE: _("one of the options of the field"),
    FieldType.FLAG: _("yes or no"),
}


def put_values(thing: Any, values: Mapping[CustomField, object]) -> Change:
    """Put values on a locked row (without saving it) and tell, by their codes, what changed; an empty one clears."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    custom = dict(thing.custom)
    for field, value in values.items():
        if field.about != kind_of(thing):
            raise FieldOfOthers(code=field.code)
        if field.retired_at is not None:
            raise FieldRetired(code=field.code)
        kept = typed_value(field, value)
        if custom.get(field.code) != kept:
            before[field.code], after[field.code] = custom.get(field.code), kept
            custom[field.code] = kept
    thing.custom = {code: kept for code, kept in custom.items() if kept is not None}
    return Change(before, after)


def typed_value(field: CustomField, value: object) -> str | float | bool | None:
    """Read a value as the field's type demands, in the form kept in JSON; None clears."""
    given = tidy_line(value) if isinstance(value, str) else value
    if given is None or given == "":
        return None
    read = _READERS[FieldType(field.type)](field, given)
    if read is None:
        wanted = str(WANTED[FieldType(field.type)])
        if field.type == FieldType.CHOICE:
            wanted = ", ".join(dict.fromkeys(f"{option['zh']}/{option['en']}" for option in field.options))
        raise BadCustomValue(value=str(value)[:60], code=field.code, wanted=wanted)
    return read


def _text(_field: CustomField, value: object) -> str | None:
    text = str(value)
    return text if len(text) <= LONGEST else None


def _number(_field: CustomField, value: object) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _day(_field: CustomField, value: object) -> str | None:
    if isinstance(value, date):
        return str(plain(value))[:10]
    try:
        return date.fromisoformat(str(value).replace("/", "-")).isoformat()
    except ValueError:
        return None


def _choice(field: CustomField, value: object) -> str | None:
    word = str(value).casefold()
    matches = (option["code"] for option in field.options if word in {each.casefold() for each in option.values()})
    return next(matches, None)


def _flag(_field: CustomField, value: object) -> bool | None:
    word = str(value).casefold()
    return True if word in YES else False if word in NO else None


_READERS = {
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _day,
    FieldType.CHOICE: _choice,
    FieldType.FLAG: _flag,
}

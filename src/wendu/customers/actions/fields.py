"""Fields of a company's own: defined once with a type, then filled per customer."""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.actions.basics import lock_standing
from wendu.customers.actions.findable import index_customer
from wendu.customers.choices import FieldType
from wendu.customers.models import Customer, CustomField
from wendu.identity.models import User
from wendu.identity.snapshot import forget_with_commit
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes, plain
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line

declare(
    "field.defined", "field.edited", "field.retired", "field.reinstated", "fields.sorted", "customer.custom_changed"
)

WRITABLE = ("label_zh", "label_en", "position")
LONGEST = 500
LONGEST_CODE = 40
YES = frozenset({"1", "true", "yes", "y", "是", "有", "对"})
NO = frozenset({"0", "false", "no", "n", "否", "无", "不"})

Option = Mapping[str, str]


class BadFieldCode(ActionError):
    """A code other systems could not use."""

    code = "bad_field_code"
    field = "code"
    message = _("A field code has 1 to 40 letters, digits, - or _. “%(code)s” has not; choose another one.")


class FieldCodeTaken(ActionError):
    """Every field has a code of its own."""

    code = "field_code_taken"
    field = "code"
    message = _("There is a field “%(code)s” already. Edit that one or choose another code.")


class ChoiceNeedsOptions(ActionError):
    """A choice without options cannot be made."""

    code = "choice_needs_options"
    field = "options"
    message = _("A field to choose from needs at least two different options. Add them.")


class OptionInUse(ActionError):
    """A customer would be left with a value nobody can read."""

    code = "field_option_in_use"
    field = "options"
    message = ngettext_lazy(
        "%(count)s customer carries “%(option)s”. Give it another value before you take it away.",
        "%(count)s customers carry “%(option)s”. Give them another value before you take it away.",
        "count",
    )


class FieldRetired(ActionError):
    """A retired field keeps its values but takes no new ones."""

    code = "field_retired"
    message = _("The field “%(code)s” is no longer in use. Use another field.")


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


@transaction.atomic
def define_field(
    *,
    code: str,
    label_zh: str,
    label_en: str,
    actor: User,
    at: datetime,
    type: FieldType = FieldType.TEXT,  # noqa: A002  the word on the screen and in the table
    options: Iterable[str | Option] = (),
    position: int = 0,
) -> CustomField:
    """Define a field of the company's own; options are words or {"code", "zh", "en"}."""
    permit(actor, "field.define")
    try:
        validate_slug(code)
    except ValidationError as wrong:
        raise BadFieldCode(code=code) from wrong
    if len(code) > LONGEST_CODE:
        raise BadFieldCode(code=code)
    if CustomField.objects.filter(code=code).exists():
        raise FieldCodeTaken(code=code)
    field = CustomField(code=code, options=_options(FieldType(type), options))
    labels = {"label_zh": label_zh, "label_en": label_en, "position": position, "type": type}
    change = apply_changes(field, labels, writable=(*WRITABLE, "type"))
    field.save()
    forget_with_commit()
    record("field.defined", subject=field, actor=actor, at=at, after={"code": code, **change.after})
    return field


@transaction.atomic
def edit_field(
    *,
    field: CustomField,
    changes: Mapping[str, object],
    actor: User,
    at: datetime,
    options: Iterable[str | Option] | None = None,
) -> CustomField:
    """Change labels, position or options; code and type stay, because values already depend on them."""
    permit(actor, "field.define")
    field.refresh_from_db(from_queryset=CustomField.objects.select_for_update())
    change = apply_changes(field, changes, writable=WRITABLE)
    before, after = dict(change.before), dict(change.after)
    chosen = field.options if options is None else _options(FieldType(field.type), options)
    if chosen != field.options:
        _keep_what_is_used(field, chosen)
        before["options"], after["options"] = field.options, chosen
        field.options = chosen
    if after:
        field.save(update_fields=list(after))
        record("field.edited", subject=field, actor=actor, at=at, before=before, after=after)
    return field


@transaction.atomic
def retire_field(*, field: CustomField, actor: User, at: datetime) -> CustomField:
    """Take a field out of use; the values it has stay with their customers."""
    permit(actor, "field.define")
    if field.retired_at is None:
        field.retired_at = at
        field.save(update_fields=["retired_at"])
        forget_with_commit()
        record("field.retired", subject=field, actor=actor, at=at, before={"code": field.code})
    return field


@transaction.atomic
def reinstate_field(*, field: CustomField, actor: User, at: datetime) -> CustomField:
    """Take a retired field into use again, with the values its customers still have."""
    permit(actor, "field.define")
    if field.retired_at is not None:
        field.retired_at = None
        field.save(update_fields=["retired_at"])
        forget_with_commit()
        record("field.reinstated", subject=field, actor=actor, at=at, after={"code": field.code})
    return field


@transaction.atomic
def move_field(*, field: CustomField, by: int, actor: User, at: datetime) -> None:
    """Move a field up (negative) or down among those in use; the forms and columns follow."""
    permit(actor, "field.define")
    standing = CustomField.objects.select_for_update().filter(retired_at__isnull=True).order_by("position", "pk")
    rows = list(standing)
    before = [row.code for row in rows]
    place = before.index(field.code)
    rows.insert(max(0, place + by), rows.pop(place))
    for position, row in enumerate(rows):
        row.position = position
    after = [row.code for row in rows]
    if after != before:
        CustomField.objects.bulk_update(rows, ["position"])
        record("fields.sorted", subject=field, actor=actor, at=at, before={"codes": before}, after={"codes": after})


@transaction.atomic
def set_custom_value(*, customer: Customer, field: CustomField, value: object, actor: User, at: datetime) -> Customer:
    """Fill a field of a customer, read by the field's type; an empty value clears it."""
    permit(actor, "customer.set_custom", customer)
    if field.retired_at is not None:
        raise FieldRetired(code=field.code)
    kept = typed_value(field, value)
    lock_standing(customer)
    before = customer.custom.get(field.code)
    if before != kept:
        customer.custom = {**customer.custom, field.code: kept}
        if kept is None:
            del customer.custom[field.code]
        customer.save(update_fields=["custom"])
        if field.type == FieldType.TEXT:
            index_customer(customer)
        record(
            "customer.custom_changed",
            subject=customer,
            actor=actor,
            at=at,
            before={field.code: before},
            after={field.code: kept},
        )
    return customer


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


def _keep_what_is_used(field: CustomField, chosen: list[dict[str, str]]) -> None:
    kept = {option["code"] for option in chosen}
    for option in field.options:
        if option["code"] not in kept:
            count = Customer.objects.filter(**{f"custom__{field.code}": option["code"]}).count()
            if count:
                raise OptionInUse(count=count, option=option["zh"] if get_language() == "zh-hans" else option["en"])


def _options(type_: FieldType, options: Iterable[str | Option]) -> list[dict[str, str]]:
    if type_ != FieldType.CHOICE:
        return []
    listed = [
        dict.fromkeys(("code", "zh", "en"), tidy_line(option))
        if isinstance(option, str)
        else {key: tidy_line(option.get(key) or option.get("code", "")) for key in ("code", "zh", "en")}
        for option in options
    ]
    codes = {option["code"] for option in listed}
    if len(codes) < 2 or len(codes) < len(listed) or not all(codes):  # noqa: PLR2004  fewer is no choice
        raise ChoiceNeedsOptions
    return listed


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

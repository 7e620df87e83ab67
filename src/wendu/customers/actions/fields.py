"""Fields of a company's own: defined once, for customers, people or deals, with a type; then filled for each."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.actions.basics import lock_standing
from wendu.customers.actions.findable import index_customer
from wendu.customers.actions.own_values import carrying_option, put_values
from wendu.customers.choices import FieldAbout, FieldType
from wendu.customers.models import Customer, CustomField
from wendu.identity.models import User
from wendu.identity.snapshot import forget_with_commit
from wendu.journal.actions import record
from wendu.kernel.changes import apply_changes
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line

declare(
    "field.defined", "field.edited", "field.retired", "field.reinstated", "fields.sorted", "customer.custom_changed"
)

WRITABLE = ("label_zh", "label_en", "position")
LONGEST_CODE = 40

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


class OptionInUseByPeople(OptionInUse):
    """A person would be left with a value nobody can read."""

    message = ngettext_lazy(
        "%(count)s person carries “%(option)s”. Give it another value before you take it away.",
        "%(count)s people carry “%(option)s”. Give them another value before you take it away.",
        "count",
    )


class OptionInUseByDeals(OptionInUse):
    """A deal would be left with a value nobody can read."""

    message = ngettext_lazy(
        "%(count)s deal carries “%(option)s”. Give it another value before you take it away.",
        "%(count)s deals carry “%(option)s”. Give them another value before you take it away.",
        "count",
    )


IN_USE = {
    FieldAbout.CUSTOMER: OptionInUse,
    FieldAbout.CONTACT: OptionInUseByPeople,
    FieldAbout.OPPORTUNITY: OptionInUseByDeals,
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
    about: FieldAbout = FieldAbout.CUSTOMER,
) -> CustomField:
    """Define a field of the company's own; options are words or {"code", "zh", "en"}."""
    permit(actor, "field.define")
    try:
        validate_slug(code)
    except ValidationError as wrong:
        raise BadFieldCode(code=code) from wrong
    if len(code) > LONGEST_CODE:
        raise BadFieldCode(code=code)
    if CustomField.objects.filter(about=about, code=code).exists():
        raise FieldCodeTaken(code=code)
    field = CustomField(code=code, options=_options(FieldType(type), options))
    given = {"label_zh": label_zh, "label_en": label_en, "position": position, "type": type, "about": about}
    change = apply_changes(field, given, writable=(*WRITABLE, "type", "about"))
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
    """Change labels, position or options; code, type and what it is about stay: values already depend on them."""
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
    """Take a field out of use; the values it has stay where they are."""
    permit(actor, "field.define")
    if field.retired_at is None:
        field.retired_at = at
        field.save(update_fields=["retired_at"])
        forget_with_commit()
        record("field.retired", subject=field, actor=actor, at=at, before={"code": field.code})
    return field


@transaction.atomic
def reinstate_field(*, field: CustomField, actor: User, at: datetime) -> CustomField:
    """Take a retired field into use again, with the values that are still there."""
    permit(actor, "field.define")
    if field.retired_at is not None:
        field.retired_at = None
        field.save(update_fields=["retired_at"])
        forget_with_commit()
        record("field.reinstated", subject=field, actor=actor, at=at, after={"code": field.code})
    return field


@transaction.atomic
def move_field(*, field: CustomField, by: int, actor: User, at: datetime) -> None:
    """Move a field up (negative) or down among those in use about the same; the forms and columns follow."""
    permit(actor, "field.define")
    standing = CustomField.objects.select_for_update().filter(about=field.about, retired_at__isnull=True)
    rows = list(standing.order_by("position", "pk"))
    before = [row.code for row in rows]
    place = before.index(field.code)
    rows.insert(max(0, place + by), rows.pop(place))
    for position, row in enumerate(rows):
        row.position = position
    after = [row.code for row in rows]
    if after != before:
        CustomField.objects.bulk_update(rows, ["position"])
        forget_with_commit()
        record("fields.sorted", subject=field, actor=actor, at=at, before={"codes": before}, after={"codes": after})


def set_custom_value(*, customer: Customer, field: CustomField, value: object, actor: User, at: datetime) -> Customer:
    """Fill a field of a customer, read by the field's type; an empty value clears it."""
    return set_custom_values(customer=customer, values={field: value}, actor=actor, at=at)


@transaction.atomic
def set_custom_values(
    *, customer: Customer, values: Mapping[CustomField, object], actor: User, at: datetime
) -> Customer:
    """Fill some fields of a customer at once: all of them, or none when one is refused."""
    permit(actor, "customer.set_custom", customer)
    lock_standing(customer)
    change = put_values(customer, values)
    if change:
        customer.save(update_fields=["custom"])
        if any(field.type == FieldType.TEXT for field in values):
            index_customer(customer)
        record(
            "customer.custom_changed",
            subject=customer,
            actor=actor,
            at=at,
            before=change.before,
            after=change.after,
        )
    return customer


def _keep_what_is_used(field: CustomField, chosen: list[dict[str, str]]) -> None:
    kept = {option["code"] for option in chosen}
    for option in field.options:
        if option["code"] not in kept:
            count = carrying_option(field, option["code"])
            if count:
                words = option["zh"] if get_language() == "zh-hans" else option["en"]
                raise IN_USE[FieldAbout(field.about)](count=count, option=words)


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

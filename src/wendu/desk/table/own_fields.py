"""The company's own fields as fields of the table."""

from django.utils.translation import gettext as _

from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField
from wendu.desk.table.fields import CHOICE, DAY, FLAG, NUMBER, OWN, TEXT, Field
from wendu.desk.wording import lang

KINDS = {
    FieldType.TEXT: TEXT,
    FieldType.NUMBER: NUMBER,
    FieldType.DATE: DAY,
    FieldType.CHOICE: CHOICE,
    FieldType.FLAG: FLAG,
}


def own_field(row: CustomField) -> Field:
    """The field of the table that stands for one of the company's own."""
    return Field(f"{OWN}{row.code}", KINDS[FieldType(row.type)], row.code)


def own_label(row: CustomField) -> str:
    """What it is called."""
    return row.label_zh if lang() == "zh" else row.label_en


def own_options(row: CustomField) -> dict[str, str]:
    """What can be chosen for it."""
    return {option["code"]: option[lang()] for option in row.options}


def own_words(row: CustomField, value: object) -> str:
    """What is kept in it, as a person reads it; nothing while it is unknown."""
    if value is None:
        return ""
    if row.type == FieldType.CHOICE:
        return own_options(row).get(str(value), str(value))
    if row.type == FieldType.FLAG:
        return _("yes") if value else _("no")
    return str(value)

"""The company's own fields on their way out."""

from collections.abc import Callable, Mapping
from typing import Any

from wendu.customers.actions import typed_value
from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField
from wendu.customers.queries import standing_fields
from wendu.exchange.loaders.own_labels import own_labels
from wendu.exchange.outgoing.columns import Column
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.shaping import CUSTOM
from wendu.exchange.vocabulary import ABOUT, key_of


def own_columns(kind: str, wording: Wording) -> list[Column]:
    """A column for each of the company's own fields a table of this kind has, in their order."""
    fields = {field.code: field for field in standing_fields(ABOUT[kind])}
    heads = _heads(kind, fields, wording)
    return [
        Column(f"{CUSTOM}{code}", ("custom",), _writer(fields[code], wording), typed=True, head=heads[code])
        for code in fields
    ]


def _heads(kind: str, fields: Mapping[str, CustomField], wording: Wording) -> dict[str, str]:
    """The label of each field, or its code where that label means something else, too."""
    if not wording.speaks:
        return {code: f"{CUSTOM}{code}" for code in fields}
    labels = {code: field.label_zh if wording.tongue == "zh" else field.label_en for code, field in fields.items()}
    known = own_labels(kind)
    return {code: label if key_of(label) in known else f"{CUSTOM}{code}" for code, label in labels.items()}


def _writer(field: CustomField, wording: Wording) -> Callable[..., list[str]]:
    code, words = field.code, _words(field, wording)
    return lambda values: [words(custom.get(code)) for custom in values]


def _words(field: CustomField, wording: Wording) -> Callable[[Any], str]:
    yes, no = wording.flags()
    named = {row["code"]: row[wording.tongue] for row in field.options if wording.speaks}
    named = {symbol: word for symbol, word in named.items() if typed_value(field, word) == symbol}

    def write(value: Any) -> str:
        if value is None:
            return ""
        if field.type == FieldType.FLAG:
            return yes if value else no
        return named.get(value, str(value)) if field.type == FieldType.CHOICE else str(value)

    return write

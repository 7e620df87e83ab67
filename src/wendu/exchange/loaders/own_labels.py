"""The company's own fields as heads of columns: by their labels, where these mean nothing else."""

from collections import Counter

from wendu.customers.queries import standing_fields
from wendu.exchange.shaping import CUSTOM
from wendu.exchange.vocabulary import ABOUT, fields_of, key_of


def own_labels(kind: str) -> dict[str, str]:
    """By the label, in both languages and as it is compared, the name of each field that label can only mean."""
    if kind not in ABOUT:
        return {}
    known, named = fields_of(kind), dict[str, str]()
    fields = standing_fields(ABOUT[kind])
    keys = [{key_of(field.label_zh), key_of(field.label_en)} for field in fields]
    taken = Counter(key for pair in keys for key in pair)
    for field, pair in zip(fields, keys, strict=True):
        named |= {key: f"{CUSTOM}{field.code}" for key in pair if key not in known and taken[key] == 1}
    return named

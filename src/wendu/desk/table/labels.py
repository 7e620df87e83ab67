"""What fields are called."""

from functools import lru_cache

from django.utils.translation import get_language, pgettext

from wendu.desk.table.fields import Field
from wendu.desk.table.names import Names
from wendu.desk.table.own_fields import own_label


def field_label(field: Field, names: Names) -> str:
    """The name of a field in the reader's language."""
    if field.is_own and field.path in names.own:
        return own_label(names.own[field.path])
    return _labels(get_language()).get(field.code, field.code)


def group_labels() -> dict[str, str]:
    """What the groups of fields are called."""
    return {
        "method": pgettext("fields", "Method"),
        "time": pgettext("fields", "Time"),
        "hands": pgettext("fields", "People and tags"),
        "deals": pgettext("fields", "Deals"),
        "customer": pgettext("fields", "Customer"),
        "own": pgettext("fields", "Own fields"),
    }


@lru_cache(maxsize=8)
def _labels(_language: str | None) -> dict[str, str]:
    return {
        "class": pgettext("field", "Class"),
        "status": pgettext("field", "Status"),
        "heat": pgettext("field", "Temperature"),
        "alert": pgettext("field", "Alert"),
        "window": pgettext("field", "Signing window"),
        "latest": pgettext("field", "Latest touch"),
        "due": pgettext("field", "Next due"),
        "deadline": pgettext("field", "Window end"),
        "since": pgettext("field", "In its class since"),
        "ordered": pgettext("field", "Latest order"),
        "owner": pgettext("field", "Owner"),
        "with": pgettext("field", "Works on it too"),
        "team": pgettext("field", "Team"),
        "tag": pgettext("field", "Tag"),
        "amount": pgettext("field", "Open amount"),
        "stage": pgettext("field", "Stage of a deal"),
        "furthest": pgettext("field", "Furthest stage"),
        "market": pgettext("field", "Market"),
        "industry": pgettext("field", "Industry"),
        "product": pgettext("field", "Kind of product"),
        "sale": pgettext("field", "Kind of sale"),
        "tier": pgettext("field", "Contact tier"),
        "kind": pgettext("field", "What it is"),
        "province": pgettext("field", "Province"),
        "city": pgettext("field", "City"),
        "source": pgettext("field", "Where from"),
        "name": pgettext("field", "Name"),
        "created": pgettext("field", "Taken up"),
        "text": pgettext("field", "Search"),
    }

"""What the comparisons are called where a filter is composed; the number of days or the value follows."""

from functools import lru_cache

from django.utils.translation import get_language, pgettext

SPANS = frozenset({"over", "last", "within"})


def op_label(field: str, op: str) -> str:
    """The name of a comparison, said the way one says it of this field."""
    words = _words(get_language())
    return words.get((field, op)) or words["", op]


@lru_cache(maxsize=8)
def _words(_language: str | None) -> dict[tuple[str, str], str]:
    usual = {
        "in": pgettext("comparison", "is one of"),
        "not": pgettext("comparison", "is none of"),
        "known": pgettext("comparison", "is known"),
        "unknown": pgettext("comparison", "is unknown"),
        "from": pgettext("comparison", "at least"),
        "to": pgettext("comparison", "at most"),
        "between": pgettext("comparison", "between"),
        "over": pgettext("comparison", "so many days ago or earlier"),
        "last": pgettext("comparison", "in the last days"),
        "within": pgettext("comparison", "in the next days"),
        "past": pgettext("comparison", "before today"),
        "since": pgettext("comparison", "on this day or later"),
        "until": pgettext("comparison", "on this day or earlier"),
        "has": pgettext("comparison", "contains"),
        "yes": pgettext("comparison", "yes"),
        "no": pgettext("comparison", "no"),
    }
    special = {
        ("latest", "over"): pgettext("comparison", "no contact for so many days"),
        ("latest", "unknown"): pgettext("comparison", "never contacted"),
        ("heat", "unknown"): pgettext("comparison", "never contacted"),
        ("text", "has"): pgettext("comparison", "finds"),
    }
    return {**{("", op): words for op, words in usual.items()}, **special}

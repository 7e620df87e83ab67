"""What a person is told about a change to many customers, in words."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.desk.days import dated

BATCHES = frozenset(
    {
        "steps_planned",
        "steps_dropped",
        "customer_given",
        "customers_given",
        "customers_taken",
        "customers_returned",
        "customers_deleted",
        "customers_restored",
        "batch_done",
    }
)


def batch_notice(code: str, params: Mapping[str, object]) -> str:
    """Say what happened to this person's book, by whom, and to how many customers."""
    told = params.get("n")
    number = told if isinstance(told, int) else 0
    values = {
        "n": f"{number:,}",
        "name": params.get("name", ""),
        "taker": params.get("taker", ""),
        "do": params.get("do", ""),
        "day": _day(params.get("on")),
    }
    return _sentence(code, number) % values


def _sentence(code: str, n: int) -> str:
    said = {
        "steps_planned": ngettext(
            "%(name)s planned “%(do)s” for you with %(n)s customer, %(day)s",
            "%(name)s planned “%(do)s” for you with %(n)s customers, %(day)s",
            n,
        ),
        "steps_dropped": _("%(name)s took back the step “%(do)s” that was planned for you, %(day)s"),
        "customer_given": _("%(name)s handed this customer over to you"),
        "customers_given": ngettext(
            "%(name)s handed %(n)s customer over to you", "%(name)s handed %(n)s customers over to you", n
        ),
        "customers_taken": ngettext(
            "%(name)s handed %(n)s customer of yours over to %(taker)s",
            "%(name)s handed %(n)s customers of yours over to %(taker)s",
            n,
        ),
        "customers_returned": _("%(name)s took a hand-over back: everybody keeps the customers they had"),
        "customers_deleted": ngettext(
            "%(name)s moved %(n)s customer of yours to the recycle bin",
            "%(name)s moved %(n)s customers of yours to the recycle bin",
            n,
        ),
        "customers_restored": _("%(name)s brought customers of yours back from the recycle bin"),
        "batch_done": ngettext(
            "Many at once: %(n)s customer is changed; it can be taken back",
            "Many at once: %(n)s customers are changed; it can be taken back",
            n,
        ),
    }
    return said[code]


def _day(text: object) -> str:
    try:
        return dated(date.fromisoformat(str(text)))
    except ValueError:
        return ""

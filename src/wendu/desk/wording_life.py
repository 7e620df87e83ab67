"""Sentences of the lifecycle: how often they ordered, how long they are silent, and by which interval that counts."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from wendu.desk.degrees import counted, whole
from wendu.method.lifecycle import OWN, PRODUCT

Numbers = Mapping[str, Any]

STAGES: dict[str, Promise] = {
    "introduction": pgettext_lazy("lifecycle", "Introduction"),
    "growth": pgettext_lazy("lifecycle", "Growth"),
    "mature": pgettext_lazy("lifecycle", "Mature"),
    "dormant": pgettext_lazy("lifecycle", "Asleep"),
    "churned": pgettext_lazy("lifecycle", "Gone"),
}


def _orders(n: Numbers) -> str:
    return ngettext("ordered on %(n)s day", "ordered on %(n)s days", counted(n, "orders")) % {"n": counted(n, "orders")}


def _interval(n: Numbers) -> str:
    days = counted(n, "every")
    every = {"n": days}
    if n.get("source") == OWN:
        return ngettext("its own interval is %(n)s day", "its own interval is %(n)s days", days) % every
    if n.get("source") == PRODUCT:
        return ngettext("the product lasts %(n)s day", "the product lasts %(n)s days", days) % every
    return (
        ngettext("customers like it order every %(n)s day", "customers like it order every %(n)s days", every["n"])
        % every
    )


def _silence(n: Numbers) -> str:
    days = {"n": counted(n, "days")}
    return ngettext("no order for %(n)s day", "no order for %(n)s days", days["n"]) % days


def _ended(n: Numbers) -> str:
    days = {"n": counted(n, "days")}
    return ngettext("what they had ended %(n)s day ago", "what they had ended %(n)s days ago", days["n"]) % days


def _use(n: Numbers) -> str:
    return _("Use fell to %(share)s%% of what it was") % {"share": whole(100 * float(n.get("share") or 0))}


def _months(n: Numbers) -> str:
    months = {"n": counted(n, "months")}
    return ngettext("In use for %(n)s month", "In use for %(n)s months", months["n"]) % months


def _habit(n: Numbers) -> str:
    met = {"n": counted(n, "periods")}
    return ngettext("The habit was met in %(n)s period", "The habit was met in %(n)s periods", met["n"]) % met


def _back(n: Numbers) -> str:
    days = {"n": counted(n, "days")}
    return ngettext("Came back after %(n)s day of silence", "Came back after %(n)s days of silence", days["n"]) % days


LIFE: dict[str, Callable[[Numbers], str]] = {
    "orders_and_silence": lambda n: " · ".join((_orders(n), _silence(n), _interval(n))),
    "in_force": lambda n: " · ".join((*((_orders(n),) if n.get("orders") else ()), _("what they have is in force"))),
    "used_until": lambda n: " · ".join((_ended(n), _interval(n))),
    "no_order": lambda _n: _("Nothing ordered yet"),
    "left": lambda _n: _("Somebody said that they have gone"),
    "used_less": _use,
    "months_in_use": _months,
    "habit_met": _habit,
    "reactivated": _back,
}

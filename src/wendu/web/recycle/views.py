"""The recycle bin, and removing a thing for good."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from wendu.access.verbs import can
from wendu.customers.actions import purge_contact, purge_customer
from wendu.desk.recycle import SHELVES, in_the_bin, name_in_bin, recycled
from wendu.kernel.clock import now
from wendu.opportunities.actions import purge_opportunity
from wendu.touches.actions import purge_touch
from wendu.web.creating import LOGGERS
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person

RESTORATIONS = {
    "customer": "customers:restoration",
    "contact": "customers:contact_restoration",
    "opportunity": "opportunities:restoration",
    "order": "agreements:restoration",
    "contract": "agreements:contract_restoration",
    "subscription": "agreements:subscription_restoration",
    "touch": "touches:restoration",
}
ICONS = {
    "customer": "building",
    "contact": "user",
    "opportunity": "briefcase",
    "order": "receipt",
    "contract": "file-text",
    "subscription": "refresh",
    "touch": "note",
}
PURGES: dict[str, Callable[..., int]] = {
    "customer": lambda thing, **how: purge_customer(customer=thing, **how),
    "contact": lambda thing, **how: purge_contact(contact=thing, **how),
    "opportunity": lambda thing, **how: purge_opportunity(opportunity=thing, **how),
    "touch": lambda thing, **how: purge_touch(touch=thing, **how),
}


class TypedForm(forms.Form):
    """The name, typed out."""

    typed = forms.CharField(label=gettext_lazy("Name"), max_length=300)


@require_safe
def bin_page(request: HttpRequest) -> HttpResponse:
    """Everything that was deleted or taken back, latest first, each with the way back."""
    user = person(request)
    only = request.GET.get("kind", "")
    rows = recycled(user, at=now(), only=only if only in SHELVES else "")
    context = {
        "rows": [(each, ICONS[each.kind], *_ways(user, each)) for each in rows],
        "may_merge": can(user, "duplicates.find"),
        "kinds": [(words, f"?kind={kind}" if kind else "?", kind == only) for kind, words in _kinds().items()],
    }
    return render(request, "recycle/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def purging(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Ask for the name to be typed, then remove the thing for good."""
    user = person(request)
    thing = in_the_bin(user, kind, uuid) if kind in PURGES and can(user, "customer.purge") else None
    if thing is None:
        raise Http404
    name, about = name_in_bin(kind, thing)
    wanted = about if kind == "touch" else name
    question = Question(
        _("Remove for good"),
        _("Remove for good"),
        about=f"{name} · {about}" if about else name,
        intro=_("This cannot be taken back. The journal keeps that it was. Type “%(name)s” to go on.")
        % {"name": wanted},
        back=reverse("recycle:list"),
    )

    def act(said: dict[str, Any]) -> HttpResponse:
        rows = PURGES[kind](thing, typed=said["typed"], actor=user, at=now())
        messages.success(request, _("%(name)s is removed for good (%(rows)s rows)") % {"name": name, "rows": rows})
        return redirect("recycle:list")

    return ask(request, TypedForm(request.POST or None), question, act)


def _ways(user: Any, each: Any) -> tuple[str, str]:
    """Where a thing is brought back, and where it is removed for good, for those who may."""
    restore = reverse(RESTORATIONS[each.kind], args=[each.uuid]) if user.role in LOGGERS else ""
    may_purge = each.kind in PURGES and can(user, "customer.purge")
    purge = reverse("recycle:purging", args=[each.kind, each.uuid]) if may_purge else ""
    return restore, purge


def _kinds() -> dict[str, str]:
    return {
        "": _("All"),
        "customer": pgettext("place", "Customers"),
        "contact": _("People"),
        "opportunity": pgettext("place", "Deals"),
        "order": _("Orders"),
        "contract": _("Contracts"),
        "subscription": _("Subscriptions"),
        "touch": _("Touches"),
    }

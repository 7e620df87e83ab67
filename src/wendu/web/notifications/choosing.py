"""Choosing what one is told of, and where: in the app, by mail, or not at all."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wendu.agenda.choices import NoticeKind
from wendu.agenda.wishes import Wish, choose_notices, wishes_of
from wendu.kernel.clock import now
from wendu.web.fragments import person
from wendu.web.letters.post import can_post

ONLY_BY_MAIL = frozenset({NoticeKind.PLAN})


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of thing to be told of, with what is chosen."""

    kind: str
    label: str
    about: str
    wish: Wish
    has_place: bool


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Show what is chosen, or choose; this is also where the foot of each mail leads."""
    user = person(request)
    if request.method == "POST":
        choose_notices(user=user, wishes=_asked(request), actor=user, at=now())
        messages.success(request, _("Your choice holds from now on"))
        return redirect("notifications:choices")
    wishes, about = wishes_of([user])[user.pk], _about()
    rows = [
        Row(kind.value, str(kind.label), about[kind], wishes[kind.value], kind not in ONLY_BY_MAIL)
        for kind in NoticeKind
    ]
    return render(request, "notifications/choices.html", {"rows": rows, "can_post": can_post(), "address": user.email})


def _asked(request: HttpRequest) -> dict[str, Wish]:
    ticked = set(request.POST.getlist("wanted"))
    return {
        kind.value: Wish(
            in_app=f"app {kind.value}" in ticked and kind not in ONLY_BY_MAIL, by_mail=f"mail {kind.value}" in ticked
        )
        for kind in NoticeKind
    }


def _about() -> dict[NoticeKind, str]:
    return {
        NoticeKind.STRIKE: _("A customer of yours is warm enough to close."),
        NoticeKind.MISSED: _("Somebody let a warm customer of the team cool down."),
        NoticeKind.REPLANNED: _("Somebody planned, moved or dropped something for you."),
        NoticeKind.HANDED: _("Customers came to you, went to somebody else, or were deleted by somebody else."),
        NoticeKind.PLAN: _("On working days, once, if there is anything to do."),
    }

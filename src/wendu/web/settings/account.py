"""The whole account as one archive: asked for by an administrator who gave the password again right before."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from wendu.exports.actions import ask_for_account, find_export
from wendu.exports.choices import Kind
from wendu.exports.queries import exports_of
from wendu.kernel.clock import now
from wendu.web.exports.showing import lines_of
from wendu.web.fragments import done_once, person
from wendu.web.settings.sections import enter, shown

KEY = "account"
LATEST = 10


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What is in the archive, how it comes into another house, and those asked for before."""
    section, user = enter(request, KEY), person(request)
    rows = list(exports_of(user).filter(kind=Kind.ACCOUNT)[:LATEST])
    return shown(request, section, "settings/account.html", {"lines": lines_of(rows, user)})


@require_POST
def asking(request: HttpRequest) -> HttpResponse:
    """Have the archive written."""
    enter(request, KEY)
    return _ask(request)


@reauthentication_required
def _ask(request: HttpRequest) -> HttpResponse:
    user = person(request)
    row, _is_new = done_once(
        request,
        "export.asked",
        lambda: ask_for_account(actor=user, at=now()),
        find=lambda uuid: find_export(user, uuid),
    )
    return redirect("exports:page", uuid=row.uuid)

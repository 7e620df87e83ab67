"""Backups: the page of the administrator; nobody else is told that it exists."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wendu.access.verbs import can
from wendu.backups.actions import ask_for_backup
from wendu.backups.queries import backup_health, backup_history, backup_under_way
from wendu.kernel.clock import now
from wendu.web.backups.told import lead_of, row_of
from wendu.web.fragments import person, said


@require_GET
def backups(request: HttpRequest) -> HttpResponse:
    """When the latest backup was made and how it went, what there was before, and how to bring one back."""
    user = person(request)
    health = backup_health(user, at=now())
    if health is None:
        raise Http404
    under_way = backup_under_way(user)
    context = {
        "health": health,
        "lead": lead_of(health, under_way),
        "under_way": under_way,
        "rows": [row_of(entry) for entry in backup_history(user)],
        "folder": settings.BACKUP_DIR,
        "keep": settings.BACKUP_KEEP,
        "verifies": settings.BACKUP_VERIFY,
    }
    return render(request, "backups/list.html", context)


@require_POST
def making(request: HttpRequest) -> HttpResponse:
    """Have a backup made now."""
    if not can(request.user, "backup.view"):
        raise Http404
    ask_for_backup(actor=person(request), at=now())
    words = _("The backup is being made; it appears here when it is done.")
    return said(request, words, back=reverse("backups:list"))

"""The tables one takes out, a new one, and the file of each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import permit
from wendu.exports import actions
from wendu.exports.choices import TABLE_FILES, TABLES, Columns, Ending, Kind
from wendu.exports.models import Export
from wendu.exports.queries import exports_of
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied, TooOften
from wendu.web.exports.showing import lines_of, list_url, shown, visible_export, whose
from wendu.web.fragments import done_once, person, said
from wendu.web.kinds_of_rows import grouped

LATEST = 30
CONTENT = {
    "csv": "text/csv",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WITH_LISTS = (Kind.CUSTOMERS, Kind.OPPORTUNITIES)


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Ask for a table, and see those asked for before."""
    user, asked = person(request), request.POST if request.method == "POST" else request.GET
    permit(user, "export.run")
    kind, query = asked.get("kind", ""), asked.get("list", "").replace("\0", "")[: actions.LONGEST_QUERY]
    kind = _chosen(kind, [each for each, _words in TABLES], Kind.CUSTOMERS)
    query = query if kind in WITH_LISTS else ""
    columns = _chosen(asked.get("columns", ""), Columns.values, Columns.SHOWN if query else Columns.ALL)
    ending = _chosen(asked.get("ending", ""), [each for each, _words in TABLE_FILES], Ending.XLSX)
    errors = list[str]()
    if request.method == "POST":
        wishes = {"kind": kind, "query": query, "columns": columns, "ending": ending}
        try:
            made, _is_new = done_once(
                request,
                "export.asked",
                lambda: actions.ask_for_export(**wishes, actor=user, at=now()),
                find=lambda uuid: actions.find_export(user, uuid),
            )
        except (Denied, TooOften):
            raise
        except ActionError as refused:
            errors.append(refused.text())
        else:
            return redirect("exports:page", uuid=made.uuid)
    context: dict[str, Any] = {"kind": kind, "query": query, "columns": columns, "ending": ending, "errors": errors}
    context |= {"groups": grouped(TABLES), "endings": TABLE_FILES, "ways": Columns.choices}
    context |= {"kind_words": Kind(kind).label, "whose": whose(kind, query, user), "back_url": list_url(kind, query)}
    context["lines"] = lines_of(list(exports_of(user)[:LATEST]), user)
    return render(request, "exports/list.html", context, status=422 if errors else 200)


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far one is, and its file once it is there."""
    return shown(request, visible_export(request, uuid))


@require_POST
def file(request: HttpRequest, uuid: UUID) -> HttpResponse | FileResponse:
    """Give the file to who asked for it, a whole account only to who just gave the password again."""
    row = visible_export(request, uuid)
    return _account(request, row) if row.kind == Kind.ACCOUNT else _given(request, row)


def _given(request: HttpRequest, row: Export) -> HttpResponse | FileResponse:
    try:
        path = actions.take_file(row=row, actor=person(request), at=now())
    except Denied:
        raise
    except ActionError as refused:
        return shown(request, row, refused=refused)
    kind = f"{CONTENT[row.ending]}; charset=utf-8" if row.ending == Ending.CSV else CONTENT[row.ending]
    return FileResponse(path.open("rb"), as_attachment=True, filename=row.file_name, content_type=kind)


_account = reauthentication_required(_given)


@require_POST
def stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop the writing."""
    return _step(request, uuid, lambda row, user: actions.stop_export(row=row, actor=user, at=now()))


@require_POST
def resumption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have it written after all."""
    return _step(request, uuid, lambda row, user: actions.resume_export(row=row, actor=user, at=now()))


@require_POST
def discarding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw a file away before its time."""
    row = visible_export(request, uuid)
    actions.discard_export(row=row, actor=person(request), at=now())
    return said(request, _("%(file)s was thrown away.") % {"file": row.file_name}, back=reverse("exports:list"))


def _step(request: HttpRequest, uuid: UUID, act: Callable[[Export, User], object]) -> HttpResponse:
    row = visible_export(request, uuid)
    try:
        act(row, person(request))
    except Denied:
        raise
    except ActionError as refused:
        row.refresh_from_db()
        return shown(request, row, refused=refused)
    return redirect("exports:page", uuid=uuid)


def _chosen(sent: str, allowed: list[str], usual: str) -> str:
    return sent if sent in allowed else str(usual)

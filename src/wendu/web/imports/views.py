"""The files one brought in, a new one, and the page of each."""

import csv
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wendu.access.verbs import permit
from wendu.imports.actions import keep_file
from wendu.imports.choices import Kind
from wendu.imports.models import ColumnTemplate
from wendu.imports.queries import field_choices, imports_of, kinds_for, templates_for
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.web.fragments import person
from wendu.web.imports.showing import shown, visible_import
from wendu.web.kinds_of_rows import grouped

LATEST = 30
BOM = "\ufeff"
OUR_ID = "uuid"  # only what is here already has one


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Send a file, and see those sent before."""
    user = person(request)
    permit(user, "import.run")
    kinds, errors, kind = kinds_for(user), list[str](), request.POST.get("kind") or request.GET.get("kind", "")
    templates = templates_for(user)
    if request.method == "POST":
        sent, template = request.FILES.get("file"), _template(templates, request.POST.get("template", ""))
        if kind not in dict(kinds):
            errors.append(_("Choose what the rows of the file are."))
        elif sent is None:
            errors.append(_("Choose a file."))
        else:
            try:
                row = keep_file(
                    kind=kind, name=sent.name or "", chunks=sent.chunks(), actor=user, at=now(), template=template
                )
            except Denied:
                raise
            except ActionError as refused:
                errors.append(refused.text())
            else:
                return redirect("imports:page", uuid=row.uuid)
    latest = [(row, Kind(row.kind).label) for row in imports_of(user)[:LATEST]]
    context: dict[str, Any] = {"kinds": kinds, "kind": kind or "customers", "latest": latest, "errors": errors}
    context["groups"] = grouped(kinds)
    context["templates"] = [
        (each, dict(kinds)[each.kind], user.is_admin or each.made_by_id == user.pk) for each in templates
    ]
    return render(request, "imports/list.html", context, status=422 if errors else 200)


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the columns are, what a try said, how far it is, what came of it."""
    return shown(request, visible_import(request, uuid))


@require_safe
def rejects(request: HttpRequest, uuid: UUID) -> FileResponse:
    """The rows that were not taken, each with its reason, to be mended and sent again."""
    row = visible_import(request, uuid)
    if not row.done_at or row.forgotten_at or not row.rejects.exists():
        raise Http404
    name = f"{row.file_name.rpartition('.')[0]}-rejects.csv"
    return FileResponse(row.rejects.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """An empty table with the columns we know, for those who begin without one."""
    user = person(request)
    permit(user, "import.run")
    kind = request.GET.get("kind", Kind.CUSTOMERS.value)
    if kind not in dict(kinds_for(user)):
        raise Http404
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    answer.write(BOM)
    csv.writer(answer).writerow([word for name, word in field_choices(kind) if name != OUR_ID])
    return answer


def _template(templates: list[ColumnTemplate], uuid: str) -> ColumnTemplate | None:
    return next((template for template in templates if str(template.uuid) == uuid), None)

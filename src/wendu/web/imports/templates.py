"""Templates of columns: kept from the page of a file, thrown away from the list of files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wendu.imports.models import ColumnTemplate
from wendu.imports.queries import templates_for
from wendu.imports.templates import remove_template, save_template
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.web.fragments import person, said
from wendu.web.imports.showing import shown, visible_import


@require_POST
def saving(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep what was said of the columns of this file under a name."""
    row = visible_import(request, uuid)
    try:
        template = save_template(row=row, name=request.POST.get("name", ""), actor=person(request), at=now())
    except Denied:
        raise
    except ActionError as refused:
        return shown(request, row, refused=refused)
    words = _("The columns are kept as “%(name)s”; choose it when you send the next file.") % {"name": template.name}
    return said(request, words, back=reverse("imports:page", args=[uuid]))


@require_POST
def removal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw a template away."""
    known = [template.pk for template in templates_for(person(request))]
    template = get_object_or_404(ColumnTemplate.objects.filter(pk__in=known), uuid=uuid)
    remove_template(template=template, actor=person(request), at=now())
    return redirect("imports:list")

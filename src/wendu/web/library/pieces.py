"""Points and cases of a solution: one road for both."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.kernel.clock import now
from wendu.offers import actions
from wendu.offers.models import Solution
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import done_once, person
from wendu.web.library.forms import CaseForm, KnownCaseForm, KnownPointForm, PointForm
from wendu.web.library.views import page_url
from wendu.web.settings.answers import done

KINDS: dict[str, tuple[actions.Piece[Any], type[Any], type[Any], Any]] = {
    "points": (actions.POINT, PointForm, KnownPointForm, gettext_lazy("Benefit and evidence")),
    "cases": (actions.CASE, CaseForm, KnownCaseForm, gettext_lazy("Case")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Write a point or a case."""
    solution, (piece, blank, _known, title) = get_object_or_404(Solution, uuid=uuid), _kind(kind)
    permit(person(request), "library.write")
    form = blank(request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        done_once(
            request,
            f"{piece.name}.written",
            lambda: actions.write_piece(piece, solution=solution, values=said, actor=person(request), at=now()),
            find=lambda key: piece.model.objects.get(uuid=key),
        )
        return done(request, _("Written down: %(what)s") % {"what": title}, page_url(solution))

    return ask(request, form, Question(str(title), _("Save"), back=page_url(solution)), act)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, uuid: UUID, kind: str, row: UUID) -> HttpResponse:
    """Correct a point or a case."""
    (piece, _blank, known, title), found = _kind(kind), _row(uuid, kind, row)
    permit(person(request), "library.write")
    seen = found.revision
    initial = {name: getattr(found, name) for name in piece.writable}
    form = known(request.POST or None, initial=initial, stands=found, reader=person(request))

    def act(said: dict[str, Any]) -> HttpResponse:
        values = form.only_changed({name: said[name] for name in piece.writable})
        actions.correct_piece(piece, row=found, values=values, actor=person(request), at=now(), seen=seen)
        return done(request, _("Corrected: %(what)s") % {"what": title}, page_url(found.solution))

    question = Question(str(title), _("Save"), back=page_url(found.solution))
    return ask(request, form, replace(question, extra="library/_take_out.html"), act)


@require_POST
def removal(request: HttpRequest, uuid: UUID, kind: str, row: UUID) -> HttpResponse:
    """Take a point or a case out."""
    (piece, _blank, _known, title), found = _kind(kind), _row(uuid, kind, row)
    actions.take_back_piece(piece, row=found, actor=person(request), at=now())
    undo = reverse("library:piece_restoration", args=[uuid, kind, row])
    return done(request, _("Taken back: %(what)s") % {"what": title}, page_url(found.solution), undo_url=undo)


@require_POST
def restoration(request: HttpRequest, uuid: UUID, kind: str, row: UUID) -> HttpResponse:
    """Bring a point or a case back."""
    (piece, _blank, _known, title), found = _kind(kind), _row(uuid, kind, row)
    actions.bring_back_piece(piece, row=found, actor=person(request), at=now())
    return done(request, _("Back again: %(what)s") % {"what": title}, page_url(found.solution))


def _kind(name: str) -> tuple[actions.Piece[Any], type[Any], type[Any], Any]:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _row(uuid: UUID, kind: str, row: UUID) -> Any:
    piece = _kind(kind)[0]
    rows = piece.model.objects.filter(solution__uuid=uuid).select_related("solution")
    return get_object_or_404(rows, uuid=row)

"""The library of solutions: looked through, read, written by whoever keeps it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.agreements.actions import describe_product
from wendu.agreements.actions.products import SHEET
from wendu.agreements.models import ProductSheet
from wendu.coach.frame import Frame
from wendu.desk import library as desk
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.offers import actions
from wendu.offers.choices import SolutionKind
from wendu.offers.models import Solution
from wendu.offers.queries import GONE, LONGEST_QUERY, WAITING, Wish
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import done_once, person
from wendu.web.library.forms import KnownProductSheetForm, KnownSolutionForm, ProductSheetForm, SolutionForm
from wendu.web.patience import unhurried
from wendu.web.settings.answers import done


@require_safe
@unhurried
def shelf(request: HttpRequest) -> HttpResponse:
    """The library, by what one looks for."""
    user, asked, frame = person(request), request.GET, Frame.at(now())
    named = desk.industries(frame)
    wish = Wish(
        words=asked.get("q", "").replace("\0", "")[:LONGEST_QUERY],
        kind=asked.get("kind", "") if asked.get("kind") in SolutionKind.values else "",
        industry=asked.get("industry", "") if asked.get("industry") in dict(named) else "",
        state=asked.get("state", "") if asked.get("state") in (WAITING, GONE) else "",
    )
    kept = {"q": wish.words, "kind": wish.kind, "industry": wish.industry, "state": wish.state}
    kinds = [("", _("All")), *SolutionKind.choices]
    states = [("", _("In use")), (WAITING, _("Suggested")), (GONE, _("Out of use"))]
    context = {
        "shelf": desk.shelf(user, wish, frame),
        "wish": wish,
        "industries": named,
        "is_narrowed": any(kept.values()),
        "kinds": [(words, _query(kept, kind=code), code == wish.kind) for code, words in kinds],
        "states": [(words, _query(kept, state=code), code == wish.state) for code, words in states],
        "may_write": can(user, "library.write"),
    }
    return render(request, "library/list.html", context)


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One line of the library."""
    found = desk.sheet(person(request), uuid, Frame.at(now()))
    if found is None:
        raise Http404
    context = {"sheet": found, "solution": found.solution, "product": getattr(found.solution, "sheet", None)}
    return render(request, "library/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a new line."""
    user = person(request)
    permit(user, "library.write")
    form = SolutionForm(request.POST or None, frame=Frame.at(now()))

    def act(_said: dict[str, Any]) -> HttpResponse:
        made, _is_new = done_once(
            request,
            "solution.added",
            lambda: actions.add_solution(values=form.values(), parts=form.parts_chosen(), actor=user, at=now()),
            find=lambda key: Solution.objects.get(uuid=key),
        )
        return done(request, _("“%(name)s” is in the library.") % {"name": made.name}, page_url(made))

    return ask(request, form, Question(_("New solution"), _("Add"), back=reverse("library:list")), act)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct a line."""
    user, solution = person(request), get_object_or_404(Solution, uuid=uuid)
    permit(user, "library.write")
    seen = solution.revision
    initial = {name: getattr(solution, name) for name in actions.SOLUTION}
    initial["parts"] = list(solution.parts.order_by("part_id").values_list("part_id", flat=True))
    form = KnownSolutionForm(
        request.POST or None,
        frame=Frame.at(now()),
        solution=solution,
        initial=initial,
        stands=solution,
        reader=user,
    )

    def act(_said: dict[str, Any]) -> HttpResponse:
        changes = form.only_changed(form.values())
        parts = form.parts_chosen() if "parts" in form.fields else None
        actions.edit_solution(solution=solution, changes=changes, parts=parts, actor=user, at=now(), seen=seen)
        return done(request, _("“%(name)s” is corrected.") % {"name": solution.name}, page_url(solution))

    return ask(request, form, Question(_("Edit solution"), _("Save"), back=page_url(solution)), act)


@require_http_methods(["GET", "HEAD", "POST"])
def product_sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down what is known of a product: its number, what it costs us, and after how long it is bought again."""
    user, solution = person(request), get_object_or_404(Solution, uuid=uuid)
    permit(user, "library.write")
    known: ProductSheet | None = getattr(solution, "sheet", None)
    currency = known.currency if known else Organisation.objects.current().currency
    kept: dict[str, Any] = {"currency": currency}
    if known is not None:
        kept["initial"] = {name: getattr(known, name) for name in SHEET}
        form: Any = KnownProductSheetForm(request.POST or None, **kept, stands=known, reader=user)
    else:
        form = ProductSheetForm(request.POST or None, **kept)

    def act(said: dict[str, Any]) -> HttpResponse:
        values = {name: said[name] for name in SHEET}
        values = form.only_changed(values) if known is not None else values
        describe_product(solution=solution, values=values, actor=user, at=now())
        return done(request, _("What is known of “%(name)s” is written down.") % {"name": solution.name}, back)

    back = page_url(solution)
    return ask(request, form, Question(_("Product sheet"), _("Save"), about=solution.name, back=back), act)


@require_POST
def publication(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take in what was suggested."""
    solution = get_object_or_404(Solution, uuid=uuid)
    actions.publish_solution(solution=solution, actor=person(request), at=now())
    return done(request, _("“%(name)s” is taken into the library.") % {"name": solution.name}, page_url(solution))


@require_POST
def retirement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a line out of use."""
    solution = get_object_or_404(Solution, uuid=uuid)
    actions.retire_solution(solution=solution, actor=person(request), at=now())
    words = _("“%(name)s” is out of use.") % {"name": solution.name}
    undo = reverse("library:return", args=[solution.uuid])
    return done(request, words, page_url(solution), undo_url=undo)


@require_POST
def reinstatement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a line back in use."""
    solution = get_object_or_404(Solution, uuid=uuid)
    actions.reinstate_solution(solution=solution, actor=person(request), at=now())
    return done(request, _("“%(name)s” is in use again.") % {"name": solution.name}, page_url(solution))


def page_url(solution: Solution) -> str:
    """Where it is read."""
    return reverse("library:page", args=[solution.uuid])


def _query(kept: dict[str, str], **changes: str) -> str:
    said = {name: value for name, value in {**kept, **changes}.items() if value}
    return f"?{urlencode(said)}"

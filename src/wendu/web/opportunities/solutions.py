"""Between a deal and the library: using what others proved, and giving back what won."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import can, permit
from wendu.coach.frame import Frame
from wendu.desk.library import industries
from wendu.discovery.models import Effect
from wendu.kernel.clock import now
from wendu.offers import actions
from wendu.offers.choices import SolutionKind
from wendu.offers.models import Solution, SolutionUse
from wendu.offers.queries import is_won, usable
from wendu.opportunities.models import Opportunity
from wendu.opportunities.queries import findings_of
from wendu.web.customers.asking import ask
from wendu.web.customers.forms import long_text, text
from wendu.web.fragments import done_once, person
from wendu.web.opportunities.views import asked_of, visible_deal
from wendu.web.settings.answers import done
from wendu.web.touches.answers import told

MOST = 500


class UseForm(forms.Form):
    """Which line of the library."""

    solution = forms.TypedChoiceField(label=gettext_lazy("Solution"), coerce=int)


class PromotionForm(forms.Form):
    """What a won deal teaches."""

    name = text(pgettext_lazy("library", "Name"), 200, required=True)
    industry = forms.ChoiceField(label=gettext_lazy("Industry"), required=False)
    audience = text(gettext_lazy("Who has the problem"), 200)
    problem = long_text(gettext_lazy("The problem"))
    summary = long_text(gettext_lazy("What we do about it"))
    rollout = long_text(gettext_lazy("How it is brought in, and what keeps it safe"))
    customer_kind = text(gettext_lazy("What kind of customer, without the name"), 200)
    result = text(gettext_lazy("The result, with its figures; empty: not measured yet"), 300)
    may_name = forms.BooleanField(label=gettext_lazy("The customer allows us to give its name"), required=False)

    def lesson(self, deal: Opportunity) -> actions.Lesson:
        """The line and the case it makes."""
        said = self.cleaned_data
        line = {name: said[name] for name in ("name", "industry", "audience", "problem", "summary", "rollout")}
        case = {name: said[name] for name in ("customer_kind", "result", "may_name")}
        named = deal.customer.name if said["may_name"] else ""
        return actions.Lesson(line | {"kind": SolutionKind.INDUSTRY}, case | {"customer_name": named})

    def clean(self) -> dict[str, Any]:
        """A result belongs to somebody."""
        said = super().clean() or self.cleaned_data
        if said.get("result") and not said.get("customer_kind"):
            self.add_error("customer_kind", _("Say what kind of customer measured the result."))
        return said


@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Use a line of the library; one that answers the industry of the customer stands first."""
    deal, user = visible_deal(request, uuid), person(request)
    permit(user, "finding.write", deal)
    industry = deal.customer.industry
    rows = sorted(usable(user, deal)[:MOST], key=lambda each: (each.industry != industry or not industry, each.name))
    form = UseForm(request.POST or None, initial={"solution": request.GET.get("solution", "")})
    form.fields["solution"].choices = [("", "—"), *((each.pk, _named(each)) for each in rows)]  # type: ignore[attr-defined]

    def act(said: dict[str, Any]) -> str:
        chosen = next(each for each in rows if each.pk == said["solution"])
        done_once(
            request,
            "solutionuse.written",
            lambda: actions.use_solution(opportunity=deal, solution=chosen, actor=user, at=now()),
            find=lambda key: SolutionUse.objects.get(uuid=key),
        )
        return _("“%(name)s” is used; link its benefits to needs of theirs.") % {"name": chosen.name}

    intro = "" if rows else _("There is nothing else to use: the library is empty, or all of it is used here.")
    return ask(request, form, asked_of(deal, _("Use a solution"), _("Use it"), intro=intro), act)


@require_POST
def removal(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Take a solution out of the deal."""
    deal = visible_deal(request, uuid)
    found = get_object_or_404(findings_of(person(request), SolutionUse, deal).select_related("solution"), uuid=row)
    actions.take_back_use(use=found, actor=person(request), at=now())
    undo = reverse("opportunities:solution_restoration", args=[deal.uuid, found.uuid])
    words = _("“%(name)s” is taken out, with the cards nobody has worked on") % {"name": found.solution.name}
    return told(request, deal.customer, words, undo_url=undo, back=_back(deal))


@require_POST
def restoration(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Bring it back."""
    deal = visible_deal(request, uuid)
    rows = findings_of(person(request), SolutionUse, deal, gone=True).select_related("solution")
    found = get_object_or_404(rows, uuid=row)
    actions.bring_back_use(use=found, actor=person(request), at=now())
    words = _("“%(name)s” is used again") % {"name": found.solution.name}
    return told(request, deal.customer, words, in_place=not request.headers.get("HX-Target"), back=_back(deal))


@require_http_methods(["GET", "HEAD", "POST"])
def promotion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put what won a deal into the library."""
    deal, user = visible_deal(request, uuid), person(request)
    permit(user, "library.promote", deal)
    named, industry = industries(Frame.at(now())), deal.customer.industry
    named += [(industry, industry)] if industry and industry not in dict(named) else []
    form = PromotionForm(request.POST or None, initial={**_known(request, deal), "industry": industry})
    form.fields["industry"].choices = [("", _("any")), *named]  # type: ignore[attr-defined]

    def act(_said: dict[str, Any]) -> HttpResponse:
        made, _is_new = done_once(
            request,
            "solution.promoted",
            lambda: actions.promote_deal(opportunity=deal, lesson=form.lesson(deal), actor=user, at=now()),
            find=lambda key: Solution.objects.get(uuid=key),
        )
        words = (
            _("“%(name)s” is in the library.") if made.published_at else _("“%(name)s” is suggested for the library.")
        )
        return done(request, words % {"name": made.name}, reverse("library:page", args=[made.uuid]))

    won = is_won(deal)
    intro = _("Everybody in the firm reads the library; its benefit cards go along without their persons. Name nobody.")
    if not won:
        intro = _("Only what won a deal goes into the library. Close the deal as won first.")
    elif not can(user, "library.write"):
        intro += " " + _("It waits there until whoever keeps the library takes it in.")
    return ask(request, form, asked_of(deal, _("Put it into the library"), _("Put it in"), intro=intro), act)


def _known(request: HttpRequest, deal: Opportunity) -> dict[str, str]:
    """What the findings say already."""
    effects = list(findings_of(person(request), Effect, deal))
    return {
        "name": deal.product or deal.title,
        "problem": "\n".join(each.problem for each in effects),
        "summary": "\n".join(each.solution for each in effects if each.solution),
    }


def _named(solution: Solution) -> str:
    return f"{solution.name} · {solution.get_kind_display()}"


def _back(deal: Opportunity) -> str:
    return reverse("opportunities:page", args=[deal.uuid])

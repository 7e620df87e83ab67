"""Writing down findings about a deal: one road for every kind."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.discovery.actions import CRITERION, DEMAND, EFFECT, RECONSTRUCTION, TRUST_RATING
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.offers.actions import CARD, COMPETITOR, CONCERN, EXPECTATION, INTEREST, MESSAGE, SHEET, WORTH
from wendu.opportunities import actions
from wendu.opportunities.models import Finding, Opportunity
from wendu.opportunities.queries import findings_of
from wendu.web.customers.asking import ask
from wendu.web.fragments import done_once, person
from wendu.web.opportunities.finding_forms import CORRECTIONS, FORMS
from wendu.web.opportunities.views import asked_of, visible_deal
from wendu.web.touches.answers import told

WRITTEN: tuple[actions.FindingKind[Any], ...] = (
    DEMAND, RECONSTRUCTION, CRITERION, EFFECT, TRUST_RATING, INTEREST, CARD, MESSAGE, CONCERN, COMPETITOR, WORTH,
    EXPECTATION, SHEET,
)  # fmt: skip
KINDS: dict[str, actions.FindingKind[Any]] = {kind.name: kind for kind in WRITTEN}
TITLES = {
    "demand": gettext_lazy("Need"),
    "reconstruction": gettext_lazy("Request told back"),
    "criterion": gettext_lazy("What they decide by"),
    "effect": gettext_lazy("What they gain"),
    "trustrating": gettext_lazy("Trust"),
    "interest": gettext_lazy("What matters to them"),
    "benefitcard": gettext_lazy("Benefit and evidence"),
    "valuemessage": gettext_lazy("Value message"),
    "concern": gettext_lazy("Concern"),
    "worth": gettext_lazy("Value and cost"),
    "competitor": gettext_lazy("Competitor"),
    "expectation": gettext_lazy("What they expect"),
    "dealsheet": gettext_lazy("The deal as a whole"),
}
TODAY = ("told_on", "rated_on", "said_on", "raised_on")
ONCE = {
    "dealsheet": (),
    "interest": ("contact_id", "interest"),
    "valuemessage": ("contact_id", "message"),
    "competitor": ("name",),
}
"""What stands once: per deal, or per person and thing; asked for anew, the one that stands is corrected."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Write something down; what exists once per deal is corrected instead."""
    deal = visible_deal(request, uuid)
    permit(person(request), "finding.write", deal)
    wanted = _kind(kind)
    standing = _standing(request, wanted, deal)
    if standing is not None and request.method != "POST":
        return redirect("opportunities:finding", deal.uuid, kind, standing.uuid)
    form = FORMS[kind](request.POST or None, deal=deal, people=_people(deal), initial=_initial(request, kind))

    def act(_said: dict[str, Any]) -> str:
        done_once(
            request,
            f"{wanted.name}.written",
            lambda: actions.write_finding(
                wanted, opportunity=deal, values=form.values(), actor=person(request), at=now()
            ),
            find=lambda key: _rows(request, wanted, deal, gone=True).get(uuid=key),
        )
        return _("Written down: %(what)s") % {"what": TITLES[kind]}

    return ask(request, form, asked_of(deal, str(TITLES[kind]), _("Save")), act)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, uuid: UUID, kind: str, row: UUID) -> HttpResponse:
    """Correct what was written down."""
    deal = visible_deal(request, uuid)
    permit(person(request), "finding.write", deal)
    wanted = _kind(kind)
    return _corrected(request, deal, wanted, get_object_or_404(_rows(request, wanted, deal), uuid=row))


@require_POST
def removal(request: HttpRequest, uuid: UUID, kind: str, row: UUID) -> HttpResponse:
    """Take a finding back."""
    deal = visible_deal(request, uuid)
    wanted = _kind(kind)
    found = get_object_or_404(_rows(request, wanted, deal), uuid=row)
    actions.take_back_finding(wanted, finding=found, actor=person(request), at=now())
    undo = reverse("opportunities:finding_restoration", args=[deal.uuid, kind, found.uuid])
    return told(
        request, deal.customer, _("Taken back: %(what)s") % {"what": TITLES[kind]}, undo_url=undo, back=_back(deal)
    )


@require_POST
def restoration(request: HttpRequest, uuid: UUID, kind: str, row: UUID) -> HttpResponse:
    """Bring a finding back."""
    deal = visible_deal(request, uuid)
    wanted = _kind(kind)
    found = get_object_or_404(_rows(request, wanted, deal, gone=True), uuid=row)
    actions.bring_back_finding(wanted, finding=found, actor=person(request), at=now())
    words = _("Back again: %(what)s") % {"what": TITLES[kind]}
    return told(request, deal.customer, words, in_place=not request.headers.get("HX-Target"), back=_back(deal))


def _corrected(request: HttpRequest, deal: Opportunity, kind: actions.FindingKind[Any], row: Finding) -> HttpResponse:
    seen = row.revision
    form: Any = CORRECTIONS[kind.name](
        request.POST or None,
        deal=deal,
        people=_people(deal, row),
        stands=row,
        reader=person(request),
    )
    form.initial = {
        name: form.fields[name].prepare_value(getattr(row, name)) for name in kind.writable if name in form.fields
    }

    def act(_said: dict[str, Any]) -> str:
        values = form.only_changed(form.values())
        actions.correct_finding(kind, finding=row, values=values, actor=person(request), at=now(), seen=seen)
        return _("Corrected: %(what)s") % {"what": TITLES[kind.name]}

    question = asked_of(deal, str(TITLES[kind.name]), _("Save"))
    return ask(request, form, replace(question, extra="opportunities/_take_out.html"), act)


def _back(deal: Opportunity) -> str:
    return reverse("opportunities:page", args=[deal.uuid])


def _standing(request: HttpRequest, kind: actions.FindingKind[Any], deal: Opportunity) -> Finding | None:
    """The one that says it already, where a link names whom and what."""
    names = ONCE.get(kind.name)
    same = {name: request.GET.get(name, "") for name in names or ()}
    if names is None or not all(same.values()) or not same.get("contact_id", "1").isdecimal():
        return None
    found: Finding | None = _rows(request, kind, deal).filter(**same).first()
    return found


def _kind(name: str) -> actions.FindingKind[Any]:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _rows(request: HttpRequest, kind: actions.FindingKind[Any], deal: Opportunity, *, gone: bool = False) -> Any:
    return findings_of(person(request), kind.model, deal, gone=gone)


def _people(deal: Opportunity, row: Finding | None = None) -> list[tuple[int, str]]:
    """Those who decide; whoever the finding is about stays to be seen."""
    people = [
        (each.contact_id, each.contact.name)
        for each in deal.influencers.select_related("contact").order_by("-weight", "pk")
    ]
    contact = getattr(row, "contact", None)
    if contact is not None and contact.pk not in dict(people):
        people.append((contact.pk, contact.name))
    return people


def _initial(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Today, and whatever the link one came by knows already."""
    today = Organisation.objects.current().today(now())
    known = {name: today for name in TODAY if name in FORMS[kind].base_fields}
    asked = {name: request.GET[name] for name in FORMS[kind].base_fields if name in request.GET}
    return {**known, **asked}

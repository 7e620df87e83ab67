"""The course of an opportunity: stages, its end and the way back, rests, and who decides."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame
from wendu.coach.gates import advance_stage, restart_opportunity, wake_opportunity, win_opportunity
from wendu.coach.losing import correct_loss, lose_opportunity
from wendu.desk.deal import entry_of, lacking_at_signature, lacking_before
from wendu.desk.loss import diagnosis_of, loss_before, loss_found
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.opportunities import actions
from wendu.opportunities.actions import LINKS
from wendu.opportunities.choices import InfluencerRole, LossReason, NoDealCause, Outcome, Stage
from wendu.opportunities.models import Influencer, Opportunity
from wendu.web.customers.asking import ask
from wendu.web.fragments import is_fragment, person
from wendu.web.opportunities.forms import (
    PEOPLE,
    CloseForm,
    DiagnosisForm,
    InfluencerForm,
    LossForm,
    MoveForm,
    OwnerForm,
    PauseForm,
    ReopenForm,
)
from wendu.web.opportunities.views import asked_of, visible_deal
from wendu.web.touches.answers import told


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Move to the next stage by judgement, or back with a reason."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.move", deal)
    asked = request.POST.get("to_stage", "") or request.GET.get("to", "")
    lacking = lacking_before(deal, asked, now())
    form = MoveForm(request.POST or None, initial={"to_stage": asked}, deal=deal, lacking=lacking)

    def act(said: dict[str, Any]) -> str:
        target = Stage(said["to_stage"])
        advance_stage(opportunity=deal, to_stage=target, actor=person(request), at=now(), reason=said["reason"])
        return _("%(deal)s stands at %(stage)s") % {"deal": deal.title, "stage": target.label}

    intro = _("One stage on needs the evidence of its gate, or a reason your manager sees; going back needs a reason.")
    question = replace(asked_of(deal, _("Move stage"), _("Move"), intro=intro), extra="opportunities/_lacking.html")
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def closure(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End it as won."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.close", deal)
    today = Organisation.objects.current().today(now())
    lacking = lacking_at_signature(deal, now())
    form = CloseForm(request.POST or None, deal=deal, lacking=lacking, initial={"closed_on": today})

    def act(said: dict[str, Any]) -> HttpResponse:
        win_opportunity(
            opportunity=deal,
            closed_on=said["closed_on"],
            actor=person(request),
            at=now(),
            amount_minor=said["amount"],
            note=said["note"],
        )
        return _closed(request, deal, Outcome.WON)

    question = asked_of(deal, _("Deal won"), _("Close it"))
    return ask(request, form, replace(question, extra="opportunities/_lacking.html"), act)


@require_http_methods(["GET", "HEAD", "POST"])
def loss(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End it as lost: the evidence says why, one agrees or says otherwise, and what becomes of the customer."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.close", deal)
    frame = Frame.at(now())
    case = deal_case(deal, frame)
    diagnosis, rivals = loss_before(case), case.offered.rivals
    known = {"closed_on": frame.today, "cause": diagnosis.cause, "rival": rivals[0].rival if len(rivals) == 1 else ""}
    form = LossForm(request.POST or None, diagnosis=diagnosis, initial=known)

    def act(said: dict[str, Any]) -> HttpResponse:
        lose_opportunity(
            opportunity=deal,
            closed_on=said["closed_on"],
            cause=NoDealCause(said["cause"]),
            actor=person(request),
            at=now(),
            why=said["why"],
            said=LossReason(said["reason"]) if said["reason"] else "",
            rival=said["rival"],
            note=said["note"],
        )
        if said["then"] in ("nurture", "drop"):
            return _to_rest(request, deal)
        return _closed(request, deal, Outcome.LOST)

    question = asked_of(deal, _("Deal lost"), _("Close it"))
    return ask(request, form, replace(question, extra="opportunities/_diagnosis.html", beneath="closed_on"), act)


@require_POST
def withdrawal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back an end that was entered by mistake."""
    deal = visible_deal(request, uuid)
    actions.withdraw_closure(opportunity=deal, actor=person(request), at=now())
    words = _("%(deal)s is open as before") % {"deal": deal.title}
    return told(request, deal.customer, words, in_place=not request.headers.get("HX-Target"))


@require_http_methods(["GET", "HEAD", "POST"])
def reopening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take up a lost opportunity again, at one of the first two stages; its gate says what holds there."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.reopen", deal)
    stood = actions.restart_stage(deal, None)
    form = ReopenForm(
        request.POST or None, initial={"to_stage": stood}, deal=deal, entry=entry_of(deal, Stage.ST2, now())
    )

    def act(said: dict[str, Any]) -> str:
        target = Stage(said["to_stage"])
        restart_opportunity(opportunity=deal, to_stage=target, actor=person(request), at=now(), reason=said["reason"])
        return _("%(deal)s is open again at %(stage)s") % {"deal": deal.title, "stage": target.label}

    intro = _("What they need may have changed since: it starts at the latest with the presentation.")
    question = asked_of(deal, _("Reopen deal"), _("Reopen"), intro=intro)
    return ask(request, form, replace(question, extra="opportunities/_entry.html", beneath="to_stage"), act)


@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """See a loss otherwise than at its closing; the earlier diagnosis stays as its history."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.close", deal)
    case = deal_case(deal, Frame.at(now()))
    stands = diagnosis_of(deal)
    known = {"cause": stands.cause if stands else NoDealCause.UNKNOWN}  # what spoke for that one is not said again
    form = DiagnosisForm(request.POST or None, diagnosis=loss_found(stands, case), initial=known)

    def act(said: dict[str, Any]) -> HttpResponse:
        cause = NoDealCause(said["cause"])
        correct_loss(opportunity=deal, cause=cause, actor=person(request), at=now(), why=said["why"])
        undo = reverse("opportunities:correction_withdrawal", kwargs={"uuid": deal.uuid})
        words = _("%(deal)s: %(outcome)s") % {"deal": deal.title, "outcome": cause.label}
        return told(request, deal.customer, words, undo_url=undo)

    intro = _("The reports count what you choose now; how it was seen before stays on the page of the deal.")
    question = asked_of(deal, _("Correct the diagnosis"), _("Save"), intro=intro)
    return ask(request, form, replace(question, extra="opportunities/_diagnosis.html", beneath="cause"), act)


@require_POST
def correction_withdrawal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back the latest correction of a diagnosis."""
    deal = visible_deal(request, uuid)
    actions.withdraw_correction(opportunity=deal, actor=person(request), at=now())
    words = _("%(deal)s: the diagnosis stands as before") % {"deal": deal.title}
    return told(request, deal.customer, words, in_place=not request.headers.get("HX-Target"))


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Set it aside until a day."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.pause", deal)
    form = PauseForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.pause_opportunity(
            opportunity=deal, reason=said["reason"], wake_on=said["wake_on"], actor=person(request), at=now()
        )
        return _("%(deal)s rests until %(day)s") % {"deal": deal.title, "day": f"{said['wake_on']:%m-%d}"}

    return ask(request, form, asked_of(deal, _("Pause deal"), _("Pause")), act)


@require_http_methods(["GET", "HEAD", "POST"])
def resumption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take up a paused opportunity, at one of the first two stages; its gate says what holds there."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.resume", deal)
    stood = actions.restart_stage(deal, None)
    form = ReopenForm(
        request.POST or None, initial={"to_stage": stood}, deal=deal, entry=entry_of(deal, Stage.ST2, now())
    )

    def act(said: dict[str, Any]) -> str:
        target = Stage(said["to_stage"])
        wake_opportunity(opportunity=deal, to_stage=target, actor=person(request), at=now(), reason=said["reason"])
        return _("%(deal)s is open again at %(stage)s") % {"deal": deal.title, "stage": target.label}

    intro = _("What they need may have changed since: it starts at the latest with the presentation.")
    question = asked_of(deal, _("Resume deal"), _("Resume"), intro=intro)
    return ask(request, form, replace(question, extra="opportunities/_entry.html", beneath="to_stage"), act)


@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand an opportunity over."""
    deal = visible_deal(request, uuid)
    permit(person(request), "opportunity.edit", deal)
    form = OwnerForm(request.POST or None, user=person(request))

    def act(said: dict[str, Any]) -> str:
        actions.change_deal_owner(opportunity=deal, owner=said["owner"], actor=person(request), at=now())
        return _("%(deal)s is with %(owner)s now") % {"deal": deal.title, "owner": said["owner"].display_name}

    return ask(request, form, asked_of(deal, _("Hand over"), _("Hand over")), act)


@require_http_methods(["GET", "HEAD", "POST"])
def influencers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Name a person's part in the decision."""
    return _part(request, visible_deal(request, uuid), None)


@require_http_methods(["GET", "HEAD", "POST"])
def influencer(request: HttpRequest, uuid: UUID, part: UUID) -> HttpResponse:
    """Correct a person's part in the decision."""
    deal = visible_deal(request, uuid)
    return _part(request, deal, _found(deal, part))


@require_POST
def influencer_removal(request: HttpRequest, uuid: UUID, part: UUID) -> HttpResponse:
    """Take a person out of the decision."""
    deal = visible_deal(request, uuid)
    found = _found(deal, part)
    actions.remove_influencer(influencer=found, actor=person(request), at=now())
    return told(request, deal.customer, _("%(name)s no longer counts in") % {"name": found.contact.name})


def _part(request: HttpRequest, deal: Opportunity, part: Influencer | None) -> HttpResponse:
    permit(person(request), "influencer.edit" if part else "influencer.create", deal)
    initial = {"contact": part.contact_id, **{name: getattr(part, name) for name in ("role", *PEOPLE)}} if part else {}
    initial |= {name: request.GET[name] for name in LINKS if name in request.GET}  # dragged onto somebody on the map
    form = InfluencerForm(request.POST or None, user=person(request), deal=deal, part=part, initial=initial)

    def act(said: dict[str, Any]) -> str:
        contact = form.people[said["contact"]]
        actions.set_influencer(
            opportunity=deal,
            contact=contact,
            role=InfluencerRole(said["role"]),
            actor=person(request),
            at=now(),
            details=form.details(),
        )
        return _("%(name)s counts in as %(role)s") % {
            "name": contact.name,
            "role": InfluencerRole(said["role"]).label,
        }

    extra = "opportunities/_take_out.html" if part else ""
    return ask(request, form, replace(asked_of(deal, _("Who decides"), _("Save")), extra=extra), act)


def _found(deal: Opportunity, part: UUID) -> Influencer:
    return get_object_or_404(deal.influencers.select_related("contact", "opportunity__customer"), uuid=part)


def _closed(request: HttpRequest, deal: Opportunity, outcome: Outcome) -> HttpResponse:
    undo = reverse("opportunities:withdrawal", kwargs={"uuid": deal.uuid})
    words = _("%(deal)s: %(outcome)s") % {"deal": deal.title, "outcome": outcome.label}
    return told(request, deal.customer, words, undo_url=undo)


def _to_rest(request: HttpRequest, deal: Opportunity) -> HttpResponse:
    """After a loss: choose the day to wake, or why not to go on."""
    address = reverse("customers:rest", kwargs={"uuid": deal.customer.uuid})
    if not is_fragment(request):
        return redirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer

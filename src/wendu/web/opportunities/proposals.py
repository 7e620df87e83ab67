"""The proposal of a deal: begun from the findings, written section by section, taken as a file, sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import permit
from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame
from wendu.desk.proposals.docx import docx
from wendu.desk.proposals.page import draft_of, due_of, proposal_page
from wendu.desk.proposals.paper import file_name, paper
from wendu.desk.proposals.pdf import NoPrinter, pdf
from wendu.desk.proposals.words import SECTION_WORDS
from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.offers import actions
from wendu.offers.models import SECTIONS, Proposal
from wendu.offers.queries import proposals_of
from wendu.opportunities.models import Opportunity
from wendu.web.customers.asking import ask
from wendu.web.fragments import done_once, person
from wendu.web.opportunities.proposal_forms import BeginForm, SectionForm, SentForm, TitleForm
from wendu.web.opportunities.views import asked_of, visible_deal
from wendu.web.patience import unhurried
from wendu.web.settings.answers import done

WRITERS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
}
TITLE = "title"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin a version from what is known; says first whether one is due."""
    deal, user, at = visible_deal(request, uuid), person(request), now()
    permit(user, "finding.write", deal)
    frame = Frame.at(at)
    initial = {"title": deal.title, "language": "zh-hans" if (get_language() or "").startswith("zh") else "en"}
    form = BeginForm(request.POST or None, initial=initial)

    def act(said: dict[str, Any]) -> HttpResponse:
        made, _is_new = done_once(
            request,
            "proposal.written",
            lambda: actions.write_proposal(
                opportunity=deal,
                language=said["language"],
                values={"title": said["title"], **draft_of(user, deal, said["language"], at)},
                actor=user,
                at=at,
            ),
            find=lambda key: Proposal.objects.get(uuid=key),
        )
        words = _("Version %(number)s is drafted from what is known.") % {"number": made.number}
        return done(request, words, page_url(made))

    due = due_of(deal_case(deal, frame), frame)
    intro = str(_(", ")).join((due.words, *due.reasons))
    return ask(request, form, asked_of(deal, _("New proposal"), _("Draft it"), intro=intro), act)


@require_safe
def page(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """One version."""
    proposal = _visible(request, uuid, row)
    shown = proposal_page(person(request), proposal, now())
    context = {"page": shown, "proposal": proposal, "deal": proposal.opportunity}
    return render(request, "opportunities/proposal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, uuid: UUID, row: UUID, section: str) -> HttpResponse:
    """Write one section, or the title."""
    proposal, user = _visible(request, uuid, row), person(request)
    permit(user, "finding.write", proposal.opportunity)
    if section not in (TITLE, *SECTIONS):
        raise Http404
    seen = proposal.revision
    wanted = TitleForm if section == TITLE else SectionForm
    form = wanted(request.POST or None, section=section, stands=proposal, reader=user)

    def act(_said: dict[str, Any]) -> HttpResponse:
        values = form.only_changed(form.values())
        actions.correct_proposal(proposal=proposal, values=values, actor=user, at=now(), seen=seen)
        return done(request, _("Written."), page_url(proposal))  # with a mark the page would not be read anew

    title = _("Title") if section == TITLE else str(SECTION_WORDS[section])
    intro = "" if section == TITLE else _("“# ” begins a heading, “- ” an item, “|” divides the cells of a table.")
    return ask(request, form, asked_of(proposal.opportunity, title, _("Save"), intro=intro), act)


@require_POST
def filling(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Fill what is empty from the findings; what is written stays."""
    proposal, user, at = _visible(request, uuid, row), person(request), now()
    permit(user, "finding.write", proposal.opportunity)
    drafts = draft_of(user, proposal.opportunity, proposal.language, at)
    values = {name: value for name, value in drafts.items() if value and not getattr(proposal, name)}
    actions.correct_proposal(proposal=proposal, values=values, actor=user, at=at)
    filled = sum(name in SECTIONS for name in values)
    words = _("Filled from the findings: %(n)s.") % {"n": filled} if filled else _("The findings say nothing more yet.")
    return done(request, words, page_url(proposal))


@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Note that the customer got it."""
    proposal, user = _visible(request, uuid, row), person(request)
    permit(user, "finding.write", proposal.opportunity)
    form = SentForm(request.POST or None, initial={"sent_on": Organisation.objects.current().today(now())})

    def act(said: dict[str, Any]) -> HttpResponse:
        actions.send_proposal(proposal=proposal, sent_on=said["sent_on"], actor=user, at=now())
        words = _("Version %(number)s is noted as sent and stays as it is.") % {"number": proposal.number}
        return done(request, words, page_url(proposal))

    missing = len(SECTIONS) - len(proposal.filled)
    intro = _("Sections still missing: %(n)s.") % {"n": missing} if missing else ""
    return ask(request, form, asked_of(proposal.opportunity, _("It was sent"), _("Note it"), intro=intro), act)


@require_POST
def version(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Begin the next version from this one."""
    proposal = _visible(request, uuid, row)
    made, _is_new = done_once(
        request,
        "proposal.written",
        lambda: actions.renew_proposal(proposal=proposal, actor=person(request), at=now()),
        find=lambda key: Proposal.objects.get(uuid=key),
    )
    return done(request, _("Version %(number)s is begun.") % {"number": made.number}, page_url(made))


@require_POST
def removal(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Take a version away."""
    proposal = _visible(request, uuid, row)
    actions.take_back_proposal(proposal=proposal, actor=person(request), at=now())
    undo = reverse("opportunities:proposal_restoration", args=[uuid, row])
    words = _("Version %(number)s is taken away.") % {"number": proposal.number}
    return done(request, words, reverse("opportunities:page", args=[uuid]), undo_url=undo)


@require_POST
def restoration(request: HttpRequest, uuid: UUID, row: UUID) -> HttpResponse:
    """Bring a version back."""
    proposal = _visible(request, uuid, row, gone=True)
    actions.bring_back_proposal(proposal=proposal, actor=person(request), at=now())
    return done(request, _("Version %(number)s is back.") % {"number": proposal.number}, page_url(proposal))


@require_safe
@unhurried
def file(request: HttpRequest, uuid: UUID, row: UUID, ending: str) -> HttpResponse:
    """The version as a file to print or to work on."""
    proposal = _visible(request, uuid, row)
    if ending not in WRITERS:
        raise Http404
    write, kind = WRITERS[ending]
    try:
        written = write(paper(proposal, Organisation.objects.current().today(now())))
    except NoPrinter as refused:
        messages.error(request, refused.text())
        return redirect(page_url(proposal))
    answer = HttpResponse(written, content_type=kind)
    answer.headers["Content-Disposition"] = _attached(file_name(proposal, ending))
    return answer


def page_url(proposal: Proposal) -> str:
    """Where a version is read."""
    return reverse("opportunities:proposal", args=[proposal.opportunity.uuid, proposal.uuid])


def _visible(request: HttpRequest, uuid: UUID, row: UUID, *, gone: bool = False) -> Proposal:
    deal: Opportunity = visible_deal(request, uuid)
    found = get_object_or_404(proposals_of(person(request), deal, gone=gone), uuid=row)
    found.opportunity = deal
    return found


def _attached(name: str) -> str:
    found = content_disposition_header(as_attachment=True, filename=name)
    return found or "attachment"

"""The proposal of a deal: written once a need is said, changed until it is sent, then begun anew (method: 3.13)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.discovery.choices import NeedKind
from wendu.discovery.models import Demand
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.events import declare
from wendu.offers.actions.errors import NoNeedYet, ProposalFull, ProposalSent, SentTooEarly
from wendu.offers.models import SECTIONS, Proposal
from wendu.opportunities.actions import (
    FindingKind,
    bring_back_finding,
    correct_finding,
    declare_kinds,
    take_back_finding,
    write_finding,
)
from wendu.opportunities.actions.standing import lock, refuse_future
from wendu.opportunities.models import Opportunity

declare("proposal.sent")

MOST_VERSIONS = 99
WRITTEN = ("title", *SECTIONS, "next_step_on")
PROPOSAL = FindingKind(Proposal, ("number", "language", *WRITTEN))
declare_kinds(PROPOSAL)


@transaction.atomic
def write_proposal(
    *, opportunity: Opportunity, language: str, values: Mapping[str, object], actor: User | None, at: datetime
) -> Proposal:
    """Begin the next version; before anybody said what he wants there is none."""
    permit(actor, "finding.write", opportunity)
    lock(opportunity)
    if not Demand.objects.standing().filter(opportunity=opportunity, kind=NeedKind.EXPLICIT).exists():
        raise NoNeedYet
    number = next_number(opportunity)
    if number > MOST_VERSIONS:
        raise ProposalFull(most=MOST_VERSIONS)
    said = {**values, "number": number, "language": language}
    return write_finding(PROPOSAL, opportunity=opportunity, values=said, actor=actor, at=at)


@transaction.atomic
def renew_proposal(*, proposal: Proposal, actor: User | None, at: datetime) -> Proposal:
    """Begin a new version from one that stands, word for word."""
    values = {name: getattr(proposal, name) for name in WRITTEN}
    opportunity = proposal.opportunity
    return write_proposal(opportunity=opportunity, language=proposal.language, values=values, actor=actor, at=at)


@transaction.atomic
def correct_proposal(
    *, proposal: Proposal, values: Mapping[str, object], actor: User | None, at: datetime, seen: int | None = None
) -> Proposal:
    """Change what is written in a version that was not sent yet."""
    permit(actor, "finding.write", proposal.opportunity)
    _refuse_sent(proposal)
    said = {name: value for name, value in values.items() if name in WRITTEN}
    return correct_finding(PROPOSAL, finding=proposal, values=said, actor=actor, at=at, seen=seen)


@transaction.atomic
def send_proposal(*, proposal: Proposal, sent_on: date, actor: User | None, at: datetime) -> Proposal:
    """Note the day on which the customer got it; from then on this version stays as it is."""
    permit(actor, "finding.write", proposal.opportunity)
    refuse_future(sent_on, at=at, field="sent_on")
    lock(proposal.opportunity)
    _refuse_sent(proposal)
    if not proposal.filled:
        raise SentTooEarly
    proposal.sent_on = sent_on
    proposal.save(update_fields=["sent_on"])
    customer, after = proposal.opportunity.customer, {"number": proposal.number, "sent_on": sent_on.isoformat()}
    record("proposal.sent", subject=proposal, root=customer, actor=actor, at=at, after=after)
    return proposal


@transaction.atomic
def take_back_proposal(*, proposal: Proposal, actor: User | None, at: datetime) -> Proposal:
    """Take a version away; it can be brought back, and its number is not given anew."""
    return take_back_finding(PROPOSAL, finding=proposal, actor=actor, at=at)


@transaction.atomic
def bring_back_proposal(*, proposal: Proposal, actor: User | None, at: datetime) -> Proposal:
    """Bring a version back."""
    return bring_back_finding(PROPOSAL, finding=proposal, actor=actor, at=at)


def next_number(opportunity: Opportunity) -> int:
    """The number of the next version; those taken back keep theirs."""
    latest = Proposal.objects.filter(opportunity=opportunity).order_by("-number").values_list("number", flat=True)
    return (latest.first() or 0) + 1


def _refuse_sent(proposal: Proposal) -> None:
    proposal.refresh_from_db(fields=["sent_on", "revision", *WRITTEN])
    if proposal.sent_on is not None:
        raise ProposalSent

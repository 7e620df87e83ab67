"""The page of a proposal: whether one is due, what is written, what is missing, and what stayed out on purpose."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from wendu.access.verbs import can
from wendu.coach.case import DealCase
from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame
from wendu.desk.proposals.draft import NextStep, Sources, drafted, printable_cards, quoted, said_needs
from wendu.desk.proposals.marks import Block, blocks
from wendu.desk.proposals.words import HINTS, SECTION_WORDS
from wendu.desk.wording import reason_words
from wendu.identity.models import User
from wendu.method.deals.proposal import proposal_completeness
from wendu.offers.models import SECTIONS, Proposal
from wendu.offers.queries import proposals_of, sources_of
from wendu.opportunities.models import Opportunity
from wendu.touches.choices import CommitmentState, PromiseState
from wendu.touches.models import Commitment, Promise

VERDICTS = {
    "write": pgettext_lazy("proposal", "Write it now"),
    "not_needed": pgettext_lazy("proposal", "None is needed: one can talk to everybody who counts"),
    "too_early": pgettext_lazy("proposal", "Too early: nobody has said yet what he wants solved"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """Whether a proposal is due, and why."""

    verdict: str
    words: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section as it stands."""

    name: str
    number: int
    title: str
    blocks: tuple[Block, ...]
    is_filled: bool
    hint: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything the page of one version shows."""

    proposal: Proposal
    sections: tuple[SectionView, ...]
    filled: int
    share: float
    due: Due
    cautions: tuple[str, ...]
    versions: tuple[Proposal, ...]
    may_write: bool

    @property
    def may_change(self) -> bool:
        """Whether this person may change this version."""
        return self.may_write and self.proposal.sent_on is None

    @property
    def is_complete(self) -> bool:
        """Whether all eight sections are written."""
        return self.filled == len(SECTIONS)


def draft_of(user: User, deal: Opportunity, language: str, at: datetime) -> dict[str, object]:
    """The sections of a visible deal as far as they are known (a fixed number of queries)."""
    case = deal_case(deal, Frame.at(at))
    return drafted(case, _sources(user, case), language)


def due_of(case: DealCase, frame: Frame) -> Due:
    """Whether a proposal is due, in words."""
    due = case.proposal
    verdict = "too_early" if not case.found.explicit else due.band
    speaking = due.reasons if verdict == "write" else ()
    reasons = tuple(reason_words(reason, frame.playbook) for reason in speaking)
    return Due(verdict, str(VERDICTS[verdict]), reasons)


def proposal_page(user: User, proposal: Proposal, at: datetime) -> ProposalPage:
    """Read one version of a visible deal (a fixed number of queries)."""
    frame, deal = Frame.at(at), proposal.opportunity
    case = deal_case(deal, frame)
    filled = proposal.filled
    completeness = proposal_completeness(filled)
    sections = tuple(
        SectionView(
            name,
            number,
            str(SECTION_WORDS[name]),
            blocks(getattr(proposal, name)),
            name in filled,
            str(HINTS[name]),
        )
        for number, name in enumerate(SECTIONS, start=1)
    )
    return ProposalPage(
        proposal=proposal,
        sections=sections,
        filled=len(filled),
        share=float(completeness.value) if isinstance(completeness.value, int | float) else 0.0,
        due=due_of(case, frame),
        cautions=tuple(_cautions(case, proposal)),
        versions=tuple(proposals_of(user, deal)),
        may_write=can(user, "finding.write", deal),
    )


def _cautions(case: DealCase, proposal: Proposal) -> list[str]:
    """What a careful seller looks at before it goes out."""
    cards, printed = case.offered.cards, printable_cards(case)
    left = [card for card in cards if card not in printed]
    said = {each.pk for each in said_needs(case)}
    unproven = sum(card.demand_id in said and not card.evidence for card in left)
    loose = sum(card.demand_id not in said for card in left)
    found = [
        (
            unproven,
            ngettext(
                "%(n)s benefit has no evidence yet and stays out.",
                "%(n)s benefits have no evidence yet and stay out.",
                unproven,
            ),
        ),
        (
            loose,
            ngettext(
                "%(n)s benefit meets no need of theirs yet and stays out.",
                "%(n)s benefits meet no need of theirs yet and stay out.",
                loose,
            ),
        ),
    ]
    personal = len(left) - unproven - loose
    found.append(
        (
            personal,
            ngettext(
                "%(n)s benefit for one person stays out: it belongs to the talk.",
                "%(n)s benefits for single persons stay out: they belong to the talk.",
                personal,
            ),
        )
    )
    told = [words % {"n": number} for number, words in found if number]
    if case.deal.amount_is_estimated and not proposal.price:
        told.append(_("The amount is our estimate and stays out; enter the price they may see."))
    if quoted(case):
        told.append(_("It carries words of theirs: read them once more, could one of them embarrass somebody?"))
    return told


def _sources(user: User, case: DealCase) -> Sources:
    parts, cases = sources_of([use.solution_id for use in case.offered.uses])
    return Sources(parts, cases, _next_step(user, case.deal, case))


def _next_step(user: User, deal: Opportunity, case: DealCase) -> NextStep | None:
    """What they agreed to do, else what we promised; the next one that has not passed."""
    for model, open_ in ((Commitment, CommitmentState.OPEN), (Promise, PromiseState.OPEN)):
        rows = (
            model.objects.visible_to(user)
            .standing()
            .filter(customer=deal.customer, touch__opportunity=deal, state=open_, due_on__gte=case.on)
        )
        row = rows.select_related("contact", "author").order_by("due_on", "pk").first()
        if row is not None:
            theirs = row.contact.name if row.contact else deal.customer.name
            ours = row.author.display_name if row.author else ""
            return NextStep(row.what, theirs if model is Commitment else ours, row.due_on)
    return None

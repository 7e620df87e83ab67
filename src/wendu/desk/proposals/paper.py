"""A proposal as a paper: who offers what to whom, and its sections as blocks; each kind of file prints the same."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from wendu.desk.proposals.marks import Block, blocks, fit
from wendu.desk.proposals.words import SECTION_WORDS, written_day
from wendu.identity.models import Organisation
from wendu.offers.models import SECTIONS, Proposal


@dataclass(frozen=True, slots=True)
class Chapter:
    """One numbered section."""

    number: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that is printed, worded already."""

    language: str
    title: str
    kicker: str
    customer: str
    firm: str
    lines: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    page_words: tuple[str, str, str]
    confidential: str

    @property
    def is_chinese(self) -> bool:
        """Which script it is set in."""
        return self.language.startswith("zh")


def paper(proposal: Proposal, today: date) -> Paper:
    """Set a version: what is not written is left out, and the rest is numbered on."""
    deal, language = proposal.opportunity, proposal.language
    with override(language):
        day = written_day(proposal.sent_on or today, language)
        owner = deal.owner.display_name if deal.owner else ""
        written = [name for name in SECTIONS if getattr(proposal, name).strip()]
        return Paper(
            language=language,
            title=fit(proposal.title),
            kicker=_("Proposal"),
            customer=fit(deal.customer.name),
            firm=fit(Organisation.objects.current().name),
            lines=tuple(
                (words, fit(value))
                for words, value in (
                    (_("Prepared for"), deal.customer.name),
                    (_("Prepared by"), f"{Organisation.objects.current().name}{_(', ') if owner else ''}{owner}"),
                    (_("Date"), day),
                    (_("Version"), str(proposal.number)),
                )
            ),
            chapters=tuple(
                Chapter(number, str(SECTION_WORDS[name]), blocks(getattr(proposal, name)))
                for number, name in enumerate(written, start=1)
            ),
            page_words=(_("Page "), _(" of "), _(" pages") if language.startswith("zh") else ""),
            confidential=_("In confidence, for %(customer)s only") % {"customer": fit(deal.customer.name)},
        )


def file_name(proposal: Proposal, ending: str) -> str:
    """What the file is called: customer, title, version."""
    words = f"{proposal.opportunity.customer.name} {proposal.title} v{proposal.number}"
    plain = "".join(each if each.isalnum() or each in " .-_" else " " for each in fit(words))
    return f"{' '.join(plain.split())[:100]}.{ending}"

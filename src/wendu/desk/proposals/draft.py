"""Drafting a proposal from what was found out about a deal: only what is known, and nothing its readers should not see.

Everybody at the customer's reads the paper. So what belongs to one person alone - the five interests of a person, a
personal motive and the words of who has one, whom a concern came from - stays out of it, and so do floor, cost and
rivals (method: 3.13).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from wendu.coach.case import DealCase
from wendu.desk.proposals.marks import cell_of, heading, items, table
from wendu.desk.proposals.words import WHOSE, money, written_day
from wendu.discovery.choices import MotiveKind, NeedKind
from wendu.discovery.models import Demand
from wendu.method.deals.benefits import OF_THE_FIRM
from wendu.method.deals.codes import Interest
from wendu.offers.choices import ConcernKind
from wendu.offers.models import BenefitCard, SolutionCase, SolutionPart

FOR_EVERYBODY = frozenset({ConcernKind.PRODUCT, ConcernKind.CHANGE, ConcernKind.TIMING})
MONTHS = 12


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was agreed to do next, by whom and when."""

    what: str
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class Sources:
    """What the deal's own findings do not hold: the parts and cases of the solutions used, and the next step."""

    parts: Mapping[int, Sequence[SolutionPart]]
    cases: Sequence[SolutionCase]
    next_step: NextStep | None = None


def drafted(case: DealCase, sources: Sources, language: str) -> dict[str, object]:
    """Write each section as far as it is known, in the language of the paper."""
    with override(language):
        return {
            "situation": _situation(case),
            "needs": _needs(case),
            "solution": _solution(case, sources),
            "benefits": _benefits(case, language),
            "evidence": _evidence(case, sources),
            "implementation": _implementation(case),
            "price": _price(case, language),
            "next_step": _next_step(sources.next_step, language),
            "next_step_on": None if sources.next_step is None else sources.next_step.on,
        }


def printable_cards(case: DealCase) -> list[BenefitCard]:
    """The benefits that may stand on paper: for all who read it, for a need somebody said, and proven."""
    said = {each.pk for each in said_needs(case)}
    return [card for card in case.offered.cards if is_for_all(case, card) and card.demand_id in said and card.evidence]


def is_for_all(case: DealCase, card: BenefitCard) -> bool:
    """Whether everybody who reads the paper may see it: what one person at a firm cares about is his own affair."""
    return case.is_private or Interest(card.interest) in OF_THE_FIRM


def said_needs(case: DealCase) -> list[Demand]:
    """The needs somebody said or agreed to; a mere guess of ours is none."""
    return [each for each in case.found.demands if each.confirmed_on or each.kind == NeedKind.EXPLICIT]


def quoted(case: DealCase) -> list[Demand]:
    """Whose words stand in the paper: nobody's who has a motive of his own."""
    needs = said_needs(case)
    own = {each.contact_id for each in case.found.demands if each.motive_kind == MotiveKind.PERSONAL}
    return [each for each in needs if each.quote and each.contact_id not in own]


def _situation(case: DealCase) -> str:
    rows = [
        (str(WHOSE[each.people]), each.fact or "—", each.problem)
        for each in sorted(case.found.effects, key=lambda each: (each.people != "self", each.pk))
    ]
    head = (_("Where"), _("What we saw together"), _("What it leads to"))
    return table(head, rows)


def _needs(case: DealCase) -> str:
    rows = [(_who(each), each.requirement, each.need or "—", _measure(each) or "—") for each in said_needs(case)]
    head = (_("Who"), _("Asks for"), _("So that"), _("Measured by"))
    words = [f"“{cell_of(each.quote)}” — {each.contact.name}" for each in quoted(case)]
    spoken = f"{heading(_('In your words'))}\n{items(words)}" if words else ""
    return _together(table(head, rows), spoken)


def _solution(case: DealCase, sources: Sources) -> str:
    told: list[str] = []
    for use in case.offered.uses:
        made_of = [part.part.name for part in sources.parts.get(use.solution_id, ())]
        told += [heading(use.solution.name), use.solution.summary or use.solution.problem]
        told += [_("Made of: %s") % str(_(", ")).join(made_of)] if made_of else []
    solved = [(each.problem, each.solution) for each in case.found.effects if each.solution]
    answers = table((_("Problem"), _("What we do about it")), solved)
    return _together(*told, f"{heading(_('Which problem it solves'))}\n{answers}" if answers and told else answers)


def _benefits(case: DealCase, language: str) -> str:
    needs = {each.pk: each.need or each.requirement for each in case.found.demands}
    rows = dict.fromkeys(
        (needs.get(card.demand_id or 0, "—"), card.feature, card.benefit or card.advantage or "—")
        for card in printable_cards(case)
    )
    return _together(table((_("Your need"), _("What we provide"), _("What it gives you")), rows), _gain(case, language))


def _gain(case: DealCase, language: str) -> str:
    currency = case.deal.currency
    effects = [each for each in case.found.effects if each.solution and (each.earn_minor or each.save_minor)]
    rows = [
        (
            each.solution,
            *(money(part, currency, language) if part else "—" for part in (each.earn_minor, each.save_minor)),
        )
        for each in effects
    ]
    if not rows:
        return ""
    total = sum((each.earn_minor or 0) + (each.save_minor or 0) for each in effects)
    told = [heading(_("In figures, per year")), table((_("Measure"), _("Earned"), _("Saved")), rows)]
    told.append(_("Together %s a year.") % money(total, currency, language))
    price = _price_of(case)
    if price:
        told.append(_("At this rate the price comes back in about %s months.") % _months(price, total))
    return "\n".join(told)


def _evidence(case: DealCase, sources: Sources) -> str:
    proofs = dict.fromkeys(
        (card.feature, card.get_evidence_kind_display() or "—", card.evidence) for card in printable_cards(case)
    )
    rows = [
        (
            each.customer_name if each.may_name else each.customer_kind,
            each.problem or "—",
            each.measures or "—",
            each.result,
        )
        for each in sources.cases
    ]
    head = (_("Customer"), _("Problem"), _("What was done"), _("Measured result"))
    cases = table(head, rows)
    return _together(
        table((_("What we say"), _("Kind"), _("What proves it")), proofs),
        f"{heading(_('Where it works already'))}\n{cases}" if cases else "",
    )


def _implementation(case: DealCase) -> str:
    rollouts = [use.solution.rollout for use in case.offered.uses if use.solution.rollout]
    plan = [items(line.strip() for line in text.splitlines() if line.strip()) for text in rollouts]
    answered = dict.fromkeys(
        (each.what, each.answer) for each in case.offered.concerns if each.kind in FOR_EVERYBODY and each.answer
    )
    safe = table((_("What must not happen"), _("How it is kept safe")), answered)
    return _together(*plan, f"{heading(_('Safeguards'))}\n{safe}" if safe and plan else safe)


def _price(case: DealCase, language: str) -> str:
    price = _price_of(case)
    if not price:
        return ""
    rows = [(case.deal.product or case.deal.title, money(price, case.deal.currency, language))]
    told = [table((_("Item"), _("Price")), rows)]
    sheet = case.sheet
    if sheet is not None and sheet.terms:
        told += [heading(_("Terms")), sheet.terms]
    if sheet is not None and sheet.payment_plan:
        told += [heading(_("Payment")), sheet.payment_plan]
    return "\n".join(told)


def _next_step(step: NextStep | None, language: str) -> str:
    if step is None:
        return ""
    return table((_("Who"), _("Does what"), _("By")), [(step.who or "—", step.what, written_day(step.on, language))])


def _price_of(case: DealCase) -> int | None:
    """The price of the deal; our own estimate is none."""
    return None if case.deal.amount_is_estimated else case.deal.amount_minor


def _months(price: int, a_year: int) -> str:
    return f"{MONTHS * price / a_year:.0f}"


def _who(demand: Demand) -> str:
    title = demand.contact.job_title
    return f"{demand.contact.name} ({title})" if title else demand.contact.name


def _measure(demand: Demand) -> str:
    return str(_(", ")).join(part for part in (demand.by_what_standard, demand.how_much, demand.when) if part)


def _together(*parts: str) -> str:
    return "\n".join(part for part in parts if part)

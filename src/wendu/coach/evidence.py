"""Gathering what is known about deals by a day, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import date

from wendu.coach.case import DealCase
from wendu.coach.frame import Frame
from wendu.coach.questions import calls_about, influencers_in, met_on, settled_with, won_by
from wendu.discovery.facts import DealFindings, deal_findings, told_and_rated
from wendu.offers.facts import OfferFindings, offer_findings
from wendu.opportunities.models import Opportunity


def deal_cases(deals: Sequence[Opportunity], frame: Frame) -> dict[int, DealCase]:
    """Gather what is known about deals by the day of the frame, in a fixed number of queries (seventeen)."""
    keys, on = [deal.pk for deal in deals], frame.today
    customers = {deal.customer_id for deal in deals}
    influencers = influencers_in(keys)
    found, offered = deal_findings(keys, as_of=on), offer_findings(keys)
    people = {each.contact_id for some in influencers.values() for each in some}
    word, calls = settled_with(customers, on), calls_about(keys, on)
    met = dict[int, date](met_on(customers, people, on))
    won = {key for (key,) in won_by(keys, on)}
    return {
        deal.pk: DealCase(
            deal=deal,
            on=on,
            scale=frame.scale.deal,
            influencers=tuple(influencers.get(deal.pk, ())),
            found=found.get(deal.pk) or DealFindings(),
            offered=offered.get(deal.pk) or OfferFindings(),
            settled=word.to_one,
            to_all=word.to_all.get(deal.customer_id, ()),
            calls=tuple(calls.get(deal.pk, ())),
            met_on=met,
            won=deal.pk in won,
        )
        for deal in deals
    }


def people_cases(deals: Sequence[Opportunity], frame: Frame) -> list[DealCase]:
    """Only what is known about the people of deals, and the talks (five queries): nothing of what was offered."""
    keys, on = [deal.pk for deal in deals], frame.today
    influencers, found = influencers_in(keys), told_and_rated(keys, as_of=on)
    word, calls = settled_with({deal.customer_id for deal in deals}, on), calls_about(keys, on)
    return [
        DealCase(
            deal=deal,
            on=on,
            scale=frame.scale.deal,
            influencers=tuple(influencers.get(deal.pk, ())),
            found=found.get(deal.pk) or DealFindings(),
            settled=word.to_one,
            to_all=word.to_all.get(deal.customer_id, ()),
            calls=tuple(calls.get(deal.pk, ())),
        )
        for deal in deals
    ]


def deal_case(deal: Opportunity, frame: Frame) -> DealCase:
    """The same for one."""
    return deal_cases([deal], frame)[deal.pk]

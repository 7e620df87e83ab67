"""What was found out about some deals of the demo, written down as its sales rep would: by the actions of the rooms."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from wendu.coach.frame import Frame
from wendu.coach.planning import suggested_plan
from wendu.discovery.actions import CRITERION, DEMAND, EFFECT, RECONSTRUCTION, TRUST_RATING, write_plan
from wendu.offers.actions import CARD, COMPETITOR, CONCERN, EXPECTATION, INTEREST, MESSAGE, SHEET, WORTH
from wendu.offers.choices import InterestKind
from wendu.opportunities.actions import FindingKind, write_finding
from wendu.opportunities.models import Opportunity
from wendu.ops.simulator.words import table

KINDS: tuple[FindingKind[Any], ...] = (
    DEMAND, RECONSTRUCTION, CRITERION, EFFECT, TRUST_RATING, INTEREST, CARD, MESSAGE, CONCERN, COMPETITOR, WORTH,
    EXPECTATION, SHEET,
)  # fmt: skip
TEN_THOUSAND = 1_000_000  # in minor units


def write_findings(at: datetime) -> int:
    """Write down what the demo's deals are known for; tells how many findings there are."""
    return sum(_told(row, at) for row in table("findings"))


def prepare_talks(at: datetime) -> int:
    """Prepare a talk with whoever has most weight in each of these deals, as the product would by itself."""
    frame, count = Frame.at(at), 0
    for row in table("findings"):
        deal = _deal_of(row)
        part = deal.influencers.select_related("contact").order_by("-weight", "pk").first() if deal else None
        if deal is None or part is None:
            continue
        on = frame.today + timedelta(days=1)
        draft = suggested_plan(deal.customer, deal=deal, contact=part.contact, frame=frame, on=on, lang="zh")
        draft = replace(draft, objective_on=on + timedelta(days=7))
        write_plan(customer=deal.customer, opportunity=deal, draft=draft, actor=deal.owner, at=at)
        count += 1
    return count


def _deal_of(row: Mapping[str, Any]) -> Opportunity | None:
    """The deal a table tells of; none in a firm of fewer customers than were told by hand."""
    rows = Opportunity.objects.filter(title=row["deal"], customer__name=row["customer"])
    return rows.select_related("customer", "owner").first()


def _told(row: Mapping[str, Any], at: datetime) -> int:
    deal = _deal_of(row)
    if deal is None:
        return 0
    people = list(deal.customer.contacts.order_by("pk").values_list("pk", flat=True))
    needs: list[int] = []
    count = 0
    for kind in KINDS:
        for said in _each(kind.name, row.get(kind.name, ())):
            values = dict(_values(said, people, needs, at))
            found = write_finding(kind, opportunity=deal, values=values, actor=deal.owner, at=at)
            count += 1
            if kind is DEMAND:
                needs.append(found.pk)
    return count


def _each(kind: str, told: Any) -> Iterator[Mapping[str, Any]]:
    """What matters to one person is told in one line, and is a finding per interest."""
    for said in told:
        if kind != INTEREST.name:
            yield said
            continue
        for interest in InterestKind.values:
            if interest in said:
                yield {"contact": said["contact"], "interest": interest, "importance": said[interest]}


def _values(said: Mapping[str, Any], people: list[int], needs: list[int], at: datetime) -> Iterator[tuple[str, Any]]:
    for name, value in said.items():
        if name == "contact":
            yield "contact_id", people[value]
        elif name == "demand":
            yield "demand_id", needs[value]
        elif name.endswith("_on"):
            yield name, at.date() + timedelta(days=value)
        elif name.endswith("_minor"):
            yield name, round(value * TEN_THOUSAND)
        else:
            yield name, ("yes" if value is True and name == "capability" else value)

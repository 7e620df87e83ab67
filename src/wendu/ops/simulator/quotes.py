"""Quotes of the demo, written by the actions a sales rep uses: one sent, one waiting for the manager."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wendu.coach.quoting import ask, send
from wendu.opportunities.models import Opportunity
from wendu.ops.simulator.findings import TEN_THOUSAND
from wendu.ops.simulator.words import table
from wendu.quotes.actions import write_line, write_quote

BESIDE = ("lines", "sent", "asked", "valid")


def write_quotes(at: datetime) -> int:
    """Write what the demo's deals were quoted; tells how many versions there are."""
    return sum(_told(row, at) for row in table("quotes"))


def _told(row: Mapping[str, Any], at: datetime) -> int:
    deals = Opportunity.objects.open().filter(title=row["deal"], customer__name=row["customer"])
    deal = deals.select_related("customer", "owner").first()
    if deal is None or deal.owner is None:  # a firm of fewer customers than were told by hand
        return 0
    who: dict[str, Any] = {"actor": deal.owner, "at": at}
    for said in row["versions"]:
        head = {name: value for name, value in said.items() if name not in BESIDE}
        valid = {"valid_until": at.date() + timedelta(days=said["valid"])}
        quote = write_quote(opportunity=deal, values={**head, **valid}, **who)
        for line in said.get("lines", ()):
            write_line(quote=quote, values=dict(_amounts(line)), **who)
        if said.get("sent"):
            send(quote=quote, **who)
        if said.get("asked"):
            ask(quote=quote, reason=said["asked"], **who)
    return len(row["versions"])


def _amounts(line: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: round(value * TEN_THOUSAND) if name.endswith("_minor") else value for name, value in line.items()}

"""The demo firm's library of solutions: written by who keeps it, and used in the deals told by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wendu.desk.proposals.page import draft_of
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.offers.actions import CASE, POINT, SOLUTION, add_solution, use_solution, write_piece, write_proposal
from wendu.offers.choices import ProposalLanguage
from wendu.offers.models import Solution
from wendu.opportunities.models import Opportunity
from wendu.ops.simulator.words import table

CHINESE = ProposalLanguage.CHINESE


def write_library(at: datetime) -> int:
    """Fill the library and use it; tells how many lines it has."""
    keeper = User.objects.filter(role=Role.MARKETING).order_by("pk").first()
    if keeper is None or Solution.objects.exists():
        return 0
    made: dict[str, Solution] = {}
    for row in table("library"):
        made[row["name"]] = _written(row, made, keeper, at)
    return len(made)


def _written(row: Mapping[str, Any], made: Mapping[str, Solution], keeper: User, at: datetime) -> Solution:
    values = {name: row[name] for name in SOLUTION if name in row}
    parts = [made[name] for name in row.get("parts", ())]
    solution = add_solution(values=values, parts=parts, actor=keeper, at=at)
    for said in row.get("points", ()):
        write_piece(POINT, solution=solution, values=said, actor=keeper, at=at)
    for said in row.get("cases", ()):
        write_piece(CASE, solution=solution, values=said, actor=keeper, at=at)
    for title in row.get("deals", ()):
        deals = Opportunity.objects.filter(title=title, customer__name=row["customer"], owner__isnull=False)
        for deal in deals.select_related("customer__owner", "owner"):
            use_solution(opportunity=deal, solution=solution, actor=deal.owner, at=at)
            said = {"title": title, **(draft_of(deal.owner, deal, CHINESE, at) if deal.owner else {})}
            write_proposal(opportunity=deal, language=CHINESE, values=said, actor=deal.owner, at=at)
    return solution

"""How far a relation reaches inside a customer, and how much of it hangs on one person (method: 3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wendu.method.deals.codes import RelationLevel, Risk
from wendu.method.deals.scales import RelationScale
from wendu.method.reading import Reading, because

LEVELS = tuple(RelationLevel)
RISKS = tuple(Risk)


@dataclass(frozen=True, slots=True)
class Link:
    """That one of ours and one of theirs talk with each other, the latest time two-way on `latest_on`."""

    contact: int
    department: str
    is_executive: bool
    ours: int
    our_department: str
    ours_is_executive: bool
    latest_on: date


@dataclass(frozen=True, slots=True)
class Backing:
    """One contact as a support: how he stands to us, the latest two-way touch, whether he is about to leave."""

    contact: int
    stance: int
    latest_on: date | None
    is_leaving: bool = False


def relation_level(links: Sequence[Link], buying_department: str, on: date, scale: RelationScale) -> Reading:
    """`none`, `individual`, `department` or `company`, from links active in the latest months.

    A department needs two of theirs and two of ours in it; a company besides links from two departments on both sides
    and one between executives.
    """
    active = [link for link in links if (on - link.latest_on).days <= scale.active_days]
    inside = [link for link in active if link.department == buying_department]
    contacts, ours = {link.contact for link in inside}, {link.ours for link in inside}
    theirs = {link.department for link in active if link.department}
    ours_in = {link.our_department for link in active if link.our_department}
    executive = sum(link.is_executive and link.ours_is_executive for link in active)
    level = RelationLevel.INDIVIDUAL if active else RelationLevel.NONE
    if len(contacts) >= scale.department_contacts and len(ours) >= scale.department_ours:
        level = RelationLevel.DEPARTMENT
        wide = min(len(theirs), len(ours_in)) >= scale.company_departments
        if wide and executive >= scale.executive_links:
            level = RelationLevel.COMPANY
    reasons = (
        because("department_links", contacts=len(contacts), ours=len(ours)),
        because("company_links", departments=len(theirs), our_departments=len(ours_in), executives=executive),
    )
    return Reading(value=level.value, band=level.value, reasons=reasons)


def target_level(tier: str, scale: RelationScale) -> RelationLevel:
    """How far the relation to a customer of this tier should reach."""
    return RelationLevel(scale.target.get(tier, scale.default_target))


def falls_short(level: RelationLevel, target: RelationLevel) -> bool:
    """Whether the relation reaches less far than it should."""
    return LEVELS.index(level) < LEVELS.index(target)


def single_thread(people: Sequence[Backing], main: int | None, on: date, scale: RelationScale) -> Reading:
    """How much hangs on one contact: `low`, `medium`, `high`, `critical`; the value is the number of backups.

    Backups are active supporters besides the main contact. A main contact about to leave is critical without a backup
    and stays at least high until there are two; one who has cooled raises the risk by one step, up to high.
    """
    active = {each.contact for each in people if _is_active(each, on, scale)}
    backups = sum(
        each.contact in active and each.contact != main and each.stance >= scale.supporter_from_stance
        for each in people
    )
    first = next((each for each in people if each.contact == main), None)
    risk = _plain_risk(len(active), backups)
    reasons = [because("backups", active=len(active), backups=backups)]
    if first is not None and first.is_leaving:
        reasons.append(because("main_leaves", person=first.contact))
        risk = Risk.CRITICAL if backups == 0 else max(risk, Risk.HIGH, key=RISKS.index) if backups == 1 else risk
    elif first is not None and first.contact not in active:
        reasons.append(because("main_cooled", person=first.contact))
        risk = min(RISKS[min(RISKS.index(risk) + 1, RISKS.index(Risk.CRITICAL))], Risk.HIGH, key=RISKS.index)
    return Reading(value=backups, band=risk.value, reasons=tuple(reasons), missing=() if first else ("main_contact",))


def _plain_risk(active: int, backups: int) -> Risk:
    if active <= 1 or backups == 0:
        return Risk.HIGH
    return Risk.MEDIUM if backups == 1 else Risk.LOW


def _is_active(each: Backing, on: date, scale: RelationScale) -> bool:
    return each.latest_on is not None and (on - each.latest_on).days <= scale.active_days

"""What was done in deals by the day they ended, as far as it was written down; what came later is not asked."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from wendu.coach.record import ENDS, EVIDENCE
from wendu.discovery.models import Demand, Effect
from wendu.identity.models import Organisation
from wendu.method.codes import Outcome as Talk
from wendu.opportunities.choices import InfluencerRole, Outcome
from wendu.opportunities.models import Influencer, Opportunity
from wendu.touches.models import Touch, TouchContact

LATEST = 300
KEYS = (InfluencerRole.DECISION_MAKER, InfluencerRole.APPROVER)


@dataclass(frozen=True, slots=True)
class Deed:
    """One ended deal and what was done in it; None where nobody wrote down enough to tell."""

    won: bool
    people: float | None = None
    needs: float | None = None
    coverage: float | None = None
    talks: float | None = None
    advances: float | None = None
    rate: float | None = None
    first_talk: float | None = None
    first_advance: float | None = None
    has_money: bool | None = None


@dataclass(slots=True)
class _Told:
    """What was found about one deal."""

    days: list[tuple[date, str, bool]] = field(default_factory=list)
    met: set[int] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)
    has_money: bool = False
    is_evidenced: bool = False


def deeds(user: Any, test: Q, *, since: date | None, key_weight: int) -> list[Deed]:
    """The latest won and the latest lost deals one sees, with what was done in them: a fixed number of queries."""
    ended: dict[int, tuple[bool, date, date | None]] = {}
    for outcome in ENDS:
        rows = Opportunity.objects.visible_to(user).standing().filter(test)
        rows = rows.filter(
            closures__reopened_on__isnull=True,
            closures__outcome=outcome,
            **({} if since is None else {"closures__closed_on__gte": since}),
        )
        found = rows.order_by("-closures__closed_on", "-pk").values_list("pk", "closures__closed_on", "opened_on")
        ended |= {pk: (outcome == Outcome.WON, closed, opened) for pk, closed, opened in found[:LATEST]}
    told = _told(ended, key_weight)
    return [_deed(won, opened, told[pk]) for pk, (won, _closed, opened) in ended.items()]


def _told(ended: Mapping[int, tuple[bool, date, date | None]], key_weight: int) -> Mapping[int, _Told]:
    told: dict[int, _Told] = defaultdict(_Told)
    keys: Collection[int] = list(ended)
    talks = Touch.objects.standing().filter(opportunity__in=keys, is_two_way=True).order_by("touched_on", "pk")
    for pk, on, outcome, objective in talks.values_list("opportunity_id", "touched_on", "outcome", "objective"):
        if on <= ended[pk][1]:
            told[pk].days.append((on, outcome, bool(objective)))
    met = TouchContact.objects.filter(
        touch__opportunity__in=keys, touch__is_two_way=True, touch__undone_at__isnull=True
    ).values_list("touch__opportunity_id", "contact_id", "touch__touched_on")
    for pk, contact, on in met:
        if on <= ended[pk][1]:
            told[pk].met.add(contact)
    needs = Demand.objects.filter(opportunity__in=keys, removed_at__isnull=True, confirmed_on__isnull=False)
    for pk, contact, confirmed_on in needs.values_list("opportunity_id", "contact_id", "confirmed_on"):
        if confirmed_on is not None and confirmed_on <= ended[pk][1]:
            told[pk].confirmed.add(contact)
    decisive = Influencer.objects.filter(Q(weight__gte=key_weight) | Q(role__in=KEYS), opportunity__in=keys)
    for pk, contact in decisive.values_list("opportunity_id", "contact_id"):
        told[pk].keys.add(contact)
    money = Effect.objects.filter(
        Q(earn_minor__isnull=False) | Q(save_minor__isnull=False), opportunity__in=keys, removed_at__isnull=True
    )
    house = Organisation.objects.current()
    for pk, at in money.values_list("opportunity_id", "written_at"):
        told[pk].has_money |= house.today(at) <= ended[pk][1]
    first, *others = [
        kind._default_manager.filter(opportunity__in=keys, removed_at__isnull=True)
        .order_by()
        .values_list("opportunity_id", flat=True)
        for kind in EVIDENCE
    ]
    for pk in first.union(*others):
        told[pk].is_evidenced = True
    return told


def _deed(won: bool, opened: date | None, told: _Told) -> Deed:  # noqa: FBT001  one of two kinds
    """An order is the win itself and counts as no talk, or winners would win by winning."""
    talks = [each for each in told.days if each[1] != Talk.ORDER]
    meant = [each for each in talks if each[2]]
    moved = [each for each in talks if each[1] == Talk.ADVANCE]
    has_talks, is_evidenced = bool(told.days), told.is_evidenced
    return Deed(
        won=won,
        people=float(len(told.met)) if told.met else None,
        needs=float(len(told.confirmed)) if is_evidenced else None,
        coverage=100.0 * len(told.keys & told.confirmed) / len(told.keys) if told.keys and is_evidenced else None,
        talks=float(len(talks)) if has_talks else None,
        advances=float(len(moved)) if has_talks else None,
        rate=100.0 * sum(each[1] == Talk.ADVANCE for each in meant) / len(meant) if meant else None,
        first_talk=_days(opened, talks),
        first_advance=_days(opened, moved),
        has_money=told.has_money if is_evidenced else None,
    )


def _days(opened: date | None, talks: list[tuple[date, str, bool]]) -> float | None:
    """How long the first of them took; a talk from before the deal was opened tells nothing of it."""
    if opened is None or not talks or talks[0][0] < opened:
        return None
    return float((talks[0][0] - opened).days)

"""How far the relation behind a deal reaches, what became of our promises, and what speaks for a fear nobody spoke out.

Everything comes from the log: who of ours talked with whom of theirs, what was promised, put off and refused.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from wendu.coach.case import DealCase
from wendu.identity.choices import Role
from wendu.kernel.prepared import prepared, prepared_records_of
from wendu.method.deals.codes import RelationLevel
from wendu.method.deals.concerns import Signs, hidden_concern
from wendu.method.deals.relation import Link, falls_short, relation_level, target_level
from wendu.method.deals.trust import reliability
from wendu.method.deals.trust_course import promises_of
from wendu.method.reading import Reading
from wendu.offers.choices import ConcernKind, ConcernState
from wendu.offers.models import Concern
from wendu.opportunities.choices import InfluencerRole, Stage
from wendu.opportunities.models import Pause
from wendu.touches.choices import CommitmentState, Refusal
from wendu.touches.models import Commitment, Promise, Touch, TouchContact

LEADING = frozenset({Role.EXECUTIVE, Role.ADMIN})
DECIDING = frozenset({InfluencerRole.DECISION_MAKER, InfluencerRole.APPROVER})
FROM = (Stage.ST3, Stage.ST4)
NOT_KNOWN = "\0"  # no department is called so


@dataclass(frozen=True, slots=True)
class Bonds:
    """What the log says of one deal beside its findings.

    `covered` names who of ours talked lately with each of theirs, by contact.
    `word` is how our company keeps its word to all of them, 0 to 10, from so many settled promises on (`word_from`).
    """

    level: Reading
    target: RelationLevel
    department: str
    promises: tuple[Promise, ...]
    worry: Reading | None
    before: Reading | None = None
    talks: int = 0
    is_private: bool = False
    word: float | None = None
    covered: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    settled_with_all: int = 0
    word_from: int = 0

    @property
    def falls_short(self) -> bool:
        """Whether the relation reaches less far than it should."""
        return falls_short(RelationLevel(str(self.level.value)), self.target)


def bonds_of(case: DealCase, *, stage: str, since: date | None, is_silent: bool) -> Bonds:
    """Read the log around an open deal (five queries); `since` is the day it came to its stage.

    `before` is how far the relation reached when the deal began, as far as it is known when that was.
    """
    department, scale, begun_on = _buying_department(case), case.scale.relation, case.deal.opened_on
    met = list(_met(case.deal.customer_id, case.on, begun_on or date.min))
    now, then = _links(case, met)
    level = relation_level(now, department or NOT_KNOWN, case.on, scale)
    before = None if begun_on is None else relation_level(then, department or NOT_KNOWN, begun_on, scale)
    signs = _signs(case, since=since, is_silent=is_silent)
    return Bonds(
        level=level,
        target=target_level(case.deal.customer.tier, case.scale.relation),
        department=department,
        promises=tuple(_promises(case.deal.customer_id)),
        before=before,
        talks=len(case.calls),
        is_private=case.is_private,
        covered=_covered(case, met),
        worry=hidden_concern(signs, case.scale.concerns) if stage in FROM else None,
        word=reliability(promises_of(case.to_all), None, case.scale.trust),
        settled_with_all=len(case.to_all),
        word_from=case.scale.trust.promises_from,
    )


def _buying_department(case: DealCase) -> str:
    """Where most of the voices sit, by weight; nothing where nobody's department is known."""
    weights: Counter[str] = Counter()
    for each in case.influencers:
        if each.contact.department:
            weights[each.contact.department] += each.weight
    return max(weights, key=lambda name: (weights[name], name), default="")


def _links(case: DealCase, met: Iterable[Any]) -> tuple[list[Link], list[Link]]:
    """Who of ours met whom of theirs, the latest day each: by now, and before the deal began."""
    deciding = {each.contact_id for each in case.influencers if each.role in DECIDING}
    now, then = list[Link](), list[Link]()
    for contact, department, ours, team, _name, on, role, before in met:
        link = Link(contact, department, contact in deciding, ours, team or "", role in LEADING, on)
        now.append(link)
        if before is not None:
            then.append(replace(link, latest_on=before))
    return now, then


def _covered(case: DealCase, met: Iterable[Any]) -> Mapping[int, tuple[str, ...]]:
    """Who of ours has an active link to each of theirs."""
    since = case.on - timedelta(days=case.scale.relation.active_days)
    found: dict[int, tuple[str, ...]] = {}
    for contact, _department, _ours, _team, name, on, _role, _before in met:
        if on >= since:
            found[contact] = (*found.get(contact, ()), name)
    return found


@prepared
def _met(customer_id: int, on: date, begun_on: date) -> QuerySet[Any, Any]:
    rows = TouchContact.objects.filter(
        touch__customer=customer_id,
        touch__is_two_way=True,
        touch__undone_at__isnull=True,
        touch__touched_on__lte=on,
        touch__author__isnull=False,
    )
    ours = ("touch__author_id", "touch__author__team__name", "touch__author__full_name")
    who = rows.values_list("contact_id", "contact__department", *ours)
    before = Max("touch__touched_on", filter=Q(touch__touched_on__lt=begun_on))
    latest = who.annotate(on=Max("touch__touched_on"), role=Max("touch__author__role"), before=before)
    return latest.order_by("contact_id", "touch__author_id")


@prepared_records_of
def _promises(customer_id: int) -> QuerySet[Promise]:
    rows = Promise.objects.standing().filter(customer=customer_id)
    return rows.select_related("contact").order_by("-due_on", "-pk")


@prepared
def _agreed(deal_id: int) -> QuerySet[Any, Any]:
    return Commitment.objects.standing().filter(touch__opportunity=deal_id).values_list("state", "due_on")


@prepared
def _rests(deal_id: int) -> QuerySet[Any, Any]:
    return Pause.objects.filter(opportunity=deal_id, ended_on__isnull=False).values_list("pk")


@prepared
def _latest_refusal(deal_id: int, on: date) -> QuerySet[Any, Any]:
    talks = Touch.objects.standing().filter(opportunity=deal_id, touched_on__lte=on)
    return talks.order_by("-touched_on", "-pk").values_list("refusal")[:1]


def _signs(case: DealCase, *, since: date | None, is_silent: bool) -> Signs:
    """What the log shows of a fear nobody spoke out."""
    states = _agreed(case.deal.pk)
    dropped = sum(
        state == CommitmentState.DROPPED or (state == CommitmentState.OPEN and due < case.on) for state, due in states
    )
    refused = _latest_refusal(case.deal.pk, case.on)
    concerns = case.offered.concerns
    return Signs(
        postponements=dropped + len(_rests(case.deal.pk)),
        re_raised=_raised_again(concerns),
        sudden_price_complaint=since is not None and _price_came_up(concerns, since),
        new_silence=is_silent and case.was_talked_about,
        refuses_to_meet=bool(refused) and refused[0][0] == Refusal.OBJECTIVE,
    )


def _raised_again(concerns: Sequence[Concern]) -> bool:
    """Whether what was settled with somebody came up once more."""
    over = {ConcernState.RESOLVED, ConcernState.ACCEPTED}
    settled = [each for each in concerns if each.state in over and each.settled_on is not None]
    return any(
        again.state not in over
        and (again.kind, again.contact_id) == (each.kind, each.contact_id)
        and each.settled_on is not None
        and again.raised_on >= each.settled_on
        for each in settled
        for again in concerns
    )


def _price_came_up(concerns: Sequence[Concern], since: date) -> bool:
    """Whether the price is a worry only now, and never was before this stage."""
    days = [each.raised_on for each in concerns if each.kind == ConcernKind.PRICE]
    return bool(days) and min(days) >= since

"""Whom to coach, with which deal and about what: stalls, single threads, stages ahead of their evidence, silence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wendu.coach.asking import Held, held_about, together
from wendu.coach.case import DealCase
from wendu.coach.evidence import deal_cases
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding
from wendu.coach.pipeline import SELLING, first_deals
from wendu.desk.deal_words import ITEMS
from wendu.desk.pipeline.asked import DealsAsked
from wendu.identity.models import User
from wendu.identity.snapshot import remembered
from wendu.method.deals.gates import furthest
from wendu.method.deals.progress import advance_rate
from wendu.method.reading import Reading
from wendu.opportunities.models import Opportunity

HELPS = ("stalled", "ahead", "thread", "trust", "silent")
A_STAGE, SHOWN = 40, 30
KEPT_SECONDS = 60.0
LATE = "ST3"  # from here on one voice alone is too thin; before, everybody begins with one


@dataclass(frozen=True, slots=True)
class Needy:
    """A deal that needs help, and with what; `stands` is the stage its evidence reaches.

    Where no talk is in the log (`is_untold`) nobody can say how long it was silent.
    """

    uuid: UUID
    title: str
    customer: str
    owner: str
    stage: str
    amount_minor: int | None
    currency: str
    helps: tuple[str, ...]
    stands: str
    is_untold: bool = False


@dataclass(frozen=True, slots=True)
class Coached:
    """One person: deals looked at, how many need which help, how often talks move something, what lacks most often.

    `untold` deals have no talk in the log: their silence is unknown, not too long.
    """

    name: str
    uuid: UUID | None
    deals: int
    helps: tuple[int, ...]
    rate: float | None
    talks: int
    lacking: str
    unwritten: int
    untold: int
    held: Held

    @property
    def lacks(self) -> str:
        """What gets the point of the gates that is missing most often."""
        return str(ITEMS[self.lacking][1]) if self.lacking else ""

    @property
    def needs(self) -> int:
        """How often help is needed."""
        return sum(self.helps)


@dataclass(frozen=True, slots=True)
class Coaching:
    """Everything the page shows."""

    frame: Frame
    asked: DealsAsked
    people: tuple[Coached, ...]
    deals: tuple[Needy, ...]
    looked_at: int
    needy: int
    is_cut: bool
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class _Looked:
    """A deal that was looked at, and what it needs."""

    case: DealCase
    helps: tuple[str, ...]
    is_untold: bool


@dataclass(frozen=True, slots=True)
class _Read:
    at: datetime
    people: tuple[Coached, ...]
    deals: tuple[Needy, ...]
    looked_at: int
    needy: int
    is_cut: bool


def coaching_page(user: User, at: datetime, asked: DealsAsked) -> Coaching:
    """Look at the largest open deals of each stage one sees: a fixed number of queries, kept for a minute."""
    frame = Frame.at(at)
    name = f"coaching {user.pk} {user.role} {user.team_id} {frame.today} {asked.query()}"
    found = remembered(name, lambda: _read(user, asked, frame, at), seconds=KEPT_SECONDS)
    seen = Opportunity.objects.visible_to(user).filter(uuid__in=[deal.uuid for deal in found.deals])
    still = set(seen.values_list("uuid", flat=True))  # what was remembered may have gone out of sight since
    deals = tuple(deal for deal in found.deals if deal.uuid in still)
    return Coaching(frame, asked, found.people, deals, found.looked_at, found.needy, found.is_cut, found.at)


def _read(user: User, asked: DealsAsked, frame: Frame, at: datetime) -> _Read:
    first = first_deals(user, asked.test(user, frame), need=A_STAGE + 1)
    keys = [pk for stage in SELLING for pk in first[stage][:A_STAGE]]
    deals = list(Opportunity.objects.visible_to(user).filter(pk__in=keys).select_related("customer", "owner"))
    stands = DealStanding.objects.in_bulk(keys)
    cases = deal_cases(deals, frame)
    needy, of_owner = [], defaultdict[int | None, list[_Looked]](list)
    for deal in deals:
        case, standing = cases[deal.pk], stands.get(deal.pk)
        is_untold = standing is None or standing.gap_on is None
        helps = tuple(_helps(case, standing, frame))
        of_owner[deal.owner_id].append(_Looked(case, helps, is_untold))
        if helps:
            needy.append(_needy(case, helps, is_untold=is_untold))
    needy.sort(key=lambda each: (-len(each.helps), -(each.amount_minor or 0), each.title))
    held = held_about(keys)
    people = sorted((_coached(rows, held) for rows in of_owner.values()), key=lambda each: (-each.needs, each.name))
    return _Read(
        at,
        tuple(people),
        tuple(needy[:SHOWN]),
        len(deals),
        len(needy),
        any(len(found) > A_STAGE for found in first.values()),
    )


def _helps(case: DealCase, stands: DealStanding | None, frame: Frame) -> Iterable[str]:
    """What a deal needs help with; what nobody wrote down is no reproach, nor a silence the log cannot tell of."""
    if case.stall.band == "stalled":
        yield "stalled"
    if case.evidence_is_kept and (_reaches(case) or case.deal.stage) < case.deal.stage:
        yield "ahead"
    if case.influencers and not case.is_simple and case.thread.band in _narrow(case.deal.stage):
        yield "thread"
    if case.trust.band == "fails":
        yield "trust"
    if stands is not None and stands.gap_on is not None and stands.gap_on <= frame.today:
        yield "silent"


def _narrow(stage: str) -> tuple[str, ...]:
    return ("critical", "high") if stage >= LATE else ("critical",)


def _reaches(case: DealCase) -> str:
    return furthest(case.gates) or ""


def _needy(case: DealCase, helps: tuple[str, ...], *, is_untold: bool) -> Needy:
    deal = case.deal
    return Needy(
        uuid=deal.uuid,
        title=deal.title,
        customer=deal.customer.name,
        owner=deal.owner.display_name if deal.owner else "",
        stage=deal.stage,
        amount_minor=deal.amount_minor,
        currency=deal.currency,
        helps=helps,
        stands=_reaches(case),
        is_untold=is_untold,
    )


def _coached(rows: list[_Looked], held: Mapping[int, Held]) -> Coached:
    owner, cases = rows[0].case.deal.owner, [each.case for each in rows]
    counts = Counter(code for each in rows for code in each.helps)
    rate: Reading = advance_rate([call for case in cases for call in case.calls])
    lacking: Counter[str] = Counter()
    for case in cases:
        gate = case.gate_ahead(case.deal.stage)
        if case.evidence_is_kept and gate is not None:
            lacking.update(item.code for item in gate.open_items)
    most = lacking.most_common(1)
    return Coached(
        name=owner.display_name if owner else "",
        uuid=owner.uuid if owner else None,
        deals=len(rows),
        helps=tuple(counts[code] for code in HELPS),
        rate=None if rate.value is None else float(rate.value),
        talks=int(rate.reasons[0].numbers["meant"] or 0),
        lacking=most[0][0] if most else "",
        unwritten=sum(not case.evidence_is_kept for case in cases),
        untold=sum(each.is_untold for each in rows),
        held=together(held, [case.deal.pk for case in cases]),
    )

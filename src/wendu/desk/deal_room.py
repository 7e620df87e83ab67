"""The deal room: the gate before us, who decides and trusts us, what was proven, and whether the price suits both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from django.db.models import Choices
from django.utils.translation import gettext as _

from wendu.coach.case import DealCase
from wendu.coach.held import Held
from wendu.desk.deal_words import (
    CAUSES,
    CELLS,
    ELEMENTS,
    FILLS,
    NEEDS,
    PARTS,
    RISKS,
    STEPS,
    VERDICTS,
)
from wendu.desk.demand import DemandView, demand_view
from wendu.desk.gains import GainsView, gains_view
from wendu.desk.gate import GateView, gate_view, unknowns
from wendu.method.deals.benefits import OF_THE_FIRM, proven_interests
from wendu.method.deals.codes import Exchange, Focus, Interest
from wendu.method.deals.diagnosis import Concession
from wendu.method.deals.exchange import PriceRoom
from wendu.method.deals.trust import Trust
from wendu.method.reading import Reading
from wendu.offers.choices import InterestKind, MessageKind, MessageState
from wendu.offers.models import Concern, ValueMessage
from wendu.opportunities.choices import InfluencerRole, Stance
from wendu.opportunities.models import Influencer

CENT = 100.0
LATEST_CALLS = 5
EDGE = 0.12  # of the bar is kept free on either side of floor and ceiling
LANES = (Focus.RECEPTIVE, Focus.DISSATISFIED, Focus.POWERFUL)
MOVED = {"order", "advance"}


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person of the chain."""

    part: Influencer
    trust: Trust
    is_key: bool
    role: str
    need: str
    need_known: bool
    stance: int
    stance_words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One step of the way in, with who stands there."""

    focus: str
    people: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class MapCell:
    """How much one person cares about an interest, and whether it is proven to him."""

    interest: str
    name: str
    importance: int
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """One person's line of the benefit map."""

    part: Influencer
    cells: tuple[MapCell, ...]
    coverage: float | None


@dataclass(frozen=True, slots=True)
class MessageCell:
    """How far one message got with one person."""

    message: str
    name: str
    state: str
    words: str
    quote: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """The three messages of one key person."""

    contact: int
    name: str
    cells: tuple[MessageCell, ...]


@dataclass(frozen=True, slots=True)
class PriceView:
    """The price room, its marks as per cent along the bar; None while too little is known.

    Value, effort, what is left and how far ahead are points where `in_points`, and `felt` is what the price weighs
    then; price, floor and ceiling are always money.
    """

    verdict: str
    verdict_code: str
    price: int | None
    floor: int | None
    ceiling: int | None
    marks: Mapping[str, str]
    value: float | None
    effort: float | None
    delivered: float | None
    ahead: float | None
    ahead_by: float | None
    words: str
    is_locked: bool
    missing: str
    margin: float | None = None
    margin_floor: float | None = None
    in_points: bool = False
    felt: float | None = None


@dataclass(frozen=True, slots=True)
class DealRoom:
    """Everything the room shows of one deal."""

    case: DealCase
    demand: DemandView
    gains: GainsView
    gate: GateView | None
    people: tuple[PersonView, ...]
    lanes: tuple[Lane, ...]
    others: tuple[PersonView, ...]
    advice: tuple[str, ...]
    map: tuple[MapRow, ...]
    interests: tuple[str, ...]
    of_the_firm: int
    messages: tuple[MessageRow, ...]
    message_names: tuple[str, ...]
    elements: tuple[tuple[str, str, str], ...]
    concerns: tuple[Concern, ...]
    price: PriceView
    calls: tuple[tuple[bool, str], ...]
    rate: float | None
    is_stalled: bool

    @property
    def unnamed(self) -> list[str]:
        """Rivals with a score or an offer whom nobody described."""
        described = {other.name for other in self.case.offered.competitors}
        told = [each.rival for each in self.case.offered.rivals]
        told += [name for each in self.case.found.criteria for name in each.rivals]
        return [name for name in dict.fromkeys(told) if name not in described]


def deal_room(case: DealCase, stage: str) -> DealRoom:
    """Put the case of a deal at a stage into words."""
    people = tuple(_people(case))
    lanes = tuple(Lane(focus.value, tuple(each for each in people if _lane(each.part) is focus)) for focus in LANES)
    return DealRoom(
        case=case,
        demand=demand_view(case),
        gains=gains_view(case),
        gate=gate_view(case, case.gate_ahead(stage)),
        people=people,
        lanes=lanes,
        others=tuple(each for each in people if _lane(each.part) is None),
        advice=tuple(_advice(case)),
        map=tuple(_map(case)),
        interests=tuple(str(InterestKind(each.value).label) for each in case.interests),
        of_the_firm=sum(each in OF_THE_FIRM for each in case.interests),
        messages=tuple(_messages(case)),
        message_names=tuple(str(kind.label) for kind in MessageKind),
        elements=tuple(
            (fill.value, str(ELEMENTS[name]), str(FILLS[fill.value]))
            for name, fill in zip(case.elements._fields, case.elements, strict=True)
        ),
        concerns=tuple(each for each in case.offered.concerns if each.state in ("open", "answering")),
        price=_price(case),
        calls=tuple((call.outcome.value in MOVED, call.outcome.value) for call in case.calls[-LATEST_CALLS:]),
        rate=_number(case.rate.value),
        is_stalled=case.stall.band == "stalled",
    )


def _people(case: DealCase) -> Iterable[PersonView]:
    trusts = {person.id: (person, trust) for person, trust in case.trusted}
    keys = {person.id for person in case.keys}
    needs, roles, stances = {code: str(words) for code, words in NEEDS.items()}, _said(InfluencerRole), _said(Stance)
    for part in case.influencers:
        person, trust = trusts[part.contact_id]
        yield PersonView(
            part=part,
            trust=trust,
            is_key=person.id in keys,
            role=roles[part.role],
            need=needs[person.need.value],
            need_known=person.is_known,
            stance=part.stance + 3,
            stance_words=stances[part.stance],
        )


def _said(choices: type[Choices]) -> dict[Any, str]:
    """The words of each choice, put into the reader's language once."""
    return {each.value: str(each.label) for each in choices}


def _lane(part: Influencer) -> Focus | None:
    """Where somebody stands on the way in: who decides before who has the problem before who gives information."""
    if part.is_powerful:
        return Focus.POWERFUL
    if part.is_dissatisfied:
        return Focus.DISSATISFIED
    return Focus.RECEPTIVE if part.is_receptive else None


def _advice(case: DealCase) -> Iterable[str]:
    """The one next step on the way in, whom to win over first, and what hangs on one person."""
    yield str(STEPS[case.content_play or str(case.entry.value)])
    if case.weakest is not None:
        person, part = case.weakest
        name = next(each.contact.name for each in case.influencers if each.contact_id == person.id)
        if part is None:
            yield _("Nobody has rated the trust of %(name)s yet.") % {"name": name}
        else:
            yield _("Win over %(name)s first: %(how)s.") % {"name": name, "how": PARTS[part.value]}
    named = {each.contact_id: each.contact.name for each in case.influencers}
    for reason in case.trust.reasons:
        if reason.code == "trust_stale":
            told = {"name": named.get(int(reason.numbers["person"] or 0), ""), "days": reason.numbers["days"]}
            yield _("%(name)s was rated %(days)s days ago: ask again how they see us.") % told
    if case.influencers and case.thread.band in RISKS:
        yield str(RISKS[case.thread.band])


def _map(case: DealCase) -> Iterable[MapRow]:
    cards, everybody, named = case.offered.judged_cards(), case.offered.cares(), _said(InterestKind)
    words = {state: str(each) for state, each in CELLS.items()}
    for part in case.influencers:
        cares = everybody.get(part.contact_id, {})
        proven = proven_interests(part.contact_id, cards)
        told = {card.interest for card in cards if card.person in (None, part.contact_id)}
        weights = [cares.get(interest, 0) for interest in case.interests]
        states = [_proof(*pair, proven, told) for pair in zip(case.interests, weights, strict=True)]
        cells = tuple(
            MapCell(interest.value, named[interest.value], weight, state, words[state] % {"n": weight})
            for interest, weight, state in zip(case.interests, weights, states, strict=True)
        )
        yield MapRow(part, cells, _number(case.benefits[part.contact_id].value))


def _proof(interest: Interest, weight: int, proven: frozenset[Interest], told: set[Interest]) -> str:
    return "na" if not weight else "pr" if interest in proven else "un" if interest in told else "mi"


def _messages(case: DealCase) -> Iterable[MessageRow]:
    said, kinds = {(each.contact_id, each.message): each for each in case.offered.messages}, _said(MessageKind)
    named = {each.contact_id: each.contact.name for each in case.influencers}
    for person in case.keys:
        cells = tuple(_message(code, name, said.get((person.id, code))) for code, name in kinds.items())
        yield MessageRow(person.id, named[person.id], cells)


def _message(code: str, name: str, said: ValueMessage | None) -> MessageCell:
    if said is None:
        return MessageCell(code, name, "mi", _("not said yet"), "")
    state = "pr" if said.state == MessageState.ACKNOWLEDGED else "un"
    return MessageCell(code, name, state, _("repeated") if state == "pr" else _("said"), said.words)


def _price(case: DealCase) -> PriceView:
    verdict = case.exchange
    return price_view(
        case.held,
        verdict,
        case.room,
        words=_no_zone() if case.room.is_empty else str(CAUSES[str(case.cause.value or "")]),
        is_locked=case.concession is not Concession.ALLOWED,
        missing=unknowns(verdict.missing) if verdict.band == Exchange.UNKNOWN else "",
    )


def price_view(
    held: Held, verdict: Reading, room: PriceRoom, *, words: str, is_locked: bool, missing: str
) -> PriceView:
    """What everybody gives and asks at one price, as the page of a deal or of a quote shows it."""
    ours, price = held.ours, held.sale.price
    told = _number if held.in_points else _whole
    return PriceView(
        verdict=str(VERDICTS[verdict.band]),
        verdict_code=verdict.band,
        price=_whole(price),
        floor=_whole(room.floor),
        ceiling=_whole(room.ceiling),
        marks=price_marks(room.floor, room.ceiling, price),
        value=told(ours.value),
        effort=told(ours.effort),
        delivered=told(ours.delivered),
        ahead=told(verdict.value),
        ahead_by=None if verdict.value is None else abs(told(verdict.value) or 0),
        in_points=held.in_points,
        felt=ours.price if held.in_points else None,
        words=words,
        is_locked=is_locked,
        missing=missing,
        **_margin_of(verdict),
    )


class _Margin(TypedDict):
    margin: NotRequired[float]
    margin_floor: NotRequired[float]


def _margin_of(exchange: Reading) -> _Margin:
    """What is left to us of the price, and the least we keep, in per cent; nothing while either side is unknown."""
    told = next((reason.numbers for reason in exchange.reasons if reason.code == "margin"), None)
    if told is None:
        return {}
    return {"margin": CENT * float(told["share"] or 0), "margin_floor": CENT * float(told["floor"] or 0)}


def _no_zone() -> str:
    return _("No price suits both: raise the value or cut their other costs, do not cut the price.")


def price_marks(floor: float | None, ceiling: float | None, price: float | None) -> Mapping[str, str]:
    """Where floor, ceiling and price stand along the bar, in per cent; nothing until all three are known."""
    if floor is None or ceiling is None or price is None:
        return {}
    low, high = min(floor, ceiling, price), max(floor, ceiling, price)
    span = (high - low) or 1.0
    places = {"floor": floor, "ceiling": ceiling, "price": price}
    return {name: f"{CENT * (EDGE + (1 - 2 * EDGE) * (at - low) / span):.1f}" for name, at in places.items()}


def _whole(value: Any) -> int | None:
    return round(value) if isinstance(value, int | float) else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None

"""One opportunity and the list of them: stage, own heat and strike, who decides, and what was said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from wendu.access.verbs import can
from wendu.agreements.queries import is_ordered
from wendu.coach.asking import Held, held_about
from wendu.coach.bonds import bonds_of
from wendu.coach.case import DealCase
from wendu.coach.evidence import deal_case
from wendu.coach.facts import gather
from wendu.coach.frame import Frame
from wendu.coach.gates import entry_gate
from wendu.coach.heat import heat_today
from wendu.coach.models import DealStanding
from wendu.coach.orders import Order
from wendu.coach.queries import kept_before, states_of
from wendu.coach.sight import seen
from wendu.coach.warmest import deals_by_warmth, warmest_deals
from wendu.customers.facts import profile_of
from wendu.customers.models import Customer
from wendu.desk.bonds import BondView, bond_view
from wendu.desk.chain_map import ChainMap, chain_map
from wendu.desk.customer_parts import DealRow, deal_row, listed_deal, own_fields
from wendu.desk.deal_own import NOTHING_OWN, OwnAsked, compared_value
from wendu.desk.deal_paging import COLUMNS, FIRST, HEAT, Turn, Way, deals_turned, order_of, valued, write_mark
from wendu.desk.deal_room import DealRoom, deal_room
from wendu.desk.expectations import ExpectationTable, expectation_table
from wendu.desk.gate import GateView, gate_view
from wendu.desk.ladder import LadderTable, ladder_table
from wendu.desk.loss import Correction, LossView, corrections_of, loss_after
from wendu.desk.proposals.page import Due, due_of
from wendu.desk.quote import QuoteRow, quote_rows
from wendu.desk.talks import plans_ahead
from wendu.desk.timeline import Item, heats_of, touch_items
from wendu.desk.trust_chart import TrustChart, trust_chart
from wendu.desk.wording import Worded, reason_words, screen_band, worded
from wendu.discovery.models import CallPlan
from wendu.identity.models import User
from wendu.method.deals.gates import Gate
from wendu.method.gap import COLD
from wendu.method.journey import Journey
from wendu.method.temperature import band
from wendu.method.view import CustomerView
from wendu.offers.models import Proposal
from wendu.offers.queries import latest_proposals
from wendu.opportunities.choices import Outcome, Stage, State
from wendu.opportunities.models import Closure, Opportunity, OpportunityQuerySet, StageMove
from wendu.opportunities.queries import DealCard, cards_of_keys, deal_card, stage_moves_of
from wendu.touches.facts import quiet_facts
from wendu.touches.queries import touches_about

VERBS = {
    "edit": "opportunity.edit",
    "move": "opportunity.move",
    "pause": "opportunity.pause",
    "close": "opportunity.close",
    "reopen": "opportunity.reopen",
    "delete": "opportunity.delete",
    "influencer": "influencer.create",
    "find": "finding.write",
    "promote": "library.promote",
    "quote": "quote.write",
    "order": "order.write",
    "log": "touch.log",
    "plan": "talk.plan",
}
ROWS, SHOWN, ENDS_SHOWN = 50, 5, 10
ONE_DAY = timedelta(days=1)
SELLING = (Stage.ST1, Stage.ST2, Stage.ST3, Stage.ST4)
BACK = "back"
_LATEST = ("-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the strip."""

    stage: Stage
    state: str
    can_move: bool


@dataclass(frozen=True, slots=True)
class DealPage:
    """Everything the page shows, prepared."""

    row: DealRow
    on: date
    may: dict[str, bool]
    steps: list[Step]
    heat_reasons: list[Worded]
    strike: str
    quadrant: str
    moves: list[StageMove]
    closures: list[Closure]
    room: DealRoom
    due: Due
    proposals: list[Proposal]
    plans: list[CallPlan]
    bond: BondView | None = None
    loss: LossView | None = None
    corrections: Sequence[Correction] = ()
    trust: TrustChart | None = None
    expectations: ExpectationTable | None = None
    quotes: tuple[QuoteRow, ...] = ()
    ladder: LadderTable | None = None
    own: Sequence[tuple[str, str]] = ()
    has_no_order: bool = False
    held: Held | None = None
    chain: ChainMap | None = None

    @property
    def reopened_on(self) -> date | None:
        """Since when an open deal that was lost before is taken up again."""
        return max((each.reopened_on for each in self.closures if each.reopened_on), default=None)

    @property
    def card(self) -> DealCard:
        """The opportunity with what stands."""
        return self.row.card

    @property
    def deal(self) -> Opportunity:
        """The row itself."""
        return self.row.card.opportunity


@dataclass(frozen=True, slots=True)
class DealList:
    """One page of opportunities."""

    rows: list[DealRow]
    next_mark: str = ""
    previous_mark: str = ""


def deal_page(user: User, opportunity: Opportunity, at: datetime) -> DealPage:
    """Read the page of a visible opportunity: a fixed number of queries."""
    frame, customer = Frame.at(at), opportunity.customer
    known = deal_case(opportunity, frame)
    card, closures = deal_card(opportunity, known.influencers)
    today = _seen(customer, frame)
    found = next((each for each in today.deals if each.facts.deal == opportunity.pk), None)
    row = deal_row(card, found)
    lost = next((each for each in closures if each.outcome == Outcome.LOST and each.reopened_on is None), None)
    may = {name: can(user, verb, opportunity) for name, verb in VERBS.items()}
    moves = stage_moves_of(opportunity)
    bond = _bond(known, frame, moves, is_silent=today.gap.band in COLD) if card.is_open else None
    room = deal_room(known, opportunity.stage)
    return DealPage(
        row=row,
        on=frame.today,
        may=may,
        steps=_steps(card, may_move=may["move"]),
        heat_reasons=worded([*today.heat.reasons, *found.heat.reasons], frame.playbook) if found else [],
        strike=" ".join(reason_words(reason, frame.playbook) for reason in found.strike.reasons) if found else "",
        quadrant="" if today.facts.quadrant == "unclassified" else today.facts.quadrant.value,
        moves=moves,
        closures=closures[:ENDS_SHOWN],
        room=room,
        chain=chain_map(room.people, bond.covered if bond else {}),
        loss=loss_after(lost, known) if lost is not None else None,
        corrections=corrections_of(user, opportunity, lost) if lost is not None else (),
        trust=trust_chart(known, moves),
        due=due_of(known, frame),
        bond=bond,
        expectations=expectation_table(known, [each for each, _late in bond.promises] if bond else ()),
        proposals=latest_proposals(user, opportunity),
        plans=plans_ahead(user, deal=opportunity),
        quotes=tuple(quote_rows(user, opportunity, frame.today)),
        ladder=ladder_table(known),
        own=[(label, words) for _field, label, words, _kept in own_fields(opportunity) if words],
        held=held_about([opportunity.pk]).get(opportunity.pk),
        has_no_order=card.state == State.WON and not is_ordered(user, opportunity),
    )


def deal_touches(user: User, opportunity: Opportunity, at: datetime) -> list[Item]:
    """What was said lately about a visible opportunity, with the heat it brought.

    Folded on from the state that was kept before the eldest of them: the cost does not grow with the history.
    """
    frame, customer = Frame.at(at), opportunity.customer
    talked = touches_about(user, customer, opportunity.pk)
    if not talked.touches:
        return []
    start = kept_before(customer.pk, talked.touches[-1].touched_on)
    since = start.on + ONE_DAY if start is not None and start.on is not None else None
    heats = heats_of(gather([customer.pk], frame, since=since)[0], start)
    return touch_items(user, customer, talked, heats, frame)


def _seen(customer: Customer, frame: Frame) -> CustomerView:
    """The customer today, as the state says that it is remembered in (two queries)."""
    context = frame.context(profile_of(customer), tuple(quiet_facts([customer.pk], as_of=frame.today)[customer.pk]))
    return seen(states_of([customer.pk]).get(customer.pk) or Journey.empty(), frame.today, context)


def _bond(case: DealCase, frame: Frame, moves: list[StageMove], *, is_silent: bool) -> BondView:
    """What the log says of an open deal; what came up since it is at its stage may be a sign."""
    stage = case.deal.stage
    since = next((move.moved_on for move in moves if move.to_stage == stage), None)
    return bond_view(bonds_of(case, stage=stage, since=since, is_silent=is_silent), frame)


def lacking_before(opportunity: Opportunity, to_stage: str, at: datetime) -> GateView | None:
    """What the gate before the next stage still asks for; nothing when it is met, nor on any other way."""
    stages = [stage.value for stage in Stage]
    if to_stage not in stages or stages.index(to_stage) != stages.index(opportunity.stage) + 1:
        return None
    case = deal_case(opportunity, Frame.at(at))
    gate = case.gate_of(opportunity.stage)
    return None if gate.passes else gate_view(case, Gate(gate.stage, gate.open_items))


def entry_of(opportunity: Opportunity, stage: Stage, at: datetime) -> GateView | None:
    """The whole gate on the way into a stage, what holds and what is missing; nothing where none asks for anything."""
    case = deal_case(opportunity, Frame.at(at))
    gate = entry_gate(case, stage)
    return gate_view(case, gate) if gate.items else None


def lacking_at_signature(opportunity: Opportunity, at: datetime) -> GateView | None:
    """What no gate has evidence for when the deal is signed; nothing when all of them are met."""
    case = deal_case(opportunity, Frame.at(at))
    items = tuple(item for gate in case.gates for item in gate.open_items)
    return gate_view(case, Gate(Stage.ST4.value, items)) if items else None


def deal_list(
    user: User,
    at: datetime,
    *,
    state: str = "open",
    owner_id: int | None = None,
    sort: str = "heat",
    own: OwnAsked = NOTHING_OWN,
    turn: Turn = FIRST,
) -> DealList:
    """One page of the opportunities a user sees; open ones by heat or amount, the others latest first.

    `own` is what is asked of the company's own fields: they narrow the list, and one of them may be its order.
    """
    frame, order = Frame.at(at), order_of(state, sort, own.order)
    if order == HEAT:
        return _by_heat(user, frame, owner_id, own.test(user, frame, "opportunity__custom"), turn)
    rows = _in_state_of(user, state, owner_id).filter(own.test(user, frame, "custom"))
    keys = deals_turned(rows, order, turn, need=ROWS + 1)
    held = {card.opportunity.pk: card for card in cards_of_keys(keys)}
    stands = {each.pk: each for each in DealStanding.objects.filter(pk__in=keys)}
    cards = [held[key] for key in keys if key in held]
    values = [_compared(card.opportunity, order) for card in cards]
    return _listed(cards, values, stands, frame, turn)


def deals_in_order(
    user: User,
    frame: Frame,
    *,
    state: str = "open",
    owner_id: int | None = None,
    sort: str = "heat",
    own: OwnAsked = NOTHING_OWN,
) -> QuerySet[Any, Any]:
    """The keys of all opportunities a user sees in this list, in its order."""
    if own.order is None and state == State.OPEN and sort == "heat":
        test = own.test(user, frame, "opportunity__custom")
        return deals_by_warmth(user, frame, owner_id=owner_id, test=test).values_list("pk", flat=True)
    rows = _in_state_of(user, state, owner_id).filter(own.test(user, frame, "custom"))
    return _in_list(rows, sort, own.order).values_list("pk", flat=True)


def _compared(deal: Opportunity, order: Way) -> Any:
    return compared_value(order, deal.custom) if isinstance(order, Order) else getattr(deal, COLUMNS[order])


def _in_state_of(user: User, state: str, owner_id: int | None) -> OpportunityQuerySet:
    rows: OpportunityQuerySet = _in_state(Opportunity.objects.visible_to(user), state)
    return rows if owner_id is None else rows.filter(owner_id=owner_id)


def _in_list(rows: OpportunityQuerySet, sort: str, own: Order | None) -> OpportunityQuerySet:
    if own is not None:
        rows, column = valued(rows, own)
        value = F(column).desc(nulls_last=True) if own.falling else F(column).asc(nulls_last=True)
        return rows.order_by(value, "-pk" if own.falling else "pk")
    return rows.order_by(*((F("amount_minor").desc(nulls_last=True), "-pk") if sort == "amount" else _LATEST))


def _by_heat(user: User, frame: Frame, owner_id: int | None, test: Q, turn: Turn) -> DealList:
    """What has a standing is open and its customer in sight: nothing more has to be asked about a row of this list."""
    stands: list[Any] = warmest_deals(
        user, frame, owner_id=owner_id, test=test, after=turn.after, before=turn.before, limit=ROWS + 1
    )
    for each in stands:
        each.opportunity.customer = each.customer
    cards = [DealCard(each.opportunity, State.OPEN, None, None, ()) for each in stands]
    values = [each.warm for each in stands]
    return _listed(cards, values, {each.pk: each for each in stands}, frame, turn)


def _listed(
    cards: list[DealCard], values: list[Any], stands: dict[int, DealStanding], frame: Frame, turn: Turn
) -> DealList:
    """The rows of a page, and the marks by which one turns to those around it; one row more was read to know."""
    has_more = len(cards) > ROWS
    shown = slice(-ROWS, None) if turn.before else slice(ROWS)
    rows = [_list_row(card, stands.get(card.opportunity.pk), frame) for card in cards[shown]]
    if not rows:
        return DealList([])
    marks = [write_mark(value, card.opportunity.uuid) for value, card in zip(values[shown], cards[shown], strict=True)]
    has_next, has_previous = (True, has_more) if turn.before else (has_more, turn.after is not None)
    return DealList(rows, marks[-1] if has_next else "", marks[0] if has_previous else "")


def _list_row(card: DealCard, stands: DealStanding | None, frame: Frame) -> DealRow:
    if stands is None or not card.is_open:
        return listed_deal(card, None, None, "")
    heat = heat_today(stands, frame)
    return listed_deal(card, stands, heat, screen_band(band(heat, frame.scale.heat)))


def _in_state(rows: OpportunityQuerySet, state: str) -> OpportunityQuerySet:
    if state == State.OPEN:
        return rows.open()
    if state == State.PAUSED:
        return (
            rows.standing()
            .filter(pauses__ended_on__isnull=True, pauses__isnull=False)
            .exclude(closures__reopened_on__isnull=True, closures__isnull=False)
        )
    if state in (State.WON, State.LOST):
        ended: QuerySet[Any] = Closure.objects.filter(outcome=state, reopened_on__isnull=True)
        return rows.standing().filter(pk__in=ended.values("opportunity_id"))
    return rows.standing()


def _steps(card: DealCard, *, may_move: bool) -> list[Step]:
    """The six stages: passed, standing, to come; one may step to the next, or back with a reason."""
    stages = list(Stage)
    here = stages.index(card.stage)
    lane = SELLING if card.state == State.OPEN else ((Stage.ST5, Stage.ST6) if card.state == State.WON else ())
    return [
        Step(
            stage,
            "past" if number < here else "on" if number == here else "",
            may_move and stage in lane and stage != card.stage and number <= here + 1,
        )
        for number, stage in enumerate(stages)
    ]


def state_words(code: str) -> str:
    """A filter of the list."""
    return {
        "open": _("Open"),
        "paused": _("Paused"),
        "won": _("Won"),
        "lost": _("Lost"),
        "all": _("All"),
    }[code]

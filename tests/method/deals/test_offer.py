"""Benefits, messages, proposal, concerns, progress, exchange, diagnosis, fit: the examples of their pages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.pages import Example, each, said
from wendu.method.codes import Outcome
from wendu.method.deals.benefits import Card, benefit_coverage, interests_asked, relevance, tops_proven
from wendu.method.deals.codes import (
    Capability,
    CardStatus,
    Cause,
    ConcernState,
    Interest,
    Message,
    MessageState,
    Role,
)
from wendu.method.deals.concerns import Concern, Signs, hidden_concern, open_concerns, resolved_state
from wendu.method.deals.diagnosis import Concession, Rival, Standing, concession, diagnosis
from wendu.method.deals.exchange import Offer, Sale, best_alternative, largest_discount, price_room, win_win
from wendu.method.deals.fit import Claim, NeedFit, fit_check
from wendu.method.deals.library import win_rate
from wendu.method.deals.messages import can_meet_heard, value_delivery
from wendu.method.deals.people import Person
from wendu.method.deals.progress import Call, advance_rate, stalled
from wendu.method.deals.proposal import SECTIONS, Occasion, proposal_completeness, proposal_due
from wendu.method.reading import Reading

SCALE = standard().deal
BOSS = Person(1, Role.DECISION_MAKER, 5)
MESSAGES = {"m": Message.CAN_MEET, "v": Message.CREATES_VALUE, "b": Message.BETTER}
OUTCOMES = {"o": Outcome.ORDER, "a": Outcome.ADVANCE, "c": Outcome.CONTINUATION, "n": Outcome.NO_SALE}


def proven(names: str) -> list[Card]:
    """Proven cards for anybody."""
    return [Card(None, Interest(name), has_need=True, evidence=1) for name in names.split()]


@each("benefits", "whose interests are asked about")
def test_m76_a_person_has_five_interests_and_a_firm_three_more(row: Example) -> None:
    written = {Interest(code) for code in row["written"].split()}

    assert [*interests_asked(written, private=row["customer"] == "person")] == row["asked about"].split()


@each("benefits", "coverage of one influencer")
def test_coverage_of_one_influencer(row: Example) -> None:
    cares = {Interest(name): int(weight) for name, weight in (cell.split(":") for cell in row["cares about"].split())}

    found = benefit_coverage(1, cares, proven(row["proven"]))

    assert found.value == pytest.approx(said(row["coverage"]), abs=0.05)
    assert found.band == row["reading"]


def test_a_card_is_worth_its_need_and_its_evidence() -> None:
    card = Card(1, Interest.REVENUE, has_need=True, evidence=1)

    assert card.status is CardStatus.PROVEN
    assert replace(card, evidence=0).status is CardStatus.UNPROVEN
    assert replace(card, has_need=False).status is CardStatus.ADVANTAGE_ONLY


def test_a_card_for_one_person_proves_nothing_to_another() -> None:
    cards = [Card(2, Interest.REVENUE, has_need=True, evidence=1)]

    assert benefit_coverage(1, {Interest.REVENUE: 5}, cards).band == "top_open"
    assert benefit_coverage(2, {Interest.REVENUE: 5}, cards).band == "top_proven"


def test_the_top_interest_of_every_key_influencer_must_be_proven() -> None:
    finance = Person(2, Role.APPROVER, 4)
    cares = {1: {Interest.REVENUE: 5}, 2: {Interest.SAFETY: 4}}

    assert tops_proven([BOSS, finance], cares, proven("revenue safety"), SCALE).band == "met"
    assert tops_proven([BOSS, finance], cares, proven("revenue"), SCALE).band == "missing"
    assert tops_proven([BOSS, finance], {1: cares[1]}, proven("revenue"), SCALE).band == "unknown"
    assert tops_proven([], {}, [], SCALE).band == "unknown"


@each("benefits", "relevance")
def test_relevance(row: Example) -> None:
    found = relevance(int(row["shown"]), int(row["linked"]), SCALE.presentation)

    assert found.value == pytest.approx(said(row["relevance"]), abs=0.05)
    assert found.band == row["reading"]


@each("benefits", "value delivery")
def test_value_delivery(row: Example) -> None:
    told = row["influencers"].split()
    people = [Person(number, Role.APPROVER, 4) for number in range(len(told))]
    states = {
        (number, MESSAGES[sign]): MessageState.ACKNOWLEDGED
        for number, signs in enumerate(told)
        for sign in signs
        if sign in MESSAGES
    }

    found, heard = value_delivery(people, states, SCALE), can_meet_heard(people, states, SCALE)

    assert found.value == pytest.approx(said(row["delivered"]), abs=0.05)
    assert found.band == row["reading"]
    assert ("unknown" if heard.band == "unknown" else str(heard.value)) == row['heard "can meet"']


def test_a_message_sent_is_not_yet_heard() -> None:
    states = {(1, message): MessageState.SENT for message in Message}

    assert value_delivery([BOSS], states, SCALE).value == 0
    assert can_meet_heard([BOSS], states, SCALE).band == "missing"


@each("proposal", "when to write")
def test_when_to_write(row: Example) -> None:
    amount = said(row["amount"])
    occasion = Occasion(
        key_people=int(row["key people"]),
        unreachable_keys=int(row["not reached"]),
        amount_minor=None if amount is None else int(amount * 100),
        asked_for=row["asked"] == "yes",
        explicit_needs=int(row["explicit needs"]),
    )

    assert proposal_due(occasion, SCALE.presentation).band == row["then"]


@each("proposal", "the win rate of a solution")
def test_the_win_rate_of_a_solution(row: Example) -> None:
    found = win_rate(int(row["won"]), int(row["lost"]), SCALE.presentation)

    assert found.value == said(row["rate"])
    assert found.band == row["reading"]


def test_a_proposal_is_complete_with_all_eight_sections() -> None:
    assert proposal_completeness(SECTIONS).band == "complete"
    assert proposal_completeness(SECTIONS[1:]).missing == SECTIONS[:1]
    assert proposal_completeness(SECTIONS[:4]).value == 50


@each("concerns", "what blocks")
def test_what_blocks(row: Example) -> None:
    told = [cell.split(":") for cell in row["concerns"].split()]
    concerns = [Concern(number, int(severity), ConcernState(state)) for number, (severity, state) in enumerate(told)]

    found = open_concerns(concerns, SCALE.concerns)

    assert (found.value, found.band) == (int(row["open"]), row["reading"])


def test_only_the_customer_resolves_a_concern() -> None:
    assert resolved_state(confirmed_by_customer=False) is ConcernState.ANSWERING
    assert resolved_state(confirmed_by_customer=True) is ConcernState.RESOLVED


@each("concerns", "a hidden concern")
def test_a_hidden_concern(row: Example) -> None:
    signs = Signs(int(row["postponements"]), **dict.fromkeys(row["other signs"].split(), True))

    assert hidden_concern(signs, SCALE.concerns).band == row["reading"]


@each("progress", "rate and stall")
def test_rate_and_stall(row: Example) -> None:
    calls = [Call(OUTCOMES[sign.lower()], sign.isupper()) for sign in row["talks"].split()]

    rate, stall = advance_rate(calls), stalled(calls, SCALE.progress)

    assert rate.value == pytest.approx(said(row["rate"]), abs=0.05)
    assert (stall.value, stall.band) == (int(row["in a row"]), row["reading"])


def number(cell: str) -> float | None:
    """A number, or nothing where nobody knows."""
    return None if cell in ("-", "unknown") else float(cell)


def offers(cell: str) -> list[Offer]:
    """The best alternative as one rival that delivers so much; unknown is a rival nobody can value."""
    return [] if cell == "none" else [Offer(number(cell), 0.0, 0.0, "rival")]


@each("exchange", "win-win")
def test_win_win(row: Example) -> None:
    ours = Offer(*map(number, row["ours"].split(":")))
    sale = Sale(ours.price, number(row["cost"]))
    scale = replace(SCALE.exchange, margin_floor=float(row["floor"]))

    found = win_win(ours, offers(row["alternative"]), sale, scale)

    assert ours.delivered == said(row["delivered"])
    margin = said(row["margin"])
    assert sale.margin == pytest.approx(None if margin is None else margin / 100, abs=0.0005)
    assert found.band == row["verdict"]
    assert bool(found.missing) is (found.band == "unknown")


@each("exchange", "price room")
def test_price_room(row: Example) -> None:
    ours = Offer(float(row["value"]), float(row["effort"]), None)
    scale = replace(SCALE.exchange, margin_floor=float(row["floor"]))

    room = price_room(ours, offers(row["alternative"]), number(row["cost"]), scale)

    assert (room.floor, room.ceiling) == (said(row["lowest"]), said(row["highest"]))
    discount, shown = largest_discount(float(row["list"]), room), said(row["largest discount"])
    assert discount == pytest.approx(None if shown is None else shown / 100)


def test_an_empty_room_and_an_undefined_ratio() -> None:
    assert price_room(Offer(100.0, 20.0, None), offers("30"), 70.0, SCALE.exchange).is_empty
    assert price_room(Offer(150.0, 20.0, None), offers("30"), None, SCALE.exchange).is_empty is None
    assert Offer(100.0, 0.0, 0.0).ratio is None
    assert Offer(150.0, 20.0, 80.0).ratio == 1.5
    assert best_alternative([Offer(10.0, 20.0, 30.0)]) == 0


MONEY = st.integers(1, 10_000).map(float)


@given(MONEY, MONEY, MONEY, MONEY, MONEY)
def test_every_price_in_the_room_is_good_for_both(
    value: float, effort: float, price: float, cost: float, other: float
) -> None:
    rivals = [Offer(other, 0.0, 0.0)]
    room = price_room(Offer(value, effort, None), rivals, cost, SCALE.exchange)
    found = win_win(Offer(value, effort, price), rivals, Sale(price, cost), SCALE.exchange)

    assert room.floor is not None
    assert room.ceiling is not None
    inside = round(room.floor, 9) <= price <= round(room.ceiling, 9)
    assert (found.band == "win_win") is inside


def standing(row: Example) -> Standing:
    """What the diagnosis sees."""
    delivered = said(row["delivery"])
    told = [] if row["rivals"] == "none" else [cell.split(":") for cell in row["rivals"].split()]
    return Standing(
        value_delivery=Reading(delivered, "met" if delivered is not None and delivered >= 70 else "missing"),
        can_meet=Reading(1, row["can meet"]),
        trust=Reading(None, row["trust"], missing=("trust:1",) if row["trust"] == "unknown" else ()),
        our_value=said(row["our value"]),
        our_price=said(row["our price"]),
        rivals=tuple(Rival("other", number(value), number(price)) for value, price in told),
        no_rival=row["rivals"] == "none",
    )


CODES = {"not_conveyed": "C1", "no_trust": "C2", "too_little": "C3", "cheaper": "C4"}


@each("no-deal", "diagnosis")
def test_diagnosis(row: Example) -> None:
    found = diagnosis(standing(row), SCALE.exchange)

    assert (found.value or "unknown") == row["cause"]
    assert [CODES[reason.code] for reason in found.reasons] == row["all"].split()
    assert concession(found) == row["concession"]
    assert found.value is not None or found.missing


def test_the_cheaper_rival_that_is_named_is_one_of_equal_value() -> None:
    clear = Standing(
        value_delivery=Reading(90.0, "met"),
        can_meet=Reading(1, "met"),
        trust=Reading(80.0, "passes"),
        our_value=100.0,
        our_price=100.0,
        rivals=(Rival("地摊货", 20.0, 10.0), Rival("海川", 100.0, 85.0), Rival("新源", 101.0, 94.0)),
    )

    (reason,) = diagnosis(clear, SCALE.exchange).reasons

    assert (reason.numbers["rival"], reason.numbers["theirs"]) == ("海川", 85.0)


VALUES = st.none() | st.floats(1, 200)


@given(st.sampled_from(["met", "missing", "unknown"]), st.sampled_from(["passes", "fails", "unknown"]), VALUES, VALUES)
def test_income_is_given_up_only_when_all_else_is_known_to_be_in_order(
    conveyed: str, trusted: str, ours: float | None, theirs: float | None
) -> None:
    found = diagnosis(
        Standing(
            value_delivery=Reading(80.0, conveyed),
            can_meet=Reading(1, conveyed, missing=("key_person",) if conveyed == "unknown" else ()),
            trust=Reading(70.0, trusted, missing=("key_person",) if trusted == "unknown" else ()),
            our_value=ours,
            our_price=100.0,
            rivals=(Rival("other", theirs, 80.0),),
        ),
        SCALE.exchange,
    )

    if concession(found) is not Concession.BLOCKED:
        assert (conveyed, trusted) == ("met", "passes")
        assert ours is not None
        assert theirs is not None
    if conveyed == "missing":
        assert found.value == Cause.NOT_CONVEYED
    assert (found.value is None) == bool(found.missing and not found.reasons)


@each("fit", "fit")
def test_fit(row: Example) -> None:
    needs = [NeedFit(n, is_must=True, capability=Capability(cell)) for n, cell in enumerate(row["musts"].split())]
    can_use = {"yes": True, "no": False, "unknown": None}[row["can use"]]

    found = fit_check(needs, (), can_use=can_use)

    assert (found.value, found.band) == (said(row["met"]), row["reading"])


def test_what_is_not_a_must_never_makes_a_product_unfit_but_an_over_claim_is_named() -> None:
    needs = [NeedFit(1, is_must=True, capability=Capability.YES), NeedFit(2, is_must=False, capability=Capability.NO)]

    found = fit_check(needs, [Claim(9, Capability.NO), Claim(8, Capability.YES)], can_use=True)

    assert found.band == "fit"
    assert [(reason.code, reason.numbers["promise"]) for reason in found.reasons] == [("over_claim", 9)]

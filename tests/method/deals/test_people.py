"""Trust, decision chain and relation: the examples of their pages, and what holds for any of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.pages import Example, each, said
from wendu.method.deals.chain import coverage, entry_path, satisfied_customer
from wendu.method.deals.codes import Access, Focus, NeedState, RelationLevel, Role, TrustPart
from wendu.method.deals.people import Person
from wendu.method.deals.relation import Backing, Link, falls_short, relation_level, single_thread, target_level
from wendu.method.deals.trust import (
    PersonRating,
    Promises,
    Trust,
    company_items,
    company_trust,
    deal_trust,
    reliability,
    trust_of,
    weakest_key,
)

TODAY = date(2026, 11, 26)
SCALE = standard().deal
LINE = SCALE.trust.above


@each("trust", "one influencer")
def test_one_influencer(row: Example) -> None:
    promises = Promises(int(row["kept"]), int(row["late"]), int(row["broken"]))
    rating = PersonRating(TODAY, *(said(row[part]) for part in "CRIS"))

    kept, late, broken = map(int, row["to all"].split("/"))
    items = company_items([said(each) for each in row["company"].split()], Promises(kept, late, broken), SCALE.trust)
    found = trust_of(rating, promises, company_trust(items), SCALE.trust)

    used = reliability(promises, rating.reliability, SCALE.trust)
    if said(row["R used"]) is not None:
        assert used == pytest.approx(said(row["R used"]), abs=0.005)
    assert found.person == pytest.approx(said(row["person"]), abs=0.05)
    assert found.value == pytest.approx(said(row["trust"]), abs=0.05)
    assert found.provisional is (row["provisional"] == "yes")


def rated(cell: str) -> list[tuple[Person, Trust]]:
    """A deal's influencers; the first one decides."""
    people = [each.split(":") for each in cell.split()]
    roles = [Role.DECISION_MAKER, *[Role.USER] * len(people)]
    return [
        (Person(number, role, int(weight)), Trust(said(trust), rated_on=TODAY))
        for number, (role, (weight, trust)) in enumerate(zip(roles, people, strict=False), start=1)
    ]


@each("trust", "a whole deal")
def test_a_whole_deal(row: Example) -> None:
    found = deal_trust(rated(row["influencers"]), TODAY, SCALE)

    assert found.value == pytest.approx(said(row["mean"]), abs=0.005)
    assert found.band == row["reading"]


def test_a_deal_without_a_key_influencer_is_not_known_to_be_trusted() -> None:
    found = deal_trust([(Person(1, Role.USER, 2), Trust(90.0))], TODAY, SCALE)

    assert (found.band, found.missing) == ("unknown", ("key_person",))


def test_an_old_rating_is_flagged_and_not_dropped() -> None:
    old = TODAY - timedelta(days=91)
    found = deal_trust([(Person(1, Role.DECISION_MAKER, 5), Trust(80.0, rated_on=old))], TODAY, SCALE)

    assert found.band == "passes"
    assert [reason.code for reason in found.reasons] == ["trust_stale"]
    a_day_less = Trust(80.0, rated_on=old + timedelta(days=1))
    assert deal_trust([(Person(1, Role.DECISION_MAKER, 5), a_day_less)], TODAY, SCALE).reasons == ()


def test_whom_to_win_first() -> None:
    low = Trust(50.0, parts=((TrustPart.CREDIBILITY, 70.0), (TrustPart.INTIMACY, 30.0)))
    finance, boss, user = Person(1, Role.APPROVER, 4), Person(2, Role.DECISION_MAKER, 5), Person(3, Role.USER, 2)

    assert weakest_key([(finance, low), (boss, Trust(80.0)), (user, Trust(10.0))], SCALE) == (
        finance,
        TrustPart.INTIMACY,
    )
    assert weakest_key([(finance, low), (boss, Trust(None))], SCALE) == (boss, None)
    assert weakest_key([(boss, Trust(80.0)), (user, Trust(10.0))], SCALE) is None


@given(
    st.lists(st.tuples(st.integers(1, 5), st.none() | st.floats(0, 100), st.sampled_from(Role)), max_size=6),
)
def test_nobody_passes_with_a_key_influencer_at_or_below_the_line(told: list[tuple[int, float | None, Role]]) -> None:
    people = [(Person(number, role, weight), Trust(value)) for number, (weight, value, role) in enumerate(told)]
    keys = [trust.value for person, trust in people if person.is_key(SCALE.key_weight)]

    found = deal_trust(people, TODAY, SCALE)

    if found.band == "passes":
        assert keys
        assert all(value is not None and value > LINE for value in keys)
    if found.band == "unknown":
        assert not any(value is not None and value < LINE for value in keys)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_a_kept_promise_never_costs_trust_and_a_broken_one_never_brings_any(kept: int, late: int, broken: int) -> None:
    scale = SCALE.trust
    now = reliability(Promises(kept, late, broken), None, scale)
    more = reliability(Promises(kept + 1, late, broken), None, scale)
    worse = reliability(Promises(kept, late, broken + 1), None, scale)

    if now is not None:
        assert more is not None
        assert worse is not None
        assert worse <= now <= more
        assert 0 <= worse <= more <= 10


def chained(cell: str) -> list[Person]:
    """Influencers by role, weight and need."""
    told = [each.split(":") for each in cell.split()]
    return [
        Person(number, Role(role), int(weight), need=NeedState(need))
        for number, (role, weight, need) in enumerate(told)
    ]


@each("decision-chain", "coverage")
def test_coverage(row: Example) -> None:
    found = coverage(chained(row["influencers"]), SCALE)

    assert found.value == pytest.approx(said(row["coverage"]), abs=0.05)
    assert found.band == row["reading"]


@each("decision-chain", "the way in")
def test_the_way_in(row: Example) -> None:
    told = [each.split(":") for each in row["influencers"].split()]
    people = [
        Person(number, Role.USER, 3, access=Access(access), focus=frozenset(map(Focus, foci.split("+"))))
        for number, (foci, access) in enumerate(told)
    ]

    assert entry_path(people).value == row["next step"]


def test_a_content_customer_gets_the_play_of_finding_who_is_not() -> None:
    assert satisfied_customer(explicit_needs=0, has_rival=True, dissatisfied=0) == "find_dissatisfied"
    assert satisfied_customer(explicit_needs=0, has_rival=True, dissatisfied=1) == "create_selling_point"
    assert satisfied_customer(explicit_needs=1, has_rival=True, dissatisfied=0) is None
    assert satisfied_customer(explicit_needs=0, has_rival=False, dissatisfied=0) is None


def side(cell: str) -> tuple[int, str, bool]:
    """One end of a link: who, in which department, whether an executive."""
    number, department = cell.split("@")
    return int(number), department.removesuffix("!"), department.endswith("!")


def link(cell: str, days: int = 10) -> Link:
    """A link as the page writes it."""
    theirs, ours = cell.split("-")
    return Link(*side(theirs), *side(ours), latest_on=TODAY - timedelta(days=days))


@each("decision-chain", "relation level")
def test_relation_level(row: Example) -> None:
    links = [link(cell) for cell in row["links"].split()]

    assert relation_level(links, "plant", TODAY, SCALE.relation).band == row["level"]


def test_a_link_asleep_for_half_a_year_carries_nothing() -> None:
    assert relation_level([link("1@plant-1@sales", 180)], "plant", TODAY, SCALE.relation).band == "individual"
    assert relation_level([link("1@plant-1@sales", 181)], "plant", TODAY, SCALE.relation).band == "none"


def test_how_far_a_relation_should_reach() -> None:
    wanted = [target_level(tier, SCALE.relation) for tier in ("strategic", "key", "normal")]

    assert wanted == [RelationLevel.COMPANY, RelationLevel.DEPARTMENT, RelationLevel.INDIVIDUAL]
    assert falls_short(RelationLevel.INDIVIDUAL, RelationLevel.DEPARTMENT)
    assert not falls_short(RelationLevel.COMPANY, RelationLevel.DEPARTMENT)


@each("decision-chain", "single thread")
def test_single_thread(row: Example) -> None:
    told = [each.split(":") for each in row["people"].split()]
    people = [
        Backing(number, int(stance), TODAY - timedelta(days=int(days)), is_leaving="leaves" in more)
        for number, (stance, days, *more) in enumerate(told)
    ]

    found = single_thread(people, 0, TODAY, SCALE.relation)

    assert (found.value, found.band) == (int(row["backups"]), row["risk"])

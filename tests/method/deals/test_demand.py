"""Requirement checks, reconstruction, talks and the grid: the examples of their pages."""

from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from tests.method.pages import Example, each, said
from wendu.method.codes import Quadrant
from wendu.method.deals.codes import Gain, Question, ThreePeople, Verdict
from wendu.method.deals.demand import Criterion, Must, chance, completeness, conflicts, reconstruction, three_checks
from wendu.method.deals.people_grid import Row, three_people
from wendu.method.deals.reconstruction import has_a_problem
from wendu.method.deals.talk import (
    Asked,
    CallPlan,
    PlannedBenefit,
    manner,
    readiness,
    too_early_to_negotiate,
    usefulness,
)

SCALE = standard().deal
YES_NO = {"yes": True, "no": False, "unknown": None}
NAMES = ("first", "second")


def criterion(cell: str) -> Criterion:
    """A criterion as the page writes it."""
    weight, ours, *rivals = cell.split(":")
    scored = {name: float(score) for name, score in zip(NAMES, rivals, strict=False) if score != "-"}
    return Criterion(int(weight), None if ours == "-" else float(ours), scored)


@each("demand", "our chance")
def test_our_chance(row: Example) -> None:
    found = chance([criterion(cell) for cell in row["criteria"].split()], SCALE.demand)

    for value, name in ((found.ours, "ours"), (found.theirs, "theirs"), (found.ahead, "ahead")):
        assert value == pytest.approx(said(row[name]), abs=0.005), name
    assert found.provisional is (row["provisional"] == "yes")


def test_with_nobody_against_us_any_score_of_ours_is_ahead() -> None:
    assert chance([Criterion(5, 6.0)], SCALE.demand, no_rival=True).ahead == 6.0
    assert chance([], SCALE.demand, no_rival=True).ahead is None


@each("demand", "three checks")
def test_three_checks(row: Example) -> None:
    best = YES_NO[row["best for them"]]

    found = three_checks(fit=said(row["fit"]), best_for_them=best, ahead=said(row["ahead"]), scale=SCALE.demand)

    assert found.verdict == row["verdict"]


@each("demand", "what a reconstruction gains")
def test_what_a_reconstruction_gains(row: Example) -> None:
    assert reconstruction(said(row["fit"]), said(row["chance"])) == row["gain"]


@given(st.none() | st.floats(-10, 10), st.none() | st.floats(-10, 10))
def test_no_gain_of_ours_outweighs_a_loss_of_theirs(fit: float | None, ahead: float | None) -> None:
    gain = reconstruction(fit, ahead)

    assert (gain is Gain.REJECTED) == (fit is not None and round(fit, 9) < 0)


@given(
    st.none() | st.integers(0, 10),
    st.sampled_from([True, False, None]),
    st.none() | st.floats(-10, 10),
)
def test_only_three_times_yes_is_accepted(fit: float | None, best: bool | None, ahead: float | None) -> None:
    found = three_checks(fit=fit, best_for_them=best, ahead=ahead, scale=SCALE.demand)

    sure = fit is not None and fit >= 7 and best is True and ahead is not None and round(ahead, 9) >= 0
    assert (found.verdict is Verdict.ACCEPT) == sure


@each("demand", "a wish and its problem")
def test_m67_a_wish_and_its_problem(row: Example) -> None:
    said = (row["asked for"], row["needed"])

    rests = has_a_problem(why=row["why now"], said=said, problems=row["problems found"].split())

    assert rests is (row["rests on one"] == "yes")


@each("demand", "a whole need")
def test_a_whole_need(row: Example) -> None:
    share, ask = completeness(row["told"].split())

    assert share == pytest.approx(float(row["complete"]), abs=0.05)
    assert list(ask) == row["ask"].split()


def test_opposite_musts_about_one_topic_are_a_conflict() -> None:
    musts = [Must(1, "delivery", "weekly"), Must(2, "delivery", "daily"), Must(3, "delivery", "weekly")]

    found = [(conflict.first.person, conflict.second.person) for conflict in conflicts(musts)]

    assert found == [(1, 2), (2, 3)]
    assert not conflicts([Must(1, "delivery", "weekly"), Must(1, "delivery", "daily"), Must(2, "price", "low")])


def plan(problems: str, spoken: str, **more: object) -> CallPlan:
    """A plan with everything in order but its questions."""
    asked = tuple(Asked(Question(cell[0]), cell[1:]) for cell in spoken.split())
    told: dict[str, object] = {"idea": "less waste", "objective": "introduces the CFO", "objective_is_theirs": True}
    told |= {
        "fallback": "a second meeting",
        "message": "no day is lost",
        "solvable": frozenset(ascii_lowercase),
        "problems": tuple(problems.split()),
    }
    return CallPlan(**({"questions": asked} | told | more))  # type: ignore[arg-type]


@each("talk", "readiness")
def test_readiness(row: Example) -> None:
    found = readiness(plan(row["problems"], row["questions"]), SCALE.talk)

    assert found.value == pytest.approx(said(row["ready"]), abs=0.05)
    assert {reason.code for reason in found.reasons} == set(row["hints"].split())


def test_what_else_a_plan_is_told() -> None:
    questions = (Asked(Question.SITUATION, researchable=True), Asked(Question.PROBLEM, "a", misuse="about_us"))
    bare = plan(
        "a",
        "",
        idea="",
        objective_is_theirs=False,
        fallback="",
        message="",
        solvable=frozenset(),
        questions=questions,
        benefits=(PlannedBenefit("a"),),
    )

    codes = [reason.code for reason in readiness(bare, SCALE.talk).reasons]

    assert set(codes) == {
        "chain_open", "not_solvable", "look_it_up", "misuse", "advantage_only", "no_idea", "objective_not_theirs",
        "no_fallback", "no_message",
    }  # fmt: skip


def test_a_benefit_for_an_explicit_need_is_one() -> None:
    ready = plan("a", "Pa Ia Na", benefits=(PlannedBenefit("a"),), explicit=frozenset("a"))

    found = readiness(ready, SCALE.talk)

    assert (found.band, found.reasons) == ("ready", ())


@each("talk", "how useful a question is")
def test_how_useful_a_question_is(row: Example) -> None:
    found = usefulness(int(row["asked"]), int(row["advanced"]), SCALE.talk)

    assert found.share == said(row["share"])


@each("talk", "how one speaks")
def test_m38_how_one_speaks(row: Example) -> None:
    assert manner(row["stage"], doubts=row["doubts"] == "yes") == row["manner"]


@each("talk", "too early to negotiate")
def test_m81_negotiation_comes_last(row: Example) -> None:
    stands = row["offer stands"] == "yes"

    assert too_early_to_negotiate(row["stage"], Quadrant(row["class"]), offer_stands=stands) is (
        row["too early"] == "yes"
    )


def grid_row(cell: str) -> Row:
    """A row of the grid as the page writes it."""
    people, problem, solution, earn, save = cell.split(":")
    money = [None if amount == "-" else int(amount) for amount in (earn, save)]
    words = ["" if word == "-" else word for word in (problem, solution)]
    return Row(ThreePeople(people), *words, *money)


@each("three-people", "the grid")
def test_the_grid(row: Example) -> None:
    found = three_people(map(grid_row, row["rows"].split()), int(row["price"]))

    numbers = {reason.code: reason.numbers for reason in found.reasons}
    gain, ratio = numbers.get("customer_gain", {}).get("minor"), numbers.get("gain_to_price", {}).get("ratio")
    assert found.value == pytest.approx(float(row["coverage"]), abs=0.05)
    assert gain == said(row["gain"])
    assert ratio == pytest.approx(said(row["gain to price"]), abs=0.005)
    assert found.band == row["reading"]


def test_the_grid_names_the_rows_nobody_asked_about() -> None:
    for filled in product((False, True), repeat=3):
        rows = [Row(people, "late") for people, has in zip(ThreePeople, filled, strict=True) if has]
        missing = [people.value for people, has in zip(ThreePeople, filled, strict=True) if not has]

        assert list(three_people(rows, None).missing) == missing

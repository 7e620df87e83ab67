"""A talk planned by itself: problems, questions, whom one speaks to."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.method.pages import each
from wendu.method.deals.codes import Question, Role
from wendu.method.deals.planning import (
    Candidate,
    Lined,
    Offered,
    Why,
    audience,
    chosen_problems,
    misuse,
    places_for,
    planned_questions,
)
from wendu.playbooks import method_scale, shipped

SCALE = method_scale(shipped()).deal.talk
WHYS = {"w": Why.THEIR_WORDS, "p": Why.PRODUCT, "t": Why.TRADE, "a": Why.ANYWHERE}
WHO = {"u": "user", "d": "decider", "": ""}


def offered(words):
    """A question as the page writes it."""
    kind, number, role, share = re.fullmatch(r"([LSPIN])(\d):?([ud]?)/?(\d*)", words).groups()
    return Offered(
        f"{kind}{number}",
        Question.SITUATION if kind == "L" else Question(kind),
        frozenset({WHO[role]} if role else ()),
        look_up=kind == "L",
        share=float(share) if share else None,
    )


@each("talk", "which problems")
def test_what_they_said_comes_before_what_is_usual(row):
    candidates = [
        Candidate(name, WHYS[why], ()) for name, why in (each.split(":") for each in row["candidates"].split())
    ]

    assert [found.code for found in chosen_problems(candidates, SCALE)] == row["planned"].split()


@each("talk", "which questions")
def test_questions_suit_the_person_and_keep_their_order(row):
    problem = Candidate("a", Why.TRADE, tuple(map(offered, row["questions"].split())))

    found = planned_questions([problem], WHO[row["asked"]], SCALE)

    assert [picked.question.code for picked in found] == row["planned"].split()


def test_situation_questions_of_many_problems_stay_within_the_limit():
    problems = [Candidate(name, Why.PRODUCT, (offered("S1"), offered("P1"))) for name in "abcdef"]

    found = planned_questions(problems, "user", SCALE)

    assert [picked.question.code for picked in found] == [*["S1"] * SCALE.situation_questions, *["P1"] * 6]


def lined(cell):
    return Lined(Question.SITUATION, look_up=True) if cell == "L" else Lined(Question(cell[0]), cell[1:])


def grown(plan, picked):
    plan = list(plan)
    for place, asked in zip(places_for(plan, picked), picked, strict=True):
        plan.insert(place, asked)
    return plan


@each("talk", "where a picked question belongs")
def test_m69_a_picked_question_finds_its_place_in_the_talk(row):
    plan, picked = ([lined(cell) for cell in row[name].split()] for name in ("plan", "picked"))

    assert grown(plan, picked) == [lined(cell) for cell in row["plan then"].split()]


QUESTIONS = st.lists(st.sampled_from(["L", "S", *(kind + about for kind in "PIN" for about in "ab")]).map(lined))


@given(QUESTIONS, QUESTIONS)
def test_what_stands_in_a_plan_keeps_its_order_and_a_plan_in_order_stays_in_order(plan, picked):
    found = grown(plan, picked)
    left = list(found)
    for asked in plan:  # the old ones, one after the other
        while left and left.pop(0) != asked:
            pass
    whole = grown([], picked)

    assert len(found) == len(plan) + len(picked)
    assert left or not plan or found[-1] == plan[-1]
    assert grown(whole, []) == whole
    kinds = ["L" if asked.look_up else asked.kind.value for asked in whole]
    assert kinds == sorted(kinds, key=lambda kind: {"L": 0, "S": 1}.get(kind, 2))
    for about in "ab":
        chain = [asked.kind.value for asked in whole if asked.problem == about]
        assert chain == sorted(chain, key="PIN".index)


@each("talk", "whom one speaks to")
def test_the_part_in_the_decision_says_whom_one_speaks_to(row):
    role = Role(row["role"]) if row["role"] else None

    assert audience(role, private=row["private"] == "yes") == row["whom"]


def test_m71_a_wording_that_spoils_a_question_is_named():
    spoiling = [("about_us", ("our product",)), ("pressing", ("sign today", "今天签"))]

    assert misuse("What do you think of OUR PRODUCT?", spoiling) == "about_us"
    assert misuse("咱们今天签了吧？", spoiling) == "pressing"
    assert misuse("How long does a changeover take?", spoiling) == ""

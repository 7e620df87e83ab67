"""The question that would move a customer: it suffices or is a first step, and the freshest answer is asked last."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import NEEDING, WILLING, day, standard
from wendu.method.codes import Axis, Quadrant
from wendu.method.quadrant import judged_class
from wendu.method.quadrant_moves import asks_for
from wendu.method.state import StandingAnswer

SCALE = standard().quadrant
QUESTIONS = {Axis.WILLINGNESS: WILLING, Axis.NEED: NEEDING}
CLASSES = (Quadrant.A, Quadrant.B, Quadrant.C, Quadrant.D)
SCORES = st.lists(st.none() | st.integers(0, 2), min_size=5, max_size=5)


def told(willing, needing, *, on=0):
    """Answers by their order in the playbook; None is a question nobody asked."""
    pairs = [(Axis.WILLINGNESS, code, score) for code, score in zip(WILLING, willing, strict=False)]
    pairs += [(Axis.NEED, code, score) for code, score in zip(NEEDING, needing, strict=False)]
    return tuple(StandingAnswer(axis, code, score, day(on)) for axis, code, score in pairs if score is not None)


def asked(to, answers, *, on=0):
    return asks_for(to, answers, QUESTIONS, on=day(on), scale=SCALE)


def answered(answers, ask):
    """The answers after the question was answered as hoped."""
    kept = tuple(answer for answer in answers if answer.indicator != ask.indicator)
    return (*kept, StandingAnswer(ask.axis, ask.indicator, ask.answer, day(0)))


def test_a_customer_of_the_class_already_is_asked_nothing():
    assert asked(Quadrant.A, told((2, 2, 2, 2, 2), (2, 2, 2, 2, 2))) == ()


def test_a_question_nobody_asked_goes_before_one_that_was_answered():
    (ask,) = asked(Quadrant.A, told((1, 1, 1, 1), (2, 2, 2, 2, 2)))

    assert (ask.axis, ask.indicator, ask.known, ask.answer) == (Axis.WILLINGNESS, "commits", None, 2)
    assert (ask.score, ask.alone) == (60, True)


def test_an_old_answer_is_asked_again_before_one_of_this_week():
    answers = list(told((1, 1, 1, 1, 1), (2, 2, 2, 2, 2)))
    answers[0] = answers[0]._replace(on=day(60))

    (ask,) = asked(Quadrant.A, answers, on=61)

    assert ask.indicator == "gives_time"


def test_where_one_answer_is_not_enough_the_one_that_gets_farthest_is_a_first_step():
    (ask,) = asked(Quadrant.A, told((0, 0, 0, 0, 1), (2, 2, 2, 2, 2)))

    assert (ask.indicator, ask.answer, ask.score, ask.alone) == ("replies_first", 2, 30, False)


def test_the_axis_that_is_nearer_to_its_line_comes_first():
    asks = asked(Quadrant.A, told((0, 0, 0, 0, 0), (1, 1, 1, 1, 1)))

    assert [ask.axis for ask in asks] == [Axis.NEED, Axis.WILLINGNESS]


def test_an_axis_nobody_asked_about_needs_only_one_answer():
    (ask,) = asked(Quadrant.B, told((), (2, 2, 2)))

    assert (ask.axis, ask.answer, ask.alone) == (Axis.WILLINGNESS, 1, True)


def test_nothing_is_asked_to_become_unclassified():
    assert asked(Quadrant.UNCLASSIFIED, told((2,), (2,))) == ()


@given(willing=SCORES, needing=SCORES, to=st.sampled_from(CLASSES))
def test_answers_that_suffice_make_the_class_and_first_steps_come_nearer(willing, needing, to):
    answers = told(willing, needing)

    asks = asked(to, answers)

    if asks and all(ask.alone for ask in asks) and {a.axis for a in answers} | {a.axis for a in asks} == set(Axis):
        for ask in asks:
            answers = answered(answers, ask)
        assert judged_class(answers, SCALE) is to


@pytest.mark.parametrize(("start", "to"), list(product(CLASSES, CLASSES)))
def test_asking_one_question_after_the_other_arrives_at_any_class(start, to):
    high = {Quadrant.A: (2, 2), Quadrant.B: (0, 2), Quadrant.C: (2, 0), Quadrant.D: (0, 0)}[start]
    answers = told((high[0],) * 5, (high[1],) * 5)

    for _number in range(10):
        asks = asked(to, answers)
        if not asks:
            break
        answers = answered(answers, asks[0])

    assert judged_class(answers, SCALE) is to

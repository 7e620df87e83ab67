"""The question bank of the standard playbook: enough, of all kinds, for all people, and nothing generic."""

import copy
import re
from collections import Counter

import pytest

from wendu.playbooks import PlaybookError, completed, dump, parse, shipped
from wendu.playbooks.talks import STEPS, Audience, said_words

BOOK = shipped()
ASKED = [
    (problem, step, question) for problem in BOOK.spin for step, question in problem.questions() if step != "look_up"
]
CHINESE = r"[\u3400-\u9fff]"


def broken(change):
    """What the schema says of the standard playbook with one change."""
    content = copy.deepcopy(dump(BOOK))
    change(content)
    with pytest.raises(PlaybookError) as refused:
        parse(content)
    return {problem.code for problem in refused.value.problems}


def test_m68_the_bank_is_large_and_has_every_kind_for_many_trades():
    trades = {code for problem in BOOK.spin for code in problem.industries}
    assert trades <= set(BOOK.factors.industry)
    kinds = Counter(step for _problem, step, _question in ASKED)

    assert len(ASKED) >= 120
    assert len(trades) >= 8
    assert min(kinds[step] for step in STEPS[1:]) >= 30


def test_m68_every_problem_has_a_whole_chain():
    for problem in BOOK.spin:
        assert problem.situation, problem.code
        assert problem.problem, problem.code
        assert problem.implication, problem.code
        assert problem.payoff, problem.code


@pytest.mark.parametrize("who", Audience)
def test_everybody_one_meets_is_asked_something_of_every_kind(who):
    kinds = {step for _problem, step, question in ASKED if who in question.roles}

    assert kinds >= {"situation", "problem", "implication", "payoff"}


def test_no_question_stands_there_twice():
    for tongue in ("zh", "en"):
        assert [words for words, count in Counter(getattr(q, tongue) for *_, q in ASKED).items() if count > 1] == []


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked[0].code}.{asked[1]}.{asked[2].code}")
def test_a_question_asks_openly_about_the_customer_in_words_of_the_house(asked):
    _problem, _step, question = asked

    assert "？" in question.zh, question.zh
    assert "?" in question.en, question.en
    assert not re.search(rf"{CHINESE}\s*[,;:?!]|[!！]", question.zh), question.zh
    assert not re.search(r"[^\x00-\x7f\u201c\u201d]|!", question.en), question.en
    spoiling = {word for hint in BOOK.talks.misuse for word in said_words(hint.words)}
    assert not [word for word in spoiling if word in f"{question.zh} {question.en}".casefold()]


def test_a_family_is_asked_what_is_meant_for_families():
    for problem in BOOK.spin:
        meant = {role for _step, question in problem.questions() for role in question.roles}
        assert problem.suits("b2c") is (Audience.HOUSEHOLD in meant), problem.code


def test_mistakes_in_the_bank_are_named():
    assert "duplicate" in broken(lambda book: book["spin"].append(book["spin"][0]))
    assert "too_short" in broken(lambda book: book["spin"][0].update(payoff=[]))
    assert "enum" in broken(lambda book: book["spin"][0]["problem"][0].update(roles=["gatekeeper"]))
    assert "entry_missing" in broken(lambda book: book["talks"]["advances"].pop("ST3"))


def test_a_playbook_from_before_the_bank_takes_the_standard_one():
    old = dump(BOOK)
    known = {name: part for name, part in old.items() if name not in ("spin", "talks")}
    del known["deal"]["talk"]["problems"]

    found = parse(completed(known, dump(BOOK)))

    assert found.spin == BOOK.spin
    assert found.deal.talk.problems == 3

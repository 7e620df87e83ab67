"""A missing value never shows: neutral wording stands in, and no brace is seen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.playbooks.book import STANDARD
from wendu.playbooks import Text, fill
from wendu.playbooks.text import PLACEHOLDERS

MANY = re.compile(r"(?<![\d.])1 (?!is\b)[a-z]+s\b")


def test_values_are_put_in() -> None:
    assert fill("{contact}，{date} 见", {"contact": "何总", "date": "11-27"}) == "何总，11-27 见"


def test_a_missing_form_of_address_goes_away_with_its_comma() -> None:
    assert fill("{contact}，交期要下来了。", {}) == "交期要下来了。"
    assert fill("{contact}, the slot is held.", {}) == "The slot is held."
    assert fill("{contact}您好，我是小江。", {}, {"contact": "您"}) == "您好，我是小江。"


def test_neutral_wording_stands_in_for_the_rest() -> None:
    assert (
        fill("请{contact}看看{product}", {}, {"contact": "您", "product": "这套方案"}.__getitem__) == "请您看看这套方案"
    )


def test_chinese_neutral_words_need_no_space() -> None:
    text = Text(zh="{contact}在 {date} 前签字", en="{contact} signs by {date}")

    assert STANDARD.tell(text, {}, lang="zh-hans") == "对方在约定的日子前签字"
    assert STANDARD.tell(text, {"date": "11-27"}, lang="zh-hans") == "对方在 11-27 前签字"
    assert STANDARD.tell(text, {}, lang="en") == "The contact signs by the agreed day"


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_empty_value_counts_as_missing(empty: object) -> None:
    assert fill("{product}好用", {"product": empty}, {"product": "它"}.__getitem__) == "它好用"


def test_zero_is_a_value() -> None:
    assert fill("{days} 天", {"days": 0}, {"days": "几"}.__getitem__) == "0 天"


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert fill("{customer}", {"customer": "{me}"}, {"me": "我"}.__getitem__) == "{me}"


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text("甲乙 a1", max_size=5)))
def test_no_brace_is_left_whatever_is_known(values: dict[str, str]) -> None:
    for play in STANDARD.plays:
        for script in play.scripts:
            for lang in ("zh", "en"):
                assert not {"{", "}"} & set(STANDARD.say(script.text, dict(values), lang=lang))


def test_nobody_is_addressed_twice_when_the_name_is_missing() -> None:
    for play in STANDARD.plays:
        for script in play.scripts:
            chinese, english = (STANDARD.say(script.text, {}, lang=lang) for lang in ("zh", "en"))
            assert "您您" not in chinese
            assert not chinese.startswith(("您，", "，"))
            assert "you, " not in english[:12].lower()
            assert english[0].isupper()


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day ago"), (2, "2 days ago"), (21, "21 days ago"), (101, "101 days ago"), (0, "0 days ago")],
)
def test_english_counts_one_day_not_one_days(days: int, words: str) -> None:
    assert (
        fill("Last revisit {date}, {days} days ago", {"date": "11-01", "days": days}) == f"Last revisit 11-01, {words}"
    )


def test_no_sentence_of_the_standard_playbook_says_one_of_many() -> None:
    ones = dict.fromkeys(("count", "days", "drops", "hours", "max_days", "points"), 1)
    told = [
        STANDARD.tell(text, ones, lang="en")
        for words in STANDARD.situations.values()
        for text in (words.name, *words.why.values())
    ]
    told += [
        STANDARD.tell(text, ones, lang="en") for text in (*STANDARD.advice.values(), *STANDARD.suggestions.values())
    ]

    assert [words for words in told if MANY.search(words)] == []

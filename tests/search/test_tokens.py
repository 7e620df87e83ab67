"""What is cut into which tokens."""

import pytest
from pypinyin import lazy_pinyin

from wendu.search.spoken import syllables
from wendu.search.tokens import MOST_TERMS, fold, terms, tokens_of


def tokens(title="", **rest):
    return tokens_of(title=fold(title), **rest).split()


def test_a_title_is_cut_into_signs_pairs_pinyin_and_initials():
    assert set(tokens("腾讯")) == {"腾", "讯", "腾讯", "tengxun", "tx", "xun", "t"}


def test_a_title_answers_to_its_pinyin_from_any_sign_on():
    found = tokens("深圳腾讯科技")

    assert {"shenzhentengxunkeji", "tengxunkeji", "sztxkj", "txkj", "kj"} <= set(found)


def test_a_latin_word_of_a_title_answers_to_any_part():
    found = tokens("Salesforce")

    assert any(token.startswith("force") for token in found)


def test_other_text_is_told_apart_from_the_title():
    assert set(tokens(text="大客户 vip")) == {"_大", "_客", "_户", "_大客", "_客户", "_vip"}


@pytest.mark.parametrize("typed", ["13812345678", "8613812345678", "5678", "345678", "12345678"])
def test_a_mobile_number_answers_to_itself_and_its_tails(typed):
    assert f"#{typed}" in tokens(secrets=["+8613812345678"])


def test_a_landline_answers_with_and_without_its_zero():
    found = tokens(secrets=["+862155551234"])

    assert {"#02155551234", "#2155551234", "#51234"} <= set(found)


def test_an_address_answers_to_its_parts():
    assert set(tokens(secrets=["Li.Lei@Example.com"])) == {"#li", "#lei", "#example", "#com"}


def test_full_width_case_and_accents_do_not_matter():
    assert fold("ＡＢＣ Café Ⅻ") == "abc cafe xii"


def test_what_was_typed_is_cut_into_runs():
    assert [(term.text, term.is_chinese) for term in terms("腾讯QQ 138-0013")] == [
        ("腾讯", True),
        ("qq", False),
        ("138", False),
        ("0013", False),
    ]
    assert terms(" ，。!' \" * %") == []
    assert len(terms(" ".join(f"w{n}" for n in range(50)))) == MOST_TERMS


@pytest.mark.parametrize("name", ["重庆银行", "长沙", "绿地集团", "音乐", "厦门会计", "朝阳区", "西藏", "吕布", "行长"])
def test_names_are_spoken_as_people_say_them(name):
    assert syllables(name) == lazy_pinyin(name)


def test_signs_without_a_reading_are_left_out():
    assert syllables("かな") == []
    assert set(tokens("かな")) == {"か", "な", "かな"}

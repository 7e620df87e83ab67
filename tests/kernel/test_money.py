import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.kernel.currencies import MINOR_DIGITS
from wendu.kernel.money import (
    LARGEST_MINOR,
    AmountTooLarge,
    Money,
    TooManyDecimals,
    UnreadableAmount,
    format_money,
    parse_amount,
)


@pytest.mark.parametrize(
    "text,minor",
    [
        ("12800", 1_280_000),
        ("12,800.50", 1_280_050),
        ("¥12,800.5", 1_280_050),
        ("￥１２，８００", 1_280_000),
        ("1.28万", 1_280_000),
        ("1.28 万元", 1_280_000),
        ("2亿", 20_000_000_000),
        ("3百万", 300_000_000),
        ("3.5k", 350_000),
        ("人民币 100 元整", 10_000),
        ("CNY 100.00", 10_000),
        ("-20", -2000),
        (".5", 50),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, minor):
    assert parse_amount(text, "CNY") == minor


@pytest.mark.parametrize("text", ["", "abc", "1,28", "12.3.4", "1e5", "=1+1", "一百", "NaN", "--5", "1 2 x"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(UnreadableAmount):
        parse_amount(text, "CNY")


def test_nothing_is_rounded_in_silence():
    with pytest.raises(TooManyDecimals):
        parse_amount("12.345", "CNY")
    with pytest.raises(TooManyDecimals):
        parse_amount("12.5", "JPY")
    assert parse_amount("12.340", "CNY") == 1234


def test_an_amount_no_table_holds_is_refused():
    with pytest.raises(AmountTooLarge):
        parse_amount("9" * 17, "CNY")
    with pytest.raises(AmountTooLarge):
        parse_amount("9" * 400, "CNY")


@pytest.mark.parametrize(
    "minor,lang,short,text",
    [
        (1_280_050, "zh-hans", False, "¥12,800.50"),
        (1_280_000, "en", False, "¥12,800"),
        (-50, "en", False, "-¥0.50"),
        (1_285_000_00, "zh-hans", True, "¥129万"),
        (860_000, "zh-hans", True, "¥8,600"),
        (26_700_00, "zh-hans", True, "¥2.7万"),
        (30_000_00, "zh-hans", True, "¥3万"),
        (94_900_00, "zh-hans", True, "¥9.5万"),
        (96_000_00, "zh-hans", True, "¥10万"),
        (127_000_00, "zh-hans", True, "¥13万"),
        (126_000_000_00, "zh-hans", True, "¥1.26亿"),
        (99_996_000_00, "zh-hans", True, "¥1亿"),
        (1_285_000_00, "en", True, "¥1.3M"),
        (999_960_00, "en", True, "¥1M"),
        (86_000_00, "en", True, "¥86K"),
        (99_960_00, "en", True, "¥100K"),
        (477_640_00, "en", True, "¥478K"),
        (999_400_00, "en", True, "¥999K"),
        (1_999_400_000_00, "en", True, "¥2B"),
        (99, "en", True, "¥1"),
    ],
)
def test_money_is_written_for_its_reader(minor, lang, short, text):
    assert format_money(minor, "CNY", lang, short=short) == text


@given(st.integers(-LARGEST_MINOR, LARGEST_MINOR), st.sampled_from(sorted(MINOR_DIGITS)))
def test_an_amount_written_in_full_reads_back_the_same(minor, currency):
    assert parse_amount(format_money(minor, currency, "en"), currency) == minor


def test_two_currencies_do_not_add_up():
    with pytest.raises(ValueError, match="cannot be added"):
        Money(1, "CNY") + Money(1, "USD")
    assert (Money(5, "CNY") - Money(3, "CNY")).minor == 2
    assert str(Money(1234, "CNY").amount) == "12.34"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.kernel.phones import mask_email, mask_phone, normalise, normalise_email, tail


@pytest.mark.parametrize(
    "text,written",
    [
        ("13812345678", "+8613812345678"),
        ("138 1234 5678", "+8613812345678"),
        ("+86 138-1234-5678", "+8613812345678"),
        ("0086 13812345678", "+8613812345678"),
        ("１３８１２３４５６７８", "+8613812345678"),
        ("021-62345678", "+862162345678"),
        ("(021) 6234 5678 转 801", "+862162345678;ext=801"),
        ("021-62345678 ext. 12", "+862162345678;ext=12"),
        ("400-810-1234", "+864008101234"),
        ("+1 415 555 2671", "+14155552671"),
    ],
)
def test_a_number_is_written_one_way(text, written):
    assert normalise(text) == written


@pytest.mark.parametrize("text", ["", "  ", "12", "无", "call me", "张三13812", "1" * 40, "n/a"])
def test_what_is_no_number_is_told_apart(text):
    assert normalise(text) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    written = normalise(text)

    assert written is None or written.startswith("+")
    mask_phone(text)
    mask_email(text)
    tail(text)


def test_people_remember_the_tail():
    assert tail("+8613812345678") == "5678"
    assert tail("+862162345678;ext=801") == "5678"


def test_a_masked_number_keeps_its_ends_only():
    assert mask_phone("+8613812345678") == "138****5678"
    assert mask_phone("+862162345678") == "021****5678"
    assert mask_phone("62345") == "****45"
    assert mask_phone("") == ""


def test_a_masked_address_keeps_its_firm_only():
    assert mask_email("zhang.wei@example.com") == "z****@example.com"
    assert mask_email("nonsense") == "****"


def test_addresses_are_compared_in_lower_case():
    assert normalise_email(" Zhang@Example.COM ") == "zhang@example.com"

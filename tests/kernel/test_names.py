import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.kernel.names import normalise_name, tidy_line, tidy_text


@pytest.mark.parametrize(
    "one,other",
    [
        ("苏州精工机械有限公司", "苏州精工机械股份有限公司"),
        ("华为技术（中国）有限公司", "华为技术(中国)"),
        ("中粮集团有限公司", "中粮"),
        ("Acme Corporation", "ACME Corp."),
        ("Müller GmbH & Co. KG", "müller"),
        ("ＡＢＣ　Ｃｏ．，　Ｌｔｄ．", "Abc"),
        ("O'Neill Inc", "ONeill"),
    ],
)
def test_two_spellings_of_one_name_meet(one, other):
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize("one,other", [("上海分公司", "上海"), ("华为", "华为云"), ("Group Seven", "Seven")])
def test_different_names_stay_apart(one, other):
    assert normalise_name(one) != normalise_name(other)


@pytest.mark.parametrize("name", ["有限公司", "集团", "Co. Ltd", "!!!", "公司"])
def test_a_name_of_nothing_but_a_legal_form_keeps_something(name):
    assert normalise_name(name)


@given(st.text(max_size=300))
def test_any_text_gives_a_stable_key_that_fits_its_column(text):
    key = normalise_name(text)

    assert normalise_name(f"  {text}\t") == key
    assert len(key) <= 200
    key.encode()  # no half of a pair, which no database takes


@given(st.text())
def test_tidied_text_can_be_stored_anywhere(text):
    for tidied in (tidy_line(text), tidy_text(text)):
        assert "\x00" not in tidied
        tidied.encode()
    assert "\n" not in tidy_line(text)
    assert tidy_line(tidy_line(text)) == tidy_line(text)

"""How filters are written in an address: read and written are inverse, and what is no filter is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wendu.desk.table.language import (
    GROUPS_AT_MOST,
    Condition,
    Filter,
    TooMuch,
    Unreadable,
    read_filter,
    write_filter,
)

WORDS = st.text(st.characters(blacklist_characters="\x00", blacklist_categories=["Cs"]), min_size=1, max_size=12)
VALUES = WORDS.map(str.strip).filter(bool)
CONDITIONS = st.builds(
    Condition,
    st.sampled_from(["class", "owner", "x_size", "x_has-dash", "latest"]),
    st.sampled_from(["in", "not", "over", "unknown"]),
    st.lists(VALUES, max_size=4).map(tuple),
)
FILTERS = st.lists(st.lists(CONDITIONS, min_size=1, max_size=4).map(tuple), max_size=4).map(tuple).map(Filter)


@given(FILTERS)
def test_what_is_written_reads_the_same(asked):
    assert read_filter(write_filter(asked)) == asked


def test_a_filter_reads_like_its_address():
    written = ["class.in:A,B;latest.over:14", "class.in:C;heat.from:60"]

    asked = read_filter(written)

    assert asked.groups[0] == (Condition("class", "in", ("A", "B")), Condition("latest", "over", ("14",)))
    assert write_filter(asked) == written


def test_what_asks_nothing_is_left_out():
    assert read_filter(["", " ; ", ";;"]) == Filter()
    assert not read_filter([])


@pytest.mark.parametrize(
    "text", ["class", "class:A", "Class.in:A", ".in:A", "class.in:A;;x", "cl\x00.in:A", "a b.in:c"]
)
def test_what_is_no_condition_is_named(text):
    with pytest.raises(Unreadable) as refused:
        read_filter([text])
    assert refused.value.part


@pytest.mark.parametrize(
    "texts",
    [
        ["class.in:A"] * (GROUPS_AT_MOST + 1),
        [";".join(["class.in:A"] * 13)],
        ["class.in:" + ",".join("A" * 51)],
        ["name.has:" + "长" * 2000],
    ],
)
def test_what_nobody_writes_is_refused(texts):
    with pytest.raises(TooMuch):
        read_filter(texts)

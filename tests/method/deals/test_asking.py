"""Which questions went deep and what became of the aims: the worked examples."""

from collections import Counter

import pytest

from tests.method.pages import each, said
from wendu.method.deals.asking import aims, depth, wishes

AIMS = {"o": "objective", "f": "fallback", "n": "neither", "-": ""}


@each("talk", "questions that go deep")
def test_the_share_of_questions_that_go_deep(row):
    found = depth(Counter(row["asked"].split()))

    assert found.asked == len(row["asked"].split())
    assert found.share == (None if row["share"] == "unknown" else pytest.approx(float(row["share"]), abs=0.05))


@each("talk", "what became of the aims")
def test_m90_aims_count_only_where_somebody_said_what_became_of_them(row):
    found = aims(Counter(AIMS[letter] for letter in row["talks"].split()))

    assert (found.objective, found.said) == (int(row["reached"]), int(row["of"]))
    assert found.share == said(row["share"])


@each("talk", "explicit needs a talk")
def test_m67_explicit_needs_a_talk(row):
    talks = row["talks"].split()
    found = wishes("".join(talks).count("e"), len(talks))

    assert (found.explicit, found.talks) == (int(row["needs"]), len(talks))
    assert found.a_talk == (None if row["a talk"] == "unknown" else pytest.approx(float(row["a talk"]), abs=0.005))

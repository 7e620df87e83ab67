"""How well the search for duplicates does on labelled pairs: what it shows is right, and it shows nearly all."""

import pytest

from tests.merges.labelled import PAIRS, Pair
from wendu.merges.scoring import SHOWN_FROM, STRONG_FROM, keys_of, likeness

SHOWN_ARE_RIGHT, SAME_ARE_SHOWN = 0.95, 0.90


def is_shown(pair: Pair) -> bool:
    """Whether the search would bring the two together, and find them worth a look."""
    they_meet = set(keys_of(pair.one)) & set(keys_of(pair.other))
    return bool(they_meet) and likeness(pair.one, pair.other).score >= SHOWN_FROM


def test_what_is_shown_is_right_and_nearly_all_that_is_one_is_shown(capsys):
    shown = [pair for pair in PAIRS if is_shown(pair)]
    right = [pair for pair in shown if pair.is_same]
    same = [pair for pair in PAIRS if pair.is_same]
    precision, recall = len(right) / len(shown), len(right) / len(same)
    with capsys.disabled():
        print(f"\n  duplicates: {len(PAIRS)} labelled pairs, precision {precision:.1%}, recall {recall:.1%}")
        for pair in PAIRS:
            if is_shown(pair) != pair.is_same:
                score = likeness(pair.one, pair.other).score
                print(f"    {score:.2f} {'missed' if pair.is_same else 'shown'}: {pair.why}")

    assert precision >= SHOWN_ARE_RIGHT
    assert recall >= SAME_ARE_SHOWN


def test_what_is_nearly_certain_is_never_two():
    assert [
        pair.why for pair in PAIRS if likeness(pair.one, pair.other).score >= STRONG_FROM and not pair.is_same
    ] == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.why)
def test_it_is_the_same_whoever_is_looked_at_first(pair):
    assert likeness(pair.one, pair.other).score == likeness(pair.other, pair.one).score

"""Two playbooks that grew from the same one are brought together without losing what either wrote."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from wendu.playbooks import dump, shipped
from wendu.playbooks.merge import merged
from wendu.playbooks.paths import differences, value_at, with_values

STANDARD = dump(shipped())
PLACES = [
    "quadrant.high_from",
    "window.classes.A.deadline_months",
    "temperature.bands[1].start",
    "plays[0].do.zh",
    "plays[3].scripts[0].en",
    "classes.C.motto.zh",
    "track.steps[0].after_days",
]
CHANGES = st.dictionaries(st.sampled_from(PLACES), st.integers(1, 3))


@given(mine=CHANGES, theirs=CHANGES)
def test_each_side_keeps_what_only_it_changed_and_the_rest_is_asked(mine, theirs):
    ours, other = with_values(STANDARD, mine), with_values(STANDARD, theirs)

    found = merged(STANDARD, ours, other)

    for place in PLACES:
        wanted = mine.get(place, theirs.get(place, value_at(STANDARD, place)))
        if "scripts" not in place:
            assert value_at(found.content, place) == wanted
    assert len(found.clashes) == sum(mine[place] != theirs[place] for place in set(mine) & set(theirs))
    asked = merged(STANDARD, ours, other, taking=frozenset(each.path for each in found.clashes))
    assert all(value_at(asked.content, place) == value for place, value in theirs.items())


def test_plays_added_and_removed_on_either_side_are_kept_and_gone():
    ours, theirs = copy.deepcopy(STANDARD), copy.deepcopy(STANDARD)
    gone, kept = ours["plays"].pop(5), theirs["plays"][8]
    theirs["plays"].append({**kept, "key": "of_theirs"})

    found = merged(STANDARD, ours, theirs)

    keys = [play["key"] for play in found.content["plays"]]
    assert gone["key"] not in keys
    assert keys[-1] == "of_theirs"
    assert len(keys) == len(STANDARD["plays"])
    assert not found.clashes


CODES = [each["code"] for each in STANDARD["indicators"]]


@given(mine=st.permutations(CODES), theirs=st.permutations(CODES))
def test_an_order_only_one_side_changed_is_kept_and_where_both_did_ours_stands(mine, theirs):
    known = {each["code"]: each for each in STANDARD["indicators"]}
    words = {"zh": "问", "en": "Ask"}
    ours = {**STANDARD, "indicators": [known[code] for code in mine]}
    other = {**STANDARD, "indicators": [{**known[code], "ask": words} for code in theirs]}

    found = merged(STANDARD, ours, other).content["indicators"]

    assert [each["code"] for each in found] == (theirs if mine == CODES else mine)
    assert all(each["ask"] == words for each in found)


def test_without_a_known_base_every_difference_is_asked():
    ours = with_values(STANDARD, {"quadrant.high_from": 55.0})

    found = merged({}, ours, STANDARD)

    assert [(each.path, each.ours) for each in found.clashes] == [("quadrant.high_from", 55.0)]
    assert not list(differences(found.content, ours))

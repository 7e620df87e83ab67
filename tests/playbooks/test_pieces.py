"""Plays, scripts and trades come and go as a whole, and are told from each other by a name of their own."""

import copy

import pytest

from wendu.playbooks import PlaybookError, dump, never_chosen, parse, shipped
from wendu.playbooks.merge import merged
from wendu.playbooks.paths import Difference, NoSuchPlace, differences, named_path
from wendu.playbooks.pieces import name_before, piece_at, with_piece, without_piece

BOOK = dump(shipped())
SCRIPT = {"code": "own_1", "markets": [], "zh": "您看行吗", "en": "Would that do?"}


@pytest.mark.parametrize("place", ["plays.strike_a", "plays.strike_a.scripts.s2", "factors.industry.food"])
def test_a_piece_taken_out_comes_back_where_it_stood(place):
    before, piece = name_before(BOOK, place), piece_at(BOOK, place)

    gone = without_piece(BOOK, place)
    back = with_piece(gone, place, piece, after=before)

    assert piece_at(gone, place) is None
    assert back == BOOK
    assert list(differences(BOOK, gone)) == [Difference(place, piece, None)]


def test_a_piece_put_in_stands_at_the_end_and_leaves_the_original_alone():
    known = copy.deepcopy(BOOK)

    found = with_piece(BOOK, "plays.strike_a.scripts.own_1", SCRIPT)

    assert piece_at(found, "plays.strike_a")["scripts"][-1] == SCRIPT
    assert known == BOOK


@pytest.mark.parametrize(
    "place", ["plays.nobody", "plays.strike_a.scripts.nobody", "nowhere.at_all", "plays", "plays."]
)
def test_what_is_not_there_is_not_taken_out(place):
    with pytest.raises(NoSuchPlace):
        without_piece(BOOK, place)


def test_nothing_is_put_where_something_stands():
    with pytest.raises(NoSuchPlace):
        with_piece(BOOK, "plays.strike", piece_at(BOOK, "plays.strike_a"))


def test_scripts_written_without_a_code_are_called_by_their_place():
    content = copy.deepcopy(BOOK)
    for script in content["plays"][0]["scripts"]:
        del script["code"]
    content["plays"][0]["scripts"][0]["code"] = "s2"

    assert [script.code for script in parse(content).plays[0].scripts] == ["s2", "s3", "s4"]


def test_a_code_given_to_two_scripts_is_refused():
    content = copy.deepcopy(BOOK)
    content["plays"][0]["scripts"][1]["code"] = content["plays"][0]["scripts"][0]["code"]

    with pytest.raises(PlaybookError) as refused:
        parse(content)
    assert [(each.path, each.code) for each in refused.value.problems] == [("plays[0]", "duplicate")]


def test_numbers_of_a_path_become_names():
    assert named_path(BOOK, "plays[1].scripts[0].zh") == "plays.strike_a.scripts.s1.zh"
    assert named_path(BOOK, "classes.A.methods[1].en") == "classes.A.methods.1.en"
    assert named_path(BOOK, "plays[1].scripts[99].zh") == "plays.strike_a.scripts.99.zh"


def test_two_who_each_add_a_script_to_one_play_both_keep_theirs():
    place, other = "plays.strike_a.scripts", {**SCRIPT, "code": "own_2"}
    ours, theirs = with_piece(BOOK, f"{place}.own_1", SCRIPT), with_piece(BOOK, f"{place}.own_2", other)

    found = merged(BOOK, ours, theirs)

    assert [each["code"] for each in piece_at(found.content, place)][-2:] == ["own_1", "own_2"]
    assert (found.clashes, [each.path for each in found.taken]) == ((), [f"{place}.own_2"])


def test_a_play_one_took_out_and_the_other_rewrote_is_asked():
    ours, theirs = without_piece(BOOK, "plays.strike_a"), copy.deepcopy(BOOK)
    piece_at(theirs, "plays.strike_a")["do"]["en"] = "Go and see them"

    (clash,) = merged(BOOK, ours, theirs).clashes
    taken = merged(BOOK, ours, theirs, taking=frozenset({"plays.strike_a"}))

    assert (clash.path, clash.ours) == ("plays.strike_a", None)
    assert piece_at(taken.content, "plays.strike_a")["do"]["en"] == "Go and see them"
    assert piece_at(merged(BOOK, ours, theirs).content, "plays.strike_a") is None


def test_every_play_of_the_standard_playbook_is_chosen_for_somebody():
    assert never_chosen(shipped()) == {}


def test_a_play_for_the_same_customers_as_one_before_it_is_never_chosen():
    twin = {**piece_at(BOOK, "plays.strike_a"), "key": "twin"}
    narrow = {
        **twin,
        "key": "narrow",
        "when": {**twin["when"], "classes": ["A"], "markets": ["b2g"], "sales": ["project"]},
    }

    found = never_chosen(parse({**BOOK, "plays": [*BOOK["plays"], twin, narrow]}))

    assert found == {"twin": "strike_a"}

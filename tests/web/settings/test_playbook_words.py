"""Every place of the playbook and everything written there has a name a person says, in both languages."""

import copy
import re

import pytest
from django.utils.translation import override

from wendu.playbooks import dump, shipped
from wendu.playbooks.paths import differences
from wendu.playbooks.pieces import piece_at
from wendu.web.settings.playbook.draft_forms import LISTS, WORDS
from wendu.web.settings.playbook.gates_form import GatesForm
from wendu.web.settings.playbook.layout import ALL, FORMS, form_of
from wendu.web.settings.playbook.places import place_words
from wendu.web.settings.playbook.play_form import PlayForm
from wendu.web.settings.playbook.sheets import card_sheets, name_sheets, number_sheet
from wendu.web.settings.playbook.spin_form import ProblemForm
from wendu.web.settings.playbook.values import value_words

STANDARD = dump(shipped())
LANGUAGES = ["zh-hans", "en"]
NAMING = ("key", "code")
SAYS_ITSELF = {"A", "B", "C", "D"}
PICTURES = "icon"


def scrambled(value, name=""):
    """The same with every leaf changed, but for what entries are told from each other by."""
    if isinstance(value, dict):
        return {each: scrambled(found, each) for each, found in value.items()}
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return [scrambled(each) for each in value]
    return value if name in NAMING else ("changed", value)


MOVED = list(differences(STANDARD, scrambled(STANDARD)))
CONTENTS = (STANDARD,)


def raw_steps(path: str, words: str) -> set[str]:
    """Codes of a path that stand among its words as they are."""
    return set(path.split(".")) & set(words.split(" · ")) - SAYS_ITSELF


def test_the_walk_comes_by_every_leaf():
    assert len(MOVED) > 2000
    assert {each.path.partition(".")[0] for each in MOVED} == set(STANDARD) - {"key"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_called_by_words(language):
    with override(language):
        raw = {each.path for each in MOVED if raw_steps(each.path, place_words(each.path, CONTENTS))}

    assert raw - {"version"} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_is_said_in_words(language):
    with override(language):
        raw = {
            (each.path, code)
            for each in MOVED
            if not each.path.endswith((".zh", ".en", f".{PICTURES}", "version"))
            for code in (each.before if isinstance(each.before, list) else [each.before])
            if isinstance(code, str) and code not in SAYS_ITSELF
            if value_words(each.path, code, CONTENTS) == code
        }

    assert raw == set()


def test_a_tick_and_an_empty_list_are_said():
    with override("en"):
        assert value_words("temperature.kinds.visit.two_way", True, CONTENTS) == "yes"
        assert value_words("plays.strike.when.markets", [], CONTENTS) == "all of them"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "place", ["plays.strike_a", "plays.strike_a.scripts.s2", "factors.industry.food", "track.steps.care"]
)
def test_a_whole_piece_is_said_at_a_glance(language, place):
    with override(language):
        words = value_words(place, piece_at(STANDARD, place), CONTENTS)

    assert words
    assert "{'" not in words
    assert "_" not in words


def sheets(content):
    yield from name_sheets(content, "own_0000000000")
    yield from card_sheets(content)
    for form in FORMS:
        yield from (number_sheet(content, block) for block in form.blocks)
    yield from (sheet for draw in WORDS.values() for sheet in draw(content))
    yield from (sheet for make in LISTS.values() for sheet in make(content).sheets)
    yield from (sheet for place in range(len(content["spin"])) for sheet in ProblemForm.of(content, place).sheets)
    yield from (sheet for place in range(len(content["plays"])) for sheet in PlayForm.of(content, place).sheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_box_of_every_form_is_called_by_words(language):
    with override(language):
        labels = {
            (cell.path, label)
            for sheet in sheets(STANDARD)
            for row in sheet.rows
            for cell in row.cells
            for label in (row.name, cell.label, *sheet.heads, sheet.title)
        }

    raw = {(path, label) for path, label in labels if "_" in label or label in path.replace("[", ".").split(".")}
    assert {pair for pair in raw if pair[1] not in SAYS_ITSELF} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_to_tick_is_called_by_words(language):
    with override(language):
        picks = [pick for place in range(len(STANDARD["plays"])) for pick in PlayForm.of(STANDARD, place).all_picks]
        picks += [pick for place in range(len(STANDARD["spin"])) for pick in ProblemForm.of(STANDARD, place).all_picks]

    raw = {(code, words) for pick in picks for code, words in pick.options if code == words}
    assert {pair for pair in raw if pair[0] not in SAYS_ITSELF} == set()
    assert all(pick.label not in pick.path.split(".") for pick in picks)


def test_every_form_has_a_name_and_says_what_it_is_for():
    for form in ALL:
        assert form.label
        assert form.about


UNWRITTEN = {"version", "languages"}
"""What names a playbook, not what it says; with the codes and the little pictures it is all that has no form."""


def leaves(value, path=""):
    """The place of every value, lists of plain values taken as one."""
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from leaves(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, each in enumerate(value):
            yield from leaves(each, f"{path}[{number}]")
    else:
        yield path


def test_every_part_of_a_playbook_stands_on_a_form():
    boxes = {cell.path for sheet in sheets(STANDARD) for row in sheet.rows for cell in row.cells}
    plays = [PlayForm.of(STANDARD, place) for place in range(len(STANDARD["plays"]))]
    shown = boxes | {pick.path for play in plays for pick in play.all_picks}
    problems = [ProblemForm.of(STANDARD, place) for place in range(len(STANDARD["spin"]))]
    shown |= {pick.path for problem in problems for pick in problem.all_picks}
    shown |= {pick.path for pick in GatesForm.of(STANDARD).picks}

    missing = set(leaves(STANDARD)) - shown
    lines = {path for path in missing if re.fullmatch(r"classes\.\w+\.(methods|hard|soft)(\[\d+\]\.(zh|en))?", path)}
    optional = {path for path in missing if re.fullmatch(r"plays\[\d+\]\.why|spin\[\d+\]\.products", path)}
    nothing = {path for path in missing if re.fullmatch(r"spin\[\d+\]\.(look_up|situation)", path)}
    told_apart = {path for path in missing if path.rpartition(".")[2] in ("key", "code", PICTURES)}
    assert missing - lines - optional - nothing - told_apart == UNWRITTEN | {"strategy.urgency"}
    assert {f"strategy.urgency.{code}" for code in STANDARD["strategy"]["urgency"]} <= boxes


def test_every_place_is_counted_at_the_form_it_stands_on():
    for key, make in {**WORDS, **LISTS}.items():
        drawn = make(STANDARD)
        cells = [cell for sheet in getattr(drawn, "sheets", drawn) for row in sheet.rows for cell in row.cells]
        assert {form_of(cell.path) for cell in cells} == {key}


def test_what_nobody_knows_is_said_by_its_code_and_breaks_nothing():
    content = copy.deepcopy(STANDARD)
    content["advice"]["of_ours"] = {"zh": "多走动", "en": "Go and see them"}

    assert place_words("advice.of_ours.zh", (content,)).endswith("of_ours · 中文")
    assert value_words("plays.strike.when.sales", ["of_ours"], (content,)) == "of_ours"

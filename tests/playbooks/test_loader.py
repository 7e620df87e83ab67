"""A playbook that cannot be used says where, what and how to mend it, in both languages."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.playbooks.book import STANDARD
from wendu.playbooks import PlaybookError, Problem, dump, load, parse, validate
from wendu.playbooks.__main__ import main
from wendu.playbooks.loader import SHIPPED

SCALES, ALERTS, CARE = "scales.yaml", "plays_1_alerts.yaml", "plays_4_care.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the standard playbook that may be spoilt."""
    return Path(shutil.copytree(SHIPPED / "standard", tmp_path / "standard"))


def spoil(folder: Path, file: str, old: str, new: str) -> tuple[Problem, ...]:
    """Change one place of one file and read the playbook again."""
    path = folder / file
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8")
    return validate(folder)


def test_the_shipped_playbook_is_in_order() -> None:
    assert validate(SHIPPED / "standard") == ()


def test_a_playbook_survives_being_stored_as_json() -> None:
    stored = json.loads(json.dumps(dump(STANDARD), ensure_ascii=False))

    assert parse(stored) == STANDARD


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "path"),
    [
        (SCALES, "high_from: 60", "high_form: 60", "extra_forbidden", "scales.yaml: quadrant.high_form"),
        (SCALES, "high_from: 60", "high_form: 60", "missing", "scales.yaml: quadrant.high_from"),
        (SCALES, "high_from: 60", 'high_from: "60"', "float_type", "scales.yaml: quadrant.high_from"),
        (SCALES, "high_from: 60", "high_from: 160", "less_than_equal", "scales.yaml: quadrant.high_from"),
        (SCALES, "capacity: 12", "capacity: 1.5", "int_type", "scales.yaml: plan.capacity"),
        (SCALES, "capacity: 12", "capacity: 0", "greater_than_equal", "scales.yaml: plan.capacity"),
        (SCALES, "heat: 30,", "heat: 31,", "weights_sum", "playbook"),
        (SCALES, "cap: 79", "cap: 90", "cap_order", "playbook"),
        (SCALES, "code: cool, start: 20", "code: cool, start: 50", "bands_order", "playbook"),
        (SCALES, "{expected_months: 2, d", "{expected_months: 9, d", "window_order", "playbook"),
        (SCALES, "  default_tier: normal", "  default_tier: gold", "entry_missing", "playbook"),
        ("cards.yaml", "code: gives_time", "code: replies_first", "duplicate", "playbook"),
        ("words.yaml", "why:\n      default", "why:\n      crossing", "no_default_reason", "words.yaml: situations"),
        ("words.yaml", "{temperature}", "{heat}", "unknown_placeholder", "words.yaml: situations.strike.why.default"),
        ("words.yaml", "{temperature}", "{temperature", "loose_brace", "words.yaml: situations.strike.why.default"),
        ("words.yaml", "zh: 趁热", 'zh: " "', "string_too_short", "words.yaml: situations.strike.name.zh"),
        (ALERTS, "kinds: [visit", "kinds: [fax", "unknown_kind", "playbook"),
        (ALERTS, "situations: [strike]", "situations: [strikes]", "enum", "plays_1_alerts.yaml: plays[0]"),
        (ALERTS, "key: strike\n", "key: strike_a\n", "duplicate", "playbook"),
        (CARE, "situations: [gap_case]", "situations: [gap_case], classes: [A]", "no_general_play", "playbook"),
        (CARE, "markets: [b2c], zh", "markets: [b2b], zh", "market_without_script", "plays_4_care.yaml: plays["),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_cure(
    folder: Path, file: str, old: str, new: str, code: str, path: str
) -> None:
    problems = spoil(folder, file, old, new)
    found = [problem for problem in problems if problem.code == code]

    assert found, [str(problem) for problem in problems]
    assert found[0].path.startswith(path)
    assert found[0].zh
    assert found[0].en
    assert not {"{", "}"} & set(found[0].en.replace("'", ""))


def test_a_file_that_is_no_yaml_names_the_line(folder: Path) -> None:
    (problem,) = spoil(folder, "scales.yaml", "key: standard", "key: [standard")

    assert problem.code == "yaml"
    assert "line" in problem.en
    assert "行" in problem.zh


def test_a_key_written_twice_is_refused(folder: Path) -> None:
    (problem,) = spoil(folder, "scales.yaml", "key: standard", "key: standard\nkey: other")

    assert problem.code == "yaml"
    assert "'key' is written twice" in problem.en


def test_an_entry_in_two_files_is_refused(folder: Path) -> None:
    (folder / "more.yaml").write_text("version: '2'\n", encoding="utf-8")

    (problem,) = validate(folder)

    assert (problem.code, problem.path) == ("written_twice", "scales.yaml: version")


def test_a_file_without_entries_is_refused(folder: Path) -> None:
    (folder / "more.yaml").write_text("- one\n", encoding="utf-8")

    (problem,) = validate(folder)

    assert (problem.code, problem.path) == ("not_a_mapping", "more.yaml")


def test_a_playbook_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError) as caught:
        load(tmp_path / "nowhere")

    assert caught.value.problems[0].code == "not_found"


def test_stored_content_that_lacks_everything_lists_everything() -> None:
    with pytest.raises(PlaybookError) as caught:
        parse({})

    assert {problem.path for problem in caught.value.problems} >= {"key", "version", "plays", "temperature"}


def test_a_playbook_may_be_one_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(json.dumps(dump(STANDARD), ensure_ascii=False), encoding="utf-8")

    assert load(path) == STANDARD


def test_numbers_cannot_change_after_loading() -> None:
    part: Any = STANDARD.plan

    with pytest.raises(ValueError, match="frozen"):
        part.capacity = 99


def test_the_command_line_answers_with_an_exit_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert main([str(folder)]) == 0
    spoil(folder, "scales.yaml", "capacity: 12", "capacity: many")
    assert main([str(folder)]) == 1
    assert "plan.capacity" in capsys.readouterr().out

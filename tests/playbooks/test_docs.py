"""The page on playbooks names every field, situation, placeholder and mistake there is."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from wendu.playbooks import Playbook, Situation, plays, scales, shipped, talks, text
from wendu.playbooks.problems import _WORDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "method" / "playbook.md").read_text(encoding="utf-8")
WRITTEN = set(re.findall(r"`([^`]+)`", PAGE))


def fields() -> list[str]:
    """The names of all fields of all parts."""
    parts = [Playbook]
    for module in (plays, scales, talks, text):
        parts += [part for part in vars(module).values() if isinstance(part, type) and issubclass(part, BaseModel)]
    return sorted({name for part in parts for name in part.model_fields})


@pytest.mark.parametrize("name", fields())
def test_a_field_is_documented(name: str) -> None:
    assert name in WRITTEN


@pytest.mark.parametrize("name", [situation.value for situation in Situation])
def test_a_situation_is_documented(name: str) -> None:
    assert name in WRITTEN


def test_every_reason_code_is_documented() -> None:
    assert {code for words in shipped().situations.values() for code in words.why} <= WRITTEN


@pytest.mark.parametrize("name", sorted(text.PLACEHOLDERS))
def test_a_placeholder_is_documented(name: str) -> None:
    assert f"{{{name}}}" in WRITTEN


def test_every_mistake_is_worded_in_both_languages() -> None:
    for code, (zh, en) in _WORDS.items():
        assert re.search(r"[\u3400-\u9fff]", zh), code
        assert re.fullmatch(r"[\x20-\x7e]+", en), code
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en)), code

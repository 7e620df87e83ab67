"""Templates keep to the content security policy: no script, style or handler of their own."""

import re

import pytest

from tests.architecture.house import SOURCE, shown

TEMPLATES = sorted((SOURCE / "web" / "templates").rglob("*.html"))
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)


@pytest.mark.parametrize(
    "pattern", [INLINE_SCRIPT, INLINE_STYLE, HANDLER, ELSEWHERE], ids=["script", "style", "on", "host"]
)
def test_a_page_carries_nothing_the_policy_would_block(pattern):
    assert [shown(file) for file in TEMPLATES if pattern.search(file.read_text(encoding="utf-8"))] == []

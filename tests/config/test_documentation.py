"""Every setting is explained, and every explained setting exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')
EXPLAINED = re.compile(r"`((?:WENDU_[A-Z_]+)|DATABASE_URL)`")


def test_the_list_of_settings_is_the_list_that_is_read():
    folder = ROOT / "src" / "wendu" / "config"
    read = {name for file in folder.glob("*.py") for name in READ.findall(file.read_text(encoding="utf-8"))}
    page = (ROOT / "docs" / "howto" / "settings.md").read_text(encoding="utf-8")

    assert read == set(EXPLAINED.findall(page))


def test_the_bare_make_explains_every_verb():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = {"demo", "test", "dev", "check", "fix", "test-pg", "e2e", "bench", "faults", "counts", "room", "docs"}

    assert verbs <= set(re.findall(r"^([a-z0-9-]+):.*## ", makefile, re.MULTILINE))

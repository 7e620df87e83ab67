"""Every test that docs/method/deals.md names is there, and every example of the pages of a deal is run."""

import re
from pathlib import Path

import pytest

from tests.method.pages import DOCS

HERE = Path(__file__).parent
PAGES = ("trust", "decision-chain", "demand", "talk", "three-people", "benefits", "proposal", "concerns", "progress",
         "exchange", "no-deal", "fit", "gates", "quotes", "expectations")  # fmt: skip
NAMED = re.findall(r"`(\w+\.py)::(\w+)`", (DOCS / "deals.md").read_text("utf-8"))
WRITTEN = "\n".join(file.read_text("utf-8") for file in sorted(HERE.glob("test_*.py")))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (HERE / file).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_example_of_a_page_is_run(page: str) -> None:
    titles = re.findall(r"^### Example: (.+)$", (DOCS / f"{page}.md").read_text("utf-8"), re.MULTILINE)

    assert titles
    assert [title for title in titles if f'each("{page}", "{title}")' not in WRITTEN] == []

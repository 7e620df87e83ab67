"""The worked examples of docs/method, as tables a test can run."""

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs" / "method"
Example = dict[str, str]


def examples(page: str, title: str) -> list[Example]:
    """The rows of one example table."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    lines = text.split(f"### Example: {title}\n")[1].split("\n#")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def each(page: str, title: str) -> pytest.MarkDecorator:
    """One test per row of an example table."""
    rows = examples(page, title)
    return pytest.mark.parametrize("row", rows, ids=[" ".join(row.values()) for row in rows])


def said(cell: str) -> float | None:
    """A number, or unknown."""
    return None if cell in ("", "unknown") else float(cell)

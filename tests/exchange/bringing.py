"""Small files and the import of them."""

from pathlib import Path
from typing import Any

from tests.cast import MONDAY
from wendu.exchange.importing import run_import
from wendu.exchange.report import Rejection, Report

MAPS = Path(__file__).resolve().parents[2] / "docs" / "howto" / "maps"


def table(folder: Path, text: str, name: str = "rows.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def bring(path: Path, kind: str, actor: Any = None, **wishes: Any) -> Report:
    return run_import(path, kind=kind, actor=actor, at=MONDAY, **wishes)


def reasons(report: Report) -> list[tuple[int, str, str]]:
    return [(found.row, found.column, found.code) for found in report.rejections()]


def first(report: Report) -> Rejection:
    return next(report.rejections())

"""The house as `pyproject.toml` describes it: floors from the ground up, and where its files are."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wendu"
FIRST_STAGE, LAST_STAGE = "customers", "loyalty"


def floors() -> list[tuple[str, ...]]:
    """Package names of each floor, ground floor first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return [tuple(name.strip(" ()") for name in layer.split("|")) for layer in reversed(layers)]


def floor_of() -> dict[str, int]:
    return {name: number for number, names in enumerate(floors()) for name in names}


def stages() -> list[str]:
    """The rooms of the sales process, which all look the same."""
    numbers = floor_of()
    within = range(numbers[FIRST_STAGE], numbers[LAST_STAGE] + 1)
    return [name for name, number in numbers.items() if number in within and (SOURCE / name).is_dir()]


def modules(*, migrations: bool = False) -> Iterator[Path]:
    for file in sorted(SOURCE.rglob("*.py")):
        if migrations or "migrations" not in file.parts:
            yield file


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def shown(file: Path) -> str:
    return str(file.relative_to(ROOT))

"""Reading a playbook from its YAML files, or from what was stored, and handing its numbers to the method."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from wendu.playbooks.problems import PlaybookError, Problem, from_validation, problem
from wendu.playbooks.schema import Playbook

try:
    from yaml import CSafeLoader as SafeLoader  # ten times faster, in every published wheel
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

SHIPPED = Path(__file__).parent / "data"


@lru_cache(maxsize=8)
def shipped(key: str = "standard") -> Playbook:
    """Return a playbook that comes with the product; read once."""
    return load(SHIPPED / key)


def load(path: Path) -> Playbook:
    """Read a playbook from a folder of YAML files, or from one file; lists spread over files are joined."""
    content, origins = _read(path)
    return _checked(content, origins)


def parse(content: Mapping[str, Any]) -> Playbook:
    """Read a playbook from stored content (what `dump` gave)."""
    return _checked(dict(content), {})


def dump(playbook: Playbook) -> dict[str, Any]:
    """Return the playbook as plain JSON values, to be stored and compared."""
    return playbook.model_dump(mode="json")


def validate(path: Path) -> tuple[Problem, ...]:
    """List what is wrong with the playbook at this path; nothing when it can be used."""
    try:
        load(path)
    except PlaybookError as error:
        return error.problems
    return ()


def _checked(content: dict[str, Any], origins: Mapping[str, str]) -> Playbook:
    try:
        return Playbook.model_validate(content)
    except ValidationError as error:
        raise from_validation(error, origins) from error


def _read(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        raise PlaybookError((problem(str(path), "not_found"),))
    content: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for file in files:
        for name, value in _entries(file).items():
            if name not in content:
                content[name] = list(value) if isinstance(value, list) else value
                origins[name] = file.name
            elif isinstance(value, list) and isinstance(content[name], list):
                start = len(content[name])
                content[name].extend(value)
                origins.update({f"{name}[{start + index}]": file.name for index in range(len(value))})
            else:
                raise PlaybookError((problem(f"{file.name}: {name}", "written_twice", name=name),))
    return content, origins


def _entries(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_OnceLoader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        reason = getattr(error, "problem", None) or str(error)
        raise PlaybookError((problem(file.name, "yaml", line=line, problem=reason),)) from error
    if not isinstance(content, dict):
        raise PlaybookError((problem(file.name, "not_a_mapping"),))
    return content


class _OnceLoader(SafeLoader):
    """A safe loader that refuses the same key twice instead of keeping the later one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"'{key}' is written twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)

"""The shipped playbook and its texts, for the tests of this folder."""

from collections.abc import Iterator

from pydantic import BaseModel

from wendu.playbooks import Playbook, Script, Text, shipped

STANDARD = shipped()
MARKETS = ("b2b", "b2g", "b2c")
QUADRANTS = ("A", "B", "C", "D", "unclassified")
SALES = ("standard", "project", "key_account")


def texts(part: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every bilingual text of a part with the path to it."""
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, Script):
        yield path, part.text
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), f"{path}.{name}".lstrip("."))
    elif isinstance(part, dict):
        for name, entry in part.items():
            yield from texts(entry, f"{path}.{name}")
    elif isinstance(part, tuple):
        for index, entry in enumerate(part):
            yield from texts(entry, f"{path}[{getattr(entry, 'key', index)}]")


def all_texts(playbook: Playbook = STANDARD) -> list[tuple[str, Text]]:
    """Every text of the playbook."""
    return list(texts(playbook))

"""`make room NAME=offers ABOVE=discovery`: a room's files, its tests, its web folder and its place in the house."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "__init__.py": '"""{Title}: say in one sentence what a salesperson keeps here."""\n',
    "apps.py": '''"""The room as Django knows it."""

from django.apps import AppConfig


class {Title}Config(AppConfig):
    """{Title}."""

    name = "wendu.{name}"
''',
    "choices.py": '"""Stable symbols stored in {name}; their words live in the catalogue."""\n',
    "models.py": '"""Facts kept in {name}: fields, constraints and filters."""\n',
    "facts.py": '"""Rows of {name} as the method wants to see them, in bulk."""\n',
    "queries.py": '"""Reads of {name}; each starts with who is looking."""\n',
    "actions.py": '"""Verbs of {name}: one function each, atomic, permitted, journaled."""\n',
    "migrations/__init__.py": "",
}
WEB = {
    "__init__.py": '"""Pages of {name}."""\n',
    "urls.py": '"""Addresses of {name}: a verb is a noun."""\n\napp_name = "{name}"\nurlpatterns: list[object] = []\n',
    "views.py": '"""Views of {name}: translate, call one action, translate back."""\n',
    "forms.py": '"""Forms of {name}: they check a dictionary and nothing else."""\n',
}
TESTS = {"test_actions.py": '"""What may happen in {name}, and what must not."""\n'}


def main(name: str, above: str) -> int:
    """Write what is missing; an existing file is never touched."""
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
        print("Give the room the name a salesperson would say: make room NAME=offers ABOVE=discovery")
        return 2
    source, tests = ROOT / "src" / "wendu", ROOT / "tests"
    write(source / name, FILES, name)
    write(source / "web" / name, WEB, name)
    write(tests / name, TESTS, name)
    write(tests / "web" / name, TESTS, name)
    place_in_contract(name, above)
    print(f'Next: add "wendu.{name}" to INSTALLED_APPS in floor order and its urls to web/urls.py, then `make check`.')
    return 0


def write(folder: Path, files: dict[str, str], name: str) -> None:
    for file, text in files.items():
        target = folder / file
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            filled = text.replace("{name}", name).replace("{Title}", name.title().replace("_", ""))
            target.write_text(filled, encoding="utf-8")
            print(f"wrote {target.relative_to(ROOT)}")


def place_in_contract(name: str, above: str) -> None:
    """A planned floor loses its parentheses; a new one is put above the floor named."""
    file = ROOT / "pyproject.toml"
    text = file.read_text(encoding="utf-8")
    if f'"({name})",' in text:
        text = text.replace(f'"({name})",', f'"{name}",')
    elif f'  "{name}",' not in text:
        floor = next((row for row in (f'  "{above}",\n', f'  "({above})",\n') if row in text), None)
        if floor is None:
            sys.exit(f"Say above which floor it stands: ABOVE={above!r} is none")
        text = text.replace(floor, f'  "{name}",\n{floor}')
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

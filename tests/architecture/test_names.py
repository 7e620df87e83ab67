"""Names and sizes that keep a file readable like a page."""

import ast
import re
from pathlib import Path

from tests.architecture.house import SOURCE, modules, shown, tree

CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "misc", "data", "info"}
VAGUE_VERB = re.compile(r"^_?(process|handle|do)_")
CALLED_BY_DJANGO = {"process_exception"}  # a middleware hook bears the name its framework calls
NUMBERED = re.compile(r"^[a-z_]*[a-z]\d$")
GEOMETRY = {"x1", "x2", "y1", "y2"}
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 50, 120


def test_no_package_or_module_is_a_drawer_for_anything():
    assert [shown(file) for file in modules() if CATCH_ALL & {file.stem, file.parent.name}] == []


def test_no_function_has_a_verb_that_says_nothing():
    vague = [
        f"{shown(file)}: {node.name}"
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef) and VAGUE_VERB.match(node.name) and node.name not in CALLED_BY_DJANGO
    ]

    assert vague == []


def test_no_class_is_a_manager_of_its_own_making():
    found = [
        f"{shown(file)}: {node.name}"
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
        and node.name.endswith("Manager")
        and not any("Manager" in ast.unparse(base) for base in node.bases)
    ]

    assert found == []


def test_no_variable_is_told_apart_by_a_number():
    numbered = [
        f"{shown(file)}:{node.lineno} {node.id}"
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Store)
        and NUMBERED.match(node.id)
        and node.id not in GEOMETRY
    ]

    assert numbered == []


def test_a_file_stops_at_four_hundred_lines():
    assert [f"{shown(file)}: {lines(file)}" for file in modules() if lines(file) > FILE_LINES] == []


def test_a_function_stops_at_fifty_lines():
    long = [
        f"{shown(file)}: {node.name} {length(node)}"
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef) and length(node) > FUNCTION_LINES
    ]

    assert long == []


def test_a_template_stays_short():
    templates = SOURCE / "web" / "templates"

    assert [f"{shown(file)}: {lines(file)}" for file in templates.rglob("*.html") if lines(file) > TEMPLATE_LINES] == []


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1

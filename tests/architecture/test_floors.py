"""What import checks cannot see: keys, order of apps, shape of a room."""

import ast

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from tests.architecture.house import SOURCE, floor_of, modules, shown, stages, tree

KINDS = {"choices", "models", "facts", "queries", "actions", "jobs", "apps", "migrations", "__init__"}


def room_of(model: type[Model]) -> str:
    return model.__module__.removeprefix("wendu.").partition(".")[0]


def test_a_foreign_key_points_down_or_stays_in_its_room():
    number = floor_of()
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("wendu.")
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and field.related_model.__module__.startswith("wendu.")
        and room_of(field.related_model) != room_of(model)
        and number[room_of(field.related_model)] >= number[room_of(model)]
    ]

    assert upward == []


def test_installed_apps_stand_in_floor_order():
    number = floor_of()
    rooms = [name.removeprefix("wendu.") for name in settings.INSTALLED_APPS if name.startswith("wendu.")]

    assert rooms == sorted(rooms, key=lambda room: number[room])


def test_models_are_fetched_by_name_only_in_migrations():
    found = [
        shown(file)
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_model"
    ]

    assert found == []


def test_a_room_holds_only_the_six_kinds_of_files():
    strangers = [
        shown(entry)
        for room in stages()
        for entry in (SOURCE / room).iterdir()
        if entry.name != "__pycache__" and entry.stem not in KINDS
    ]

    assert strangers == []


def test_nobody_listens_to_model_signals():
    signals = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}
    found = [
        shown(file)
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom) and signals & {alias.name for alias in node.names}
    ]

    assert found == []

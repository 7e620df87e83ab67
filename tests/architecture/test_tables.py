"""Integrity lives in the database, under names one can look up."""

from django.apps import apps
from django.db.models import Model


def tables() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("wendu.")]


def test_every_constraint_is_named_after_its_table():
    nameless = [
        f"{model._meta.label}: {constraint.name}"
        for model in tables()
        for constraint in model._meta.constraints
        if not constraint.name
    ]

    assert nameless == []


def test_uniqueness_over_several_fields_is_a_named_constraint():
    assert [model._meta.label for model in tables() if model._meta.unique_together] == []


def test_no_model_sorts_behind_the_back_of_a_query():
    assert [model._meta.label for model in tables() if model._meta.ordering] == []

"""How the tables stand in a database, from its own migrations: this code may be later than they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import AutoField, Model

from wendu.backups.codec import Codec, codec_of
from wendu.backups.manifest import Step

# What passes by itself and would only mislead in a restored house.
LEFT_OUT = {
    "sessions": "who was logged in; everybody logs in again",
    "axes": "wrong passwords of the past days",
    "django_q": "the queue of the machine; open jobs are handed to it again",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name and how its values are written."""

    name: str
    codec: Codec


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the backup, as it stood at its migrations."""

    name: str
    key: str
    counts_itself: bool
    columns: tuple[Column, ...]
    model: type[Model]

    @classmethod
    def of(cls, model: type[Model]) -> Self:
        """Describe the table of a model."""
        meta: Any = model._meta
        columns = tuple(Column(field.column, codec_of(field)) for field in meta.local_concrete_fields if _stored(field))
        return cls(meta.db_table, meta.pk.column, isinstance(meta.pk, AutoField), columns, model)


def applied_steps(connection: BaseDatabaseWrapper) -> set[Step]:
    """The migrations a database has been through; none if it has no tables."""
    return set(MigrationLoader(connection).applied_migrations)


def unknown_steps(steps: Iterable[Step]) -> list[Step]:
    """Those among the migrations that this code does not have: somebody later was at work, or somebody long ago.

    What one migration of today replaces is known only as a whole: a database in the middle of it has tables that
    this code cannot make.
    """
    reached = set(steps)
    known: set[Step] = set()
    for step, migration in MigrationLoader(None).disk_migrations.items():
        known.add(step)
        known.update(migration.replaces if reached.issuperset(migration.replaces) else ())
    return sorted(reached - known)


def plan_of(executor: MigrationExecutor, steps: Iterable[Step]) -> list[tuple[Migration, bool]]:
    """The way from nothing to exactly these migrations, in the order Django would go."""
    reached = set(steps)
    whole = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    return [(step, backwards) for step, backwards in whole if _is_reached(step, reached)]


def tables_at(connection: BaseDatabaseWrapper, steps: Iterable[Step]) -> list[Table]:
    """The tables as these migrations made them, by name."""
    executor = MigrationExecutor(connection)
    state = ProjectState(real_apps=executor.loader.unmigrated_apps)
    for step, _backwards in plan_of(executor, steps):
        state = step.mutate_state(state, preserve=False)
    models = (model for model in state.apps.get_models(include_auto_created=True) if _is_kept(model))
    return sorted((Table.of(model) for model in models), key=lambda table: table.name)


def _is_reached(step: Migration, reached: set[Step]) -> bool:
    if (step.app_label, step.name) in reached:
        return True
    return bool(step.replaces) and all(replaced in reached for replaced in step.replaces)


def _is_kept(model: type[Model]) -> bool:
    meta = model._meta
    return meta.managed and not meta.proxy and not meta.swapped and meta.app_label not in LEFT_OUT


def _stored(field: Any) -> bool:
    return not field.generated

"""What a merge writes, kept as plain values so that each write can be taken back - if it still stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import JSONField, Model, Q

from wendu.kernel.changes import plain

AT_ONCE = 1000


@dataclass(slots=True)
class Trace:
    """Moves of rows from one to another, changes of columns, rows that were made, and what the method had written."""

    moves: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    judged: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def move(self, model: type[Model], column: str, keys: Sequence[int], *, source: Any, target: Any) -> int:
        """Let rows name another; says how many."""
        for some in _batched(keys):
            model._base_manager.filter(pk__in=some).update(**{column: target})
        if keys:
            ends = {"source": plain(source), "target": plain(target)}
            self.moves.append({"label": model._meta.label, "column": column, "keys": list(keys), **ends})
        return len(keys)

    def change(self, row: Model, values: Mapping[str, Any]) -> None:
        """Give a row other values, and note those that differ."""
        before = {name: getattr(row, name) for name in values}
        differing = [name for name, value in values.items() if before[name] != value]
        if not differing:
            return
        for name in differing:
            setattr(row, name, values[name])
        row.save(update_fields=differing)
        self.note(row, before={name: before[name] for name in differing}, after={n: values[n] for n in differing})

    def note(self, row: Model, *, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Note what others wrote on a row."""
        then, now = ({name: plain(value) for name, value in values.items()} for values in (before, after))
        self.changes.append({"label": row._meta.label, "key": row.pk, "before": then, "after": now})

    def make(self, row: Model) -> None:
        """Write a row that was not there."""
        row.save(force_insert=True)
        self.made.append({"label": row._meta.label, "row": packed(row)})

    def drop(self, row: Model) -> None:
        """Remove a row that follows from others."""
        self.dropped.append({"label": row._meta.label, "row": packed(row)})
        row.delete()

    def keep(self, model: type[Model], rows: Q) -> None:
        """Keep what the method had written of these, before it writes it anew."""
        found = model._base_manager.filter(rows).order_by("pk")
        self.judged[model._meta.label] = [packed(row) for row in found]

    def as_json(self) -> dict[str, Any]:
        """Write it down."""
        return asdict(self)

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Trace:
        """Read it again."""
        return cls(**written)


def packed(row: Model) -> dict[str, Any]:
    """All columns of a row as plain values."""
    return {each.attname: plain(getattr(row, each.attname)) for each in row._meta.concrete_fields}


def unpacked(model: type[Model], values: Mapping[str, Any]) -> Model:
    """A row from its plain values."""
    return model(**{each.attname: typed(each, values[each.attname]) for each in model._meta.concrete_fields})


def typed(column: Any, value: Any) -> Any:
    """What a column holds, from its plain value."""
    return value if isinstance(column, JSONField) else column.to_python(value)


def put_back(model: type[Model], rows: Q, kept: Iterable[Mapping[str, Any]]) -> None:
    """Make these rows what they were."""
    model._base_manager.filter(rows).delete()
    model._base_manager.bulk_create([unpacked(model, values) for values in kept], batch_size=500)


def _batched(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))

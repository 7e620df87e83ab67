"""Frozen dataclasses as plain JSON values and back, exactly; what equals its default is left out."""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Plain = Any
Kind = TypeVar("Kind")


def to_plain(value: Any) -> Plain:
    """A value as JSON knows it."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    kind: Any = type(value)
    return {name: to_plain(held) for name, default in _defaults(kind) if (held := getattr(value, name)) != default}


def from_plain(kind: type[Kind], plain: Plain) -> Kind:
    """A value of a kind from its JSON form."""
    wanted: Any = kind
    made: Kind = _maker(wanted)(plain)
    return made


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, None if field.default is MISSING else field.default) for field in fields(kind))


@cache
def _maker(kind: Any) -> Callable[[Plain], Any]:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        makers = {field.name: _maker(hints[field.name]) for field in fields(kind)}
        return lambda plain: kind(**{name: makers[name](held) for name, held in plain.items()})
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (_maker(part) for part in get_args(kind) if part is not NoneType)
        return lambda plain: None if plain is None else inner(plain)
    if get_origin(kind) is tuple:
        return _tuple_maker(get_args(kind))
    if kind is date:
        return date.fromisoformat
    return kind  # type: ignore[no-any-return]


def _tuple_maker(parts: tuple[Any, ...]) -> Callable[[Plain], Any]:
    if parts[-1] is Ellipsis:
        each = _maker(parts[0])
        return lambda plain: tuple(each(item) for item in plain)
    makers = tuple(_maker(part) for part in parts)
    return lambda plain: tuple(make(item) for make, item in zip(makers, plain, strict=True))

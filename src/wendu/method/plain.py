"""Named tuples as plain JSON values and back, exactly; what equals its default is left out."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Plain = Any
Kind = TypeVar("Kind")
Writer = Callable[[Any], Plain]
Maker = Callable[[Plain], Any]


def to_plain(record: Any) -> dict[str, Plain]:
    """A record as JSON knows it."""
    kind: Any = type(record)
    plain: dict[str, Plain] = _record_writer(kind)(record)
    return plain


def from_plain(kind: type[Kind], plain: Plain) -> Kind:
    """A record of a kind from its JSON form."""
    wanted: Any = kind
    made: Kind = _maker(wanted)(plain)
    return made


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    """The fields of a record and what each is when nothing is said; None stands for "must be said"."""
    return {name: kind._field_defaults.get(name) for name in kind._fields}


def _is_record(kind: Any) -> bool:
    return hasattr(kind, "_fields")


def _inner(kind: Any) -> Any:
    """The kind that may be missing, of `Kind | None`."""
    (inner,) = (part for part in get_args(kind) if part is not NoneType)
    return inner


@cache
def _writer(kind: Any) -> Writer | None:
    """How a kind is written; None for what JSON knows already, so that it costs nothing."""
    if _is_record(kind):
        return _record_writer(kind)
    if get_origin(kind) in (Union, UnionType):
        inner = _writer(_inner(kind))
        return inner and (lambda held: None if held is None else inner(held))
    if get_origin(kind) is tuple:
        return _tuple_writer(get_args(kind))
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, Enum):
        return {member: member.value for member in kind}.__getitem__  # a table answers faster than the property
    return None


@cache
def _record_writer(kind: Any) -> Writer:
    hints = get_type_hints(kind)
    writers = tuple((name, default, _writer(hints[name])) for name, default in _defaults(kind).items())

    def written(record: Any) -> dict[str, Plain]:
        plain = {}
        for (name, default, writer), held in zip(writers, record, strict=True):
            if held is not default and (default is None or held != default):
                plain[name] = held if writer is None else writer(held)
        return plain

    return written


def _tuple_writer(parts: tuple[Any, ...]) -> Writer:
    if parts[-1] is Ellipsis:
        each = _writer(parts[0])
        return list if each is None else lambda held: [each(item) for item in held]
    writers = tuple(_writer(part) for part in parts)
    return lambda held: [item if write is None else write(item) for write, item in zip(writers, held, strict=True)]


@cache
def _maker(kind: Any) -> Maker:
    if _is_record(kind):
        hints = get_type_hints(kind)
        makers = {name: _maker(hints[name]) for name in _defaults(kind)}
        return lambda plain: kind(**{name: makers[name](held) for name, held in plain.items()})
    if get_origin(kind) in (Union, UnionType):
        inner = _maker(_inner(kind))
        return lambda plain: None if plain is None else inner(plain)
    if get_origin(kind) is tuple:
        return _tuple_maker(get_args(kind))
    if kind is date:
        return date.fromisoformat
    return kind  # type: ignore[no-any-return]


def _tuple_maker(parts: tuple[Any, ...]) -> Maker:
    if parts[-1] is Ellipsis:
        each = _maker(parts[0])
        return lambda plain: tuple([each(item) for item in plain])
    makers = tuple(_maker(part) for part in parts)
    return lambda plain: tuple(make(item) for make, item in zip(makers, plain, strict=True))

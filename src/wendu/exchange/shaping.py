"""From the cells of a row to named texts: columns recognised or mapped, values replaced, split, looked up, composed."""

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_noop as _n

from wendu.exchange.errors import (
    BadMap,
    CellInError,
    CellNotComputed,
    ColumnMissing,
    NoHeader,
    NoTextSign,
    TooManyCells,
)
from wendu.exchange.maps import ImportMap, Lookup, said
from wendu.exchange.reading import open_table
from wendu.exchange.report import Rejection
from wendu.exchange.vocabulary import ABOUT, NEEDED, all_fields, fields_of, header_words, key_of
from wendu.kernel.errors import ActionError

CUSTOM = "custom."
SHOWN = 8
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})


@dataclass(slots=True)
class Row:
    """One row of the file: its number, its cells, and what the fields of our side would hold."""

    number: int
    cells: list[str]
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """A looked-up file: per value of its key the fields it fills."""

    at: int
    rows: Mapping[str, Mapping[str, str]]


class Shape:
    """How the rows of one file are read; made once from its header and the map."""

    def __init__(
        self,
        kind: str,
        header: Sequence[str],
        by: ImportMap | None,
        *,
        near: Sequence[Path] = (),
        width: int = 0,
        own: Mapping[str, str] | None = None,
    ) -> None:
        self._own = own or {}
        self.width = max(width, len(header))
        self.kind, self.header, self.map = kind, tuple(header), by or ImportMap.model_validate({"kind": kind})
        self._place = {name: position for position, name in reversed(list(enumerate(header)))}
        self._columns = self._chosen() or self._recognised()
        self._values = {
            self._at(name): {key_of(old): new for old, new in words.items()} for name, words in self.map.values.items()
        }
        self._splits = [(self._at(split.column), split) for split in self.map.splits]
        self._lookups = [_looked_up(lookup, self._at(lookup.column), near) for lookup in self.map.lookups]
        self._composed = {name: _parts(text) for name, text in self.map.compose.items()}
        self._check_fields()

    def read(self, number: int, cells: list[str]) -> Row:
        """Give the named texts of one row."""
        row, texts = Row(number, cells), self._texts(cells)
        values = row.values
        for position, name in self._columns:
            if texts[position] and name not in values:
                values[name] = texts[position]
        for position, split in self._splits:
            pieces = texts[position].split(split.by, len(split.into) - 1)
            values.update({name: piece.strip() for name, piece in zip(split.into, pieces, strict=False) if piece})
        for known in self._lookups:
            for name, text in known.rows.get(key_of(texts[known.at]), {}).items():
                values.setdefault(name, text)
        for name, parts in self._composed.items():
            self._compose(values, name, parts, texts)
        for name, text in self.map.defaults.items():
            values.setdefault(name, text)
        return row

    def field_at(self, place: int) -> str | None:
        """The field a column fills, itself or by being split, if it fills any."""
        named = (*self._columns, *((position, split.into[0]) for position, split in self._splits))
        return next((name for position, name in named if position == place), None)

    def unusable(self, faults: Sequence[tuple[int, str]]) -> list[ActionError]:
        """Refusals for the cells of a workbook that hold no value, in columns that count."""
        named = [(self.field_at(place), error) for place, error in faults]
        return [(CellInError(value=error) if error else CellNotComputed()).at(name) for name, error in named if name]

    def rejections(self, row: Row, refusals: Iterable[ActionError]) -> list[Rejection]:
        """Why a row is not taken, each reason with its column as the file calls it."""
        return [Rejection(row.number, self.column(refusal.field), refusal.code, refusal.text()) for refusal in refusals]

    def column(self, name: str | None) -> str:
        """Name the column a field came from, as the file calls it."""
        for position, found in self._columns:
            if found == name:
                return self.header[position]
        for position, split in self._splits:
            if name in split.into:
                return self.header[position]
        return name or ""

    @property
    def fields(self) -> set[str]:
        """All fields this file can fill."""
        found = {name for _, name in self._columns} | set(self.map.defaults) | set(self.map.compose)
        found |= {name for split in self.map.splits for name in split.into}
        return found | {name for lookup in self.map.lookups for name in lookup.take.values()}

    def _texts(self, cells: list[str]) -> list[str]:
        """The cells as far as the header goes, words replaced as the map says; a row that cannot be read is refused."""
        if len(cells) > self.width and any(cell.strip() for cell in cells[self.width :]):
            raise TooManyCells(cells=len(cells), columns=self.width)
        if "\0" in (whole := "".join(cells)) or "#" in whole:
            self._refuse_unusable(cells)
        texts = [cell.strip() for cell in cells]
        texts += [""] * (len(self.header) - len(texts))
        for position, words in self._values.items():
            texts[position] = words.get(key_of(texts[position]), texts[position])
        return texts

    def _refuse_unusable(self, cells: list[str]) -> None:
        """Refuse what is no text, and the error of a spreadsheet that was saved as one."""
        for place, cell in enumerate(cells):
            name = self.field_at(place) if "\0" in cell or cell.strip() in ERRORS else None
            if name is not None:
                raise (NoTextSign() if "\0" in cell else CellInError(value=cell.strip())).at(name)

    def _chosen(self) -> list[tuple[int, str]]:
        """The columns the map speaks of, by name or by place; one beyond the end of the header is not there."""
        beyond = next((place for place in self.map.places if not 0 <= place < len(self.header)), None)
        if beyond is not None:
            raise ColumnMissing(wanted=str(beyond), found=", ".join(self.header)[:200])
        return [
            *((self._at(column), name) for column, name in self.map.columns.items()),
            *((place, name) for place, name in self.map.places.items()),
        ]

    def _recognised(self) -> list[tuple[int, str]]:
        names = {**self._own, **fields_of(self.kind)}
        found = [(position, names[key_of(head)]) for position, head in enumerate(self.header) if key_of(head) in names]
        found += [
            (position, head.strip())
            for position, head in enumerate(self.header)
            if self.kind in ABOUT and head.startswith(CUSTOM)
        ]
        if not found:
            wanted = ", ".join(header_words(self.kind, name) for name in all_fields(self.kind)[:SHOWN])
            raise NoHeader(found=", ".join(self.header)[:200], wanted=wanted)
        return found

    def _at(self, column: str) -> int:
        for position, head in enumerate(self.header):
            if key_of(head) == key_of(column):
                return position
        raise ColumnMissing(wanted=column, found=", ".join(self.header)[:200])

    def _check_fields(self) -> None:
        known = set(all_fields(self.kind))
        for name in self.fields:
            if name not in known and not (self.kind in ABOUT and name.startswith(CUSTOM)):
                allowed = ", ".join(sorted(known))
                problem = said(_n("is no field of ours. Use one of: %(allowed)s."), allowed=allowed)
                raise BadMap(file="-", place=name, problem=problem)
        for choices in NEEDED[self.kind]:
            if not self.fields & set(choices):
                wanted = " / ".join(header_words(self.kind, name) for name in choices)
                raise ColumnMissing(wanted=wanted, found=", ".join(self.header)[:200])

    def _compose(self, values: dict[str, str], name: str, parts: Sequence[tuple[str, str]], texts: list[str]) -> None:
        pieces = [(before, texts[self._at(column)] if column else "") for before, column in parts]
        if name not in values and all(text for (_, column), (_, text) in zip(parts, pieces, strict=True) if column):
            values[name] = "".join(before + text for before, text in pieces).strip()


def _parts(text: str) -> list[tuple[str, str]]:
    return [(before, column or "") for before, column, _, _ in string.Formatter().parse(text)]


def _looked_up(lookup: Lookup, position: int, near: Sequence[Path]) -> _Known:
    """Read a file of lookups whole; it stands beside the data or beside the map."""
    path = next((found for folder in near if (found := folder / lookup.file).is_file()), Path(lookup.file))
    table = open_table(path)
    heads = {key_of(head): number for number, head in enumerate(table.header)}
    missing = next((name for name in (lookup.key, *lookup.take) if key_of(name) not in heads), None)
    if missing is not None:
        raise ColumnMissing(wanted=missing, found=", ".join(table.header))
    taken = {heads[key_of(column)]: name for column, name in lookup.take.items()}
    rows = {}
    for _, given in table.rows():
        cells = [*given, *[""] * (len(table.header) - len(given))]
        rows[key_of(cells[heads[key_of(lookup.key)]])] = {
            name: cells[number].strip() for number, name in taken.items() if cells[number].strip()
        }
    return _Known(position, rows)

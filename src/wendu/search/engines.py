"""The SQL of finding, for both databases: the permission stands inside the query, in one place for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from wendu.search.models import Entry
from wendu.search.tokens import TEXT, Term

COLUMNS = "e.id, e.kind, e.object_id, e.object_uuid, e.customer_id, e.title, e.subtitle, e.title_key, e.folded"
LATEST = 1500  # rows PostgreSQL reads before it asks its index
PAIR = 2
Condition = tuple[str, list[Any]]
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Sight:
    """The customers one query may look at; `is_narrow` if they are so few that reading all of them is faster.

    Are they `is_middling`, the keys of their entries are collected: what many others hold, too, is then passed over
    without a look at each of those.
    """

    sql: str
    params: tuple[Any, ...]
    is_narrow: bool = False
    is_middling: bool = False
    kinds: tuple[str, ...] = field(default=())

    def where(self, key: str = "e.id") -> tuple[str, list[Any]]:
        """The condition that keeps an entry, known by this key, only if its customer may be seen."""
        if self.is_narrow:
            sql = f"e.customer_id IN ({self.sql})"
        elif self.is_middling and not _on_postgresql():
            # The plus keeps SQLite from beginning with all of these keys instead of with what was asked for.
            sql = f"+{key} IN (SELECT m.id FROM search_entry m WHERE m.customer_id IN ({self.sql}))"  # noqa: S608  ours
        else:
            # OFFSET 0 keeps PostgreSQL from reading all customers first: few entries are asked about, one by one.
            fence = "OFFSET 0" if _on_postgresql() else ""
            sql = f"EXISTS (SELECT 1 FROM ({self.sql}) seen WHERE seen.id = e.customer_id {fence})"  # noqa: S608  ours
        params = list(self.params)
        if self.kinds:
            sql += f" AND e.kind IN ({', '.join(['%s'] * len(self.kinds))})"
            params += self.kinds
        return sql, params


def sight_of(customers: QuerySet[Any], *, kinds: Sequence[str], narrow_up_to: int, middling_up_to: int) -> Sight | None:
    """Prepare the customers a query may look at; None if there are none."""
    ids = customers.order_by().values("id")
    try:
        sql, params = ids.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql} LIMIT %s) few", [*params, middling_up_to + 1])  # noqa: S608  ours
        count = int(cursor.fetchone()[0])
    return Sight(sql, tuple(params), count <= narrow_up_to, count <= middling_up_to, tuple(kinds)) if count else None


def beginning_with(key: str, sight: Sight, *, limit: int) -> list[Entry]:
    """Entries whose title begins with this, the title itself first."""
    seen, params = sight.where()
    column = 'e.title_key COLLATE "C"' if _on_postgresql() else "e.title_key"
    sql = f"SELECT {COLUMNS} FROM search_entry e WHERE {column} >= %s AND {column} < %s AND {seen} ORDER BY {column}, e.id LIMIT %s"  # noqa: E501, S608
    return list(Entry.objects.raw(sql, [key, key + _AFTER_ALL, *params, limit]))


def holding(terms: Sequence[Term], places: Sequence[str], sight: Sight, *, limit: int) -> list[Entry]:
    """Entries that hold every term in one of the places: the latest of them, unless they are rare."""
    if sight.is_narrow:
        return _read("search_entry e", _by_reading(terms, places), sight, order="e.id DESC", limit=limit)
    if not _on_postgresql():
        # CROSS JOIN keeps SQLite from starting at the entries: the index gives rows latest first, and we stop early.
        source = "search_words w CROSS JOIN search_entry e ON e.id = w.rowid"
        match = _both(("w.search_words MATCH %s", [_fts5(terms, places)]), _in_a_row(terms, places))
        return _read(source, match, sight, order="w.rowid DESC", limit=limit, key="w.rowid")
    # GIN gives all rows or none: what is common is found sooner by reading the latest rows, what is rare by the index.
    source = f"(SELECT * FROM search_entry ORDER BY id DESC LIMIT {LATEST}) e"  # noqa: S608  a number of ours
    found = _read(source, _by_reading(terms, places), sight, order="e.id DESC", limit=limit)
    if len(found) < limit:
        match = _both(("search_vector(e.tokens) @@ %s::tsquery", [_tsquery(terms, places)]), _in_a_row(terms, places))
        found = _read("search_entry e", match, sight, order="", limit=limit)
    return found


def _read(source: str, match: Condition, sight: Sight, *, order: str, limit: int, key: str = "e.id") -> list[Entry]:
    seen, params = sight.where(key)
    order = f"ORDER BY {order}" if order else ""
    sql = f"SELECT {COLUMNS} FROM {source} WHERE {match[0]} AND {seen} {order} LIMIT %s"  # noqa: S608  all ours
    return list(Entry.objects.raw(sql, [*match[1], *params, limit]))


def _both(one: Condition, other: Condition) -> Condition:
    return f"{one[0]} AND {other[0]}", [*one[1], *other[1]]


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _by_reading(terms: Sequence[Term], places: Sequence[str]) -> Condition:
    """The tokens looked for in the row itself, without an index."""
    position = "strpos" if _on_postgresql() else "instr"
    parts: list[str] = []
    params: list[Any] = []
    for term in terms:
        choices = []
        for place in places:
            wanted = [f" {place}{token}" + ("" if term.is_prefix else " ") for token in term.tokens]
            choices.append(" AND ".join([f"{position}(e.tokens, %s) > 0"] * len(wanted)))
            params += wanted
        parts.append("(" + " OR ".join(f"({choice})" for choice in choices) + ")")
    return _both((" AND ".join(parts), params), _in_a_row(terms, places))


def _in_a_row(terms: Sequence[Term], places: Sequence[str]) -> Condition:
    """Pairs that are all there need not stand in a row: three signs and more are looked for in the text itself."""
    longer = [term.text for term in terms if term.is_chinese and len(term.text) > PAIR]
    text = "e.folded"
    if TEXT not in places:
        on_sqlite = "substr(e.folded, 1, instr(e.folded, char(10)))"
        text = "split_part(e.folded, chr(10), 1)" if _on_postgresql() else on_sqlite
    one = f"{'strpos' if _on_postgresql() else 'instr'}({text}, %s) > 0"
    return " AND ".join([one] * len(longer)) or "TRUE", longer


def _tsquery(terms: Sequence[Term], places: Sequence[str]) -> str:
    def lexeme(term: Term, token: str) -> str:
        return f"'{token}'" + (":*" if term.is_prefix else "")

    return _formula(terms, places, lexeme, " & ", " | ")


def _fts5(terms: Sequence[Term], places: Sequence[str]) -> str:
    def phrase(term: Term, token: str) -> str:
        return f'"{token}"' + ("*" if term.is_prefix else "")

    return _formula(terms, places, phrase, " AND ", " OR ")


def _formula(terms: Sequence[Term], places: Sequence[str], word: Any, both: str, either: str) -> str:
    """Every term in at least one place; tokens are letters and digits only, so nothing can break out of the quotes."""
    parts = []
    for term in terms:
        choices = [f"({both.join(word(term, place + token) for token in term.tokens)})" for place in places]
        parts.append(f"({either.join(choices)})")
    return both.join(parts)

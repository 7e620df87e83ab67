"""The SQL of finding, for both databases: the permission stands inside the query, in one place for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from wendu.search.models import Entry
from wendu.search.tokens import Term

COLUMNS = "e.id, e.kind, e.object_id, e.object_uuid, e.customer_id, e.title, e.subtitle, e.title_key, e.folded"
VECTOR = "array_to_tsvector(string_to_array(btrim(e.tokens), ' '))"
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Sight:
    """The customers one query may look at; `is_narrow` if they are so few that reading all of them is faster."""

    sql: str
    params: tuple[Any, ...]
    is_narrow: bool = False
    kinds: tuple[str, ...] = field(default=())

    def where(self) -> tuple[str, list[Any]]:
        """The condition that keeps an entry only if its customer may be seen."""
        if self.is_narrow:
            sql = f"e.customer_id IN ({self.sql})"
        else:
            sql = f"EXISTS (SELECT 1 FROM ({self.sql}) seen WHERE seen.id = e.customer_id)"  # noqa: S608  Django's own
        params = list(self.params)
        if self.kinds:
            sql += f" AND e.kind IN ({', '.join(['%s'] * len(self.kinds))})"
            params += self.kinds
        return sql, params


def sight_of(customers: QuerySet[Any], *, kinds: Sequence[str], narrow_up_to: int) -> Sight | None:
    """Prepare the customers a query may look at; None if there are none."""
    ids = customers.order_by().values("id")
    try:
        sql, params = ids.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql} LIMIT %s) few", [*params, narrow_up_to + 1])  # noqa: S608  ours
        count = int(cursor.fetchone()[0])
    return Sight(sql, tuple(params), count <= narrow_up_to, tuple(kinds)) if count else None


def beginning_with(key: str, sight: Sight, *, limit: int) -> list[Entry]:
    """Entries whose title begins with this, the title itself first."""
    seen, params = sight.where()
    column = 'e.title_key COLLATE "C"' if _on_postgresql() else "e.title_key"
    sql = f"SELECT {COLUMNS} FROM search_entry e WHERE {column} >= %s AND {column} < %s AND {seen} ORDER BY {column}, e.id LIMIT %s"  # noqa: E501, S608
    return list(Entry.objects.raw(sql, [key, key + _AFTER_ALL, *params, limit]))


def holding(
    terms: Sequence[Term], places: Sequence[str], sight: Sight, *, before: int | None, limit: int
) -> list[Entry]:
    """Entries that hold every term in one of the places, latest first, from before an id on."""
    seen, params = sight.where()
    source = "search_entry e"
    if sight.is_narrow:
        match, match_params = _by_reading(terms, places)
    elif _on_postgresql():
        match, match_params = f"{VECTOR} @@ %s::tsquery", [_tsquery(terms, places)]
    else:
        # CROSS JOIN keeps SQLite from starting at the entries: the index gives rows latest first, and we stop early.
        source = "search_words w CROSS JOIN search_entry e ON e.id = w.rowid"
        match, match_params = "w.search_words MATCH %s", [_fts5(terms, places)]
    number = "w.rowid" if source.startswith("search_words") else "e.id"
    if before is not None:
        match += f" AND {number} < %s"
        match_params.append(before)
    sql = f"SELECT {COLUMNS} FROM {source} WHERE {match} AND {seen} ORDER BY {number} DESC LIMIT %s"  # noqa: S608
    return list(Entry.objects.raw(sql, [*match_params, *params, limit]))


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _by_reading(terms: Sequence[Term], places: Sequence[str]) -> tuple[str, list[Any]]:
    position = "strpos" if _on_postgresql() else "instr"
    parts, params = [], []
    for term in terms:
        choices = []
        for place in places:
            wanted = [f" {place}{token}" + ("" if term.is_prefix else " ") for token in term.tokens]
            choices.append(" AND ".join([f"{position}(e.tokens, %s) > 0"] * len(wanted)))
            params += wanted
        parts.append("(" + " OR ".join(f"({choice})" for choice in choices) + ")")
    return " AND ".join(parts), params


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

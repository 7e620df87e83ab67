"""Finding: what this user may see, best match first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from wendu.access.scope import scope_of
from wendu.search.engines import Sight, beginning_with, holding, sight_of
from wendu.search.models import TITLE_KEY_LENGTH, Entry
from wendu.search.tokens import SECRET, TEXT, TITLE, Term, compact, fold, terms
from wendu.search.visibility import clear_customers, reads_all_in_clear, visible_customers

CANDIDATES = 120
NARROW, MIDDLING = 2_000, 10_000
MOST_HITS = 100


def find(text: str, *, user: Any, kinds: Sequence[str] | None = None, limit: int = 20) -> list[Entry]:
    """What answers to the text and may be seen by the user: titles that begin so, then titles, then all else.

    Found are one Chinese sign or more in a row, pinyin and initials from any sign of a title on, parts of words,
    numbers by any of their parts (four digits or more of them); several words must all be found.
    """
    wanted = terms(text)
    limit = min(limit, MOST_HITS)
    if not wanted or limit < 1 or scope_of(user).sees_nothing:
        return []
    sight = _sight(visible_customers(user), kinds or ())
    if sight is None:
        return []
    hits: dict[int, Entry] = {}
    for stage in _stages(text, wanted, user, sight, limit):
        for entry in stage:
            hits.setdefault(entry.pk, entry)
        if len(hits) >= limit:
            break
    return list(hits.values())[:limit]


def _stages(text: str, wanted: list[Term], user: Any, sight: Sight, limit: int) -> Iterator[list[Entry]]:
    """Each stage is looked at only while the ones before it gave too little.

    A stage that gave too little gave all there is: of a single word only the other places are left to look in.
    """
    key, is_one = compact(fold(text))[:TITLE_KEY_LENGTH], len(wanted) == 1
    yield beginning_with(key, sight, limit=limit)
    yield _best(wanted, (TITLE,), sight, key)
    if reads_all_in_clear(user):
        yield _best(wanted, (TEXT, SECRET) if is_one else (TITLE, TEXT, SECRET), sight, key)
        return
    yield _best(wanted, (TEXT,) if is_one else (TITLE, TEXT), sight, key)
    clear = _sight(clear_customers(user), sight.kinds)
    if clear is not None:
        yield _best(wanted, (SECRET,) if is_one else (TITLE, TEXT, SECRET), clear, key)


def _sight(customers: QuerySet[Any], kinds: Sequence[str]) -> Sight | None:
    return sight_of(customers, kinds=kinds, narrow_up_to=NARROW, middling_up_to=MIDDLING)


def _best(wanted: list[Term], places: Sequence[str], sight: Sight, key: str) -> list[Entry]:
    found = holding(wanted, places, sight, limit=CANDIDATES)
    return sorted(found, key=lambda entry: _rank(entry, wanted, key))


def _rank(entry: Entry, wanted: list[Term], key: str) -> tuple[bool, bool, bool, int, int]:
    title = entry.title_key
    in_title = all(term.text in title for term in wanted)
    return title != key, not title.startswith(key), not in_title, len(entry.title), -entry.pk

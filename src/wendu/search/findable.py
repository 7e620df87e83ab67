"""What a room hands over so that a thing of it can be found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from wendu.search.models import TITLE_KEY_LENGTH
from wendu.search.tokens import LONGEST_TEXT, compact, fold, tokens_of

LONGEST_TITLE = 300


class Findable(NamedTuple):
    """A thing to be found: how it is called, what else it answers to, and whose customer it is about.

    By `secrets` (numbers, addresses) it is found only by those who may read them.
    """

    kind: str
    object_id: int
    object_uuid: UUID
    customer_id: int
    title: str
    subtitle: str = ""
    text: str = ""
    secrets: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """The words as the index keeps them."""
        return words_of(self.title, self.subtitle, text=self.text, secrets=self.secrets)


class Prepared(NamedTuple):
    """A thing just written, and the words it answers to, prepared before."""

    kind: str
    object_id: int
    object_uuid: UUID
    customer_id: int
    words: Words


class Words(NamedTuple):
    """The words of a thing as the index keeps them, under the names of its columns."""

    title: str
    subtitle: str
    title_key: str
    folded: str
    tokens: str


def words_of(title: str, subtitle: str = "", *, text: str = "", secrets: Iterable[str] = ()) -> Words:
    """Prepare what a thing answers to; needs no database, so that it can be done before a transaction begins."""
    title, text = title[:LONGEST_TITLE], fold(text[:LONGEST_TEXT])
    folded = fold(title)
    return Words(
        title=title,
        subtitle=subtitle[:LONGEST_TITLE],
        title_key=compact(folded)[:TITLE_KEY_LENGTH],
        folded=f"{folded}\n{text}",
        tokens=tokens_of(title=folded, text=text, secrets=secrets),
    )

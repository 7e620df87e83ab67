"""From words to tokens: the same ones for SQLite and PostgreSQL, which both take them as they are.

A token stands in one of three places, told apart by its first sign: the title (none), other text (`_`), and numbers and
addresses only some may search by (`#`). Chinese is cut into single signs and pairs; a title also answers to its pinyin
and initials from any of its signs on, and a Latin word in it to any part of itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from wendu.search.spoken import syllables

TITLE, TEXT, SECRET = "", "_", "#"

LONGEST_TEXT = 1000
LONGEST_PART = 24  # letters of one word up to which any part of it is found
PINYIN_WINDOW = 6  # syllables found from the middle of a title; from its start all
INITIALS_WINDOW = 8
SHORTEST_TAIL = 4
MOST_TERMS = 8
MOST_SIGNS = 60
MANY_RUNS = 8192  # names of people, cities and products come again and again

_CJK = "々〇\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"([{_CJK}]+)|((?:(?![{_CJK}])[^\W_])+)")
_PLAIN = re.compile("[\u4e00-\u9fff -~]*")
_ACCENTS = re.compile("[\u0300-\u036f]")
_NUMBER = re.compile(r"[\d\s()+./#*-]+")
_CHINA = "86"


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of what was typed: a run of Chinese, or a word or number."""

    text: str
    is_chinese: bool

    @property
    def tokens(self) -> list[str]:
        """The tokens that must all be there."""
        return _pairs(self.text) if self.is_chinese and len(self.text) > 1 else [self.text]

    @property
    def is_prefix(self) -> bool:
        """Tell whether a token that only begins like this will do."""
        return not self.is_chinese and len(self.text) > 1


def fold(text: str) -> str:
    """Write a text the way it is compared: full width, case and accents aside."""
    if _PLAIN.fullmatch(text):
        return text.lower()
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))


def compact(text: str) -> str:
    """Write a folded text without anything between its words, to compare beginnings."""
    return "".join(run for run, _ in _runs(text))


def terms(text: str) -> list[Term]:
    """Cut what was typed into the terms that must all be found."""
    found = [Term(run, is_chinese) for run, is_chinese in _runs(fold(text[: 4 * MOST_SIGNS]))]
    return list(dict.fromkeys(found))[:MOST_TERMS]


def answers(text: str, *, title: str) -> bool:
    """Tell whether a title answers to what was typed, as an entry of the index would; nothing typed, no answer."""
    held, wanted = tokens_of(title=fold(title)), terms(text)
    needed = [f" {token}" + ("" if term.is_prefix else " ") for term in wanted for token in term.tokens]
    return bool(wanted) and all(token in held for token in needed)


def tokens_of(*, title: str, text: str = "", secrets: Iterable[str] = ()) -> str:
    """All tokens of a findable thing, each between two spaces; `title` and `text` are folded."""
    found: list[str] = []
    for run, is_chinese in _runs(title):
        found += _chinese(run) if is_chinese else _parts(run)
    for run, is_chinese in _runs(text):
        found += _elsewhere(run) if is_chinese else (TEXT + run,)
    for secret in secrets:
        found += [SECRET + token for token in _secret_tokens(secret)]
    return f" {' '.join(dict.fromkeys(found))} " if found else ""


def _runs(folded: str) -> list[tuple[str, bool]]:
    return [(chinese or latin, bool(chinese)) for chinese, latin in _RUN.findall(folded)]


def _pairs(run: str) -> list[str]:
    return [first + second for first, second in pairwise(run)]


def _parts(run: str) -> list[str]:
    """A Latin word of a title: itself, its first letter, and all it ends with."""
    part = run[:LONGEST_PART]
    return [run, run[0], *[part[i:] for i in range(len(part) - 1)]]


@lru_cache(maxsize=MANY_RUNS)
def _chinese(run: str) -> tuple[str, ...]:
    """A run of Chinese in a title: its signs, its pairs, and how it is spoken."""
    return (*run, *_pairs(run), *_spoken(run))


@lru_cache(maxsize=MANY_RUNS)
def _elsewhere(run: str) -> tuple[str, ...]:
    """A run of Chinese in other text."""
    return (*[TEXT + sign for sign in run], *[TEXT + pair for pair in _pairs(run)])


def _spoken(run: str) -> list[str]:
    """Pinyin and initials of a run, from each of its signs on."""
    spoken = syllables(run)
    if not spoken:
        return []
    pinyin, initials = "".join(spoken), "".join([syllable[0] for syllable in spoken])
    found = [initials[0], pinyin, initials]
    starts = [0, *accumulate(map(len, spoken))]
    for i in range(1, len(spoken) - 1):
        found.append(pinyin[starts[i] : starts[min(i + PINYIN_WINDOW, len(spoken))]])
        found.append(initials[i : i + INITIALS_WINDOW])
    return [*found, spoken[-1]]


def _secret_tokens(secret: str) -> Iterator[str]:
    if _NUMBER.fullmatch(secret):
        yield from _phone_tokens(secret)
    else:
        yield from (run for run, _ in _runs(fold(secret)))


def _phone_tokens(phone: str) -> Iterator[str]:
    """A number in full, without its country, with the trunk 0, and each of its tails."""
    digits = "".join(sign for sign in fold(phone) if sign.isdecimal())
    if not digits:
        return
    yield digits
    if phone.strip().startswith("+") and digits.startswith(_CHINA):
        local = digits.removeprefix(_CHINA)
        yield local
        if not local.startswith("1"):
            yield f"0{local}"
    yield from (digits[-length:] for length in range(SHORTEST_TAIL, len(digits)))

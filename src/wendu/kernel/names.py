"""Names as people write them, and the key under which two spellings of one name meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HIDDEN = {"Cc", "Cs", "Cn", "Co"}
_INVISIBLE = {"\ufeff", "\u200b", "\u200e", "\u200f", "\u2028", "\u2029"}
_CHINESE_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "控股集团", "集团公司", "集团", "株式会社")
_LATIN = """
ab ag bv co company corp corporation gmbh group holding holdings inc incorporated kg kk limited llc llp ltd nv oy
plc pte pty sa sarl spa srl
"""
_LATIN_FORMS = frozenset(_LATIN.split())


def tidy_line(text: str) -> str:
    """Clean one line of typed text: no control characters, single spaces, nothing around it."""
    return " ".join(_printable(text, keep="\t\n\r").split())


def tidy_text(text: str) -> str:
    """Clean text of several lines: line ends become one kind, control characters go."""
    lines = _printable(text, keep="\t\n\r").replace("\r\n", "\n").replace("\r", "\n")
    return lines.strip()


@lru_cache(maxsize=4096)
def normalise_name(name: str) -> str:
    """Give the key of a firm's or person's name: width, case, spaces, brackets and legal forms do not count."""
    plain = unicodedata.normalize("NFKC", tidy_line(name)).casefold().replace(".", "").replace("'", "")
    words = [word for word in re.split(r"[\W_]+", plain) if word]
    kept = _without_latin_forms(words)
    key = _without_chinese_forms("".join(kept))
    return (key or plain.strip())[:200]


def _printable(text: str, *, keep: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        mark for mark in text if mark in keep or (mark not in _INVISIBLE and unicodedata.category(mark) not in _HIDDEN)
    )


def _without_latin_forms(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and words[end - 1] in _LATIN_FORMS:
        end -= 1
    return words[:end]


def _without_chinese_forms(key: str) -> str:
    shorter = key
    while shorter.endswith(_CHINESE_FORMS):
        form = next((form for form in _CHINESE_FORMS if shorter.endswith(form) and len(shorter) > len(form)), None)
        if form is None:
            break
        shorter = shorter.removesuffix(form)
    return shorter

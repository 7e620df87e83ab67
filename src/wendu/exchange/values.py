"""Cells into values: days, numbers, yes or no, and words of closed lists."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from wendu.exchange.errors import UnknownWord, UnreadableDay, UnreadableNumber
from wendu.exchange.vocabulary import key_of

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+\d.*)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MOST_SHOWN = 14
SHORTEST_UUID = 36


def day_from(text: str, formats: Sequence[str] = ()) -> date:
    """Read a day: by the formats of the map first, else year, month and day in this order."""
    for form in formats:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    match = _DAY.fullmatch(text) or _PACKED.fullmatch(text)
    try:
        if match:
            return date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    raise UnreadableDay(value=text[:40])


def uuid_from(text: str) -> UUID | None:
    """Read the number we know a thing by; what does not look like one is none of ours."""
    if len(text) < SHORTEST_UUID or not _UUID.fullmatch(text):
        return None
    return UUID(text)


def word_from(text: str, words: dict[str, str]) -> str:
    """Read a word of a closed list, in Chinese or English or as its symbol."""
    found = words.get(key_of(text))
    if found is None:
        shown = list(dict.fromkeys(words.values()))
        raise UnknownWord(value=text[:40], allowed=", ".join(shown[:MOST_SHOWN]) + (" …" if shown[MOST_SHOWN:] else ""))
    return found


def number_from(text: str, least: int, most: int) -> int:
    """Read a whole number; `1,200` and `1200.0` are one too."""
    plain = text.replace(",", "").replace("，", "").strip()
    whole = plain.removesuffix(".0")
    if not re.fullmatch(r"\d{1,12}", whole) or not least <= int(whole) <= most:
        raise UnreadableNumber(value=text[:40], least=least, most=most)
    return int(whole)

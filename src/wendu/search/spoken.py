"""How Chinese signs are spoken, fast enough for a million names: sign by sign, but for phrases that are read otherwise.

The readings are pypinyin's. Its own phrase search takes a hundred times as long and differs only in rare overlaps.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

LONGEST_PHRASE = 6

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))


def syllables(run: str) -> list[str]:
    """The syllables of a run of Chinese, without tones; signs without a reading are left out."""
    phrases = _phrases()
    if phrases.keys().isdisjoint(map("".join, pairwise(run))):
        return list(filter(None, map(_syllable, run)))
    found: list[str] = []
    i = 0
    while i < len(run):
        for phrase, spoken in phrases.get(run[i : i + 2], ()):
            if run.startswith(phrase, i):
                found += spoken
                i += len(phrase)
                break
        else:
            syllable = _syllable(run[i])
            if syllable:
                found.append(syllable)
            i += 1
    return found


@cache
def _syllable(sign: str) -> str:
    return _plain(PINYIN_DICT.get(ord(sign), "").partition(",")[0])


@lru_cache(maxsize=4096)
def _plain(reading: str) -> str:
    """Write a reading as it is typed: lǜ is lv."""
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFD", reading).translate(_TONES)).replace("ü", "v")
    return "".join(letter for letter in unicodedata.normalize("NFD", letters) if "a" <= letter <= "z")


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """By two signs: every phrase that begins so, the longest first, if any of them is read otherwise (chong qing)."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    differing = set()
    for phrase, readings in PHRASES_DICT.items():
        if 2 <= len(phrase) <= LONGEST_PHRASE and len(readings) == len(phrase):  # noqa: PLR2004  one sign is no phrase
            spoken = tuple(_plain(reading[0]) for reading in readings)
            found.setdefault(phrase[:2], []).append((phrase, spoken))
            if any(syllable != _syllable(sign) for sign, syllable in zip(phrase, spoken, strict=True)):
                differing.add(phrase[:2])
    return {start: sorted(found[start], key=lambda item: len(item[0]), reverse=True) for start in differing}

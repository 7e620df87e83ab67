"""Text that would be a formula: guarded by an apostrophe on the way out, freed of it on the way in, without loss.

Spreadsheets compute a cell that begins with = + - @ (full width too) or after blanks and control characters. Such a
text leaves with one apostrophe in front, and a text that already looks guarded gets one more: reading back takes
exactly one away, so every text comes back as it was.
"""

import re
from collections.abc import Sequence

_LOOKS_LIVE = r"'*[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]|'*[\t\r\n\x00]"
_LIVE = re.compile(_LOOKS_LIVE)
_BETWEEN = "¤¤"  # begins no live cell; a text that holds it is looked at by itself, like its neighbours
_SOME_LIVE = re.compile(f"{_BETWEEN}(?:{_LOOKS_LIVE})")


def guarded_all(texts: Sequence[str]) -> Sequence[str]:
    """Write many texts for CSV cells; where none of them looks live, one look at all of them together tells so."""
    if _SOME_LIVE.search(_BETWEEN + _BETWEEN.join(texts)) is None:
        return texts
    return [guarded(text) for text in texts]


def guarded(text: str) -> str:
    """Write a text for a CSV cell: never live, and not longer than by one sign."""
    return f"'{text}" if _LIVE.match(text) else text


def freed(text: str) -> str:
    """Read a CSV cell back: take the one apostrophe away that `guarded` put there."""
    return text[1:] if text.startswith("'") and _LIVE.match(text[1:]) else text


def as_string(text: str) -> str:
    """Write a text for an XLSX cell, which is stored as text anyway: guarded only where reading would free it."""
    return f"'{text}" if freed(text) != text else text

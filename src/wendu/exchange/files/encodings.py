"""Which encoding a table of text is written in, told from every byte of it.

Unicode tells itself: by its mark, by its form, or (UTF-16 without a mark) by where its NULs stand. The older encodings
of Chinese and Japanese all read nearly any bytes, but into signs nobody writes: the one whose signs are the everyday
ones counts (the first level of GB 2312, of Big5, of JIS X 0208).
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, getincrementaldecoder
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wendu.exchange.errors import MixedEncodings, UnreadableEncoding

CHUNK_BYTES, SAMPLE_BYTES = 1 << 20, 1 << 18
MARKS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
OLDER = ("gb18030", "cp950", "cp932")
EVERYDAY, RARE, STRANGE = 1.0, 0.5, 0.1
LEADS = {
    "gb18030": frozenset({0xA1, 0xA3, *range(0xB0, 0xD8)}),
    "cp950": frozenset(range(0xA1, 0xC7)),
    "cp932": frozenset({*range(0x81, 0x84), *range(0x88, 0x98)}),
}
LOWEST_TRAIL, PAIR = {"gb18030": 0xA1}, 2
MOSTLY, NEARLY_ALL, TOO_MANY_CONTROLS = 0.6, 0.9, 0.3
_UNICODE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x80-\xbf]{3}")
_HIGH, _RUNS = re.compile(rb"[\x80-\xff]"), re.compile(rb"[\x80-\xff]+")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FAR = re.compile("[\u0590-\U0010ffff]")
_ODD = re.compile("[\u0180-\u036f\u0460-\u058f]")
_PLAIN_WIDE = re.compile("[\t\r\n -~\u2000-\u9fff\uff00-\uffef]")


def sniff_encoding(path: Path) -> str:
    """Tell the encoding of a whole file; one that is none, or several at once, is refused with the place."""
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding if _misfit(path, encoding) is None else _refuse(path, encoding)
    if b"\0" in start and (wide := _wide(path, start)):
        return wide
    if len(_CONTROLS.findall(start)) > TOO_MANY_CONTROLS * len(start):
        raise UnreadableEncoding(byte=0)
    sample = b"".join(_foreign_lines(path))
    wrong = _misfit(path, "utf-8")
    if wrong is None:
        return "gb18030" if _is_chinese_by_chance(sample) and _misfit(path, "gb18030") is None else "utf-8"
    return _older(path, sample, wrong)


def _older(path: Path, sample: bytes, wrong: int) -> str:
    """Choose among the older encodings by how everyday their signs are."""
    if _share_of_unicode(sample) > MOSTLY:
        raise MixedEncodings(row=_row_of(path, wrong))
    fitting = [encoding for encoding in OLDER if _misfit(path, encoding) is None]
    scores = {encoding: _everyday(sample, encoding) for encoding in fitting}
    best = max(fitting, key=lambda encoding: scores[encoding], default="")
    runs = _RUNS.findall(sample)
    is_western = sum(len(run) == 1 for run in runs) >= NEARLY_ALL * len(runs)
    if is_western and (not best or scores[best] < RARE) and _misfit(path, "cp1252") is None:
        return "cp1252"
    return best or _refuse(path, "gb18030")


def _refuse(path: Path, encoding: str) -> str:
    raise UnreadableEncoding(byte=_misfit(path, encoding))


def _misfit(path: Path, encoding: str) -> int | None:
    """Where the bytes stop being text of this encoding; signs nobody writes are no text either."""
    decoder, place = getincrementaldecoder(encoding)(), 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK_BYTES)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as wrong:
                return place + wrong.start
            if encoding in OLDER and not text.isascii() and _PRIVATE.search(text):
                return place
            if not chunk:
                return None
            place += len(chunk)


def _wide(path: Path, start: bytes) -> str:
    """UTF-16 without a mark: read the wrong way round, hardly a sign of it is one people write."""
    even = start[: len(start) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = even.decode(encoding, "ignore")
        is_plain = len(_PLAIN_WIDE.findall(text)) > NEARLY_ALL * len(even) / PAIR
        if is_plain and "\0" not in text and _misfit(path, encoding) is None:
            return encoding
    return ""


def _foreign_lines(path: Path) -> Iterator[bytes]:
    """The lines that are not ASCII, wherever they stand, until there are enough to judge by."""
    left = SAMPLE_BYTES
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(CHUNK_BYTES)):
            if chunk.isascii():
                continue
            for line in (chunk + file.readline()).splitlines(keepends=True):
                if left > 0 and not line.isascii():
                    left -= len(line)
                    yield line


def _is_chinese_by_chance(sample: bytes) -> bool:
    """Tell two-byte Chinese that happens to read as UTF-8, into letters of scripts that hardly anybody writes."""
    text = sample.decode("utf-8", "replace")
    if not sample or _FAR.search(text) or not _ODD.search(text):
        return False
    return _everyday(sample, "gb18030") >= NEARLY_ALL


def _share_of_unicode(sample: bytes) -> float:
    found = _UNICODE.findall(sample)
    return sum(map(len, found)) / max(1, len(_HIGH.findall(sample))) if len(found) > 1 else 0.0


def _everyday(sample: bytes, encoding: str) -> float:
    """How everyday the signs are that these bytes are in this encoding, from 0 to 1."""
    signs = Counter(sign for sign in sample.decode(encoding, "ignore") if not sign.isascii())
    told = sum(_weight(sign, encoding) * times for sign, times in signs.items())
    return told / max(1, signs.total())


def _weight(sign: str, encoding: str) -> float:
    raw = sign.encode(encoding, "ignore")
    if len(raw) != PAIR or raw[1] < LOWEST_TRAIL.get(encoding, 0):
        return STRANGE
    return EVERYDAY if raw[0] in LEADS[encoding] else RARE


def _row_of(path: Path, byte: int) -> int:
    with path.open("rb") as file:
        return file.read(byte).count(b"\n") + 1

"""The keys of the rows of a list, in its order, on the disk: eight bytes each, so that a million take eight megabytes.

They are written down in one go, as the list stood at that moment; the rows are read by them, piece by piece.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from wendu.exchange.outgoing.reading import CHUNK

EIGHT_BYTES, WRITTEN_AT_ONCE = "q", 50_000


class Keys:
    """A list of keys that was written down."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def write(cls, path: Path, keys: Iterable[int]) -> "Keys":
        """Write keys down as they come."""
        rest = iter(keys)
        with path.open("wb") as file:
            while some := array(EIGHT_BYTES, islice(rest, WRITTEN_AT_ONCE)):
                some.tofile(file)
        return cls(path)

    def __len__(self) -> int:
        """How many there are."""
        return self._path.stat().st_size // array(EIGHT_BYTES).itemsize

    def __iter__(self) -> Iterator[Sequence[int]]:
        """Some keys at a time."""
        with self._path.open("rb") as file:
            while piece := file.read(CHUNK * array(EIGHT_BYTES).itemsize):
                yield array(EIGHT_BYTES, piece).tolist()

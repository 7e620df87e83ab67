"""What the method answers: a value, its band, and the facts behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Number = int | float | str | bool | None
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Numbers(Mapping[str, Number]):
    """The facts of one reason: an immutable, hashable mapping in a fixed order."""

    items_: tuple[tuple[str, Number], ...] = ()

    def __getitem__(self, key: str) -> Number:
        for name, number in self.items_:
            if name == key:
                return number
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.items_)

    def __len__(self) -> int:
        return len(self.items_)


class Reason(NamedTuple):
    """One fact behind a reading: a stable code and its numbers, never a sentence."""

    code: str
    numbers: Numbers = Numbers()

    def to_json(self) -> dict[str, Any]:
        """Plain form for storage."""
        return {"code": self.code, "numbers": dict(self.numbers.items_)}


def because(code: str, **numbers: Number) -> Reason:
    """Write a reason the short way: `because("cooled", points=-3.2, days=5)`."""
    return Reason(code, Numbers(tuple(numbers.items())))


@dataclass(frozen=True, slots=True)
class Reading:
    """A judgement of the method with its reasons, what was missing, and whether it is provisional."""

    value: float | str | None
    band: str
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    provisional: bool = False


def reaches(score: float, threshold: float) -> bool:
    """Whether a score as thresholds see it is not below one; it needs rounding only close to it, which is slow."""
    return score >= threshold if abs(score - threshold) > CLOSE else exact(score) >= threshold


def exact(score: float) -> float:
    """A score as thresholds see it: rounded to nine decimals, so that no threshold is missed by a rounding error."""
    return round(score, 9)

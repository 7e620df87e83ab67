"""Numbers of the method as they are written: half up, a real minus sign."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


def whole(value: Any) -> str:
    """Without decimals; nothing for what is unknown."""
    if value is None or value == "":
        return ""
    return str(Decimal(str(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def counted(numbers: Mapping[str, Any], name: str) -> int:
    """How many of something, for the choice between one and many; what is unknown is many."""
    value = numbers.get(name)
    return 0 if value is None or value == "" else int(value)


def points(value: Any, *, signed: bool) -> str:
    """With one decimal where there is one: `+22.5`, `−17.4`, `59`."""
    if value is None:
        return ""
    number = Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    text = f"{abs(number):f}".removesuffix(".0")
    if number < 0:
        return f"−{text}"
    return f"+{text}" if signed else text


def times(factor: Any) -> str:
    """A factor: `×1.5`."""
    text = f"{Decimal(str(factor)).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return f"×{text}"

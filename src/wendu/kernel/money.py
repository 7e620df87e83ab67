"""Money is a whole number of minor units and a currency; it is never a float."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from wendu.kernel.currencies import SYMBOLS, minor_digits
from wendu.kernel.errors import ActionError

LARGEST_MINOR = 9_000_000_000_000_000
_UNITS = {"亿": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1000}
_LETTERS = {"k": 1000, "m": 1_000_000, "b": 1_000_000_000}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋￥＄", "0123456789.,-+¥$")
_SHAPE = re.compile(
    r"(?P<sign>[-+]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)"
    r"(?P<unit>亿|千万|百万|万|千|[kKmMbB])?"
)
_WORDS = ("人民币", "元整", "元", "圆", "块钱", "块")


class UnreadableAmount(ActionError):
    """The text is no amount."""

    code = "unreadable_amount"
    message = _("“%(text)s” is not an amount. Write it like 12800, 12,800.50 or 1.28万.")
    field = "amount"


class TooManyDecimals(ActionError):
    """The amount is finer than the currency."""

    code = "too_many_decimals"
    message = _("“%(text)s” has more decimals than %(currency)s allows (%(digits)s). Round it.")
    field = "amount"


class AmountTooLarge(ActionError):
    """The amount cannot be stored."""

    code = "amount_too_large"
    message = _("“%(text)s” is too large. Check the number of zeros.")
    field = "amount"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in the smallest unit of its currency."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    @property
    def amount(self) -> Decimal:
        """Give the amount in whole units, exact."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")


def parse_amount(text: str, currency: str) -> int:
    """Read an amount as people write it (`¥12,800.50`, `1.28万`, `3.5k`) into minor units, without any rounding."""
    match = _SHAPE.fullmatch(_bare(text, currency))
    if match is None:
        raise UnreadableAmount(text=text[:40])
    try:
        number = Decimal(match["number"].replace(",", ""))
    except InvalidOperation:  # pragma: no cover  the shape admits digits only
        raise UnreadableAmount(text=text[:40]) from None
    unit = match["unit"] or ""
    if number.adjusted() > 20:  # noqa: PLR2004  more digits than any amount has
        raise AmountTooLarge(text=text[:40])
    minor = (number * (_UNITS.get(unit) or _LETTERS.get(unit.lower()) or 1)).scaleb(minor_digits(currency))
    if minor != minor.to_integral_value():
        raise TooManyDecimals(text=text[:40], currency=currency, digits=minor_digits(currency))
    if minor > LARGEST_MINOR:
        raise AmountTooLarge(text=text[:40])
    return -int(minor) if match["sign"] == "-" else int(minor)


def format_money(minor: int, currency: str, lang: str, *, short: bool = False) -> str:
    """Write an amount: in full (`¥12,800.50`), or short for lists (`¥128万`, `$1.3M`)."""
    amount = Decimal(abs(minor)).scaleb(-minor_digits(currency))
    sign = "-" if minor < 0 else ""
    symbol = SYMBOLS.get(currency, f"{currency} ")
    if not short:
        return f"{sign}{symbol}{_full(amount, minor_digits(currency))}"
    return f"{sign}{symbol}{_short_zh(amount) if lang.startswith('zh') else _short_en(amount)}"


def _bare(text: str, currency: str) -> str:
    plain = text.translate(_FULL_WIDTH)
    plain = "".join(plain.split()).replace("'", "")
    for word in (*_WORDS, currency, currency.lower(), "RMB", "rmb", SYMBOLS.get(currency, ""), "¥", "￥", "$"):
        plain = plain.replace(word, "", 1) if word else plain
    return plain


def _full(amount: Decimal, digits: int) -> str:
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}" if whole else f"{amount:,.{digits}f}"


def _short_zh(amount: Decimal) -> str:
    if _half_up(amount / 10_000, 0) >= 10_000:  # noqa: PLR2004  万 ends where 亿 begins
        return f"{_trimmed(_half_up(amount / 100_000_000, 2))}亿"
    if _half_up(amount / 10_000, 0) >= 10:  # noqa: PLR2004  two digits say enough
        return f"{_half_up(amount / 10_000, 0):,}万"
    if amount >= 10_000:  # noqa: PLR2004  one 万
        return f"{_trimmed(_half_up(amount / 10_000, 1))}万"
    return f"{_half_up(amount, 0):,}"


def _short_en(amount: Decimal) -> str:
    for size, letter in ((1_000_000_000, "B"), (1_000_000, "M"), (1000, "K")):
        if _half_up(amount * 1000 / size, 0) >= 1000:  # noqa: PLR2004  else the smaller unit says it more exactly
            digits = 0 if amount >= 100 * size else 1
            return f"{_trimmed(_half_up(amount / size, digits))}{letter}"
    return f"{_half_up(amount, 0):,}"


def _half_up(amount: Decimal, digits: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _trimmed(amount: Decimal) -> str:
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""What a quote adds up to, to the minor unit, and what it gives away (method: 3.16, 3.17; ruling M146).

Rounding: every line is rounded half up to a minor unit, first its price, then its tax; a total is the sum of its lines.
So the lines on paper always add up to the total on paper.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from wendu.method.deals.diagnosis import Concession
from wendu.method.reading import Reason, because

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing offered: how much of it, its price in minor units, what is taken off and its tax, both in per cent."""

    item: str
    quantity: Decimal
    unit_minor: int
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    list_minor: int | None = None

    @property
    def unit_after(self) -> Decimal:
        """What one of it costs after the discount."""
        return self.unit_minor * (HUNDRED - self.discount) / HUNDRED

    @property
    def listed(self) -> int:
        """What one of it costs without any favour: the list price, else the price before the discount."""
        return self.unit_minor if self.list_minor is None else max(self.list_minor, self.unit_minor)


class Amounts(NamedTuple):
    """Whole minor units: before the discount, after it, and what of that is net, tax and to be paid."""

    full: int = 0
    price: int = 0
    net: int = 0
    tax: int = 0
    gross: int = 0

    @property
    def discount(self) -> int:
        """What was taken off."""
        return self.full - self.price


def line_amounts(line: Line, *, tax_included: bool) -> Amounts:
    """What one line comes to; with tax included the net part is found, and tax is what remains."""
    full = _rounded(line.quantity * line.unit_minor)
    price = _rounded(line.quantity * line.unit_after)
    if tax_included:
        net = _rounded(price * HUNDRED / (HUNDRED + line.tax))
        return Amounts(full, price, net, price - net, price)
    tax = _rounded(price * line.tax / HUNDRED)
    return Amounts(full, price, price, tax, price + tax)


def total(lines: Iterable[Line], *, tax_included: bool) -> Amounts:
    """The sum of the rounded lines."""
    each = [line_amounts(line, tax_included=tax_included) for line in lines]
    return Amounts(*(sum(column) for column in zip(*each, strict=True))) if each else Amounts()


class Favour(StrEnum):
    """The kinds of concession: a lower price, something for nothing, later payment, money back, and anything else."""

    PRICE = "price"
    FREE = "free"
    TERM = "term"
    REBATE = "rebate"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything of a quote that can be given away."""

    lines: tuple[Line, ...]
    payment_days: int | None = None
    rebate: Decimal = ZERO
    extras: str = ""


def favours(now: Terms, before: Terms | None, *, usual_days: int, asked: int | None = None) -> tuple[Reason, ...]:
    """What a quote gives away against the version sent before, or against the list where there is none.

    What stood in a version that was sent has been granted already; a line that is new there is held against the list.
    In a first version without any list price the whole is held against what was `asked` for the deal so far.
    """
    earlier = {line.item: line for line in before.lines} if before is not None else {}
    is_listed = before is not None or any(line.list_minor is not None for line in now.lines)
    below = None if is_listed else _below(now.lines, asked)
    found = [_cheaper(now.lines, earlier) or below, _for_nothing(now.lines, earlier)]
    granted_days = usual_days if before is None or before.payment_days is None else max(usual_days, before.payment_days)
    if now.payment_days is not None and now.payment_days > granted_days:
        found.append(because(f"gives_{Favour.TERM}", days=now.payment_days, usual=granted_days))
    if now.rebate > (before.rebate if before is not None else ZERO):
        found.append(because(f"gives_{Favour.REBATE}", percent=float(now.rebate)))
    if now.extras and now.extras != (before.extras if before is not None else ""):
        found.append(because(f"gives_{Favour.EXTRA}", what=now.extras))
    return tuple(reason for reason in found if reason is not None)


def may_go_out(given: Iterable[Reason], allowed: Concession, *, inside_floor: bool | None) -> Concession:
    """Whether a quote goes out as it is; one that gives nothing away does, and the firm looks at one below its floor.

    A floor nobody can compute is not kept: who does not know the cost does not know what can be given.
    """
    if not tuple(given):
        return Concession.ALLOWED
    if allowed is Concession.ALLOWED and inside_floor is not True:
        return Concession.ESCALATED
    return allowed


def _cheaper(lines: Iterable[Line], earlier: Mapping[str, Line]) -> Reason | None:
    given = whole = ZERO
    for line in lines:
        known = earlier.get(line.item)
        before = Decimal(line.listed) if known is None else known.unit_after
        if line.unit_after == ZERO and before > ZERO:
            continue  # that is something for nothing
        whole += before * line.quantity
        given += max(ZERO, before - line.unit_after) * line.quantity
    if given <= ZERO:
        return None
    return because(f"gives_{Favour.PRICE}", minor=_rounded(given), share=float(given / whole))


def _below(lines: Iterable[Line], asked: int | None) -> Reason | None:
    whole = sum((line.unit_after * line.quantity for line in lines), ZERO)
    if not asked or not whole or whole >= asked:
        return None
    given = asked - whole
    return because(f"gives_{Favour.PRICE}", minor=_rounded(given), share=float(given / asked))


def _for_nothing(lines: Iterable[Line], earlier: Mapping[str, Line]) -> Reason | None:
    free = [line for line in lines if line.unit_after == ZERO and not _was_free(line, earlier.get(line.item))]
    if not free:
        return None
    items = "/".join(line.item for line in free)
    worth = sum((line.listed * line.quantity for line in free), ZERO)
    return because(f"gives_{Favour.FREE}", items=items, minor=_rounded(worth))


def _was_free(line: Line, before: Line | None) -> bool:
    return before is not None and before.unit_after == ZERO and before.quantity >= line.quantity


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))

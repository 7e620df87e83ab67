"""Orders with their money, as lists and cards show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wendu.agreements.choices import OrderState
from wendu.agreements.models import Order
from wendu.method.payments import Owing


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One order and what of it is owed, open and overdue."""

    order: Order
    money: Owing
    today: date

    @property
    def is_told(self) -> bool:
        """Whether anybody wrote down when money is due or that it came; of other orders nothing is said."""
        return bool(self.money.dues or self.money.received_minor or self.has_returns)

    @property
    def has_returns(self) -> bool:
        """Whether less is owed than the price."""
        return self.order.state != OrderState.CANCELLED and self.money.owed_minor < self.order.gross_minor

    @property
    def days_late(self) -> int:
        """How long the earliest unpaid due is over."""
        return self.money.overdue_days(self.today)

    @property
    def due_on(self) -> date | None:
        """The day that matters next: the earliest late one, else the earliest to come."""
        return self.money.overdue_since or self.money.next_on


@dataclass(frozen=True, slots=True)
class Late:
    """What is overdue of several orders in one currency."""

    minor: int
    currency: str
    since: date


def late_in(rows: Iterable[MoneyRow]) -> list[Late]:
    """What is overdue, per currency."""
    found: dict[str, Late] = {}
    for row in rows:
        if row.money.overdue_since is None:
            continue
        code = row.order.currency
        before = found.get(code, Late(0, code, row.money.overdue_since))
        since = min(before.since, row.money.overdue_since)
        found[code] = Late(before.minor + row.money.overdue_minor, code, since)
    return [found[code] for code in sorted(found)]

"""Reading the values of a condition: numbers, days, amounts; what does not fit is refused with the way to mend it."""

import math
from datetime import date

from wendu.desk.table.errors import NoDay, NoDays, NoNumber, ValueMissing
from wendu.desk.table.language import Condition
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount

MOST_DAYS = 3650


def number(condition: Condition, place: int, label: str) -> float:
    """The number at a place of the values."""
    text = _value(condition, place, label)
    try:
        found = float(text.replace(",", "").rstrip("°%"))
    except ValueError:
        raise NoNumber(value=text[:40], field=label) from None
    if not math.isfinite(found) or abs(found) > 1e15:  # noqa: PLR2004  more than anything counted here
        raise NoNumber(value=text[:40], field=label)
    return found


def amount(condition: Condition, place: int, label: str, currency: str) -> int:
    """The amount at a place of the values, in minor units; written as people do (10万, 3.5k)."""
    text = _value(condition, place, label)
    try:
        return parse_amount(text, currency)
    except ActionError:
        raise NoNumber(value=text[:40], field=label) from None


def day(condition: Condition, place: int, label: str) -> date:
    """The day at a place of the values."""
    text = _value(condition, place, label)
    try:
        found = date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise NoDay(value=text[:40], field=label) from None
    if not 1900 <= found.year <= 2999:  # noqa: PLR2004  no customer of ours
        raise NoDay(value=text[:40], field=label)
    return found


def days(condition: Condition, label: str) -> int:
    """A number of days."""
    text = _value(condition, 0, label)
    if not (text.isascii() and text.isdigit() and int(text[:6]) <= MOST_DAYS and len(text) <= len(str(MOST_DAYS))):
        raise NoDays(value=text[:40], field=label)
    return int(text)


def _value(condition: Condition, place: int, label: str) -> str:
    if len(condition.values) <= place or not condition.values[place].strip():
        raise ValueMissing(field=label)
    return condition.values[place].strip()

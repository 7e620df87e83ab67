"""What both sides give and get: delivered value, price room, and who gains by the exchange (method: 3.16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wendu.method.deals.codes import Exchange
from wendu.method.deals.scales import ExchangeScale
from wendu.method.reading import Reading, because, exact, reaches

STATUS_QUO = 0.0


@dataclass(frozen=True, slots=True)
class Offer:
    """What one supplier gives and asks, all in one unit: money, or weighted points of 0 to 10, never mixed.

    `value` adds product, service, personnel and image; `effort` the customer's time, energy, worry and other money;
    `price` what is paid. None is unknown.
    """

    value: float | None
    effort: float | None
    price: float | None
    name: str = ""

    @property
    def delivered(self) -> float | None:
        """Value minus everything it costs the customer."""
        if self.value is None or self.effort is None or self.price is None:
            return None
        return self.value - self.effort - self.price

    @property
    def ratio(self) -> float | None:
        """Value per cost; undefined without any cost."""
        if self.value is None or self.effort is None or self.price is None or self.effort + self.price <= 0:
            return None
        return self.value / (self.effort + self.price)


NOT_TOLD = Offer(None, None, None)


@dataclass(frozen=True, slots=True)
class Sale:
    """What is in it for us, in money: the price paid and what serving the customer costs."""

    price: float | None
    cost: float | None

    @property
    def margin(self) -> float | None:
        """The share of the price that is left; undefined at price 0."""
        return (self.price - self.cost) / self.price if self.price and self.cost is not None else None


class PriceRoom(NamedTuple):
    """Between which prices both sides gain, in money; None is unknown, and a floor above the ceiling is no zone."""

    floor: float | None
    ceiling: float | None

    @property
    def is_empty(self) -> bool | None:
        """Whether no price suits both: raise the value or cut the customer's costs, do not cut the price."""
        return None if self.floor is None or self.ceiling is None else exact(self.floor) > exact(self.ceiling)


def best_alternative(rivals: Sequence[Offer]) -> float | None:
    """What the best other choice delivers; to do nothing delivers 0, and a rival of unknown value makes it unknown."""
    delivered = [rival.delivered for rival in rivals]
    known = [value for value in delivered if value is not None]
    return max([STATUS_QUO, *known]) if len(known) == len(delivered) else None


def advantage(ours: Offer, rivals: Sequence[Offer]) -> float | None:
    """How much more we deliver than the best alternative; None while either is unknown."""
    other = best_alternative(rivals)
    return None if ours.delivered is None or other is None else ours.delivered - other


def price_room(ours: Offer, rivals: Sequence[Offer], cost: float | None, scale: ExchangeScale) -> PriceRoom:
    """The lowest price that keeps our margin and the highest that leaves the customer no worse off than elsewhere."""
    other = best_alternative(rivals)
    known = ours.value is not None and ours.effort is not None and other is not None
    return PriceRoom(
        floor=None if cost is None else cost / (1 - scale.margin_floor),
        ceiling=ours.value - ours.effort - other if known else None,  # type: ignore[operator]
    )


def largest_discount(list_price: float | None, room: PriceRoom) -> float | None:
    """How much of the list price may be given at most, as a share; 0 when the list is below the floor already."""
    if not list_price or room.floor is None:
        return None
    return max(0.0, 1 - room.floor / list_price)


def win_win(ours: Offer, rivals: Sequence[Offer], sale: Sale, scale: ExchangeScale) -> Reading:
    """Who gains: the customer if nobody offers more, we if the margin keeps its floor. The value is the advantage.

    Anything unknown on either side is `unknown`: the gate does not pass on hope.
    """
    ahead, margin = advantage(ours, rivals), sale.margin
    missing = _missing(ours, rivals, sale)
    if ahead is None or margin is None:
        return Reading(ahead, Exchange.UNKNOWN.value, missing=missing)
    theirs, our_side = exact(ahead) >= 0, reaches(margin, scale.margin_floor)
    band = _BANDS[theirs, our_side]
    reasons = (
        because("advantage", value=ahead, other=best_alternative(rivals)),
        because("margin", share=margin, floor=scale.margin_floor),
    )
    return Reading(ahead, band.value, reasons)


_BANDS = {
    (True, True): Exchange.WIN_WIN,
    (True, False): Exchange.CUSTOMER_ONLY,
    (False, True): Exchange.US_ONLY,
    (False, False): Exchange.LOSE_LOSE,
}


def _missing(ours: Offer, rivals: Sequence[Offer], sale: Sale) -> tuple[str, ...]:
    told = (("our_value", ours.value), ("our_effort", ours.effort), ("our_price", ours.price))
    names = [name for name, value in told if value is None]
    names += [f"rival:{rival.name}" for rival in rivals if rival.delivered is None]
    if not sale.price and "our_price" not in names:
        names.append("our_price")
    return (*names, *(["our_cost"] if sale.cost is None else []))

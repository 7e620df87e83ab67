"""What we and the others give and ask, held against each other in one unit: money, else points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wendu.method.deals.exchange import NOT_TOLD, Offer, PriceRoom, Sale, price_room
from wendu.method.deals.scales import ExchangeScale
from wendu.offers.facts import OfferFindings


@dataclass(frozen=True, slots=True)
class Held:
    """We, the others, and what is in it for us, which is always money; `in_points` tells the unit of the first two."""

    ours: Offer
    others: Sequence[Offer]
    sale: Sale
    in_points: bool

    def at(self, price: float, cost: float | None) -> "Held":
        """The same at another price in money; what a price weighs in points was told as a whole and stays."""
        ours = self.ours if self.in_points else replace(self.ours, price=price)
        return replace(self, ours=ours, sale=Sale(price, cost))

    def room(self, scale: ExchangeScale) -> PriceRoom:
        """Between which prices both sides gain; points have no ceiling in money, so it is unknown."""
        ours = NOT_TOLD if self.in_points else self.ours
        return price_room(ours, () if self.in_points else self.others, self.sale.cost, scale)


def held_in(offered: OfferFindings, amount_minor: int | None, scale: ExchangeScale) -> Held:
    """Hold everybody in the unit that tells of everybody, money first."""
    sale = offered.sale(amount_minor)
    if offered.in_points:
        return Held(*offered.held_in_points(scale.point_weights), sale=sale, in_points=True)
    return Held(offered.our_offer(amount_minor), offered.other_offers(), sale, in_points=False)

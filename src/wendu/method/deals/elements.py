"""The five elements of a sale, each empty, part or full: need, information, credit, exchange, satisfaction (S4)."""

from enum import StrEnum
from typing import NamedTuple

from wendu.method.deals.codes import Exchange
from wendu.method.deals.gates import Evidence, Mark, gate
from wendu.method.deals.scales import DealScale


class Fill(StrEnum):
    """How much of an element there is."""

    EMPTY = "empty"
    PART = "part"
    FULL = "full"


class Elements(NamedTuple):
    """The strip of one deal."""

    need: Fill
    information: Fill
    credit: Fill
    exchange: Fill
    satisfaction: Fill


def five_elements(evidence: Evidence, scale: DealScale, *, won: bool, needs_met: float | None) -> Elements:
    """Fill the strip from what the gates look at; `needs_met` is the share of confirmed needs met after delivery.

    The need is full when the gate out of the demand stage passes; the exchange only once it is signed.
    """
    demand = gate("ST1", evidence, scale)
    known = evidence.confirmed_keys or evidence.explicit_needs
    fair = evidence.exchange.band == Exchange.WIN_WIN
    return Elements(
        need=_fill(full=demand.passes, part=bool(known) or any(item.mark is Mark.MET for item in demand.items)),
        information=_fill(full=evidence.value_delivery.band == "met", part=bool(evidence.value_delivery.value)),
        credit=_fill(full=evidence.trust.band == "passes", part=evidence.trust.value is not None),
        exchange=_fill(full=won and fair, part=won or fair),
        satisfaction=_fill(full=needs_met == 1.0, part=bool(needs_met)),
    )


def _fill(*, full: bool, part: bool) -> Fill:
    return Fill.FULL if full else Fill.PART if part else Fill.EMPTY

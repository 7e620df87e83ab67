"""An exchange told in points where nobody knows the money: one unit for all, and our margin in money (method: 3.16)."""

from dataclasses import replace

import pytest

from tests.method.deals.test_offer import SCALE, number
from tests.method.pages import Example, each, said
from wendu.coach.held import held_in
from wendu.method.deals.exchange import win_win
from wendu.offers.facts import OfferFindings
from wendu.offers.models import EFFORTS, POINT_EFFORTS, POINT_PRICE, POINT_VALUES, VALUES, Worth

IN_ORDER = (*POINT_VALUES, POINT_PRICE, *POINT_EFFORTS)


def points(cell: str, **more: float | None) -> Worth:
    told = [None if part == "?" else int(part) for part in cell.replace("/", " ").split()]
    return Worth(**dict(zip(IN_ORDER, told, strict=True)), **more)


def findings(ours: Worth, *rivals: Worth) -> OfferFindings:
    return OfferFindings(ours=ours, rivals=list(rivals))


def in_money(**more: float) -> Worth:
    return Worth(**dict.fromkeys((*VALUES, *EFFORTS), 10), price_minor=20, cost_minor=1, **more)


@each("exchange", "in points")
def test_in_points(row: Example) -> None:
    weighed = {POINT_PRICE: 3.0} if row["weights"] == "price 3" else {}
    scale = replace(SCALE.exchange, margin_floor=0.15, point_weights=dict.fromkeys(IN_ORDER, 1.0) | weighed)
    cost = number(row["cost"].replace("?", "-"))
    others = [] if row["rival"] == "none" else [points(row["rival"], rival="海川")]

    held = held_in(findings(points(row["ours"], cost_minor=cost), *others), int(row["price"]), scale)
    found = win_win(held.ours, held.others, held.sale, scale)

    assert held.in_points is (row["unit"] == "points")
    assert found.value == said(row["ahead"])
    assert found.band == row["verdict"]
    assert bool(found.missing) is (found.band == "unknown")


def test_money_that_tells_of_everybody_is_used_whatever_else_was_written() -> None:
    both = points("8 7 8 6 / 7 3 2 2", **dict.fromkeys((*VALUES, *EFFORTS), 10), price_minor=20)

    assert not held_in(findings(both, in_money(rival="海川")), None, SCALE.exchange).in_points


def test_one_rival_nobody_can_value_in_money_turns_all_of_it_to_points() -> None:
    full = dict.fromkeys((*VALUES, *EFFORTS), 10)
    both = points("8 7 8 6 / 7 3 2 2", **full, price_minor=100, cost_minor=80)
    rival = points("7 5 5 6 / 5 4 3 4", rival="海川", product_minor=9)

    held = held_in(findings(both, rival), None, SCALE.exchange)

    assert (held.in_points, held.ours.delivered, held.others[0].delivered) == (True, 15, 7)
    assert held.room(SCALE.exchange) == (pytest.approx(80 / (1 - SCALE.exchange.margin_floor)), None)


def test_a_little_of_both_stays_money_and_unknown() -> None:
    held = held_in(findings(Worth(product_minor=9, product_points=8)), 100, SCALE.exchange)

    assert (held.in_points, held.ours.delivered) == (False, None)
    assert not held_in(OfferFindings(), 100, SCALE.exchange).in_points


def test_another_price_changes_our_margin_and_not_what_was_told_in_points() -> None:
    held = held_in(findings(points("8 7 8 6 / 7 3 2 2", cost_minor=80)), 100, SCALE.exchange)
    dearer = held.at(160, 80)

    assert (dearer.ours.delivered, dearer.sale.margin) == (held.ours.delivered, 0.5)

"""The ladder of plus and minus as a table: what we and the others give and take, and what is still needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from wendu.coach.case import DealCase
from wendu.method.deals.ladder import Ladder, Parts, ladder
from wendu.offers.facts import weighed
from wendu.offers.models import EFFORTS, POINT_EFFORTS, POINT_PRICE, POINT_VALUES, VALUES, Worth

PRICE = "price_minor"
TOLD_IN_POINTS = {PRICE: POINT_PRICE, **dict(zip(EFFORTS[1:], POINT_EFFORTS, strict=True))}
PARTS: Mapping[str, Promise] = {
    "product_minor": pgettext_lazy("value", "Product"),
    "service_minor": pgettext_lazy("value", "Service"),
    "personnel_minor": pgettext_lazy("value", "People"),
    "image_minor": pgettext_lazy("value", "Image"),
    PRICE: pgettext_lazy("value", "Price"),
    "money_minor": pgettext_lazy("value", "Other money"),
    "time_minor": pgettext_lazy("value", "Time"),
    "energy_minor": pgettext_lazy("value", "Energy"),
    "worry_minor": pgettext_lazy("value", "Worry"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one choice gives or takes in one part, and whether it is better there than we are."""

    amount: float | None
    is_better: bool = False


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part across all choices; `is_minus` is what it costs the customer."""

    name: str
    is_minus: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LadderTable:
    """We first, then each rival, then doing nothing: parts, what is left, how far we are ahead, what is needed."""

    names: tuple[str, ...]
    rows: tuple[PartRow, ...]
    left: tuple[float | None, ...]
    ahead: tuple[float | None, ...]
    needed: tuple[float | None, ...]
    closing: tuple[str, ...]
    in_points: bool = False


def ladder_table(case: DealCase, price: float | None = None) -> LadderTable | None:
    """Hold us against everybody at the deal's price or another one; nothing while nobody's value is written down."""
    offered = case.offered
    if offered.ours is None and not offered.rivals:
        return None
    in_points = case.held.in_points
    if in_points:
        weights = case.scale.exchange.point_weights
        ours, *others = [_points(each, weights) for each in (offered.ours or Worth(), *offered.rivals)]
    else:
        ours = _parts("", offered.ours, case.held.sale.price if price is None else price)
        others = [_parts(each.rival, each, each.price_minor) for each in offered.rivals]
    held = [ladder(ours, each) for each in (*others, Parts())]
    return LadderTable(
        names=(_("We"), *(each.name for each in others), _("Do nothing")),
        rows=tuple(_rows(ours, others, held)),
        left=(_told(ours.delivered), *(_told(each.theirs) for each in held)),
        ahead=tuple(_told(each.ahead) for each in held),
        needed=tuple(_told(each.needed) for each in held),
        closing=tuple(words for each in held if (words := _closing(each))),
        in_points=in_points,
    )


def _parts(name: str, worth: Worth | None, price: float | None) -> Parts:
    plus = {part: None if worth is None else getattr(worth, part) for part in VALUES}
    minus = {PRICE: price, **{part: None if worth is None else getattr(worth, part) for part in EFFORTS}}
    return Parts(name, plus, minus)


def _points(worth: Worth, weights: Mapping[str, float]) -> Parts:
    """The same parts in weighted points, under the same names; other money is told with the price."""
    plus = {part: weighed(worth, points, weights) for part, points in zip(VALUES, POINT_VALUES, strict=True)}
    minus = {part: weighed(worth, points, weights) for part, points in TOLD_IN_POINTS.items()}
    return Parts(worth.rival, plus, minus)


def _rows(ours: Parts, others: list[Parts], held: list[Ladder]) -> Iterable[PartRow]:
    better = [{rung.part for rung in each.rungs if (rung.behind or 0) > 0} for each in held]
    for part, name in PARTS.items():
        if part not in ours.plus and part not in ours.minus:
            continue
        is_minus = part not in VALUES
        mine = (ours.minus if is_minus else ours.plus).get(part)
        cells = [Cell(_told(mine))]
        for each, ahead_in in zip(others, better, strict=False):
            cells.append(Cell(_told((each.minus if is_minus else each.plus).get(part)), part in ahead_in))
        yield PartRow(str(name), is_minus, tuple(cells))


def _closing(held: Ladder) -> str:
    """Where the gap to one choice comes from, and which part alone would close it."""
    if not held.needed:
        return ""
    if not held.name:
        return _("To do nothing leaves them more: raise the value or cut their other costs.")
    behind = [rung for rung in held.rungs if (rung.behind or 0) > 0]
    parts = str(_(", ")).join(str(PARTS[rung.part]) for rung in behind)
    alone = str(_(", ")).join(str(PARTS[rung.part]) for rung in behind if rung.closes and rung.part != PRICE)
    if alone:
        return _("%(name)s leads by: %(parts)s. As good as they in %(alone)s alone, and we are level.") % {
            "name": held.name, "parts": parts, "alone": alone,
        }  # fmt: skip
    return _("%(name)s leads by: %(parts)s. Look for plus and minus there before the price.") % {
        "name": held.name, "parts": parts,
    }  # fmt: skip


def _told(value: float | None) -> float | None:
    """Minor units whole; points may be halves."""
    return None if value is None else round(value, 1)

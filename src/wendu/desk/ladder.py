"""The ladder of plus and minus as a table: what we and the others give and take, and what is still needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from wendu.coach.case import DealCase
from wendu.method.deals.ladder import Ladder, Parts, ladder
from wendu.offers.models import EFFORTS, VALUES, Worth

PRICE = "price_minor"
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

    minor: int | None
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
    left: tuple[int | None, ...]
    ahead: tuple[int | None, ...]
    needed: tuple[int | None, ...]
    closing: tuple[str, ...]


def ladder_table(case: DealCase, price: float | None = None) -> LadderTable | None:
    """Hold us against everybody at the deal's price or another one; nothing while nobody's value is written down."""
    offered = case.offered
    if offered.ours is None and not offered.rivals:
        return None
    asked = offered.our_offer(case.deal.amount_minor).price if price is None else price
    ours = _parts("", offered.ours, asked)
    others = [_parts(each.rival, each, each.price_minor) for each in offered.rivals]
    held = [ladder(ours, each) for each in (*others, Parts())]
    return LadderTable(
        names=(_("We"), *(each.name for each in others), _("Do nothing")),
        rows=tuple(_rows(ours, others, held)),
        left=(_minor(ours.delivered), *(_minor(each.theirs) for each in held)),
        ahead=tuple(_minor(each.ahead) for each in held),
        needed=tuple(_minor(each.needed) for each in held),
        closing=tuple(words for each in held if (words := _closing(each))),
    )


def _parts(name: str, worth: Worth | None, price: float | None) -> Parts:
    plus = {part: None if worth is None else getattr(worth, part) for part in VALUES}
    minus = {PRICE: price, **{part: None if worth is None else getattr(worth, part) for part in EFFORTS}}
    return Parts(name, plus, minus)


def _rows(ours: Parts, others: list[Parts], held: list[Ladder]) -> Iterable[PartRow]:
    better = [{rung.part for rung in each.rungs if (rung.behind or 0) > 0} for each in held]
    for part, name in PARTS.items():
        is_minus = part not in VALUES
        mine = (ours.minus if is_minus else ours.plus).get(part)
        cells = [Cell(_minor(mine))]
        for each, ahead_in in zip(others, better, strict=False):
            cells.append(Cell(_minor((each.minus if is_minus else each.plus).get(part)), part in ahead_in))
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


def _minor(value: float | None) -> int | None:
    return None if value is None else round(value)

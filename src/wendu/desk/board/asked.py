"""What the address of the board narrows it to; every list it leads to is the table narrowed the same way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from wendu.coach.frame import Frame
from wendu.desk.table.asked import Asked
from wendu.desk.table.language import Condition, Filter
from wendu.desk.table.names import uuid_of
from wendu.desk.table.options import ME, NONE, options_of
from wendu.method.codes import Status
from wendu.method.scales import HeatScale

OWNER, TEAM, HEAT = "owner", "team", "heat"
CHOICES = ("market", "industry", "product")
CODES = (OWNER, TEAM, *CHOICES, HEAT)


@dataclass(frozen=True, slots=True)
class BoardAsked:
    """Owner, team, market, industry, product kind and band of temperature, as far as they are asked for."""

    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.chosen)

    @property
    def filtered(self) -> int:
        """How many of the filters behind the button are set; whose board it is stands beside it."""
        return len([code for code in self.chosen if code != OWNER])

    def conditions(self, frame: Frame) -> tuple[Condition, ...]:
        """What is asked for, as conditions of the table."""
        return tuple(_condition(code, value, frame.scale.heat) for code, value in self.chosen.items())

    def query(self, **changes: str) -> str:
        """This board, perhaps with something else asked for, as the query of an address."""
        return urlencode([(code, value) for code, value in {**self.chosen, **changes}.items() if value])

    def table_query(
        self, frame: Frame, *, quadrant: str = "", status: str = Status.IN_PURSUIT.value, **more: str
    ) -> str:
        """The table of customers that shows the same people, as the query of its address."""
        quick = {"class": quadrant, "status": status, OWNER: self.chosen.get(OWNER, ""), **more}
        rest = tuple(each for each in self.conditions(frame) if each.field != OWNER)
        return Asked(quick={code: value for code, value in quick.items() if value}, filter=_filter(rest)).query()


def board_asked(query: Mapping[str, Any], frame: Frame) -> BoardAsked:
    """Read the query of an address; what nobody offers asks for nothing."""
    chosen = {code: str(query.get(code, "")) for code in CODES}
    return BoardAsked({code: value for code, value in chosen.items() if _is_offered(code, value, frame)})


def bands_of(scale: HeatScale) -> dict[str, tuple[float, float]]:
    """The bands of the thermometer from their lower edge up to the next one; the last holds its edge alone."""
    starts = [band.start for band in scale.bands]
    ends = [*starts[1:], scale.top]
    return {band.code: (start, end) for band, start, end in zip(scale.bands, starts, ends, strict=True)}


def _is_offered(code: str, value: str, frame: Frame) -> bool:
    if code == OWNER:
        return value in {ME, NONE} or uuid_of(value) is not None
    if code == TEAM:
        return uuid_of(value) is not None
    return value in (bands_of(frame.scale.heat) if code == HEAT else options_of(code, frame))


def _condition(code: str, value: str, scale: HeatScale) -> Condition:
    if code != HEAT:
        return Condition(code, "in", (value,))
    start, end = bands_of(scale)[value]
    return Condition(HEAT, "between", (f"{start:g}", f"{end:g}"))


def _filter(conditions: tuple[Condition, ...]) -> Filter:
    return Filter((conditions,)) if conditions else Filter()

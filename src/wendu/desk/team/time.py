"""Where the time of the last 30 days went, by class: together and of each person (method: 3.5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from wendu.coach.board import CLASSES
from wendu.coach.frame import Frame
from wendu.desk.board.time import Share, share_of
from wendu.desk.team.figures import Figures


@dataclass(frozen=True, slots=True)
class TimeShares:
    """Everybody together, each person with the most time on class D first, and what could not be counted."""

    total: Share | None
    people: tuple[Share, ...]
    unclassed: int


def time_shares(figures: Figures, frame: Frame, *, limit: int | None) -> TimeShares:
    """Share the time out; touches with customers of no class are counted apart, not shared out."""
    minutes, people = figures.minutes, figures.people
    everybody = {letter: sum(by.get(letter, 0.0) for by in minutes.values()) for letter in CLASSES}
    longest = sorted((-_long_war(by), people[pk].display_name, pk) for pk, by in minutes.items() if any(by.values()))
    return TimeShares(
        total=share_of("", None, everybody, frame) if any(everybody.values()) else None,
        people=tuple(share_of(name, people[pk].uuid, minutes[pk], frame) for _of_d, name, pk in longest[:limit]),
        unclassed=figures.unclassed,
    )


def _long_war(minutes: Mapping[str, float]) -> float:
    return minutes.get("D", 0.0) / sum(minutes.values())

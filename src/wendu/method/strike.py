"""Strike while hot: the life of the alert at 80 degrees, and the heat that was missed (method: 3.4)."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from wendu.method.reading import reaches
from wendu.method.scales import HeatScale
from wendu.method.state import Heat, Strike, StrikePhase
from wendu.method.stops import Clock
from wendu.method.temperature import Slope

NO_STRIKE = Strike()


def capped_from(heat: Heat, since: date, clock: Clock, scale: HeatScale) -> date:
    """The first day on which heat counts no higher than the cap, because no advance was made for too long."""
    if heat.advance_on is None:
        return since
    return clock.advance(since, max(0, scale.strike.cap_days + 1 - heat.advance_days))


def is_capped(heat: Heat, scale: HeatScale) -> bool:
    """Whether the heat counts no higher than the cap at the end of the journey's day."""
    return heat.advance_on is None or heat.advance_days > scale.strike.cap_days


def shown_heat(level: float, *, capped: bool, scale: HeatScale) -> float:
    """The heat of an open opportunity as it counts: six polite visits are not a boil."""
    return min(level, scale.strike.cap) if capped else level


class Outlook(NamedTuple):
    """Where an open opportunity's heat goes while nothing happens."""

    slope: Slope
    cap_on: date
    scale: HeatScale

    def rebased(self, day: date) -> "Outlook":
        """The same outlook seen from a later day."""
        return Outlook(self.slope.rebased(day), self.cap_on, self.scale)

    def shown_on(self, day: date) -> float:
        """The heat as it counts on a day."""
        return shown_heat(self.slope.on(day), capped=day >= self.cap_on, scale=self.scale)

    def fall(self) -> tuple[date, str] | None:
        """The first day later than the start on which it no longer counts as hot, and why."""
        cooled_on = self.slope.falls_below(self.scale.strike.strike_from)
        if cooled_on is None:
            return None
        if self.slope.since < self.cap_on < cooled_on and self.scale.strike.cap < self.scale.strike.strike_from:
            return self.cap_on, "capped"
        return cooled_on, "cooled"

    def below(self, threshold: float) -> date | None:
        """The first day, the start included, on which it counts as less than a threshold."""
        below_on = self.slope.below(threshold)
        if self.scale.strike.cap < threshold and below_on is not None:
            return min(below_on, max(self.cap_on, self.slope.since))
        return below_on

    def is_hot(self, day: date) -> bool:
        """Whether it counts as hot on a day."""
        return reaches(self.shown_on(day), self.scale.strike.strike_from)


def settle(strike: Strike, outlook: Outlook, upto: date, reopens: Callable[[date], date]) -> Strike:
    """What becomes of an alert while nothing happens: it opens again after an agreed date, or the heat is missed."""
    if strike.phase is StrikePhase.WAITING and strike.agreed_on is not None:
        reopen_on = max(reopens(strike.agreed_on), outlook.slope.since)
        if reopen_on > upto:
            return strike
        hot = outlook.is_hot(reopen_on)
        strike = Strike(StrikePhase.OPEN, reopen_on) if hot else NO_STRIKE
    if strike.phase is StrikePhase.OPEN and (fall := outlook.fall()) is not None and fall[0] <= upto:
        return Strike(missed_on=fall[0], cause=fall[1])
    return strike


class StrikeDay(NamedTuple):
    """What one day means for the alert of an open opportunity."""

    on: date
    hot_before: bool
    hot: bool
    ordered: bool
    counted: bool
    advanced_to: date | None
    agreed_to: date | None
    cause: str


def judge_strike(strike: Strike, day: StrikeDay, reopens: Callable[[date], date]) -> Strike:
    """The alert at the end of a day: raised by what lifted it, closed by an order or the next advance with a date."""
    if day.ordered:
        return NO_STRIKE
    if strike.phase is StrikePhase.OPEN:
        return _while_open(strike, day)
    if day.hot and not day.hot_before:
        return Strike(StrikePhase.OPEN, day.on)
    if strike.phase is StrikePhase.WAITING and strike.agreed_on is not None:
        return _while_waiting(strike, strike.agreed_on, day, reopens)
    return NO_STRIKE if day.counted else strike


def _while_open(strike: Strike, day: StrikeDay) -> Strike:
    if day.advanced_to is not None:
        return Strike(StrikePhase.WAITING, strike.since, day.advanced_to)
    return strike if day.hot else Strike(missed_on=day.on, cause=day.cause)


def _while_waiting(strike: Strike, agreed_on: date, day: StrikeDay, reopens: Callable[[date], date]) -> Strike:
    if later := day.advanced_to or day.agreed_to:
        return Strike(StrikePhase.WAITING, strike.since, later)
    if day.on < reopens(agreed_on):
        return strike
    return Strike(StrikePhase.OPEN, day.on) if day.hot else NO_STRIKE

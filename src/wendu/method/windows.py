"""The signing window of a class: when it should sign, when it is late (method: 3.3)."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from math import floor
from typing import NamedTuple

from wendu.method.codes import Quadrant, WindowState
from wendu.method.facts import Context, Profile
from wendu.method.reading import Reading, because, exact
from wendu.method.scales import MethodScale, WindowScale
from wendu.method.state import WindowChain
from wendu.method.stops import NO_STOPS, DaySet

UNCHANGED = 1.0


class Window(NamedTuple):
    """When a window opened, when signing is expected, when it is late, and when it must be re-qualified."""

    start_on: date
    expected_on: date
    deadline_on: date
    hard_on: date


def full_months(since: date, on: date) -> int:
    """How many calendar months have gone by, none of them in part; below none: 0."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return max(0, months if add_months(since, months) <= on else months - 1)


def add_months(day: date, months: int) -> date:
    """Calendar months later, clamped to the end of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_span(day: date, months: float, scale: WindowScale) -> date:
    """Whole months by the calendar, the remainder in days of a month, half-up."""
    whole = floor(exact(months))
    days = floor(exact((months - whole) * scale.days_of_a_month) + 0.5)
    return add_months(day, whole) + timedelta(days=days)


def factor(profile: Profile, scale: WindowScale) -> float:
    """How much longer or shorter this profile's windows are."""
    factors = scale.factors
    return (
        factors.market.get(profile.market, UNCHANGED)
        * factors.product.get(profile.product, UNCHANGED)
        * factors.industry.get(profile.industry, UNCHANGED)
        * factors.sale.get(profile.sale, UNCHANGED)
    )


def window(quadrant: Quadrant, start_on: date, ctx: Context) -> Window:
    """The window of a class A to D from its start; quiet periods push it back, one more follows the deadline."""
    if ctx.stops.quiet.starts:
        return _window(quadrant, start_on, ctx)
    return _window_without_quiet(quadrant, start_on, ctx.profile, ctx.scale)


@lru_cache(maxsize=8192)
def _window_without_quiet(quadrant: Quadrant, start_on: date, profile: Profile, scale: MethodScale) -> Window:
    """Kept, for many customers entered the same class on the same day, and each is asked again at every touch."""
    return _window(quadrant, start_on, Context(scale, NO_STOPS, profile))


def _window(quadrant: Quadrant, start_on: date, ctx: Context) -> Window:
    scale, stretch = ctx.scale.window, factor(ctx.profile, ctx.scale.window)
    row, quiet = scale.classes[quadrant], ctx.stops.quiet
    expected = _past_quiet(start_on, add_span(start_on, row.expected_months * stretch, scale), quiet)
    deadline = _past_quiet(start_on, add_span(start_on, row.deadline_months * stretch, scale), quiet)
    hard = _past_quiet(deadline, add_span(deadline, row.deadline_months * stretch, scale), quiet)
    return Window(start_on, expected, deadline, hard)


def window_state(at: Window, on: date, scale: WindowScale) -> WindowState:
    """Where a day lies in the window."""
    if on > at.hard_on:
        return WindowState.OVERDUE_HARD
    if on > at.deadline_on:
        return WindowState.OVERDUE
    return WindowState.DUE_SOON if (at.deadline_on - on).days <= scale.due_soon_days else WindowState.ON_TRACK


def elapsed_share(at: Window, on: date, quiet: DaySet) -> float:
    """How much of the window is used up, from 0 to 1; quiet days use up nothing."""
    length = quiet.days_outside(at.start_on, at.deadline_on)
    return 1.0 if length <= 0 else min(1.0, max(0.0, quiet.days_outside(at.start_on, on) / length))


def window_reading(at: Window, on: date, ctx: Context) -> Reading:
    """The state of the window with its days and what stretched it."""
    state, stretch = window_state(at, on, ctx.scale.window), factor(ctx.profile, ctx.scale.window)
    reasons = [
        because(
            "window",
            start=at.start_on.isoformat(),
            expected=at.expected_on.isoformat(),
            deadline=at.deadline_on.isoformat(),
            days_left=(at.deadline_on - on).days,
        )
    ]
    if stretch != UNCHANGED:
        reasons.append(because("window_stretched", factor=stretch))
    quiet_days = (at.deadline_on - at.start_on).days - ctx.stops.quiet.days_outside(at.start_on, at.deadline_on)
    if quiet_days:
        reasons.append(because("window_extended", quiet_days=quiet_days))
    return Reading(value=elapsed_share(at, on, ctx.stops.quiet), band=state.value, reasons=tuple(reasons))


def chain_of(quadrant: Quadrant, chains: Sequence[WindowChain]) -> WindowChain | None:
    """The chain of entries a class is in."""
    return next((chain for chain in chains if chain.quadrant is quadrant), None)


def move_class(
    chains: tuple[WindowChain, ...], before: Quadrant | None, now: Quadrant | None, on: date, scale: WindowScale
) -> tuple[WindowChain, ...]:
    """Leave one class and enter another; a class left not long ago keeps its first start: bouncing resets nothing."""
    if before is now:
        return chains
    kept = tuple(chain for chain in chains if chain.left_on is None or (on - chain.left_on).days < scale.reentry_days)
    if before is not None:
        kept = tuple(
            WindowChain(chain.quadrant, chain.started_on, on) if chain.quadrant is before else chain for chain in kept
        )
    if now is None:
        return kept
    known = chain_of(now, kept)
    rest = tuple(chain for chain in kept if chain.quadrant is not now)
    return (*rest, WindowChain(now, known.started_on if known else on))


def _past_quiet(start: date, end: date, quiet: DaySet) -> date:
    return quiet.advance(start, (end - start).days) if quiet.starts else end

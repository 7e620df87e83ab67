"""Where a customer stands in its life with us, from what was ordered and used (3.27)."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import floor
from statistics import median
from typing import Any, NamedTuple

from wendu.method.facts import Context
from wendu.method.reading import Reading, Reason, because, exact
from wendu.method.windows import full_months


class Lifecycle(StrEnum):
    """The five stages."""

    INTRODUCTION = "introduction"
    GROWTH = "growth"
    MATURE = "mature"
    DORMANT = "dormant"
    CHURNED = "churned"


class Spell(NamedTuple):
    """Something in use from a day until another (None: it goes on): a subscription, a policy, a contract of service.

    On trial it is not `paid`, and was not bought.
    """

    from_on: date
    until: date | None
    paid: bool = True

    def runs(self, on: date) -> bool:
        """Whether it is in use on a day."""
        return self.from_on <= on and (self.until is None or on < self.until)


class Use(NamedTuple):
    """What is known of a customer beside its orders; what is not known stays at its default.

    `begun` are the days on which it bought what runs on, `used_on` is the latest meaningful use, `in_force` whether a
    policy, subscription, warranty or service contract or a trial runs on the day asked for. `activity` is the use of
    this period over that of the one before. `habits` counts, of the latest four periods, those in which the habit aimed
    at was met. `left_on` is the day somebody declared them gone or they cancelled.
    """

    used_on: date | None = None
    in_force: bool = False
    on_trial: bool = False
    active_months: int = 0
    habits: int = 0
    activity: float | None = None
    left_on: date | None = None
    product_days: int | None = None
    begun: tuple[date, ...] = ()


NOTHING_KNOWN = Use()


def use_of(spells: Iterable[Spell], on: date, *, left_on: date | None = None, product_days: int | None = None) -> Use:
    """What spells of use come to on a day: what begins later is not known yet, what ended was used until then."""
    begun = [each for each in spells if each.from_on <= on]
    bought, running = [each for each in begun if each.paid], [each for each in begun if each.runs(on)]
    in_force = [each.from_on for each in running if each.paid]
    return Use(
        used_on=max((each.until for each in bought if each.until is not None and each.until <= on), default=None),
        in_force=bool(in_force),
        on_trial=any(not each.paid for each in running),
        active_months=full_months(min(in_force), on) if in_force else 0,
        left_on=left_on,
        product_days=product_days,
        begun=tuple(sorted({each.from_on for each in bought})),
    )


OWN, PRODUCT, PROFILE = "own", "product", "profile"


class Interval(NamedTuple):
    """Days from one order to the next, and where that is from: `own`, `product` or `profile`."""

    days: int
    source: str


def order_interval(order_days: Sequence[date], ctx: Context, *, product_days: int | None = None) -> Interval:
    """How often this customer orders, in days the trade runs: its own median, else the product's, else the profile's.

    `order_days` has each day once, in order. Halves are rounded up, and nothing is taken for less than the shortest.
    """
    scale, cadence = ctx.scale.lifecycle, ctx.scale.cadence
    own = [ctx.stops.running_days(before, after) for before, after in pairwise(order_days)]
    if len(own) >= cadence.rhythm_from_intervals:
        days, source = floor(exact(median(own[-cadence.rhythm_of_intervals :])) + 0.5), OWN
    elif product_days is not None:
        days, source = product_days, PRODUCT
    else:
        days, source = _usual(ctx), PROFILE
    return Interval(max(days, scale.shortest_days), source)


def lifecycle(order_days: Sequence[date], on: date, ctx: Context, use: Use = NOTHING_KNOWN) -> Reading:
    """The stage on a day, with the facts it follows from; provisional while the interval is not the customer's own.

    Method: 3.27 and ruling 8 (orders of a day are one, an expired trial without an order is introduction, silence of
    more than three intervals is stronger than less use). Orders after the day asked for are not looked at.
    """
    days = sorted({day for day in order_days if day <= on})
    bought = sorted({*days, *(day for day in use.begun if day <= on)})
    if _is_declared_gone(bought, use, on):
        return _reading(Lifecycle.CHURNED, because("left", on=str(use.left_on)))
    if not bought and not use.on_trial:
        return _reading(Lifecycle.INTRODUCTION, because("no_order"))
    interval = order_interval(days, ctx, product_days=use.product_days)
    silent = _silent_days(bought, on, ctx, use)
    stage, why = _stage(bought, silent, interval, ctx, use)
    facts = _what_is_seen(days, silent, interval, use)
    back = _came_back(days, ctx, use) if stage in (Lifecycle.GROWTH, Lifecycle.MATURE) else None
    reasons = tuple(reason for reason in (facts, why, back) if reason is not None)
    is_known = interval.source == OWN or use.in_force
    return Reading(stage.value, stage.value, reasons, () if is_known else ("interval",), provisional=not is_known)


def _what_is_seen(days: Sequence[date], silent: int, interval: Interval, use: Use) -> Reason:
    """Orders, silence and interval; of what is in force, that it is: nobody is silent then."""
    if use.in_force:
        return because("in_force", orders=len(days))
    told: dict[str, Any] = {"days": silent, "every": interval.days, "source": interval.source}
    if not days and use.begun:
        return because("used_until", **told)
    return because("orders_and_silence", orders=len(days), **told)


def _stage(
    days: Sequence[date], silent: int, interval: Interval, ctx: Context, use: Use
) -> tuple[Lifecycle, Reason | None]:
    """The stage of somebody who ordered or tries, and what beside orders and silence makes it."""
    scale = ctx.scale.lifecycle
    if silent > exact(scale.churned_after * interval.days):
        return Lifecycle.CHURNED, None
    if silent > exact(scale.dormant_after * interval.days):
        return Lifecycle.DORMANT, None
    if use.activity is not None and exact(1 - use.activity) >= scale.activity_drop:
        return Lifecycle.DORMANT, because("used_less", share=use.activity)
    if len(days) >= scale.mature_from_orders:
        return Lifecycle.MATURE, None
    habit = _habit(ctx, use)
    return (Lifecycle.GROWTH if habit is None else Lifecycle.MATURE), habit


def _habit(ctx: Context, use: Use) -> Reason | None:
    """That using it has become a habit, which makes a customer mature whatever it ordered."""
    if use.active_months >= ctx.scale.lifecycle.mature_from_months:
        return because("months_in_use", months=use.active_months)
    if use.habits >= ctx.scale.lifecycle.mature_from_habits:
        return because("habit_met", periods=use.habits)
    return None


def _silent_days(days: Sequence[date], on: date, ctx: Context, use: Use) -> int:
    """Days since the latest order or use that the trade ran; what is in force is used every day."""
    if use.in_force or (use.on_trial and use.used_on is None):
        return 0
    seen = [day for day in (days[-1] if days else None, use.used_on) if day is not None and day <= on]
    return ctx.stops.running_days(max(seen), on) if seen else 0


def _came_back(days: Sequence[date], ctx: Context, use: Use) -> Reason | None:
    """That the latest order ended a silence in which the customer slept or was gone."""
    *before, _latest = days or (date.min,)
    if not before:
        return None
    interval = order_interval(before, ctx, product_days=use.product_days)
    silent = ctx.stops.running_days(before[-1], days[-1])
    return (
        because("reactivated", days=silent)
        if silent > exact(ctx.scale.lifecycle.dormant_after * interval.days)
        else None
    )


def _is_declared_gone(days: Sequence[date], use: Use, on: date) -> bool:
    return use.left_on is not None and use.left_on <= on and (not days or days[-1] <= use.left_on)


def _usual(ctx: Context) -> int:
    every, profile = ctx.scale.lifecycle.every_days, ctx.profile
    said = (
        every.market.get(profile.market),
        every.product.get(profile.product),
        every.industry.get(profile.industry),
        every.sale.get(profile.sale),
    )
    return max((days for days in said if days is not None), default=ctx.scale.lifecycle.otherwise_days)


def _reading(stage: Lifecycle, reason: Reason) -> Reading:
    return Reading(stage.value, stage.value, (reason,))

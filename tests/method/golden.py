"""Random histories that stay the same for ever, and a fingerprint of everything the method says about each."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256
from random import Random
from typing import Any

from tests.method.build import CLASS_ANSWERS, context, day, happened, held
from tests.method.histories import DEALS, KINDS
from wendu.method.codes import DealEvent, Outcome, Quality, Reach, Refusal
from wendu.method.curve import curve
from wendu.method.explain import heat_reading
from wendu.method.journey import Context, DayFacts, Journey, TouchFact, deal_standing, fold, rolled, standing, view

HISTORIES = 300
DIGITS = 9
EVENTS = [DealEvent.OPENED] * 3 + [DealEvent.REOPENED, DealEvent.LOST, DealEvent.PAUSED, DealEvent.WON]
OUTCOMES = [Outcome.NONE, Outcome.ADVANCE, Outcome.ADVANCE, Outcome.CONTINUATION, Outcome.NO_SALE, Outcome.ORDER]
MARKETS = [("b2b", "", ""), ("b2c", "", "strategic"), ("b2g", "", ""), ("b2b", "project", "")]
ONE_DAY = timedelta(days=1)


def random_context(rng: Random) -> Context:
    """A market with some holidays and perhaps quiet periods."""
    holidays = {day(rng.randrange(200)) for _ in range(rng.randrange(12))}
    quiet = []
    for _ in range(rng.choice([0, 0, 1, 2])):
        start = rng.randrange(1, 200)
        quiet.append((day(start), day(start + rng.randrange(26))))
    market, sale, tier = rng.choice(MARKETS)
    return context(market, sale=sale, tier=tier, holidays=holidays, quiet=quiet)


def random_history(rng: Random) -> list[DayFacts]:
    """Some weeks or months of a customer."""
    number, days = 0, []
    for index in range(rng.randrange(1, 15)):
        days.append(_random_day(rng, number, index))
        number += rng.choice([1, 1, 2, 3, 4, 7, 12, 30, 80])
    return days


def fingerprint(seed: int, digits: int | None = DIGITS) -> str:
    """A hash of everything said about one history, its floats to so many decimals (None: to the last bit)."""
    rng = Random(seed)
    told = list(_told(random_history(rng), random_context(rng)))
    return sha256(json.dumps(_plain(told, digits), sort_keys=True).encode()).hexdigest()[:16]


def _random_day(rng: Random, number: int, index: int) -> DayFacts:
    more: dict[str, Any] = {}
    if rng.randrange(3) == 0:
        expected_on = day(number + 5 * index) if index % 3 else None  # no draw, so that all else stays as it was
        more["deals"] = (happened(rng.choice(EVENTS), rng.choice([1, 2]), expected_on),)
    if rng.randrange(3) == 0:
        more["answers"] = CLASS_ANSWERS[rng.choice("ABCD")]
    rare = rng.randrange(31)
    if rare == 0:
        more["override"] = held(rng.choice("ABCD"), day(number + rng.randrange(1, 31)))
    elif rare == 1:
        more["override_cleared"] = True
    elif rare == 2:
        more["nurture_until"] = day(number + rng.randrange(61))
    elif rare < 8:
        more[("woken", "dropped", "requalified", "ordered", "accepted")[rare - 3]] = True
    count = rng.choice([0, 1, 1, 1, 2, 3])
    touches = tuple(_random_touch(rng, number, 10 * index + place) for place in range(count))
    return DayFacts(day(number), touches, **more)


def _random_touch(rng: Random, number: int, pk: int) -> TouchFact:
    outcome, ahead = rng.choice(OUTCOMES), rng.choice([None, None, 1, 3, 9, 25, 40])
    return TouchFact(
        id=pk,
        kind=rng.choice(KINDS),
        two_way=rng.random() < 0.75,
        proactive=rng.random() < 0.5,
        contact=rng.choice([None, 5, 6]),
        reach=rng.choice(list(Reach)),
        deal=rng.choice(DEALS),
        quality=rng.choice([None, None, *Quality]),
        outcome=outcome,
        refusal=rng.choice(list(Refusal)) if outcome is Outcome.NO_SALE else Refusal.NONE,
        agreed_on=None if ahead is None else day(number + ahead),
        bad_experience=rng.random() < 0.1,
        value_note=rng.random() < 0.5,
    )


def _told(days: list[DayFacts], ctx: Context) -> Iterator[Any]:
    """The journey after every day, and every reading of it on that day and later ones."""
    state = Journey.empty()
    for each in days:
        state = fold(state, each, ctx)
        yield state.to_json()
        yield standing(state, ctx)
    end = days[-1].on
    for after in (0, 1, 5, 20, 100):
        on = end + after * ONE_DAY
        yield rolled(state, on, ctx).to_json()
        yield view(state, on, ctx)
        yield heat_reading(state, on, ctx)
        yield [deal_standing(state, deal, ctx, on) for deal in (1, 2, 3)]
    yield curve(days, days[0].on, end + 20 * ONE_DAY, ctx)


def _plain(value: Any, digits: int | None) -> Any:  # noqa: PLR0911 - one line per kind
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return value.hex() if digits is None else round(value, digits) + 0.0
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(held, digits) for key, held in value.items()}
    if is_dataclass(value) or hasattr(value, "_fields"):
        names = value._fields if hasattr(value, "_fields") else [field.name for field in fields(value)]
        return [type(value).__name__, {name: _plain(getattr(value, name), digits) for name in names}]
    return [_plain(item, digits) for item in value]

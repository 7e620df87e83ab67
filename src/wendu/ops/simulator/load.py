"""Bring the simulated firm into the database: facts first, then the coach judges, then the search index."""

# ruff: noqa: PLR2004  the chances of a made-up life are read best where they are rolled

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from time import perf_counter

from django.db import transaction
from django.db.models import Q

from wendu.coach import alerts
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding
from wendu.customers import actions as customers
from wendu.identity.models import Holiday
from wendu.journal.doors import door
from wendu.ops.simulator import firm as house
from wendu.ops.simulator.examples import examples
from wendu.ops.simulator.facts import Life
from wendu.ops.simulator.life import live
from wendu.ops.simulator.names import created_day, customer, subsidiary
from wendu.ops.simulator.rows import TABLES, Ledger
from wendu.ops.simulator.sheets import settle_sequences
from wendu.search import actions as search
from wendu.touches.actions.words import searchable
from wendu.touches.models import Touch

DEMO_CUSTOMERS = 400
SEED = 2026
CHUNK = 1000
FULL_UP_TO = 5000  # beyond that the notes of touches are not searchable and lives are short: a load, not a story
TOUCHES_EACH = 5
THROUGH_A_CUSTOMER, BRINGERS = "老客户介绍", 300


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come."""

    customers: int
    rows: int
    seconds: float


def lives(
    count: int, *, seed: int, today: date, reps: list[tuple[str, float]], main: int, stopped: frozenset[date]
) -> Iterator[Life]:
    """Make up the customers one by one; the same seed and day give the same facts."""
    written = examples(seed, today, first=0, rep=main)[:count]
    yield from written
    is_story, latest, bringers = count <= FULL_UP_TO, None, deque(written, BRINGERS)
    for index in range(len(written), count):
        rng = Random(f"{seed}:{index}")  # noqa: S311  repeatable, not secret
        rep = rng.randrange(len(reps))
        if is_story and rep == main and rng.random() < 0.8:
            rep = (rep + 1) % len(reps)
        region, skill = reps[rep]
        life = customer(rng, index, rep=rep, region=region, created_on=created_day(rng, today))
        if latest is not None and life.market == "b2b" and rng.random() < 0.06:
            subsidiary(rng, life, latest)
            life.rep, (region, skill) = latest.rep, reps[latest.rep]
        limit = 400 if is_story else rng.randint(1, 2 * TOUCHES_EACH - 1)
        life = live(rng, life, skill=skill, today=today, stopped=stopped, limit=limit)
        if any(end.outcome == "won" for deal in life.deals for end in deal.ends):
            life.collaborators = [0 if region == "east" else 1]
            if is_story and life.rep == main:  # hers are told by hand
                life.rep = (main + 1) % len(reps)
        life.referrer = _referrer(Random(f"{seed}:{index}:by"), life, bringers)  # noqa: S311
        if life.market == "b2b" and life.parent is None:
            latest = life
        bringers.append(life)
        yield life


def _referrer(rng: Random, life: Life, bringers: Iterable[Life]) -> int | None:
    """Who brought one that came through an old customer: one of the same rep's who had bought by then, else any."""
    if life.source != THROUGH_A_CUSTOMER:
        return None
    alike = (each for each in bringers if each.market == life.market)  # a household sends no factory
    had = [each for each in alike if each.first_won_on is not None and each.first_won_on <= life.created_on]
    own = [each for each in had if each.rep == life.rep]
    return rng.choice(own or had).index if had else None


def load_demo(
    customers_wanted: int | None = None, *, at: datetime, seed: int = SEED, firm_for: int = 0
) -> Iterator[Progress]:
    """Fill an empty database with the firm and its customers; `firm_for` so many customers it has enough people."""
    count = customers_wanted or DEMO_CUSTOMERS
    began, rows = perf_counter(), 0
    with door("cli"):
        firm = house.found(max(count, firm_for), at=at)
        today, frame = firm.organisation.today(at), Frame.at(at)
        stopped = frozenset(Holiday.objects.values_list("day", flat=True))
        reps = [rep.user for rep in firm.reps]
        ledger = Ledger(reps, list(firm.service), at=at, zone=firm.organisation.time_zone)
        main = next(position for position, rep in enumerate(firm.reps) if rep.user.username == "rep")
        makers = [(rep.region, rep.skill) for rep in firm.reps]
        made = lives(count, seed=seed, today=today, reps=makers, main=main, stopped=stopped)
        done = 0
        for batch in _batches(made, CHUNK):
            with transaction.atomic():
                ids = [ledger.add(life) for life in batch]
                rows += ledger.write()
                ledger.name_referrers()
            _index(ids, notes=count <= FULL_UP_TO)
            judge_many(ids, frame=frame, at=at)
            done += len(batch)
            yield Progress(done, rows, perf_counter() - began)
        settle_sequences(TABLES)


def tell_alerts(at: datetime) -> None:
    """Tell owners and managers of the alerts that stand; the two years before are past."""
    today = Frame.at(at).today
    standing = DealStanding.objects.filter(Q(strike_since__lte=today) | Q(missed_on__lte=today))
    with transaction.atomic():
        alerts.tell({}, list(standing), at=at)


def _index(ids: list[int], *, notes: bool) -> None:
    with transaction.atomic():
        customers.index_many(ids)
        if notes:
            touches = Touch.objects.filter(customer_id__in=ids).select_related("customer").order_by("pk")
            search.index_many(found for touch in touches if (found := searchable(touch)) is not None)


def _batches(items: Iterator[Life], size: int) -> Iterator[list[Life]]:
    batch: list[Life] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

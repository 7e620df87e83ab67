"""The customers of the demo's main sales rep, written by hand as facts relative to today."""

from datetime import date, timedelta
from random import Random
from typing import Any

from wendu.ops.simulator.facts import DealLife, End, Life, Log, Person, Pledge, Problem, Rest, Silence
from wendu.ops.simulator.names import mobile
from wendu.ops.simulator.words import evidence, table

ABOUT = ("industry", "province", "city", "headcount", "tier", "source", "market", "kind", "sale_kind", "product_kind")
WEIGHTS = {"decision_maker": 5, "approver": 4, "initiator": 4, "technical": 3, "purchaser": 3, "user": 2}


def examples(seed: int, today: date, *, first: int, rep: int) -> list[Life]:
    """The hand-written customers, counted on from an index."""
    rows = table("examples")
    places = {row["name"]: first + position for position, row in enumerate(rows)}
    found = [
        _life(Random(f"{seed}:example:{position}"), row, first + position, rep, today)  # noqa: S311  repeatable, not secret
        for position, row in enumerate(rows)
    ]
    for life, row in zip(found, rows, strict=True):
        life.referrer = places.get(row.get("about", {}).get("through", ""))
    return found


def _life(rng: Random, row: dict[str, Any], index: int, rep: int, today: date) -> Life:
    def on(days: int) -> date:
        return today + timedelta(days=days)

    touches = row.get("touches", ())
    created = on(row.get("created", min([each[0] for each in touches], default=0) - 2))
    about = row.get("about", {})
    life = Life(index=index, name=row["name"], rep=rep, created_on=created)
    for field in ABOUT:
        if field in about:
            setattr(life, field, about[field])
    life.tags = list(about.get("tags", ()))
    life.people = [_person(rng, *each) for each in row["people"]]
    life.deals = [_deal(each, on) for each in row.get("deals", ())]
    life.logs = [_log(each, on) for each in touches]
    if "rest" in row:
        rest = row["rest"]
        life.rests = [Rest(rest["kind"], rest["reason"], rest["note"], on(rest["began"]), on(rest["wake"]))]
    return life


def _person(rng: Random, name: str, title: str, role: str, stance: int) -> Person:
    return Person(
        name=name,
        title=title,
        department={"财": "财务部", "采": "采购部", "设": "设备部", "生": "生产部"}.get(title[0], ""),
        mobile=mobile(rng),
        role=role,
        is_receptive=role == "technical",
        is_dissatisfied=role == "initiator",
        is_powerful=role == "decision_maker",
        weight=WEIGHTS[role],
        stance=stance,
    )


def _deal(row: dict[str, Any], on: Any) -> DealLife:
    deal = DealLife(
        title=row["title"],
        product=row["title"],
        amount_minor=round(row["amount"] * 1_000_000),
        opened_on=on(row["opened"]),
        expected_on=on(row["expected"]) if "expected" in row else None,
        moves=[(on(day), stage) for day, stage in row.get("stages", ())],
    )
    if "won" in row:
        deal.ends = [End(on=on(row["won"]), outcome="won")]
        deal.moves.append((on(row["won"]), "ST5"))
    if "lost" in row:
        day, reason, note = row["lost"]
        deal.ends = [End(on=on(day), outcome="lost", reason=reason, note=note)]
    return deal


def _log(row: list[Any], on: Any) -> Log:
    day, kind, people, outcome, note, more = row
    log = Log(
        on=on(day),
        kind=kind,
        note=note,
        people=tuple(people),
        deal=more.get("deal"),
        outcome=outcome,
        refusal=more.get("refusal", ""),
        two_way=more.get("two_way", True),
        value_note=more.get("value", ""),
        has_news=more.get("news", True),
        benefit=_whole(more.get("benefit")),
        cost=_whole(more.get("cost")),
        guess=more.get("guess"),
        agreed_on=on(more["agreed"]) if "agreed" in more else None,
        answers={code: (value, evidence(code, value)) for code, value in more.get("answers", {}).items()},
    )
    if "commit" in more:
        who, what, due, state = more["commit"]
        log.commitment = _pledge(who, what, on(due), state)
    if "promise" in more:
        what, due, state = more["promise"]
        log.promise = _pledge(people[0], what, on(due), state)
    if "tail" in more:
        log.problem = Problem(more["tail"])
    if "quiet" in more:
        start, end, reason, why = more["quiet"]
        log.silence = Silence(on(start), on(end), reason, why)
    return log


def _pledge(who: int, what: str, due_on: date, state: str) -> Pledge:
    return Pledge(who, what, due_on, state, None if state == "open" else due_on)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)

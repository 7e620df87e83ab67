"""Bring in opportunities by the thousand, open, won and lost ones: plain columns, journaled without telling anyone."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from wendu.access.verbs import permit
from wendu.identity.models import User
from wendu.journal.actions import entry_values, record_values
from wendu.kernel.bulk import blank_columns, next_keys, write_values
from wendu.kernel.changes import plain
from wendu.kernel.entity import kind_of, new_uuid
from wendu.opportunities.actions.stages import BY_JUDGEMENT
from wendu.opportunities.actions.standing import SELLING
from wendu.opportunities.choices import LossReason, Outcome, Stage, State
from wendu.opportunities.models import Closure, Opportunity, StageMove
from wendu.search import actions as search
from wendu.search.findable import Prepared, Words

KIND = kind_of(Opportunity)
NAMED, ENDS = ("customer_id", "owner_id", "stage"), ("outcome", "closed_on", "amount_minor", "reason")


class End(NamedTuple):
    """How and when a deal ended; a loss has a reason, be it that nobody knows it."""

    outcome: str
    closed_on: date
    reason: str = ""


class NewDeal(NamedTuple):
    """A deal to bring in: its columns with customer and owner, the words it answers to, and its end if it has one."""

    values: Mapping[str, Any]
    words: Words
    end: End | None = None


def load_deals(rows: Sequence[NewDeal], *, actor: User | None, at: datetime) -> list[int]:
    """Write many deals with their ends and stages in a fixed number of statements and give their keys.

    A won deal has been through all the stages, on the day it was won as far as the file knows.
    """
    permit(actor, "import.run")
    if not rows:
        return []
    keys, same = next_keys(Opportunity, len(rows)), {**blank_columns(Opportunity), "created_at": at}
    written = []
    for row, key in zip(rows, keys, strict=True):
        stage = Stage.ST5 if row.end and row.end.outcome == Outcome.WON else row.values["stage"]
        written.append({**same, "uuid": new_uuid(), **row.values, "stage": stage, "id": key})
    write_values(Opportunity, written, keyed=True)
    ended = [(row, key) for row, key in zip(rows, keys, strict=True) if row.end is not None]
    closures = [_closure(row, key, actor) for row, key in ended]
    for closure, pk in zip(closures, next_keys(Closure, len(closures)) if closures else (), strict=True):
        closure["id"] = pk
    write_values(Closure, closures, keyed=True)
    write_values(StageMove, [move for row, key in ended for move in _moves(row, key, actor)])
    _remember(rows, keys, closures, actor=actor, at=at)
    search.index_new(
        Prepared(KIND, values["id"], values["uuid"], values["customer_id"], row.words)
        for row, values in zip(rows, written, strict=True)
    )
    return keys


def _closure(row: NewDeal, key: int, actor: User | None) -> dict[str, Any]:
    end = row.end
    assert end is not None  # noqa: S101  only ended ones come here
    return {
        **blank_columns(Closure),
        "uuid": new_uuid(),
        "opportunity_id": key,
        "outcome": end.outcome,
        "closed_on": end.closed_on,
        "closed_by_id": actor.pk if actor else None,
        "amount_minor": row.values.get("amount_minor"),
        "reason": (end.reason or LossReason.UNKNOWN) if end.outcome == Outcome.LOST else "",
    }


def _moves(row: NewDeal, key: int, actor: User | None) -> Iterator[dict[str, Any]]:
    if row.end is None or row.end.outcome != Outcome.WON:
        return
    first = SELLING.index(Stage(row.values["stage"]))
    for here, there in itertools.pairwise((*SELLING[first:], Stage.ST5)):
        yield {
            **blank_columns(StageMove),
            "uuid": new_uuid(),
            "opportunity_id": key,
            "from_stage": here,
            "to_stage": there,
            "moved_on": row.end.closed_on,
            "moved_by_id": actor.pk if actor else None,
            "reason": "won" if there == Stage.ST5 else BY_JUDGEMENT,
        }


def _remember(
    rows: Sequence[NewDeal],
    keys: Sequence[int],
    closures: Sequence[Mapping[str, Any]],
    *,
    actor: User | None,
    at: datetime,
) -> None:
    known = dict(zip(keys, rows, strict=True))
    entries = [
        entry_values(
            "opportunity.opened",
            subject=(KIND, key),
            customer_id=row.values["customer_id"],
            actor=actor,
            at=at,
            after=_said(row.values),
        )
        for key, row in known.items()
    ]
    for closure in closures:
        key = closure["opportunity_id"]
        values = known[key].values
        entries.append(
            entry_values(
                "opportunity.closed",
                subject=(KIND, key),
                customer_id=values["customer_id"],
                actor=actor,
                at=at,
                before={"state": State.OPEN, "stage": values["stage"]},
                after=_ended(closure, values["stage"]),
            )
        )
    record_values(entries)


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal keeps of a new deal: all that was said."""
    blank = blank_columns(Opportunity)
    said = {name: plain(value) for name, value in values.items() if name not in NAMED and value != blank[name]}
    return {**said, "owner": values["owner_id"], "stage": values["stage"]}


def _ended(closure: Mapping[str, Any], stage: str) -> dict[str, Any]:
    said = {name: plain(closure[name]) for name in ENDS if closure[name] not in (None, "")}
    return {"closure": closure["id"], **said, "stage": Stage.ST5 if closure["outcome"] == Outcome.WON else stage}

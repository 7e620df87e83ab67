"""Writing a contract that a file tells of, and changing one it knows better: corrected, then taken step by step."""

from collections import deque
from datetime import date
from typing import Any

from wendu.agreements.actions import BEGUN_AS, CONTRACT_STEPS, correct_contract, move_contract, write_contract
from wendu.agreements.choices import ContractState
from wendu.agreements.models import CLOSED, SIGNED_STATES, Contract
from wendu.customers.models import Customer
from wendu.exchange.errors import ContractStands
from wendu.exchange.loaders.contract_rows import ContractDraft
from wendu.exchange.report import UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, Run

S = ContractState
BEFORE_THE_END = {S.ENDED: S.RUNNING, S.TERMINATED: S.RUNNING, S.CANCELLED: S.OFFERED}


def write_row(customer: Customer, draft: ContractDraft, links: dict[str, Any], run: Run) -> Contract:
    """Write one down as far as it is, and end it where the row says so; without a word a signed one is signed."""
    state = S(draft.state) if draft.state else S.SIGNED if draft.given.get("signed_on") else S.DRAFT
    begun = state if state in BEGUN_AS else BEFORE_THE_END[state]
    who: dict[str, Any] = {"actor": run.actor, "at": run.at}
    row = write_contract(customer=customer, values={**draft.given, **links, "state": begun}, **who)
    if begun != state:
        move_contract(contract=row, to_state=state, on=draft.ended_on, reason=draft.reason, **who)
    return row


def edit_contract(row: Contract, draft: ContractDraft, links: dict[str, Any], run: Run) -> str:
    """Change a known contract, each step asked about and journaled; a row that says nothing new costs nothing."""
    said = {**draft.given, **links}
    news = {name: value for name, value in said.items() if value != getattr(row, name)}
    who: dict[str, Any] = {"contract": row, "actor": run.actor, "at": run.at}
    if run.only_fills:
        news = {name: value for name, value in news.items() if getattr(row, name) in BLANK}
        if news:
            correct_contract(changes=news, **who)
        return UPDATED if news else UNCHANGED
    steps = _steps(S(row.state), S(draft.state or row.state))
    if not steps and row.state in CLOSED and draft.ended_on not in (None, row.ended_on):
        raise ContractStands(here=str(row.ended_on)).at("ended_on")
    if news:
        correct_contract(changes=news, **who)
    for step in steps:
        move_contract(to_state=step, on=_day_of(step, draft), reason=draft.reason, **who)
    return UPDATED if news or steps else UNCHANGED


def _steps(here: ContractState, there: ContractState) -> list[ContractState]:
    """The shortest way from one state to another; where none leads there, the file does not say how it came about."""
    ways = deque([(here, list[ContractState]())])
    seen = {here}
    while ways:
        place, way = ways.popleft()
        if place == there:
            return way
        for step in CONTRACT_STEPS.get(place, ()):
            if step not in seen:
                seen.add(step)
                ways.append((step, [*way, step]))
    raise ContractStands(here=here.label).at("state")


def _day_of(step: ContractState, draft: ContractDraft) -> date | None:
    """The day of a step, as far as the row tells it; else today."""
    if step in CLOSED:
        ended_on: date | None = draft.ended_on
        return ended_on
    return draft.given.get("signed_on") if step in SIGNED_STATES else None

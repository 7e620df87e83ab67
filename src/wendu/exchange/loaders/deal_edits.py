"""Changing an opportunity that a file knows better: through the actions a person would use."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db import transaction

from wendu.customers.models import CustomField
from wendu.exchange.errors import ClosedHere
from wendu.exchange.loaders.deal_rows import DealDraft
from wendu.exchange.loaders.own_reader import own_news
from wendu.exchange.report import UNCHANGED, UPDATED
from wendu.exchange.run import BLANK, Run
from wendu.opportunities.actions import change_deal_owner, close_opportunity, edit_opportunity, move_stage
from wendu.opportunities.choices import LossReason, Outcome, Stage
from wendu.opportunities.models import Opportunity

SELLING = (Stage.ST1, Stage.ST2, Stage.ST3, Stage.ST4)


def edit_deal(deal: Opportunity, draft: DealDraft, run: Run, fields: Mapping[str, CustomField], ended: str) -> str:
    """Change a known deal through the actions a person would use, each asked about and journaled.

    `ended` is how it ended, if its end stands. A row that says nothing new costs the database nothing.
    """
    if ended and draft.outcome and draft.outcome != ended and not run.only_fills:
        raise ClosedHere(state=Outcome(ended).label).at("outcome")
    steps = list(_steps(deal, draft, run, fields, is_open=not ended))
    if not steps:
        return UNCHANGED
    with transaction.atomic():
        for step in steps:
            step()
    return UPDATED


def _steps(
    deal: Opportunity, draft: DealDraft, run: Run, fields: Mapping[str, CustomField], *, is_open: bool
) -> Iterator[Callable[[], object]]:
    """What there is to do, in the order in which a person would; none of it depends on what another one changes."""
    who: dict[str, Any] = {"actor": run.actor, "at": run.at}
    changes = _changes(deal, draft, run)
    own = {fields[code]: value for code, value in own_news(deal.custom, draft.custom, fills=run.only_fills).items()}
    if changes or own:
        yield partial(edit_opportunity, opportunity=deal, changes=changes, own=own, **who)
    if draft.owner is not None and draft.owner.pk != deal.owner_id and not (run.only_fills and deal.owner_id):
        yield partial(change_deal_owner, opportunity=deal, owner=draft.owner, **who)
    if run.only_fills or not is_open:
        return
    if draft.stage and draft.stage != deal.stage and deal.stage in SELLING:
        yield partial(_move, deal, Stage(draft.stage), run)
    if draft.outcome in Outcome.values and draft.closed_on is not None:
        yield partial(
            close_opportunity,
            opportunity=deal,
            outcome=Outcome(draft.outcome),
            closed_on=draft.closed_on,
            reason=draft.reason or (LossReason.UNKNOWN if draft.outcome == Outcome.LOST else ""),
            through_stages=True,
            **who,
        )


def _changes(deal: Opportunity, draft: DealDraft, run: Run) -> dict[str, Any]:
    """What a row says differently; where only what is empty is filled, an amount brings its currency along."""
    changes = {name: value for name, value in draft.given.items() if getattr(deal, name) != value}
    if run.only_fills:
        empty = {name for name in changes if getattr(deal, name) in BLANK}
        empty |= {"currency", "amount_is_estimated"} if "amount_minor" in empty else set()
        changes = {name: value for name, value in changes.items() if name in empty}
    if not draft.is_titled:
        changes.pop("title", None)
    if draft.given.get("amount_is_estimated") and deal.amount_minor is not None:
        changes.pop("amount_minor", None)  # a list price says less than what is known here
        changes.pop("amount_is_estimated", None)
    return changes


def _move(deal: Opportunity, target: Stage, run: Run) -> None:
    who = {"actor": run.actor, "at": run.at}
    while SELLING.index(target) > SELLING.index(Stage(deal.stage)):
        move_stage(opportunity=deal, to_stage=SELLING[SELLING.index(Stage(deal.stage)) + 1], **who)
    if deal.stage != target:
        move_stage(opportunity=deal, to_stage=target, reason="import", **who)

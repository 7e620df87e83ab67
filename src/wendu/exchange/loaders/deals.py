"""A table of opportunities: open, won and lost ones, each with its customer or in its owner's bucket."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from wendu.customers.actions import bucket_for, require_hand_over
from wendu.customers.models import Collaborator, Customer
from wendu.exchange.errors import ClosedHere, CustomerNotFound, DayOrder, DayToCome, OwnerMissing, ValueMissing
from wendu.exchange.loaders.fields import Words, column_reader, day_reader, gather
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import SKIP, Found, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.identity.models import User
from wendu.journal.actions import entry_for, record_many
from wendu.journal.models import Entry
from wendu.kernel.changes import plain
from wendu.kernel.currencies import is_currency
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.opportunities.actions import (
    BadCurrency,
    NegativeAmount,
    OpportunityIdTaken,
    change_deal_owner,
    close_opportunity,
    edit_opportunity,
    index_deals,
    move_stage,
)
from wendu.opportunities.choices import LossReason, Outcome, Stage
from wendu.opportunities.models import Closure, Opportunity, StageMove

TEXTS = ("external_id", "title", "product", "note", "currency")
DAYS = ("opened_on", "expected_on", "closed_on")
SELLING = (Stage.ST1, Stage.ST2, Stage.ST3, Stage.ST4)
Key = tuple[int, str, date | None]


@dataclass(slots=True)
class DealDraft:
    """An opportunity as a row tells of it."""

    given: dict[str, Any]
    customer: str = ""
    owner: User | None = None
    stage: str = ""
    outcome: str = ""
    closed_on: Any = None
    reason: str = ""
    is_titled: bool = True


@dataclass(slots=True)
class _Batch:
    """What a batch will write in bulk."""

    fresh: list[tuple[Opportunity, DealDraft]] = field(default_factory=list)
    joined: set[tuple[int, int]] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)


class OpportunitiesLoader:
    """Rows that are opportunities."""

    def __init__(self, run: Run) -> None:
        self.run, blank, words, day = run, Opportunity(), Words(), day_reader(run)
        self._readers: dict[str, Any] = {name: column_reader(blank, name) for name in TEXTS}
        self._readers |= dict.fromkeys(DAYS, day)
        self._buckets: dict[int, Customer] = {}
        self._readers["stage"] = lambda text: _stage(text, words)
        self._readers["outcome"] = lambda text: words.read(text, "deal_outcome")
        self._readers["reason"] = lambda text: words.read(text, "loss_reason")
        self._readers["amount_is_estimated"] = lambda text: words.read(text, "flag") == "1"

    def prepare(self, row: Row) -> tuple[DealDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        given = gather(row.values, self._readers, refusals)
        draft = DealDraft(given, customer=row.values.get("customer", ""))
        try:
            if name := row.values.get("owner"):
                draft.owner = self.run.people.one(name, "owner")
            elif not draft.customer:
                raise OwnerMissing
        except ActionError as refusal:
            refusal.field = "owner"
            refusals.append(refusal)
        self._worth(row, draft, refusals)
        self._course(draft, refusals)
        draft.is_titled = "title" in given
        given.setdefault("title", given.get("product") or draft.customer[:200])
        return draft, refusals

    def write(self, rows: Sequence[Row], drafts: Sequence[DealDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch; the second value is the customers the coach has to judge."""
        found = self.run.find_customers(draft.customer for draft in drafts)
        numbers = {draft.given["external_id"] for draft in drafts if draft.given.get("external_id")}
        loaded = Opportunity.objects.select_related("customer", "owner")
        known = {row.external_id: row for row in loaded.filter(external_id__in=numbers)}
        batch, verdicts = _Batch(), [Verdict() for _ in rows]
        homes: list[Customer | None] = [None] * len(drafts)
        for place, draft in enumerate(drafts):
            try:
                homes[place] = self._home(draft, found)
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
        nameless = {home.pk for home, draft in zip(homes, drafts, strict=True) if home and _is_nameless(draft)}
        alike = {_key(row): row for row in loaded.filter(customer_id__in=nameless, deleted_at__isnull=True)}
        for place, (draft, home) in enumerate(zip(drafts, homes, strict=True)):
            if home is not None:
                self._decide(draft, home, (known, alike), batch, verdicts[place])
        self._store(batch)
        return verdicts, batch.touched

    def _decide(
        self,
        draft: DealDraft,
        home: Customer,
        there: tuple[dict[str, Opportunity], dict[Key, Opportunity]],
        batch: _Batch,
        verdict: Verdict,
    ) -> None:
        known, alike = there
        number = draft.given.get("external_id", "")
        deal = known.get(number) if number else alike.get((home.pk, draft.given["title"], draft.given.get("opened_on")))
        try:
            if deal is None:
                deal = self._new(draft, home, batch)
                (known if number else alike)[number or _key(deal)] = deal  # type: ignore[index]
                verdict.what = CREATED
            elif deal.deleted_at is not None or (deal.pk and not self.run.can("customer.view", deal.customer)):
                raise OpportunityIdTaken(external_id=number)
            elif deal.pk is None or self.run.on_match == SKIP:
                verdict.what = UNCHANGED
            else:
                with transaction.atomic():
                    verdict.what = self._update(deal, draft)
        except ActionError as refusal:
            verdict.refusals.append(refusal)

    def _home(self, draft: DealDraft, found: Found) -> Customer:
        """The customer of a deal; one nobody wrote down waits in its owner's bucket until it gets a name."""
        if draft.customer:
            return found.one(draft.customer, CustomerNotFound, "customer")
        if draft.owner is None:
            raise OwnerMissing().at("owner")
        if draft.owner.pk not in self._buckets:
            if not self.run.has_all_rights:
                require_hand_over(self.run.actor, draft.owner)
            self._buckets[draft.owner.pk] = bucket_for(user=draft.owner, actor=self.run.actor, at=self.run.at)
        return self._buckets[draft.owner.pk]

    def _new(self, draft: DealDraft, home: Customer, batch: _Batch) -> Opportunity:
        if not self.run.has_all_rights:
            self.run.may("opportunity.create", home)
            require_hand_over(self.run.actor, draft.owner)
        owner = draft.owner or home.owner
        deal = Opportunity(
            customer=home,
            owner=owner,
            stage=draft.stage or Stage.ST1,
            created_at=self.run.at,
            **{"currency": self.run.currency, **draft.given},
        )
        batch.fresh.append((deal, draft))
        batch.touched.add(home.pk)
        if owner is not None and owner.pk != home.owner_id:
            batch.joined.add((home.pk, owner.pk))
        return deal

    def _update(self, deal: Opportunity, draft: DealDraft) -> str:
        """Change a known deal through the actions a person would use, each asked about and journaled."""
        who = {"actor": self.run.actor, "at": self.run.at}
        closure = deal.closures.filter(reopened_on__isnull=True).first()
        changes = {name: value for name, value in draft.given.items() if getattr(deal, name) != value}
        if not draft.is_titled:
            changes.pop("title", None)
        if draft.given.get("amount_is_estimated") and deal.amount_minor is not None:
            changes.pop("amount_minor", None)  # a list price says less than what is known here
            changes.pop("amount_is_estimated", None)
        if closure is not None and draft.outcome and draft.outcome != closure.outcome:
            raise ClosedHere(state=Outcome(closure.outcome).label).at("outcome")
        if changes:
            edit_opportunity(opportunity=deal, changes=changes, **who)
        is_changed = bool(changes)
        if draft.owner is not None and draft.owner.pk != deal.owner_id:
            change_deal_owner(opportunity=deal, owner=draft.owner, **who)
            is_changed = True
        if closure is None and draft.stage and draft.stage != deal.stage and deal.stage in SELLING:
            self._move(deal, Stage(draft.stage))
            is_changed = True
        if closure is None and draft.outcome in Outcome.values and draft.closed_on is not None:
            close_opportunity(
                opportunity=deal,
                outcome=Outcome(draft.outcome),
                closed_on=draft.closed_on,
                reason=draft.reason,
                through_stages=True,
                **who,
            )
            is_changed = True
        return UPDATED if is_changed else UNCHANGED

    def _move(self, deal: Opportunity, target: Stage) -> None:
        who = {"actor": self.run.actor, "at": self.run.at}
        while SELLING.index(target) > SELLING.index(Stage(deal.stage)):
            move_stage(opportunity=deal, to_stage=SELLING[SELLING.index(Stage(deal.stage)) + 1], **who)
        if deal.stage != target:
            move_stage(opportunity=deal, to_stage=target, reason="import", **who)

    def _store(self, batch: _Batch) -> None:
        """Write new deals with their ends and stages, and let their owners work on the customers."""
        Opportunity.objects.bulk_create([deal for deal, _ in batch.fresh])
        ends = [(deal, draft) for deal, draft in batch.fresh if draft.outcome in Outcome.values]
        closures = [self._closure(deal, draft) for deal, draft in ends]
        Closure.objects.bulk_create(closures)
        moves = [move for deal, draft in ends if draft.outcome == Outcome.WON for move in self._moves(deal, draft)]
        StageMove.objects.bulk_create(moves)
        Opportunity.objects.filter(pk__in={move.opportunity_id for move in moves}).update(stage=Stage.ST5)
        there = set(
            Collaborator.objects.filter(customer_id__in={pk for pk, _ in batch.joined}).values_list(
                "customer_id", "user_id"
            )
        )
        joined = sorted(batch.joined - there)
        Collaborator.objects.bulk_create(
            Collaborator(customer_id=pk, user_id=user, since=self.run.at) for pk, user in joined
        )
        record_many(self._entries(batch, closures, joined))
        index_deals(deal for deal, _ in batch.fresh)

    def _closure(self, deal: Opportunity, draft: DealDraft) -> Closure:
        reason = (draft.reason or LossReason.UNKNOWN) if draft.outcome == Outcome.LOST else ""
        return Closure(
            opportunity=deal,
            outcome=draft.outcome,
            closed_on=draft.closed_on,
            closed_by=self.run.actor,
            amount_minor=deal.amount_minor,
            reason=reason,
        )

    def _moves(self, deal: Opportunity, draft: DealDraft) -> Iterator[StageMove]:
        """A won deal has been through all the stages, on the day it was won as far as the file knows."""
        way = (*SELLING[SELLING.index(Stage(deal.stage)) :], Stage.ST5)
        for here, there in itertools.pairwise(way):
            yield StageMove(
                opportunity=deal,
                from_stage=here,
                to_stage=there,
                moved_on=draft.closed_on,
                moved_by=self.run.actor,
                reason="won" if there == Stage.ST5 else "judgement",
            )

    def _entries(
        self, batch: _Batch, closures: Sequence[Closure], joined: Sequence[tuple[int, int]]
    ) -> Iterator[Entry]:
        who = {"actor": self.run.actor, "at": self.run.at}
        for deal, draft in batch.fresh:
            after = {name: plain(value) for name, value in draft.given.items()}
            yield entry_for(
                "opportunity.opened", subject=deal, after={**after, "owner": deal.owner_id, "stage": deal.stage}, **who
            )
        for closure in closures:
            after = {
                "closure": closure.pk,
                "outcome": closure.outcome,
                "closed_on": plain(closure.closed_on),
                "amount_minor": closure.amount_minor,
                "reason": closure.reason,
            }
            yield entry_for("opportunity.closed", subject=closure.opportunity, after=after, **who)
        for pk, user in joined:
            yield entry_for("customer.collaborator_added", subject=("customer", pk), after={"user": user}, **who)

    def _worth(self, row: Row, draft: DealDraft, refusals: list[ActionError]) -> None:
        """Read the amount; where there is none, the list price stands for it, marked as an estimate."""
        currency = draft.given.get("currency", self.run.currency).upper()
        if "currency" in draft.given:
            draft.given["currency"] = currency
        amount, price = row.values.get("amount"), row.values.get("list_price")
        try:
            if not is_currency(currency):
                raise BadCurrency(currency=currency)
            if amount or price:
                draft.given["amount_minor"] = parse_amount(amount or price or "", currency)
                draft.given.setdefault("amount_is_estimated", not amount)
            if draft.given.get("amount_minor", 0) < 0:
                raise NegativeAmount
        except ActionError as refusal:
            refusals.append(refusal)

    def _course(self, draft: DealDraft, refusals: list[ActionError]) -> None:
        """Settle how the deal stands: an outcome in the stage column counts as one, an end needs its day."""
        given = draft.given
        stage = given.pop("stage", "")
        draft.outcome = given.pop("outcome", "") or (stage if stage not in Stage.values else "")
        draft.stage = stage if stage in Stage.values else ""
        draft.closed_on, draft.reason = given.pop("closed_on", None), given.pop("reason", "")
        opened = given.get("opened_on")
        for day, name in ((opened, "opened_on"), (draft.closed_on, "closed_on")):
            if day is not None and day > self.run.today:
                refusals.append(DayToCome(day=day.isoformat()).at(name))
        if draft.outcome not in Outcome.values:
            if draft.closed_on is not None:
                refusals.append(ValueMissing().at("outcome"))
        elif draft.closed_on is None and not any(refusal.field == "closed_on" for refusal in refusals):
            refusals.append(ValueMissing().at("closed_on"))
        if draft.closed_on is not None and opened is not None and draft.closed_on < opened:
            days = {"later": draft.closed_on.isoformat(), "earlier": opened.isoformat()}
            refusals.append(DayOrder(**days).at("closed_on"))


def _stage(text: str, words: Words) -> str:
    """Read a stage, or an outcome that other systems keep in the same column."""
    try:
        return words.read(text, "stage")
    except ActionError as unknown:
        try:
            return words.read(text, "deal_outcome")
        except ActionError:
            raise unknown from None


def _is_nameless(draft: DealDraft) -> bool:
    return not draft.given.get("external_id")


def _key(deal: Opportunity) -> Key:
    return (deal.customer_id, deal.title, deal.opened_on)

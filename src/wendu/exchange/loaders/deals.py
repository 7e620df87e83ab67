"""A table of opportunities: open, won and lost ones, each with its customer or in its owner's bucket."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wendu.customers.actions import bucket_for, load_collaborators, require_hand_over
from wendu.customers.models import Customer
from wendu.exchange.errors import CustomerNotFound, OwnerMissing
from wendu.exchange.loaders.deal_edits import edit_deal
from wendu.exchange.loaders.deal_rows import DealDraft, DealReader, home_key
from wendu.exchange.matching import Found, Known
from wendu.exchange.report import CREATED, UNCHANGED, UPDATED
from wendu.exchange.run import SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.kernel.entity import carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.prepared import Among, prepared
from wendu.opportunities.actions import End, NewDeal, OpportunityIdTaken, load_deals
from wendu.opportunities.choices import Outcome, Stage
from wendu.opportunities.models import Closure, Opportunity
from wendu.search.findable import LONGEST_TITLE

Home = Known | Customer
Key = tuple[int, str, date | None]


@dataclass(slots=True)
class _There:
    """The opportunities that rows of a batch may mean: by our ids, their numbers, else by customer, title and day."""

    by_uuid: dict[UUID, Opportunity]
    by_number: dict[str, Opportunity]
    alike: dict[Key, Opportunity]
    ended: dict[int, str]  # how those ended whose end stands

    def find(self, draft: DealDraft, home: Home) -> Opportunity | None:
        """Give the one a row means; one of another number than that of the row is not overwritten."""
        if draft.uuid in self.by_uuid:
            meant = self.by_uuid[draft.uuid]
            numbered = self.by_number.get(draft.number, meant) if draft.number else meant
            if numbered.pk != meant.pk:
                raise OpportunityIdTaken(external_id=draft.number)
            return meant
        return self.by_number.get(draft.number) if draft.number else self.alike.get(_key(draft, home))

    def rename(self, deal: Opportunity, title: str, opened_on: date | None, number: str) -> None:
        """Note what a deal is called from now on; by what it was called no row means it any more."""
        old = (deal.customer_id, title, opened_on)
        if self.alike.get(old) is deal:
            del self.alike[old]
        self.alike.setdefault((deal.customer_id, deal.title, deal.opened_on), deal)
        if number != deal.external_id:
            self.by_number.pop(number, None)
            self.by_number[deal.external_id] = deal


@dataclass(slots=True)
class _Batch:
    """What a batch will write in bulk, and what its rows called it."""

    fresh: list[NewDeal] = field(default_factory=list)
    called: set[str | Key | UUID | None] = field(default_factory=set)
    joined: set[tuple[int, int]] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)


class OpportunitiesLoader:
    """Rows that are opportunities."""

    def __init__(self, run: Run) -> None:
        self.run = run
        reader = DealReader(run)
        self.prepare, self._own = reader.read, reader.own
        self._buckets: dict[int, Customer] = {}
        self.former: Former = {}

    def write(self, rows: Sequence[Row], drafts: Sequence[DealDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch; the second value is the customers the coach has to judge."""
        found = self.run.find_customers(draft.customer for draft in drafts)
        self.former = {}
        batch, verdicts, homes = _Batch(), [Verdict() for _ in rows], dict[int, Home]()
        meant = _meant(drafts)
        for place, draft in enumerate(drafts):
            try:
                homes[place] = meant[draft.uuid].customer if draft.uuid in meant else self._home(draft, found)
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
        there = _there(meant, [(drafts[place], home) for place, home in homes.items()], self.run)
        for place, home in homes.items():
            try:
                verdicts[place].what = self._decide(place, drafts[place], home, there, batch)
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
        load_deals(batch.fresh, actor=self.run.actor, at=self.run.at)
        load_collaborators(batch.joined, actor=self.run.actor, at=self.run.at)
        return verdicts, batch.touched

    def forget(self) -> None:
        """What was opened for this file was taken back."""
        self._buckets.clear()

    def _decide(self, place: int, draft: DealDraft, home: Home, there: _There, batch: _Batch) -> str:
        called = draft.uuid if draft.uuid in there.by_uuid else draft.number or _key(draft, home)
        if called in batch.called:
            return UNCHANGED
        deal = there.find(draft, home)
        if deal is None:
            self._take_up(draft, home, batch)
            batch.called.add(called)
            return CREATED
        if deal.deleted_at is not None or not (self.run.has_all_rights or self.run.can("customer.view", deal.customer)):
            raise OpportunityIdTaken(external_id=draft.number or str(draft.uuid))
        if self.run.on_match == SKIP:
            return UNCHANGED
        before = (deal.title, deal.opened_on, deal.external_id)
        what = edit_deal(deal, draft, self.run, self._own.fields, there.ended.get(deal.pk, ""))
        if what == UPDATED:
            there.ended |= _ended([deal.pk])
        if before != (deal.title, deal.opened_on, deal.external_id):
            self.former[place] = ((home_key(draft), *before[:2]), *((("#", before[2]),) if before[2] else ()))
            there.rename(deal, *before)
        return what

    def _home(self, draft: DealDraft, found: Found) -> Home:
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

    def _take_up(self, draft: DealDraft, home: Home, batch: _Batch) -> None:
        if not self.run.has_all_rights:
            self.run.may_about("opportunity.create", home.pk)
            require_hand_over(self.run.actor, draft.owner)
        owner_id = draft.owner.pk if draft.owner else home.owner_id
        values: dict[str, Any] = {
            "currency": self.run.currency,
            **draft.given,
            "customer_id": home.pk,
            "owner_id": owner_id,
            "stage": draft.stage or Stage.ST1,
            **({"custom": draft.custom} if draft.custom else {}),
        }
        is_ended = draft.outcome in Outcome.values
        end = End(draft.outcome, draft.closed_on, draft.reason) if is_ended else None
        assert draft.words is not None  # noqa: S101  prepared for every row that reads well
        batch.fresh.append(NewDeal(values, draft.words._replace(subtitle=home.name[:LONGEST_TITLE]), end))
        batch.touched.add(home.pk)
        if owner_id is not None and owner_id != home.owner_id:
            batch.joined.add((home.pk, owner_id))


def _meant(drafts: Sequence[DealDraft]) -> dict[UUID, Opportunity]:
    """The opportunities whose ids the rows bear."""
    uuids = {draft.uuid for draft in drafts if draft.uuid}
    loaded = Opportunity.objects.select_related("customer", "owner")
    return {deal.uuid: deal for deal in loaded.filter(uuid__in=uuids)} if uuids else {}


def _there(meant: dict[UUID, Opportunity], rows: Sequence[tuple[DealDraft, Home]], run: Run) -> _There:
    """Find what is there already; three queries. Whoever may see all customers needs none of them read."""
    loaded = Opportunity.objects.all() if run.has_all_rights else Opportunity.objects.select_related("customer")
    numbers = {draft.number for draft, _ in rows if draft.number}
    nameless = {home.pk for draft, home in rows if not draft.number and draft.uuid not in meant}
    known = list(loaded.filter(carrying(numbers))) if numbers else []
    alike = list(loaded.standing().filter(customer_id__in=nameless)) if nameless else []
    return _There(
        meant,
        {deal.external_id: deal for deal in known},
        {(deal.customer_id, deal.title, deal.opened_on): deal for deal in alike},
        _ended([deal.pk for deal in (*meant.values(), *known, *alike)]),
    )


def _ended(keys: Collection[int]) -> dict[int, str]:
    """How those of these opportunities ended whose end stands."""
    return dict(_ends(keys)) if keys else {}


@prepared
def _ends(keys: Collection[int]) -> QuerySet[Any, Any]:
    ends = Closure.objects.filter(Among("opportunity_id", keys), reopened_on__isnull=True)
    return ends.values_list("opportunity_id", "outcome")


def _key(draft: DealDraft, home: Home) -> Key:
    return (home.pk, draft.given["title"], draft.given.get("opened_on"))

"""A table of subscriptions: fees that come again, each of a customer who is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from wendu.agreements.actions import begin_subscription, end_subscription
from wendu.agreements.models import Subscription
from wendu.customers.models import Customer
from wendu.exchange.errors import CustomerNotFound, SaidTwice, SubscriptionStands
from wendu.exchange.loaders.library import Library
from wendu.exchange.loaders.subscription_edits import ENDS, edit_subscription
from wendu.exchange.loaders.subscription_rows import SubscriptionDraft, SubscriptionReader
from wendu.exchange.matching import Found, Known
from wendu.exchange.report import CREATED, UNCHANGED
from wendu.exchange.run import SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.sight import seen
from wendu.kernel.entity import carrying
from wendu.kernel.errors import ActionError

HEADS = {"fee_minor": "fee", "one_off_minor": "one_off", "product_id": "product"}
Said = tuple[Any, ...]


@dataclass(slots=True)
class _There:
    """The subscriptions that rows of a batch may mean: by our ids, their numbers, else by customer, item and day."""

    by_uuid: dict[UUID, Subscription] = field(default_factory=dict)
    by_number: dict[str, Subscription] = field(default_factory=dict)
    by_said: dict[Said, Subscription] = field(default_factory=dict)

    def add(self, row: Subscription) -> None:
        """Take one in that is there; the first of those that say the same is meant, and a deleted one by its number."""
        self.by_uuid[row.uuid] = row
        if row.external_id:
            self.by_number[row.external_id] = row
        if row.deleted_at is None:
            self.by_said.setdefault((row.customer_id, row.item, row.began_on), row)


class SubscriptionsLoader:
    """Rows that are subscriptions; without a number, customer, item and first day say which one is meant."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.prepare = SubscriptionReader(run).read
        self.former: Former = {}
        self._first: dict[Said, int] = {}  # the row that first told of a subscription

    def write(self, rows: Sequence[Row], drafts: Sequence[SubscriptionDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch, each row on its own: it is asked about and journaled like one written by hand."""
        verdicts, found = [], self.run.find_customers(draft.customer for draft in drafts)
        library, there = Library({draft.product for draft in drafts}), self._there(drafts, found)
        for row, draft in zip(rows, drafts, strict=True):
            verdict = Verdict()
            try:
                with transaction.atomic():
                    verdict.what = self._bring(row.number, draft, found, library, there)
            except ActionError as refusal:
                refusal.field = HEADS.get(refusal.field or "", refusal.field)
                verdict.refusals.append(refusal)
            verdicts.append(verdict)
        return verdicts, set()

    def _bring(self, number: int, draft: SubscriptionDraft, found: Found, library: Library, there: _There) -> str:
        home = found.one(draft.customer, CustomerNotFound, "customer")
        product = library.one(draft.product) if draft.product else None
        if product is not None:
            draft.given.setdefault("item", product.name)
        row = self._meant(draft, home, there)
        key = ("#", draft.uuid) if row is not None and row.uuid == draft.uuid else draft.key
        if self._first.setdefault(key, number) != number:
            raise SaidTwice(row=self._first[key])
        product_id = product.pk if product else None
        if row is None:
            there.add(self._begin(draft, home, product_id))
            return CREATED
        if row.customer_id != home.pk:
            raise SubscriptionStands(here=row.customer.name[:60]).at("customer")
        if self.run.on_match == SKIP or row.deleted_at is not None:
            return UNCHANGED
        return edit_subscription(row, draft, product_id, self.run)

    def _begin(self, draft: SubscriptionDraft, home: Known, product_id: int | None) -> Subscription:
        """Begin it, and end it where the row says that it ended."""
        values = {name: value for name, value in draft.given.items() if name not in ENDS}
        if draft.state and not draft.has_ended:
            values["state"] = draft.state
        who: dict[str, Any] = {"actor": self.run.actor, "at": self.run.at}
        customer = Customer.objects.get(pk=home.pk)
        row = begin_subscription(customer=customer, values={**values, "product_id": product_id}, **who)
        if draft.has_ended:
            ended_on, cause = draft.given["ended_on"], draft.given.get("cause", "")
            end_subscription(subscription=row, ended_on=ended_on, cause=cause, **who)
        return row

    @staticmethod
    def _meant(draft: SubscriptionDraft, home: Known, there: _There) -> Subscription | None:
        if draft.uuid in there.by_uuid:
            return there.by_uuid[draft.uuid]
        if draft.number in there.by_number:
            return there.by_number[draft.number]
        alike = there.by_said.get((home.pk, draft.given["item"], draft.given["began_on"]))
        # one that bears another number is another one; one without a number is given that of the row
        return alike if alike is None or not draft.number or not alike.external_id else None

    def _there(self, drafts: Sequence[SubscriptionDraft], found: Found) -> _There:
        """What is there already and may be seen (three queries)."""
        rows, there = seen(Subscription.objects, self.run.actor).select_related("customer").order_by("pk"), _There()
        homes = {home.pk for draft in drafts if (home := _home(draft, found)) is not None}
        numbers = {draft.number for draft in drafts if draft.number}
        uuids = {draft.uuid for draft in drafts if draft.uuid is not None}
        known: dict[int, Subscription] = {}
        for some in _parts(rows, homes, numbers, uuids):
            for row in some:
                there.add(known.setdefault(row.pk, row))
        return there


def _parts(rows: Any, homes: set[int], numbers: set[str], uuids: set[UUID]) -> Iterable[Any]:
    if homes:
        yield rows.filter(customer_id__in=homes)
    if numbers:
        yield rows.filter(carrying(numbers))
    if uuids:
        yield rows.filter(uuid__in=uuids)


def _home(draft: SubscriptionDraft, found: Found) -> Known | None:
    try:
        return found.one(draft.customer, CustomerNotFound, "customer")
    except ActionError:
        return None

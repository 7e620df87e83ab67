"""A table of touches: the history of a firm, every row with its own day and author."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from wendu.customers.models import Contact, Customer
from wendu.exchange.errors import ContactNotFound, CustomerNotFound, DealNotFound
from wendu.exchange.loaders.fields import Words as Lists
from wendu.exchange.loaders.fields import day_reader, gather, need, remembered, whole_code
from wendu.exchange.loaders.people import SEVERAL
from wendu.exchange.matching import Known
from wendu.exchange.report import CREATED, UNCHANGED
from wendu.exchange.run import Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.values import number_from, uuid_from
from wendu.identity.models import User
from wendu.kernel.entity import carrying
from wendu.kernel.errors import ActionError
from wendu.kernel.names import tidy_line, tidy_text
from wendu.opportunities.models import Opportunity
from wendu.search.findable import Words
from wendu.touches.actions import (
    CommitmentDraft,
    DraftRefused,
    LoadedTouch,
    PromiseDraft,
    TouchDraft,
    draft_words,
    load_touches,
    log_touch,
)
from wendu.touches.models import Touch

TEXTS = ("objective", "value_note", "external_id")
NUMBERS = {"guess": 100, "emotion_benefit": 10, "emotion_cost": 10}
Key = tuple[int, int | None, Any, str, str]


@dataclass(slots=True)
class TouchRowDraft:
    """A touch as a row tells of it, before its customer and people are found."""

    given: dict[str, Any]
    customer: str = ""
    author: User | None = None
    contacts: list[str] = field(default_factory=list)
    deal: str = ""
    said: TouchDraft | None = None
    words: Words | None = None
    uuid: UUID | None = None


class TouchesLoader:
    """Rows that are touches; one that is there already stays as it is, for a log is not overwritten by a file."""

    def __init__(self, run: Run) -> None:
        self.run, words, day = run, Lists(), day_reader(run)
        self.former: Former = {}  # what is in the log is not called otherwise by a file
        self._readers: dict[str, Any] = dict.fromkeys(TEXTS, tidy_line)
        self._readers["note"] = tidy_text
        self._readers["external_id"] = whole_code(tidy_line)
        self._readers |= dict.fromkeys(("touched_on", "agreed_on", "commitment_due_on", "promise_due_on"), day)
        self._readers |= {name: lambda text, most=most: number_from(text, 0, most) for name, most in NUMBERS.items()}
        for flag in ("is_two_way", "is_proactive"):
            self._readers[flag] = remembered(lambda text: words.read(text, "flag") == "1")
        self._readers["kind"] = remembered(lambda text: words.read(text, "touch_kind"))
        self._readers["outcome"] = remembered(lambda text: words.read(text, "touch_outcome"))
        self._readers["refusal"] = remembered(lambda text: words.read(text, "refusal"))
        self._readers |= dict.fromkeys(("commitment", "promise"), tidy_line)
        self._author = remembered(lambda name: run.people.one(name, "author"))

    def prepare(self, row: Row) -> tuple[TouchRowDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        for needed in ("touched_on", "kind", "customer"):
            need(row.values, needed, refusals)
        draft = TouchRowDraft(gather(row.values, self._readers, refusals), customer=row.values.get("customer", ""))
        if named := row.values.get("contact"):
            draft.contacts = [tidy_line(each) for each in SEVERAL.split(named) if each.strip()]
        draft.deal = tidy_line(row.values.get("opportunity", ""))
        draft.author = self.run.actor
        draft.uuid = uuid_from(row.values.get("uuid", ""))
        try:
            if name := row.values.get("author"):
                draft.author = self._author(name)
        except ActionError as refusal:
            refusals.append(refusal)
        if not refusals:
            self._say(draft)
        return draft, refusals

    def write(self, rows: Sequence[Row], drafts: Sequence[TouchRowDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch; the second value is the customers the coach has to judge."""
        found = self.run.find_customers(draft.customer for draft in drafts)
        verdicts = [Verdict() for _ in rows]
        homes: dict[int, Known] = {}
        there = _logged(drafts)
        for place, draft in enumerate(drafts):
            try:
                home = found.one(draft.customer, CustomerNotFound, "customer")
                self.run.may_about("touch.log", home.pk)
                homes[place] = home
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
        named = _Named({home.pk for home in homes.values()}, drafts)
        items: dict[int, LoadedTouch] = {}
        for place, home in homes.items():
            if (drafts[place].uuid, home.pk) in there:
                verdicts[place].what = UNCHANGED
                continue
            try:
                item = self._item(drafts[place], home, named)
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
                continue
            if named.is_known(item):
                verdicts[place].what = UNCHANGED
            else:
                items[place] = item
        return verdicts, self._load(items, verdicts)

    def _load(self, items: Mapping[int, LoadedTouch], verdicts: Sequence[Verdict]) -> set[int]:
        places = list(items)
        loaded = load_touches([items[place] for place in places], actor=self.run.actor, at=self.run.at)
        for position, errors in loaded.errors.items():
            verdicts[places[position]].refusals.extend(errors)
        for position in loaded.touches:
            verdicts[places[position]].what = CREATED
        touched = set(loaded.customer_ids)
        for position in loaded.to_sign:
            place, item = places[position], items[places[position]]
            try:
                with transaction.atomic():
                    log_touch(
                        customer=Customer.objects.get(pk=item.customer.pk),
                        actor=self.run.actor,
                        at=self.run.at,
                        draft=item.draft,
                        author=item.author,
                    )
                verdicts[place].what = CREATED
                touched.add(item.customer.pk)
            except DraftRefused as refused:
                verdicts[place].refusals.extend(refused.errors)
            except ActionError as refusal:
                verdicts[place].refusals.append(refusal)
        return touched

    def _say(self, draft: TouchRowDraft) -> None:
        """Say what the row says as a draft of a touch; whom and what it names is looked up later."""
        given = dict(draft.given)
        what, due_on = given.pop("commitment", ""), given.pop("commitment_due_on", None)
        if what or due_on:
            given["commitment"] = CommitmentDraft(what=what, due_on=due_on)
        ours, ours_due_on = given.pop("promise", ""), given.pop("promise_due_on", None)
        if ours or ours_due_on:
            given["promises"] = (PromiseDraft(what=ours, due_on=ours_due_on),)
        draft.said = TouchDraft(**given)
        draft.words = draft_words(draft.said)

    def _item(self, draft: TouchRowDraft, home: Known, named: "_Named") -> LoadedTouch:
        said = draft.said
        assert said is not None  # noqa: S101  made for every row that reads well
        if draft.contacts or draft.deal:
            contacts = tuple(dict.fromkeys(named.contact(home, name) for name in draft.contacts))
            agreed = said.commitment
            if agreed is not None and contacts:
                agreed = replace(agreed, contact_id=contacts[0])
            deal = named.deal(home, draft.deal) if draft.deal else None
            said = replace(said, contact_ids=contacts, opportunity_id=deal, commitment=agreed)
        return LoadedTouch(home, draft.author, said, draft.words)


def _logged(drafts: Sequence[TouchRowDraft]) -> set[tuple[UUID | None, int]]:
    """The touches of these ids that are in the log, each with its customer; one that was undone stays undone."""
    uuids = {draft.uuid for draft in drafts if draft.uuid}
    return set(Touch.objects.filter(uuid__in=uuids).values_list("uuid", "customer_id")) if uuids else set()


class _Named:
    """Contacts, opportunities and touches of the customers of a batch; a fixed number of queries."""

    def __init__(self, customer_ids: set[int], drafts: Sequence[TouchRowDraft]) -> None:
        self._contacts: dict[tuple[int, str], int] = {}
        self._deals: dict[tuple[int, str], int] = {}
        self._fresh: set[Key] = set()
        if any(draft.contacts for draft in drafts):
            people = Contact.objects.filter(customer_id__in=customer_ids, deleted_at__isnull=True)
            for pk, customer_id, name, number in people.order_by("-pk").values_list(
                "pk", "customer_id", "name", "external_id"
            ):
                self._contacts[customer_id, name.casefold()] = pk
                if number:
                    self._contacts[customer_id, number.casefold()] = pk
        if any(draft.deal for draft in drafts):
            deals = Opportunity.objects.standing().filter(customer_id__in=customer_ids)
            for pk, customer_id, title, number in deals.values_list("pk", "customer_id", "title", "external_id"):
                self._deals[customer_id, title.casefold()] = pk
                if number:
                    self._deals[customer_id, number.casefold()] = pk
        self._touches = self._there(customer_ids, drafts)

    def contact(self, home: Known, name: str) -> int:
        """Find a person of a customer by name or number."""
        found = self._contacts.get((home.pk, name.casefold()))
        if found is None:
            raise ContactNotFound(value=name[:60], customer=home.name).at("contact")
        return found

    def deal(self, home: Known, name: str) -> int:
        """Find an opportunity of a customer by title or number."""
        found = self._deals.get((home.pk, name.casefold()))
        if found is None:
            raise DealNotFound(value=name[:60], customer=home.name).at("opportunity")
        return found

    def is_known(self, item: LoadedTouch) -> bool:
        """Tell whether this touch is in the log: by its number, else same day, kind, author and words."""
        number = item.draft.external_id
        if number:
            return ("#", number) in self._touches
        key = _key(item)
        if key in self._touches or key in self._fresh:
            return True
        self._fresh.add(key)
        return False

    def _there(self, customer_ids: set[int], drafts: Sequence[TouchRowDraft]) -> set[Any]:
        numbers = {draft.given["external_id"] for draft in drafts if draft.given.get("external_id")}
        found: set[Any] = {
            ("#", number)
            for number, customer in Touch.objects.filter(carrying(numbers)).values_list("external_id", "customer_id")
            if customer in customer_ids
        }
        days = {draft.given["touched_on"] for draft in drafts if not draft.given.get("external_id")}
        if days:
            rows = Touch.objects.standing().filter(customer_id__in=customer_ids, touched_on__in=days)
            found |= set(rows.values_list("customer_id", "author_id", "touched_on", "kind", "note"))
        return found


def _key(item: LoadedTouch) -> Key:
    author = item.author.pk if item.author else None
    return (item.customer.pk, author, item.draft.touched_on, item.draft.kind, item.draft.note)

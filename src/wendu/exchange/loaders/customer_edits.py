"""What a table of customers changes on those that are there: told apart cheaply, written and journaled alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import F

from wendu.customers.models import Collaborator, Customer
from wendu.exchange.loaders.fields import differing
from wendu.exchange.matching import Known
from wendu.exchange.run import BLANK, Run, Verdict
from wendu.identity.models import User
from wendu.journal.actions import entry_for, record_many
from wendu.kernel.errors import ActionError
from wendu.kernel.names import normalise_name


class Edit(NamedTuple):
    """What one row says of a customer that is known; `is_meant` where the row bears our own id of it."""

    pk: int
    given: dict[str, Any]
    custom: dict[str, Any]
    owner: User | None
    above: dict[str, int]  # by the column, `parent` or `referrer`
    is_meant: bool = False

    def news(self, external_id: str) -> dict[str, Any]:
        """The columns that count: of one found by its name, a shorter spelling of it is no news."""
        number = self.given.get("external_id")
        is_named = not self.is_meant and not (number and external_id == number)
        return {name: value for name, value in self.given.items() if not (is_named and name == "name")}


def differs(known: Known, edit: Edit) -> bool:
    """Tell whether a row says anything new."""
    return (
        (edit.owner is not None and edit.owner.pk != known.owner_id)
        or any(getattr(known, f"{column}_id") != pk for column, pk in edit.above.items())
        or {**known.custom, **edit.custom} != known.custom
        or any(getattr(known, name) != value for name, value in edit.news(known.external_id).items())
    )


def filling(known: Known, edit: Edit) -> Edit:
    """What is left of a row where only what is empty may be filled."""
    return Edit(
        known.pk,
        {name: value for name, value in edit.given.items() if getattr(known, name) in BLANK},
        {code: value for code, value in edit.custom.items() if known.custom.get(code) in BLANK},
        edit.owner if known.owner_id is None else None,
        {column: pk for column, pk in edit.above.items() if getattr(known, f"{column}_id") is None},
        edit.is_meant,
    )


def apply_edits(edits: Mapping[int, Edit], run: Run, verdicts: Sequence[Verdict]) -> set[int]:
    """Change customers as rows tell, in a fixed number of queries; gives those that changed."""
    if not edits:
        return set()
    rows = Customer.objects.select_related("owner").in_bulk([edit.pk for edit in edits.values()])
    batch = _Batch()
    for place, edit in edits.items():
        try:
            _edit(rows[edit.pk], edit, run, batch)
        except ActionError as refusal:
            verdicts[place].refusals.append(refusal)
    _store(batch, run)
    return set(batch.changed)


@dataclass(slots=True)
class _Batch:
    """What a batch will write."""

    changed: dict[int, Customer] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    entries: list[tuple[str, Customer, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    handed: list[tuple[int, User]] = field(default_factory=list)

    def note(
        self, verb: str, customer: Customer, before: dict[str, Any], after: dict[str, Any], columns: set[str]
    ) -> None:
        """Note a change."""
        self.entries.append((verb, customer, before, after))
        self.columns |= columns
        self.changed[customer.pk] = customer

    def hand_over(self, customer: Customer, owner: User) -> None:
        """Give a customer to another owner, whose team comes along."""
        old = {"owner": customer.owner_id, "team": customer.team_id}
        customer.owner, customer.team = owner, owner.team
        new = {"owner": customer.owner_id, "team": customer.team_id}
        self.note("customer.owner_changed", customer, old, new, {"owner", "team"})
        self.handed.append((customer.pk, owner))


def _edit(customer: Customer, edit: Edit, run: Run, batch: _Batch) -> None:
    run.may("customer.edit", customer)
    is_handed = edit.owner is not None and edit.owner.pk != customer.owner_id
    if is_handed:
        run.may("customer.assign", customer)
    before, after = differing(customer, edit.news(customer.external_id))
    if after:
        customer.name_key = normalise_name(customer.name)
        batch.note("customer.edited", customer, before, after, {*after, "name_key"})
    custom = {**customer.custom, **edit.custom}
    if custom != customer.custom:
        old = {code: customer.custom.get(code) for code in edit.custom}
        customer.custom = custom
        batch.note("customer.custom_changed", customer, old, edit.custom, {"custom"})
    _place(customer, edit.above, batch)
    if is_handed and edit.owner is not None:
        batch.hand_over(customer, edit.owner)


def _place(customer: Customer, above: Mapping[str, int], batch: _Batch) -> None:
    """Put it below another company, or write down who brought it; of people a file says nothing."""
    parent, referrer = above.get("parent"), above.get("referrer")
    if parent is not None and parent != customer.parent_id:
        batch.note("customer.parent_changed", customer, {"parent": customer.parent_id}, {"parent": parent}, {"parent"})
        customer.parent_id = parent
    if referrer is not None and referrer != customer.referrer_id:
        old = {"referrer": customer.referrer_id, "referrer_contact": customer.referrer_contact_id}
        customer.referrer_id, customer.referrer_contact_id = referrer, None
        batch.note(
            "customer.referrer_changed", customer, old, {"referrer": referrer, "referrer_contact": None}, set(old)
        )


def _store(batch: _Batch, run: Run) -> None:
    if batch.changed:
        Customer.objects.bulk_update(batch.changed.values(), sorted(batch.columns))
        Customer.objects.filter(pk__in=batch.changed).update(revision=F("revision") + 1)
    for pk, owner in batch.handed:
        Collaborator.objects.filter(customer_id=pk, user=owner).delete()
    record_many(
        entry_for(verb, subject=customer, actor=run.actor, at=run.at, before=before, after=after)
        for verb, customer, before, after in batch.entries
    )

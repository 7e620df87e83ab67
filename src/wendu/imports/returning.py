"""Taking back what came in with a file, latest first, by the actions one would use by hand.

The journal knows it: all that one import did bears its person, its moment and its door. What somebody worked on since
stays as it is and is counted, and so does what the person may not take away.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from wendu.agreements.actions import (
    LINE,
    cancel_order,
    correct_contract,
    correct_order,
    correct_receipt,
    correct_subscription,
    delete_contract,
    delete_order,
    delete_subscription,
    describe_product,
    uncancel_order,
    undo_step,
    unmove_contract,
    withdraw_receipt,
)
from wendu.agreements.actions.products import SAID, SHEET
from wendu.agreements.models import Contract, Order, ProductSheet, Receipt, Subscription
from wendu.customers.actions import (
    change_owner,
    delete_contact,
    delete_customer,
    edit_contact,
    edit_customer,
    remove_contact_point,
    set_contact_values,
    set_custom_values,
    set_parent,
    set_referrer,
)
from wendu.customers.models import Contact, ContactPoint, Customer, CustomField
from wendu.exchange.findings.agreed import AGREED
from wendu.exchange.findings.loader import SORTS
from wendu.exchange.findings.sorts import Findings
from wendu.exchange.sight import seen
from wendu.identity.models import User
from wendu.imports.models import Import
from wendu.journal.choices import Door
from wendu.journal.models import Entry
from wendu.kernel.changes import plain
from wendu.kernel.entity import kind_of
from wendu.kernel.errors import ActionError
from wendu.offers.actions import edit_solution, retire_solution
from wendu.offers.models import Solution
from wendu.opportunities.actions import (
    change_deal_owner,
    correct_finding,
    delete_opportunity,
    edit_opportunity,
    remove_influencer,
    set_deal_values,
    set_influencer,
    take_back_finding,
)
from wendu.opportunities.models import Influencer, Opportunity
from wendu.quotes.actions import correct_line, take_line_back
from wendu.quotes.models import QuoteLine
from wendu.touches.actions import reopen_commitment, reopen_promise, undo_touch
from wendu.touches.models import Touch

Back = Callable[[Any, Entry, User, datetime], bool]
MODELS: dict[str, Any] = {
    "customer": Customer,
    "contact": Contact,
    "contactpoint": ContactPoint,
    "opportunity": Opportunity,
    "touch": Touch,
    "order": Order,
    "receipt": Receipt,
    "subscription": Subscription,
    "contract": Contract,
    "solution": Solution,
    **{kind_of(sort.model): sort.model for sort in SORTS.values()},
    **{kind_of(agreed.model): agreed.model for agreed in AGREED.values()},
}


def entries_of(row: Import) -> QuerySet[Entry]:
    """Everything an import did that can be taken back, latest first."""
    if row.begun_at is None:
        return Entry.objects.none()
    made = Entry.objects.filter(actor_id=row.actor_id, at=row.begun_at, door=Door.IMPORT, verb__in=[*MADE, *CHANGED])
    return made.order_by("-pk")


def take_back(row: Import, entry: Entry, *, actor: User) -> bool:
    """Take one thing back; tells whether it went, or had to stay."""
    at = row.undoing_at
    if at is None or row.begun_at is None:
        raise ValueError("nobody asked for it to be taken back")
    thing = _found(entry, actor)
    if thing is None:
        return False
    if entry.verb in MADE and _was_worked_on(entry, since=row.begun_at, but=at):
        return False
    try:
        with transaction.atomic():
            return {**MADE, **CHANGED}[entry.verb](thing, entry, actor, at)
    except ActionError:
        return False


def _found(entry: Entry, actor: User) -> Any:
    """What an entry is about, as far as the person still sees it."""
    model = MODELS[entry.subject_kind]
    if model is Solution:
        return Solution.objects.filter(pk=entry.subject_id).first()
    path = {Influencer: "opportunity", QuoteLine: "quote__opportunity"}.get(model)
    if path is None:
        return model.objects.visible_to(actor).filter(pk=entry.subject_id).first()
    deals = seen(Opportunity.objects, actor)
    return model.objects.filter(**{f"{path}__in": deals}, pk=entry.subject_id).first()


def _was_worked_on(entry: Entry, *, since: datetime, but: datetime) -> bool:
    """Whether anybody did anything about it since; the machine's alerts and the taking back itself do not count."""
    rows = Entry.objects.about(entry.subject_kind, entry.subject_id)
    if entry.subject_kind == "customer":
        rows = Entry.objects.rooted_in("customer", entry.subject_id)
    return rows.filter(at__gt=since, actor__isnull=False).exclude(at=but).exists()


def _away(act: Callable[..., object], name: str) -> Back:
    def go(thing: Any, _entry: Entry, actor: User, at: datetime) -> bool:
        act(**{name: thing}, actor=actor, at=at)
        return True

    return go


def _edited(act: Callable[..., object], name: str) -> Back:
    def go(thing: Any, entry: Entry, actor: User, at: datetime) -> bool:
        before, after = entry.before or {}, entry.after or {}
        stands = {field: before.get(field) for field, value in after.items() if plain(getattr(thing, field)) == value}
        if stands:
            act(**{name: thing}, changes=stands, actor=actor, at=at)
        return bool(stands) and len(stands) == len(after)

    return go


def _own_fields(act: Callable[..., object], name: str) -> Back:
    def go(thing: Any, entry: Entry, actor: User, at: datetime) -> bool:
        before, after = entry.before or {}, entry.after or {}
        fields = CustomField.objects.filter(about=name, retired_at__isnull=True, code__in=list(after))
        stands = [field for field in fields if thing.custom.get(field.code) == after[field.code]]
        if stands:
            act(**{name: thing}, values={field: before.get(field.code) for field in stands}, actor=actor, at=at)
        return bool(stands) and len(stands) == len(after)

    return go


def _hands(act: Callable[..., object], name: str) -> Back:
    def go(thing: Any, entry: Entry, actor: User, at: datetime) -> bool:
        before, after = entry.before or {}, entry.after or {}
        if thing.owner_id != after.get("owner"):
            return False
        act(**{name: thing}, owner=User.objects.filter(pk=before.get("owner") or 0).first(), actor=actor, at=at)
        return True

    return go


def _parent(customer: Customer, entry: Entry, actor: User, at: datetime) -> bool:
    before, after = entry.before or {}, entry.after or {}
    if customer.parent_id != after.get("parent"):
        return False
    parent = Customer.objects.visible_to(actor).filter(pk=before.get("parent") or 0).first()
    set_parent(customer=customer, parent=parent, actor=actor, at=at)
    return True


def _referrer(customer: Customer, entry: Entry, actor: User, at: datetime) -> bool:
    before, after = entry.before or {}, entry.after or {}
    if customer.referrer_id != after.get("referrer"):
        return False
    referrer = Customer.objects.visible_to(actor).standing().filter(pk=before.get("referrer") or 0).first()
    contact = Contact.objects.standing().filter(pk=before.get("referrer_contact") or 0, customer=referrer).first()
    set_referrer(customer=customer, referrer=referrer, contact=contact, actor=actor, at=at)
    return True


def _corrected(act: Callable[..., object], name: str) -> Back:
    """Set back what still stands as the import left it, by an action that takes values."""

    def go(thing: Any, entry: Entry, actor: User, at: datetime) -> bool:
        before, after = entry.before or {}, entry.after or {}
        stands = {field: before.get(field) for field, value in after.items() if plain(getattr(thing, field)) == value}
        if stands:
            act(**{name: thing}, values=stands, actor=actor, at=at)
        return bool(stands) and len(stands) == len(after)

    return go


def _part(influencer: Influencer, entry: Entry, actor: User, at: datetime) -> bool:
    """Somebody's part in a decision: who was named is taken out again, who was known gets the part from before."""
    before, after = entry.before, entry.after or {}
    said = {name: value for name, value in after.items() if name not in ("opportunity", "contact")}
    if any(plain(getattr(influencer, name)) != value for name, value in said.items()):
        return False
    if before is None:
        remove_influencer(influencer=influencer, actor=actor, at=at)
        return True
    role, details = before.get("role", influencer.role), {name: before[name] for name in before if name != "role"}
    deal, contact = influencer.opportunity, influencer.contact
    set_influencer(opportunity=deal, contact=contact, role=role, actor=actor, at=at, details=details)
    return True


def _order(order: Order, entry: Entry, actor: User, at: datetime) -> bool:
    """What an order said before, and the lines that were replaced then."""
    before, after = entry.before or {}, entry.after or {}
    stands = {name: before.get(name) for name, value in after.items() if plain(getattr(order, name)) == value}
    lines = None
    if "revenue_minor" in stands:
        del stands["revenue_minor"]
        lines = list(order.lines.filter(removed_at=entry.at).order_by("pk").values(*LINE))
    if stands or lines:
        correct_order(order=order, changes=stands, lines=lines, actor=actor, at=at)
    return len(stands) + (lines is not None) == len(after)


def _cancelled_again(order: Order, actor: User, at: datetime) -> None:
    cancel_order(order=order, reason="import", actor=actor, at=at)


def _step_back(subscription: Subscription, entry: Entry, actor: User, at: datetime) -> bool:
    """A renewal or an end, while nothing followed it."""
    latest = subscription.changes.order_by("-pk").first()
    if latest is None or latest.written_at != entry.at:
        return False
    undo_step(subscription=subscription, actor=actor, at=at)
    return True


CONTRACT_LINKS: dict[str, Any] = {"owner": User, "follows": Contract}


def _contract(row: Contract, entry: Entry, actor: User, at: datetime) -> bool:
    """What a contract said before, as far as it still says what the import made of it."""
    before, after = entry.before or {}, entry.after or {}
    stands = {name: before.get(name) for name, value in after.items() if plain(getattr(row, name)) == value}
    for name, model in CONTRACT_LINKS.items():
        if stands.get(name) is not None:
            stands[name] = model.objects.filter(pk=stands[name]).first()
    if stands:
        correct_contract(contract=row, changes=stands, actor=actor, at=at)
    return bool(stands) and len(stands) == len(after)


def _contract_back(row: Contract, entry: Entry, actor: User, at: datetime) -> bool:
    """A step of a contract, while no other followed it."""
    latest = row.moves.order_by("-pk").first()
    if latest is None or latest.to_state != row.state or row.state != (entry.after or {}).get("state"):
        return False
    unmove_contract(contract=row, actor=actor, at=at)
    return True


def _described(solution: Solution, entry: Entry, actor: User, at: datetime) -> bool:
    """What was known of a product before, as far as it still is what the import made it."""
    before, after = entry.before or {}, entry.after or {}
    sheet = ProductSheet.objects.get(solution=solution)
    names = {SAID.get(name, name): name for name in SHEET}
    stands = {
        names[said]: before.get(said) for said, value in after.items() if plain(getattr(sheet, names[said])) == value
    }
    describe_product(solution=solution, values=stands, actor=actor, at=at)
    return len(stands) == len(after)


_KINDS = [sort.kind for sort in SORTS.values() if isinstance(sort, Findings)]
MADE: dict[str, Back] = {
    **{f"{kind.name}.written": _away(partial(take_back_finding, kind), "finding") for kind in _KINDS},
    "quoteline.written": _away(take_line_back, "line"),
    "customer.created": _away(delete_customer, "customer"),
    "contact.added": _away(delete_contact, "contact"),
    "contact_point.added": _away(remove_contact_point, "point"),
    "opportunity.opened": _away(delete_opportunity, "opportunity"),
    "touch.logged": _away(undo_touch, "touch"),
    "order.written": _away(delete_order, "order"),
    "receipt.written": _away(withdraw_receipt, "receipt"),
    "solution.added": _away(retire_solution, "solution"),
    "contract.written": _away(delete_contract, "contract"),
    "subscription.begun": _away(delete_subscription, "subscription"),
}
CHANGED: dict[str, Back] = {
    **{f"{kind.name}.corrected": _corrected(partial(correct_finding, kind), "finding") for kind in _KINDS},
    "quoteline.corrected": _corrected(correct_line, "line"),
    "influencer.set": _part,
    "order.corrected": _order,
    "receipt.corrected": _edited(correct_receipt, "receipt"),
    "solution.edited": _edited(edit_solution, "solution"),
    "solution.described": _described,
    "contract.corrected": _contract,
    "contract.moved": _contract_back,
    "subscription.corrected": _edited(correct_subscription, "subscription"),
    "subscription.renewed": _step_back,
    "subscription.ended": _step_back,
    "order.cancelled": _away(uncancel_order, "order"),
    "order.uncancelled": _away(_cancelled_again, "order"),
    "promise.settled": _away(reopen_promise, "promise"),
    "commitment.settled": _away(reopen_commitment, "commitment"),
    "customer.edited": _edited(edit_customer, "customer"),
    "contact.edited": _edited(edit_contact, "contact"),
    "opportunity.edited": _edited(edit_opportunity, "opportunity"),
    "customer.custom_changed": _own_fields(set_custom_values, "customer"),
    "contact.custom_changed": _own_fields(set_contact_values, "contact"),
    "opportunity.custom_changed": _own_fields(set_deal_values, "opportunity"),
    "customer.owner_changed": _hands(partial(change_owner, is_told=False), "customer"),
    "opportunity.owner_changed": _hands(change_deal_owner, "opportunity"),
    "customer.parent_changed": _parent,
    "customer.referrer_changed": _referrer,
}

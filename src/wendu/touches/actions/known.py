"""What the checks must know of the customers, read in a fixed number of queries for one draft or for thousands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from wendu.customers.models import Contact
from wendu.kernel.entity import carrying
from wendu.opportunities.choices import Outcome
from wendu.opportunities.models import Closure, Opportunity
from wendu.packs.queries import current_playbook
from wendu.touches.actions.draft import TouchDraft
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import IndicatorAnswer, Tail, Touch


@dataclass(frozen=True, slots=True)
class Known:
    """What exists of one customer, as far as the drafts about it mention it."""

    contact_ids: frozenset[int] = frozenset()
    closed_on: Mapping[int, date | None] = field(default_factory=dict)
    won_ids: frozenset[int] = frozenset()
    open_ids: frozenset[int] = frozenset()
    open_tails: Mapping[int, date] = field(default_factory=dict)
    taken_ids: frozenset[str] = frozenset()
    axes: Mapping[str, str] = field(default_factory=dict)


def known_of(customer_id: int, draft: TouchDraft, *, touch_id: int | None = None) -> Known:
    """Read what one draft needs; a touch that is being edited gives back the tails and the deal it closed itself."""
    return known_for([(customer_id, draft)], touch_id=touch_id)[customer_id]


def known_for(drafts: Iterable[tuple[int, TouchDraft]], *, touch_id: int | None = None) -> dict[int, Known]:
    """Read what many drafts need, by customer id: a handful of queries, none for what no draft mentions."""
    pairs = list(drafts)
    contacts = _contacts(pairs)
    deals = _deals(pairs, touch_id)
    tails = _open_tails(pairs, touch_id)
    taken = _external_ids(pairs, touch_id)
    axes = _axes(pairs, touch_id)
    nothing = Known(taken_ids=taken, axes=axes)
    named = contacts.keys() | deals.keys() | tails.keys()
    return {
        customer_id: nothing
        if customer_id not in named
        else Known(
            contact_ids=frozenset(contacts[customer_id]),
            closed_on={deal: closed_on for deal, closed_on, _ in deals[customer_id]},
            won_ids=frozenset(deal for deal, _, outcome in deals[customer_id] if outcome == Outcome.WON),
            open_ids=frozenset(deal for deal, closed_on, _ in deals[customer_id] if closed_on is None),
            open_tails=dict(tails[customer_id]),
            taken_ids=taken,
            axes=axes,
        )
        for customer_id in {customer_id for customer_id, _ in pairs}
    }


def _contacts(pairs: list[tuple[int, TouchDraft]]) -> dict[int, list[int]]:
    named = {
        contact_id
        for _, draft in pairs
        for contact_id in chain(
            draft.contact_ids,
            [draft.commitment.contact_id] if draft.commitment else (),
            (promise.contact_id for promise in draft.promises),
            (tail.contact_id for tail in draft.tails),
        )
        if contact_id is not None
    }
    found: dict[int, list[int]] = defaultdict(list)
    if named:
        rows = Contact.objects.filter(pk__in=named, deleted_at__isnull=True).values_list("customer_id", "pk")
        for customer_id, contact_id in rows:
            found[customer_id].append(contact_id)
    return found


def _deals(
    pairs: list[tuple[int, TouchDraft]], touch_id: int | None
) -> dict[int, list[tuple[int, date | None, str | None]]]:
    """Opportunities named, and all open ones where an order names none, with the closure that stands."""
    found: dict[int, list[tuple[int, date | None, str | None]]] = defaultdict(list)
    named = {draft.opportunity_id for _, draft in pairs if draft.opportunity_id is not None}
    signing = {
        customer_id
        for customer_id, draft in pairs
        if draft.opportunity_id is None and draft.outcome == TouchOutcome.ORDER
    }
    rows = list(Opportunity.objects.standing().filter(pk__in=named).values_list("customer_id", "pk")) if named else []
    if signing:
        open_ones = Opportunity.objects.open().filter(customer_id__in=signing)
        rows += [row for row in open_ones.values_list("customer_id", "pk") if row[1] not in named]
    closures = _standing_closures([deal for _, deal in rows], touch_id) if rows else {}
    for customer_id, deal in rows:
        closed_on, outcome = closures.get(deal, (None, None))
        found[customer_id].append((deal, closed_on, outcome))
    return found


def _standing_closures(deals: list[int], touch_id: int | None) -> dict[int, tuple[date, str]]:
    rows = Closure.objects.filter(opportunity_id__in=deals, reopened_on__isnull=True)
    if touch_id is not None:
        rows = rows.exclude(touches__id=touch_id)
    return {
        deal: (closed_on, outcome)
        for deal, closed_on, outcome in rows.values_list("opportunity_id", "closed_on", "outcome")
    }


def _open_tails(pairs: list[tuple[int, TouchDraft]], touch_id: int | None) -> dict[int, list[tuple[int, date]]]:
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    named = {tail_id for _, draft in pairs for tail_id in draft.closed_tail_ids}
    if named:
        rows = Tail.objects.open().filter(pk__in=named)
        if touch_id is not None:
            rows = rows | Tail.objects.filter(pk__in=named, closed_in_id=touch_id)
        for customer_id, tail_id, raised_on in rows.values_list("customer_id", "pk", "opened_on"):
            found[customer_id].append((tail_id, raised_on))
    return found


def _external_ids(pairs: list[tuple[int, TouchDraft]], touch_id: int | None) -> frozenset[str]:
    named = {draft.external_id for _, draft in pairs if draft.external_id}
    if not named:
        return frozenset()
    rows = Touch.objects.filter(carrying(named))
    if touch_id is not None:
        rows = rows.exclude(pk=touch_id)
    return frozenset(rows.values_list("external_id", flat=True))


def axes_of_questions() -> dict[str, str]:
    """Give the axis of each of the playbook's questions."""
    return {row.code: row.axis.value for row in current_playbook().indicators}


def _axes(pairs: list[tuple[int, TouchDraft]], touch_id: int | None) -> dict[str, str]:
    """Questions of today's playbook, and those a touch being edited had answered under an earlier one."""
    if not any(draft.answers for _, draft in pairs):
        return {}
    earlier = (
        IndicatorAnswer.objects.filter(touch_id=touch_id) if touch_id is not None else IndicatorAnswer.objects.none()
    )
    return dict(earlier.values_list("indicator", "axis")) | axes_of_questions()

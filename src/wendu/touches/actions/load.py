"""Bring in history: thousands of touches at once, each by its own author and day, journaled without telling anyone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import entry_for, record_many
from wendu.search import actions as search
from wendu.touches.actions.check import check
from wendu.touches.actions.draft import TouchDraft
from wendu.touches.actions.errors import AlreadyLogged, DraftError
from wendu.touches.actions.known import Known, known_for
from wendu.touches.actions.log import row_values, tidied
from wendu.touches.actions.parts import create_parts
from wendu.touches.actions.words import affected_from, searchable, summary
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import Touch


@dataclass(frozen=True, slots=True)
class LoadedTouch:
    """One touch of a file, with the person who had it."""

    customer: Customer
    author: User | None
    draft: TouchDraft


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a batch: the touches written, and per position what kept a row from being written."""

    touches: dict[int, Touch]
    errors: dict[int, list[DraftError]]
    to_sign: tuple[int, ...]

    @property
    def customer_ids(self) -> set[int]:
        """Customers that must be recomputed now."""
        return {touch.customer_id for touch in self.touches.values()}


@transaction.atomic
def load_touches(rows: Sequence[LoadedTouch], *, actor: User, at: datetime, index: bool = True) -> Loaded:
    """Write a batch of touches in a fixed number of queries; rows with errors are left out and reported.

    Subscribers are not told: the caller has the coach recompute `customer_ids`. An order that still has to win its
    deal changes another room, so its position comes back in `to_sign`: the caller logs it by `log_touch`.
    """
    permit(actor, "import.run")
    today = Organisation.objects.current().today(at)
    drafts = [tidied(row.draft) for row in rows]
    known = known_for([(row.customer.pk, draft) for row, draft in zip(rows, drafts, strict=True)])
    errors: dict[int, list[DraftError]] = {}
    to_sign: list[int] = []
    pairs: dict[int, tuple[Touch, TouchDraft]] = {}
    seen: Counter[str] = Counter()
    for position, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
        wrong = check(draft, row.customer, today, known=known[row.customer.pk])
        if draft.external_id and seen[draft.external_id]:
            wrong.append(AlreadyLogged(external_id=draft.external_id).at("external_id"))
        if wrong:
            errors[position] = wrong
            continue
        seen[draft.external_id] += 1
        if draft.outcome == TouchOutcome.ORDER and not _is_won(draft, known[row.customer.pk]):
            to_sign.append(position)
            continue
        touch = Touch(customer=row.customer, author=row.author, logged_at=at, **row_values(draft))
        pairs[position] = (touch, draft)
    Touch.objects.bulk_create([touch for touch, _ in pairs.values()], batch_size=1000)
    create_parts(list(pairs.values()))
    _remember(list(pairs.values()), actor=actor, at=at, index=index)
    return Loaded({position: touch for position, (touch, _) in pairs.items()}, errors, tuple(to_sign))


def _is_won(draft: TouchDraft, known: Known) -> bool:
    return draft.opportunity_id in known.won_ids and known.closed_on[draft.opportunity_id] == draft.touched_on


def _remember(pairs: list[tuple[Touch, TouchDraft]], *, actor: User, at: datetime, index: bool) -> None:
    record_many(
        entry_for(
            "touch.logged",
            subject=touch,
            root=touch.customer,
            actor=actor,
            at=at,
            after=summary(touch, draft, from_on=affected_from(draft)),
        )
        for touch, draft in pairs
    )
    if index:
        search.index_many(found for touch, _ in pairs if (found := searchable(touch)) is not None)

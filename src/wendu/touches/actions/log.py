"""Log a touch: one interaction with all that was agreed, promised, left open and learnt in it, in one transaction."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from wendu.access.verbs import permit
from wendu.customers.actions import lock_customer
from wendu.customers.models import Customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import once, record
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line, tidy_text
from wendu.touches.actions.check import check
from wendu.touches.actions.draft import TouchDraft, judged_outcome, lacking_for_advance
from wendu.touches.actions.errors import DraftRefused
from wendu.touches.actions.parts import create_parts
from wendu.touches.actions.signing import ask_to_sign, sign
from wendu.touches.actions.words import affected_from, index_touch, summary
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import Touch

declare("touch.logged")

PLAIN_FIELDS = (
    "kind",
    "touched_on",
    "is_two_way",
    "is_proactive",
    "opportunity_id",
    "refusal",
    "objective",
    "value_note",
    "has_news",
    "note",
    "emotion_benefit",
    "emotion_cost",
    "guess",
    "agreed_on",
    "external_id",
)


def log_touch(
    *, customer: Customer, actor: User, at: datetime, draft: TouchDraft, key: str = "", author: User | None = None
) -> Touch:
    """Log one touch; sent twice with the same key it is logged once.

    An advance without who, what or when is stored as "to be continued", and `advance_lacks` says what was missing.
    An order wins its open opportunity on the same day. `author` is given when a file brings another person's work.
    """
    permit(actor, "touch.log", customer)
    touch, _ = once(
        actor,
        key,
        "touch.logged",
        lambda: _log(customer, actor, at, draft, author or actor),
        find=lambda uuid: Touch.objects.get(uuid=uuid),
    )
    return touch


def _log(customer: Customer, actor: User, at: datetime, draft: TouchDraft, author: User) -> Touch:
    lock_customer(customer)
    draft = tidied(draft)
    accept(draft, customer, Organisation.objects.current().today(at))
    ask_to_sign(draft, customer, actor)
    touch = Touch(customer=customer, author=author, logged_at=at, **row_values(draft))
    touch.save(force_insert=True)
    create_parts([(touch, draft)])
    if touch.outcome == TouchOutcome.ORDER:
        sign(touch, draft.order, actor=actor, at=at)
    index_touch(touch)
    after = summary(touch, draft, from_on=affected_from(draft))
    record("touch.logged", subject=touch, root=customer, actor=actor, at=at, after=after)
    return touch


def accept(draft: TouchDraft, customer: Customer, today: date, *, touch_id: int | None = None) -> None:
    """Refuse a draft with errors, all of them at once."""
    errors = check(draft, customer, today, touch_id=touch_id)
    if errors:
        raise DraftRefused(errors)


def tidied(draft: TouchDraft) -> TouchDraft:
    """Clean the texts of a draft, and take each contact and each closed problem once."""
    commitment, quiet, order = draft.commitment, draft.quiet, draft.order
    return replace(
        draft,
        objective=tidy_line(draft.objective),
        value_note=tidy_line(draft.value_note),
        note=tidy_text(draft.note),
        external_id=tidy_line(draft.external_id),
        contact_ids=tuple(dict.fromkeys(draft.contact_ids)),
        closed_tail_ids=tuple(dict.fromkeys(draft.closed_tail_ids)),
        commitment=replace(commitment, what=tidy_line(commitment.what)) if commitment else None,
        promises=tuple(replace(row, what=tidy_line(row.what)) for row in draft.promises),
        tails=tuple(replace(row, what=tidy_line(row.what)) for row in draft.tails),
        answers=tuple(replace(row, evidence=tidy_line(row.evidence)) for row in draft.answers),
        quiet=replace(quiet, note=tidy_line(quiet.note)) if quiet else None,
        order=replace(order, title=tidy_line(order.title)) if order else None,
    )


def row_values(draft: TouchDraft) -> dict[str, Any]:
    """Give the columns of the touch row itself."""
    values = {name: getattr(draft, name) for name in PLAIN_FIELDS}
    values["outcome"] = judged_outcome(draft)
    values["advance_lacks"] = ",".join(lacking_for_advance(draft)) if draft.outcome == TouchOutcome.ADVANCE else ""
    return values

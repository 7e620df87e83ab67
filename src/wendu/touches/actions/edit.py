"""Correct a touch: the draft says what it should have said, and everything follows from that."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from wendu.access.verbs import can, permit
from wendu.customers.actions import lock_customer
from wendu.identity.models import Organisation, User
from wendu.journal.actions import record
from wendu.kernel.entity import advance
from wendu.kernel.events import declare
from wendu.touches.actions.draft import (
    AnswerDraft,
    CommitmentDraft,
    PromiseDraft,
    QuietDraft,
    TailDraft,
    TouchDraft,
)
from wendu.touches.actions.errors import AlreadyUndone
from wendu.touches.actions.log import PLAIN_FIELDS, accept, row_values, tidied
from wendu.touches.actions.parts import replace_parts
from wendu.touches.actions.signing import ask_to_sign, sign, unsign
from wendu.touches.actions.words import affected_from, index_touch, summary
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import Promise, Touch
from wendu.touches.queries import may_see_emotion

declare("touch.edited")


@transaction.atomic
def edit_touch(*, touch: Touch, actor: User, at: datetime, draft: TouchDraft, seen: int | None = None) -> Touch:
    """Rewrite a touch; only its author or a manager may, and `seen` is the revision the editor had before him."""
    permit_author(actor, "touch.edit", touch)
    lock_customer(touch.customer)
    advance(touch, seen=seen)
    touch.refresh_from_db()
    if touch.undone_at is not None:
        raise AlreadyUndone
    old = draft_of(touch)
    draft = _with_unseen_emotion(tidied(draft), old, touch, actor)
    accept(draft, touch.customer, Organisation.objects.current().today(at), touch_id=touch.pk)
    ask_to_sign(draft, touch.customer, actor)
    from_on = min(affected_from(old), affected_from(draft))
    before = summary(touch, old, from_on=from_on)
    _write(touch, old, draft, actor=actor, at=at)
    index_touch(touch)
    after = summary(touch, draft, from_on=from_on)
    record("touch.edited", subject=touch, root=touch.customer, actor=actor, at=at, before=before, after=after)
    return touch


def permit_author(actor: User, verb: str, touch: Touch) -> None:
    """Let the author change his own entry; what others wrote (or nobody known) is for those who answer for it."""
    permit(actor, verb, touch)
    if not _is_own(actor, touch):
        permit(actor, "touch.edit_others", touch)


def may_edit(user: User, touch: Touch) -> bool:
    """Tell whether a screen should offer to edit or undo this touch."""
    return can(user, "touch.edit", touch) and (_is_own(user, touch) or can(user, "touch.edit_others", touch))


def draft_of(touch: Touch) -> TouchDraft:
    """Give back what a touch says as a draft, to be changed and sent again."""
    commitment = touch.commitments.order_by("pk").first()
    quiet = touch.quiet_periods.order_by("pk").first()
    plain = {name: getattr(touch, name) for name in PLAIN_FIELDS}
    return TouchDraft(
        **plain,
        outcome=TouchOutcome.ADVANCE.value if touch.advance_lacks else touch.outcome,
        contact_ids=tuple(touch.participants.order_by("pk").values_list("contact_id", flat=True)),
        commitment=CommitmentDraft(contact_id=commitment.contact_id, what=commitment.what, due_on=commitment.due_on)
        if commitment
        else None,
        promises=tuple(
            PromiseDraft(what=row.what, due_on=row.due_on, contact_id=row.contact_id)
            for row in Promise.objects.filter(touch=touch, renews__isnull=True).order_by("pk")
        ),
        tails=tuple(TailDraft(what=row.what, contact_id=row.contact_id) for row in touch.tails.order_by("pk")),
        closed_tail_ids=tuple(touch.closed_tails.order_by("pk").values_list("pk", flat=True)),
        answers=tuple(
            AnswerDraft(axis=row.axis, indicator=row.indicator, value=row.value, evidence=row.evidence)
            for row in touch.answers.order_by("pk")
        ),
        quiet=QuietDraft(starts_on=quiet.starts_on, ends_on=quiet.ends_on, reason=quiet.reason, note=quiet.note)
        if quiet
        else None,
    )


def _is_own(user: User, touch: Touch) -> bool:
    """Mine, or nobody's and I own the customer."""
    keeper = touch.author_id if touch.author_id is not None else touch.customer.owner_id
    return keeper == user.pk


def _with_unseen_emotion(draft: TouchDraft, old: TouchDraft, touch: Touch, actor: User) -> TouchDraft:
    """Keep the customer's feelings when the editor, who may not read them, sends none."""
    if may_see_emotion(actor, touch.customer):
        return draft
    benefit = old.emotion_benefit if draft.emotion_benefit is None else draft.emotion_benefit
    cost = old.emotion_cost if draft.emotion_cost is None else draft.emotion_cost
    return replace(draft, emotion_benefit=benefit, emotion_cost=cost)


def _write(touch: Touch, old: TouchDraft, draft: TouchDraft, *, actor: User, at: datetime) -> None:
    stays_won = (
        draft.outcome == old.outcome == TouchOutcome.ORDER
        and draft.opportunity_id == old.opportunity_id
        and draft.touched_on == old.touched_on
    )
    if touch.outcome == TouchOutcome.ORDER and not stays_won:
        keep = draft.outcome == TouchOutcome.ORDER and draft.opportunity_id == old.opportunity_id
        unsign(touch, actor=actor, at=at, keep_deal=keep)
        touch.opened_the_deal = touch.opened_the_deal and keep
    for name, value in row_values(draft).items():
        setattr(touch, name, value)
    touch.edited_at = at
    touch.save()
    replace_parts(touch, draft)
    if draft.outcome == TouchOutcome.ORDER and not stays_won:
        sign(touch, draft.order, actor=actor, at=at)

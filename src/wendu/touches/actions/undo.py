"""Take a touch back, or the taking back: what hangs on it stands and falls with it."""

from datetime import datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.customers.actions import lock_customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.events import declare
from wendu.search import actions as search
from wendu.touches.actions.edit import draft_of, permit_author
from wendu.touches.actions.errors import AlreadyUndone, NotUndone
from wendu.touches.actions.signing import sign, unsign
from wendu.touches.actions.words import affected_from, index_touch, summary
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import Touch

declare("touch.undone", "touch.restored")


@transaction.atomic
def undo_touch(*, touch: Touch, actor: User, at: datetime) -> Touch:
    """Take a touch back: its promises, answers and quiet days no longer count, problems it closed are open again."""
    permit_author(actor, "touch.undo", touch)
    lock_customer(touch.customer)
    touch.refresh_from_db()
    if touch.undone_at is not None:
        raise AlreadyUndone
    draft = draft_of(touch)
    if touch.outcome == TouchOutcome.ORDER:
        unsign(touch, actor=actor, at=at)
    touch.undone_at = at
    touch.save(update_fields=["undone_at"])
    search.forget(touch)
    before = summary(touch, draft, from_on=affected_from(draft))
    after = {"from_on": affected_from(draft).isoformat()}
    record("touch.undone", subject=touch, root=touch.customer, actor=actor, at=at, before=before, after=after)
    return touch


@transaction.atomic
def restore_touch(*, touch: Touch, actor: User, at: datetime) -> Touch:
    """Undo the undoing: the touch stands again with all that hangs on it, and an order wins its deal again."""
    permit_author(actor, "touch.redo", touch)
    lock_customer(touch.customer)
    touch.refresh_from_db()
    if touch.undone_at is None:
        raise NotUndone
    if touch.outcome == TouchOutcome.ORDER:
        permit(actor, "opportunity.close", touch.customer)
        sign(touch, None, actor=actor, at=at)
    touch.undone_at = None
    touch.save(update_fields=["undone_at"])
    index_touch(touch)
    draft = draft_of(touch)
    after = summary(touch, draft, from_on=affected_from(draft))
    record("touch.restored", subject=touch, root=touch.customer, actor=actor, at=at, after=after)
    return touch

"""What a draft would do, before it is saved: the same fact the method will be given afterwards."""

from wendu.customers.models import Customer
from wendu.method.facts import TouchFact
from wendu.touches.actions.draft import TouchDraft, judged_outcome
from wendu.touches.choices import TouchOutcome
from wendu.touches.facts import TouchRow, fact_of, reaches_of

UNSAVED = 0


def fact_of_draft(draft: TouchDraft, customer: Customer, *, touch_id: int = UNSAVED) -> TouchFact:
    """Judge an unsaved draft as the saved touch will be judged; one query when it names people.

    An order without a chosen opportunity has none yet here; the caller shows it as the customer's own order.
    """
    row = TouchRow(
        pk=touch_id,
        customer_id=customer.pk,
        touched_on=draft.touched_on,
        kind=draft.kind,
        is_two_way=draft.is_two_way,
        is_proactive=draft.is_proactive,
        opportunity_id=draft.opportunity_id,
        outcome=judged_outcome(draft),
        refusal=draft.refusal,
        agreed_on=draft.agreed_on,
        emotion_benefit=draft.emotion_benefit,
        emotion_cost=draft.emotion_cost,
        value_note=draft.value_note.strip(),
        has_news=draft.has_news,
    )
    reaches = reaches_of([customer.pk]) if draft.contact_ids else {}
    advance = draft.commitment if row.outcome == TouchOutcome.ADVANCE else None
    return fact_of(
        row,
        draft.contact_ids,
        reaches,
        solved=bool(draft.closed_tail_ids),
        advance_on=advance.due_on if advance else None,
    )

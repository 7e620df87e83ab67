"""Somebody met for the first time: named in the log form, taken up with the touch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from wendu.customers.actions import add_contact
from wendu.customers.models import Contact
from wendu.identity.models import User
from wendu.journal.actions import once
from wendu.touches.actions import TouchDraft
from wendu.touches.models import Touch
from wendu.web.touches.forms import LogForm


def written_with_newcomer(
    form: LogForm, draft: TouchDraft, write: Callable[[TouchDraft], Touch], *, actor: User, at: datetime, key: str
) -> Touch:
    """Take up the person named in the form, if any, and write the touch with it: both or neither."""
    name = form.cleaned_data.get("newcomer_name", "").strip()
    if not name:
        return write(draft)
    with transaction.atomic():
        contact, _is_new = once(
            actor,
            f"person:{key}" if key else "",
            "contact.added",
            lambda: add_contact(
                customer=form.customer,
                name=name,
                actor=actor,
                at=at,
                details={"job_title": form.cleaned_data.get("newcomer_job", "")},
            ),
            find=lambda uuid: Contact.objects.get(uuid=uuid),
        )
        return write(_met(draft, contact))


def _met(draft: TouchDraft, contact: Contact) -> TouchDraft:
    """The draft with one more person, who also is the one that agreed when nobody else is named."""
    commitment = draft.commitment
    if commitment is not None and commitment.contact_id is None:
        commitment = replace(commitment, contact_id=contact.pk)
    return replace(draft, contact_ids=(*draft.contact_ids, contact.pk), commitment=commitment)

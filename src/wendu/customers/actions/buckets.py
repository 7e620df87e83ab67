"""A place for deals whose customer nobody wrote down: one per person, never in a list of customers."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from wendu.access.verbs import permit
from wendu.customers.models import Customer
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.events import declare
from wendu.kernel.names import normalise_name

declare("customer.bucket_opened")


@transaction.atomic
def bucket_for(*, user: User, actor: User, at: datetime) -> Customer:
    """Give a person's bucket "customer unknown", opening it at the first deal that needs it."""
    permit(actor, "customer.create")
    with override(settings.LANGUAGE_CODE):
        name = f"{gettext('Customer unknown')} · {user.display_name}"[:200]
    defaults = {
        "owner": user,
        "team": user.team,
        "name": name,
        "name_key": normalise_name(name),
        "created_at": at,
    }
    bucket, is_new = Customer.objects.get_or_create(bucket_of=user, defaults=defaults)
    if is_new:
        record("customer.bucket_opened", subject=bucket, actor=actor, at=at, after={"owner": user.pk})
    return bucket

"""Free words to group customers by."""

import unicodedata
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.customers.models import Customer, Tag, Tagging
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.kernel.names import tidy_line

declare("customer.tagged", "customer.untagged")

LONGEST = 60


class BadTag(ActionError):
    """An empty or endless tag."""

    code = "bad_tag"
    field = "tag"
    message = _("A tag has 1 to 60 characters. Shorten it.")


@transaction.atomic
def tag_customer(*, customer: Customer, name: str, actor: User, at: datetime) -> Tag:
    """Put a tag on a customer; a new word becomes a tag, whatever its case or width an old one is found."""
    permit(actor, "customer.tag", customer)
    word = tidy_line(unicodedata.normalize("NFKC", name))
    if not 0 < len(word) <= LONGEST:
        raise BadTag
    tag = Tag.objects.filter(name__iexact=word).first() or Tag.objects.get_or_create(name=word)[0]
    _tagging, is_new = Tagging.objects.get_or_create(customer=customer, tag=tag)
    if is_new:
        record("customer.tagged", subject=customer, actor=actor, at=at, after={"tag": tag.name})
    return tag


@transaction.atomic
def untag_customer(*, customer: Customer, tag: Tag, actor: User, at: datetime) -> None:
    """Take a tag off a customer."""
    permit(actor, "customer.tag", customer)
    gone, _rows = Tagging.objects.filter(customer=customer, tag=tag).delete()
    if gone:
        record("customer.untagged", subject=customer, actor=actor, at=at, before={"tag": tag.name})

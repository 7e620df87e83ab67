"""Closed lists of the batches."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Deed(TextChoices):
    """What is done to many customers at once."""

    OWNER = "owner", _("Hand over")
    TAG = "tag", _("Tag")
    STEP = "step", _("Plan a step")
    FIELD = "field", _("Set an own field")
    DELETE = "delete", _("Delete")


class Outcome(TextChoices):
    """What became of one customer."""

    DONE = "done", _("changed")
    ALREADY = "already", _("already so")
    DENIED = "denied", _("not yours to change")


VERBS = {
    Deed.OWNER: "customer.assign",
    Deed.TAG: "customer.tag",
    Deed.STEP: "step.plan",
    Deed.FIELD: "customer.set_custom",
    Deed.DELETE: "customer.delete",
}

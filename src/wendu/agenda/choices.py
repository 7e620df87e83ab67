"""Closed lists of the agenda room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepSource(TextChoices):
    """Who had the idea of a step."""

    PLAN = "plan", _("Proposed by the plan")
    HUMAN = "human", _("Planned by hand")
    AGREED = "agreed", _("Agreed with the customer")
    PROMISE = "promise", _("Promised to the customer")
    IMPORT = "import", _("Imported")


class NoticeKind(TextChoices):
    """What a person can be told of; each kind can be wanted in the app, by mail, or not at all."""

    STRIKE = "strike_raised", _("Time to strike")
    MISSED = "heat_missed", _("Heat was lost")
    REPLANNED = "replanned", _("My plan was changed")
    HANDED = "book_handed", _("Customers changed hands")
    PLAN = "plan", _("The plan of the day, each morning")


# What is told under a code of its own, and the kind under which a person chooses whether to hear of it.
KIND_OF = {
    "steps_planned": NoticeKind.REPLANNED,
    "steps_dropped": NoticeKind.REPLANNED,
    "customer_given": NoticeKind.HANDED,
    "customers_given": NoticeKind.HANDED,
    "customers_taken": NoticeKind.HANDED,
    "customers_returned": NoticeKind.HANDED,
    "customers_deleted": NoticeKind.HANDED,
    "customers_restored": NoticeKind.HANDED,
}

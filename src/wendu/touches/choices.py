"""Stable symbols of the touches room; kinds carry the codes of the playbook's temperature table."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class TouchKind(TextChoices):
    """How we were in contact, from the weakest to the strongest."""

    MASS_MESSAGE = "mass_message", _("Mass message")
    ARTICLE = "article", _("Article")
    MESSAGE = "message", _("WeChat or mail")
    CARE = "care", _("Care")
    SERVICE = "service", _("Service")
    PHONE = "phone", _("Phone")
    EVENT = "event", _("Event")
    ONLINE_MEETING = "online_meeting", _("Online meeting")
    VISIT = "visit", _("Visit")
    DEMO = "demo", _("Demo or trial")
    NEGOTIATION = "negotiation", _("Negotiation")


class TouchOutcome(TextChoices):
    """What came of it."""

    NONE = "none", _("Kept in touch")
    ORDER = "order", _("Signed")
    ADVANCE = "advance", _("Advance")
    CONTINUATION = "continuation", _("To be continued")
    NO_SALE = "no_sale", _("Refused")


class Refusal(TextChoices):
    """What was refused: the purchase, or only what we asked for this time."""

    PURCHASE = "purchase", _("The purchase")
    OBJECTIVE = "objective", _("Only what I asked for")


class CommitmentState(TextChoices):
    """What became of what the customer agreed to do."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not done")


class PromiseState(TextChoices):
    """What became of what we agreed to do."""

    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")
    KEPT_LATE = "kept_late", _("Kept late")
    BROKEN = "broken", _("Broken")
    RENEGOTIATED = "renegotiated", _("Agreed anew")


class Axis(TextChoices):
    """The two axes of maturity."""

    WILLINGNESS = "willingness", _("Willingness")
    NEED = "need", _("Need")


class Answer(IntegerChoices):
    """How clearly an indicator shows."""

    NO = 0, _("No")
    SOME = 1, _("Some")
    CLEAR = 2, _("Clear")


class QuietReason(TextChoices):
    """Why the customer must be left in peace for a while."""

    TENDER = "tender", _("Tender silence")
    SHUTDOWN = "shutdown", _("Customer's shutdown")
    OTHER = "other", _("Other")

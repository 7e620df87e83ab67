"""Stable symbols of the touches room; kinds carry the codes of the playbook's temperature table."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import pgettext_lazy


class TouchKind(TextChoices):
    """How we were in contact, from the weakest to the strongest."""

    MASS_MESSAGE = "mass_message", pgettext_lazy("touch kind", "Mass message")
    ARTICLE = "article", pgettext_lazy("touch kind", "Article")
    MESSAGE = "message", pgettext_lazy("touch kind", "WeChat or mail")
    CARE = "care", pgettext_lazy("touch kind", "Care")
    SERVICE = "service", pgettext_lazy("touch kind", "Service")
    PHONE = "phone", pgettext_lazy("touch kind", "Phone")
    EVENT = "event", pgettext_lazy("touch kind", "Event")
    ONLINE_MEETING = "online_meeting", pgettext_lazy("touch kind", "Online meeting")
    VISIT = "visit", pgettext_lazy("touch kind", "Visit")
    DEMO = "demo", pgettext_lazy("touch kind", "Demo or trial")
    NEGOTIATION = "negotiation", pgettext_lazy("touch kind", "Negotiation")


class TouchOutcome(TextChoices):
    """What came of it."""

    NONE = "none", pgettext_lazy("touch outcome", "Kept in touch")
    ORDER = "order", pgettext_lazy("touch outcome", "Signed")
    ADVANCE = "advance", pgettext_lazy("touch outcome", "Advance")
    CONTINUATION = "continuation", pgettext_lazy("touch outcome", "To be continued")
    NO_SALE = "no_sale", pgettext_lazy("touch outcome", "Refused")


class Refusal(TextChoices):
    """What was refused: the purchase, or only what we asked for this time."""

    PURCHASE = "purchase", pgettext_lazy("refused", "The purchase")
    OBJECTIVE = "objective", pgettext_lazy("refused", "Only what I asked for")


class CommitmentState(TextChoices):
    """What became of what the customer agreed to do."""

    OPEN = "open", pgettext_lazy("commitment", "Open")
    DONE = "done", pgettext_lazy("commitment", "Done")
    DROPPED = "dropped", pgettext_lazy("commitment", "Not done")


class PromiseState(TextChoices):
    """What became of what we agreed to do."""

    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    KEPT_LATE = "kept_late", pgettext_lazy("promise", "Kept late")
    BROKEN = "broken", pgettext_lazy("promise", "Broken")
    RENEGOTIATED = "renegotiated", pgettext_lazy("promise", "Agreed anew")


class Axis(TextChoices):
    """The two axes of maturity."""

    WILLINGNESS = "willingness", pgettext_lazy("axis", "Willingness")
    NEED = "need", pgettext_lazy("axis", "Need")


class Answer(IntegerChoices):
    """How clearly an indicator shows."""

    NO = 0, pgettext_lazy("answer", "No")
    SOME = 1, pgettext_lazy("answer", "Some")
    CLEAR = 2, pgettext_lazy("answer", "Clear")


class QuietReason(TextChoices):
    """Why the customer must be left in peace for a while."""

    TENDER = "tender", pgettext_lazy("quiet", "Tender silence")
    SHUTDOWN = "shutdown", pgettext_lazy("quiet", "Customer's shutdown")
    OTHER = "other", pgettext_lazy("quiet", "Other")

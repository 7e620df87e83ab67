"""Stable symbols of the opportunities room."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """The six stages; ST1 to ST4 lead to the signature, ST5 and ST6 follow it."""

    ST1 = "ST1", _("Demand")
    ST2 = "ST2", _("Presentation")
    ST3 = "ST3", _("Trust")
    ST4 = "ST4", _("Signing")
    ST5 = "ST5", _("Implementation")
    ST6 = "ST6", _("Maintenance")


class Outcome(TextChoices):
    """How an opportunity ended."""

    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    CANCELLED = "cancelled", _("Cancelled")


class State(TextChoices):
    """What stands now; derived from closures and pauses, never stored."""

    OPEN = "open", _("Open")
    PAUSED = "paused", _("Paused")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    CANCELLED = "cancelled", _("Cancelled")


class LossReason(TextChoices):
    """What was said at the loss; the full diagnosis belongs to the deal room."""

    VALUE_NOT_CONVEYED = "value_not_conveyed", _("They did not see the value")
    NO_TRUST = "no_trust", _("They did not trust us enough")
    VALUE_TOO_LOW = "value_too_low", _("Our value was too low for them")
    CHEAPER_ELSEWHERE = "cheaper_elsewhere", _("Same value, cheaper elsewhere")
    NO_DECISION = "no_decision", _("They decided to do nothing")
    UNKNOWN = "unknown", _("Not known")


class InfluencerRole(TextChoices):
    """Part played in the decision."""

    DECISION_MAKER = "decision_maker", _("Decision-maker")
    APPROVER = "approver", _("Approver")
    TECHNICAL = "technical", _("Technical")
    USER = "user", _("User")
    PURCHASER = "purchaser", _("Purchaser")
    INITIATOR = "initiator", _("Initiator")
    COACH = "coach", _("Coach")


class Stance(IntegerChoices):
    """For or against us."""

    AGAINST = -2, _("Against")
    DOUBTING = -1, _("Doubting")
    NEUTRAL = 0, _("Neutral")
    LEANING = 1, _("Leaning to us")
    FOR = 2, _("For us")


class Access(TextChoices):
    """Whether we reach the person."""

    NONE = "none", _("No access")
    INDIRECT = "indirect", _("Through others")
    DIRECT = "direct", _("Direct")

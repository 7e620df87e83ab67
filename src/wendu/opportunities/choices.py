"""Stable symbols of the opportunities room."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """The six stages; ST1 to ST4 lead to the signature, ST5 and ST6 follow it."""

    ST1 = "ST1", pgettext_lazy("stage", "Demand")
    ST2 = "ST2", pgettext_lazy("stage", "Presentation")
    ST3 = "ST3", pgettext_lazy("stage", "Trust")
    ST4 = "ST4", pgettext_lazy("stage", "Signing")
    ST5 = "ST5", pgettext_lazy("stage", "Implementation")
    ST6 = "ST6", pgettext_lazy("stage", "Maintenance")


class Outcome(TextChoices):
    """How an opportunity ended."""

    WON = "won", pgettext_lazy("deal", "Won")
    LOST = "lost", pgettext_lazy("deal", "Lost")
    CANCELLED = "cancelled", pgettext_lazy("deal", "Cancelled")


class State(TextChoices):
    """What stands now; derived from closures and pauses, never stored."""

    OPEN = "open", pgettext_lazy("deal", "Open")
    PAUSED = "paused", pgettext_lazy("deal", "Paused")
    WON = "won", pgettext_lazy("deal", "Won")
    LOST = "lost", pgettext_lazy("deal", "Lost")
    CANCELLED = "cancelled", pgettext_lazy("deal", "Cancelled")


class LossReason(TextChoices):
    """What was said at the loss; what the evidence says is its diagnosis (`NoDealCause`)."""

    VALUE_NOT_CONVEYED = "value_not_conveyed", pgettext_lazy("loss reason", "They did not see the value")
    NO_TRUST = "no_trust", pgettext_lazy("loss reason", "They did not trust us enough")
    VALUE_TOO_LOW = "value_too_low", pgettext_lazy("loss reason", "Our value was too low for them")
    CHEAPER_ELSEWHERE = "cheaper_elsewhere", pgettext_lazy("loss reason", "Same value, cheaper elsewhere")
    NO_DECISION = "no_decision", pgettext_lazy("loss reason", "They decided to do nothing")
    UNKNOWN = "unknown", pgettext_lazy("loss reason", "Not known")


class NoDealCause(TextChoices):
    """Why a deal did not close, as the evidence says (method: 3.17); `unknown` is not diagnosable."""

    NOT_CONVEYED = "C1", pgettext_lazy("no-deal cause", "The value did not arrive")
    NO_TRUST = "C2", pgettext_lazy("no-deal cause", "Trust was not over the line")
    TOO_LITTLE = "C3", pgettext_lazy("no-deal cause", "Another is worth more to them")
    CHEAPER = "C4", pgettext_lazy("no-deal cause", "Another gives the same for less")
    OTHER = "C0", pgettext_lazy("no-deal cause", "No decision: need, money or time went away")
    UNKNOWN = "unknown", pgettext_lazy("no-deal cause", "Not diagnosable")


class InfluencerRole(TextChoices):
    """Part played in the decision."""

    DECISION_MAKER = "decision_maker", pgettext_lazy("influencer role", "Decision-maker")
    APPROVER = "approver", pgettext_lazy("influencer role", "Approver")
    TECHNICAL = "technical", pgettext_lazy("influencer role", "Technical")
    USER = "user", pgettext_lazy("influencer role", "User")
    PURCHASER = "purchaser", pgettext_lazy("influencer role", "Purchaser")
    INITIATOR = "initiator", pgettext_lazy("influencer role", "Initiator")
    COACH = "coach", pgettext_lazy("influencer role", "Coach")


class Stance(IntegerChoices):
    """For or against us."""

    AGAINST = -2, pgettext_lazy("stance", "Against")
    DOUBTING = -1, pgettext_lazy("stance", "Doubting")
    NEUTRAL = 0, pgettext_lazy("stance", "Neutral")
    LEANING = 1, pgettext_lazy("stance", "Leaning to us")
    FOR = 2, pgettext_lazy("stance", "For us")


class Access(TextChoices):
    """Whether we reach the person."""

    NONE = "none", pgettext_lazy("access to a person", "No access")
    INDIRECT = "indirect", pgettext_lazy("access to a person", "Through others")
    DIRECT = "direct", pgettext_lazy("access to a person", "Direct")

"""Stable symbols of the method; the words for them live in the playbooks and the locale."""

from enum import StrEnum


class Quadrant(StrEnum):
    """Class of a customer by willingness and need, or `unclassified` while nothing is known."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    UNCLASSIFIED = "unclassified"


class Axis(StrEnum):
    """The two axes of maturity."""

    WILLINGNESS = "willingness"
    NEED = "need"


class Reach(StrEnum):
    """Whom a touch reached inside the decision."""

    POWERFUL = "powerful"
    INFLUENCER = "influencer"
    OTHER = "other"


class Quality(StrEnum):
    """What a touch was worth: an advance or a problem solved, a normal talk, nothing new."""

    FULL = "full"
    NORMAL = "normal"
    THIN = "thin"


class Outcome(StrEnum):
    """How a touch ended, as the customer's own next action tells."""

    ORDER = "order"
    ADVANCE = "advance"
    CONTINUATION = "continuation"
    NO_SALE = "no_sale"
    NONE = "none"


class Refusal(StrEnum):
    """What was refused: the purchase itself, only the objective of the call, or nothing."""

    PURCHASE = "purchase"
    OBJECTIVE = "objective"
    NONE = "none"


class Status(StrEnum):
    """Which list a customer belongs to."""

    UNVISITED = "unvisited"
    IN_PURSUIT = "in_pursuit"
    EXISTING = "existing"
    NURTURING = "nurturing"
    DROPPED = "dropped"


class DealEvent(StrEnum):
    """What happened to an opportunity on a day."""

    OPENED = "opened"
    WON = "won"
    LOST = "lost"
    PAUSED = "paused"
    REOPENED = "reopened"


class WindowState(StrEnum):
    """Where a customer stands inside its signing window."""

    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    OVERDUE_HARD = "overdue_hard"

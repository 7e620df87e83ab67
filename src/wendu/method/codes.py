"""Stable symbols of the method; the words for them live in the playbooks and the locale."""

from enum import Enum, StrEnum
from typing import TypeVar

Kind = TypeVar("Kind", bound=Enum)


def quick(kind: type[Kind]) -> type[Kind]:
    """Keep the members of an enumeration as plain attributes of its class, as Python does from 3.12 on.

    Python 3.11 finds a member through a descriptor, seven times as slow, and one fold names fifty of them.
    """
    for name, member in kind.__members__.items():
        type.__setattr__(kind, name, member)
    return kind


@quick
class Quadrant(StrEnum):
    """Class of a customer by willingness and need, or `unclassified` while nothing is known."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    UNCLASSIFIED = "unclassified"


@quick
class Axis(StrEnum):
    """The two axes of maturity."""

    WILLINGNESS = "willingness"
    NEED = "need"


@quick
class Reach(StrEnum):
    """Whom a touch reached inside the decision."""

    POWERFUL = "powerful"
    INFLUENCER = "influencer"
    OTHER = "other"


@quick
class Quality(StrEnum):
    """What a touch was worth: an advance or a problem solved, a normal talk, nothing new."""

    FULL = "full"
    NORMAL = "normal"
    THIN = "thin"


@quick
class Outcome(StrEnum):
    """How a touch ended, as the customer's own next action tells."""

    ORDER = "order"
    ADVANCE = "advance"
    CONTINUATION = "continuation"
    NO_SALE = "no_sale"
    NONE = "none"


@quick
class Refusal(StrEnum):
    """What was refused: the purchase itself, only the objective of the call, or nothing."""

    PURCHASE = "purchase"
    OBJECTIVE = "objective"
    NONE = "none"


@quick
class Status(StrEnum):
    """Which list a customer belongs to."""

    UNVISITED = "unvisited"
    IN_PURSUIT = "in_pursuit"
    EXISTING = "existing"
    NURTURING = "nurturing"
    DROPPED = "dropped"
    CHURNED = "churned"


@quick
class DealEvent(StrEnum):
    """What happened to an opportunity on a day."""

    OPENED = "opened"
    WON = "won"
    LOST = "lost"
    PAUSED = "paused"
    REOPENED = "reopened"


@quick
class WindowState(StrEnum):
    """Where a customer stands inside its signing window."""

    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    OVERDUE_HARD = "overdue_hard"

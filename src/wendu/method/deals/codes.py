"""Stable symbols of the deal room; the words for them live in the rooms and the playbooks."""

from enum import StrEnum


class Role(StrEnum):
    """Part played in the decision."""

    DECISION_MAKER = "decision_maker"
    APPROVER = "approver"
    TECHNICAL = "technical"
    USER = "user"
    PURCHASER = "purchaser"
    INITIATOR = "initiator"
    COACH = "coach"


class Focus(StrEnum):
    """Where somebody stands on the way in: gives information, owns the problem, decides."""

    RECEPTIVE = "receptive"
    DISSATISFIED = "dissatisfied"
    POWERFUL = "powerful"


class Access(StrEnum):
    """Whether we reach the person."""

    NONE = "none"
    INDIRECT = "indirect"
    DIRECT = "direct"


class NeedState(StrEnum):
    """How well the need of an influencer is known; guided is as good as confirmed."""

    UNKNOWN = "unknown"
    STATED = "stated"
    CONFIRMED = "confirmed"
    GUIDED = "guided"


class TrustPart(StrEnum):
    """What trust is made of: four parts of the person, and the company."""

    CREDIBILITY = "credibility"
    RELIABILITY = "reliability"
    INTIMACY = "intimacy"
    SELFLESSNESS = "selflessness"
    COMPANY = "company"


class Answer(StrEnum):
    """What a check says; unknown is never taken for yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What the three checks of a requirement come to."""

    ACCEPT = "accept"
    RECONSTRUCT = "reconstruct"
    INVESTIGATE = "investigate"


class Gain(StrEnum):
    """What a reconstructed requirement is worth against the one before."""

    DUAL = "dual"
    SINGLE = "single"
    WARNED = "warned"
    NO_GAIN = "no_gain"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


class VersionState(StrEnum):
    """Where a reconstructed requirement stands: only one in force takes the place of what was asked for."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    STALE = "stale"
    WORSE = "worse"


class Reach(StrEnum):
    """Whether what they expect lies within what we reach elsewhere."""

    OK = "ok"
    STRETCH = "stretch"
    UNREALISTIC = "unrealistic"
    UNKNOWN = "unknown"


class GoalPart(StrEnum):
    """The four steps by which an expectation is met."""

    RETURN = "return"
    SOLUTION = "solution"
    SAFEGUARDS = "safeguards"
    CHECK = "check"


class RelationLevel(StrEnum):
    """How far the relation reaches inside the customer."""

    NONE = "none"
    INDIVIDUAL = "individual"
    DEPARTMENT = "department"
    COMPANY = "company"


class Risk(StrEnum):
    """How much hangs on a single person."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Aim(StrEnum):
    """What became of what they should do after a talk."""

    OBJECTIVE = "objective"
    FALLBACK = "fallback"
    NEITHER = "neither"


class Question(StrEnum):
    """The four kinds of questions: situation, problem, implication, need-payoff."""

    SITUATION = "S"
    PROBLEM = "P"
    IMPLICATION = "I"
    NEED_PAYOFF = "N"


class ThreePeople(StrEnum):
    """Whose business it is about: the customer's own customers, their rivals, the firm itself."""

    CUSTOMERS = "customers"
    RIVALS = "rivals"
    SELF = "self"


class Interest(StrEnum):
    """Three interests of the firm, then five of the person."""

    REVENUE = "revenue"
    COST = "cost"
    EFFICIENCY_RISK = "efficiency_risk"
    PHYSIOLOGICAL = "physiological"
    SAFETY = "safety"
    BELONGING = "belonging"
    ESTEEM = "esteem"
    SELF_ACTUALISATION = "self_actualisation"


class CardStatus(StrEnum):
    """What a benefit card is worth: without a need an advantage, without evidence unproven."""

    ADVANTAGE_ONLY = "advantage_only"
    UNPROVEN = "unproven"
    PROVEN = "proven"


class Message(StrEnum):
    """The three messages every key influencer must have heard."""

    CAN_MEET = "can_meet"
    CREATES_VALUE = "creates_value"
    BETTER = "better"


class MessageState(StrEnum):
    """How far a message got; acknowledged means: in their own words."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"


class ConcernState(StrEnum):
    """Where a concern stands; only the customer can say that it is resolved."""

    OPEN = "open"
    ANSWERING = "answering"
    RESOLVED = "resolved"
    ACCEPTED = "accepted"


class Exchange(StrEnum):
    """Who gains by the exchange."""

    WIN_WIN = "win_win"
    CUSTOMER_ONLY = "customer_only"
    US_ONLY = "us_only"
    LOSE_LOSE = "lose_lose"
    UNKNOWN = "unknown"


class Cause(StrEnum):
    """Why a deal does not close."""

    NOT_CONVEYED = "C1"
    NO_TRUST = "C2"
    TOO_LITTLE = "C3"
    CHEAPER = "C4"
    OTHER = "C0"


class Capability(StrEnum):
    """Whether the product can do what is needed."""

    YES = "yes"
    CONFIGURABLE = "configurable"
    NO = "no"
    UNKNOWN = "unknown"

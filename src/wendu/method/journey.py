"""The journey of one customer: fold days of facts into it, then ask what stands, what holds today, how it went."""

from wendu.method.curve import Curve, curve
from wendu.method.facts import (
    Answer,
    ClassOverride,
    Context,
    DayFacts,
    DealFact,
    Profile,
    TouchFact,
)
from wendu.method.fold import NotLater, fold, rolled
from wendu.method.standing import DealFacts, StandingFacts, deal_standing, heat_on, standing
from wendu.method.state import DealPhase, Journey, StrikePhase
from wendu.method.view import Alert, CustomerView, DealView, alerts, view

__all__ = [
    "Alert",
    "Answer",
    "ClassOverride",
    "Context",
    "Curve",
    "CustomerView",
    "DayFacts",
    "DealFact",
    "DealFacts",
    "DealPhase",
    "DealView",
    "Journey",
    "NotLater",
    "Profile",
    "StandingFacts",
    "StrikePhase",
    "TouchFact",
    "alerts",
    "curve",
    "deal_standing",
    "fold",
    "heat_on",
    "rolled",
    "standing",
    "view",
]

"""Reads of the log; each starts with who is looking."""

from wendu.touches.queries.defaults import RecentChoices, Suggestion, proactive_by_default, recent_choices, suggest
from wendu.touches.queries.due import (
    Word,
    care_given,
    commitments_due,
    open_commitments,
    open_promises,
    open_tails,
    promises_due,
    quiet_between,
    quiet_periods,
)
from wendu.touches.queries.sight import may_see_emotion
from wendu.touches.queries.timeline import Cursor, TimelinePage, timeline, touches_about

__all__ = [
    "Cursor",
    "RecentChoices",
    "Suggestion",
    "TimelinePage",
    "Word",
    "care_given",
    "commitments_due",
    "may_see_emotion",
    "open_commitments",
    "open_promises",
    "open_tails",
    "proactive_by_default",
    "promises_due",
    "quiet_between",
    "quiet_periods",
    "recent_choices",
    "suggest",
    "timeline",
    "touches_about",
]

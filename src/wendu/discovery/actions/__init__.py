"""Everything that can be done in this room: findings are written down, talks are prepared and used."""

from wendu.discovery.actions.findings import (
    CRITERION,
    DEMAND,
    EFFECT,
    TRUST_RATING,
    BadCriterionWeight,
    BadRating,
    NeedUnnamed,
    NothingRated,
    WordsNeeded,
)
from wendu.discovery.actions.plans import (
    AnswerWritten,
    NobodyNamed,
    PlanDraft,
    ProblemDraft,
    QuestionDraft,
    answer_plan,
    drop_plan,
    restore_plan,
    rewrite_plan,
    write_plan,
)

__all__ = [
    "CRITERION",
    "DEMAND",
    "EFFECT",
    "TRUST_RATING",
    "AnswerWritten",
    "BadCriterionWeight",
    "BadRating",
    "NeedUnnamed",
    "NobodyNamed",
    "NothingRated",
    "PlanDraft",
    "ProblemDraft",
    "QuestionDraft",
    "WordsNeeded",
    "answer_plan",
    "drop_plan",
    "restore_plan",
    "rewrite_plan",
    "write_plan",
]

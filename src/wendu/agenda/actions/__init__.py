"""What a person plans, puts off and is told."""

from wendu.agenda.actions.changing import change_step, undo_change
from wendu.agenda.actions.errors import ChangedAgain, DayIsPast, NothingToDo, NotSnoozed, StepHasEnded, StepIsOpen
from wendu.agenda.actions.forgetting import forget_about
from wendu.agenda.actions.rests import snooze, undo_snooze
from wendu.agenda.actions.steps import cancel_step, complete_step, hand_step, move_step, plan_step, reopen_step
from wendu.agenda.actions.telling import mark_read, notify, notify_many

__all__ = [
    "ChangedAgain",
    "DayIsPast",
    "NotSnoozed",
    "NothingToDo",
    "StepHasEnded",
    "StepIsOpen",
    "cancel_step",
    "change_step",
    "complete_step",
    "forget_about",
    "hand_step",
    "mark_read",
    "move_step",
    "notify",
    "notify_many",
    "plan_step",
    "reopen_step",
    "snooze",
    "undo_change",
    "undo_snooze",
]

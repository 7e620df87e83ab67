"""Everything that can be done to the log; doors import the verbs and the draft from here."""

from wendu.touches.actions.check import check
from wendu.touches.actions.draft import (
    AnswerDraft,
    CommitmentDraft,
    OrderDraft,
    PromiseDraft,
    QuietDraft,
    TailDraft,
    TouchDraft,
    judged_outcome,
    lacking_for_advance,
)
from wendu.touches.actions.edit import draft_of, edit_touch, may_edit
from wendu.touches.actions.errors import DraftError, DraftRefused
from wendu.touches.actions.known import Known, known_for
from wendu.touches.actions.load import Loaded, LoadedTouch, load_touches
from wendu.touches.actions.log import log_touch
from wendu.touches.actions.preview import fact_of_draft
from wendu.touches.actions.purging import purge_touch
from wendu.touches.actions.settle import (
    close_tail,
    open_tail,
    reopen_commitment,
    reopen_promise,
    reopen_tail,
    settle_commitment,
    settle_promise,
)
from wendu.touches.actions.state import answer_indicators, set_quiet_period, withdraw_quiet_period
from wendu.touches.actions.undo import restore_touch, undo_touch
from wendu.touches.actions.words import draft_words

__all__ = [
    "AnswerDraft",
    "CommitmentDraft",
    "DraftError",
    "DraftRefused",
    "Known",
    "Loaded",
    "LoadedTouch",
    "OrderDraft",
    "PromiseDraft",
    "QuietDraft",
    "TailDraft",
    "TouchDraft",
    "answer_indicators",
    "check",
    "close_tail",
    "draft_of",
    "draft_words",
    "edit_touch",
    "fact_of_draft",
    "judged_outcome",
    "known_for",
    "lacking_for_advance",
    "load_touches",
    "log_touch",
    "may_edit",
    "open_tail",
    "purge_touch",
    "reopen_commitment",
    "reopen_promise",
    "reopen_tail",
    "restore_touch",
    "set_quiet_period",
    "settle_commitment",
    "settle_promise",
    "undo_touch",
    "withdraw_quiet_period",
]

"""All that can be done to an opportunity; one function per verb."""

from wendu.opportunities.actions.deals import (
    BadCurrency,
    BadFirstStage,
    NegativeAmount,
    OpenedTooLate,
    OpportunityIdTaken,
    change_deal_owner,
    delete_opportunity,
    edit_opportunity,
    open_opportunity,
    restore_opportunity,
)
from wendu.opportunities.actions.diagnosing import Diagnosed, OtherCauseNeedsWhy
from wendu.opportunities.actions.ends import (
    LossNeedsReason,
    NotAtSigning,
    NotBeingImplemented,
    NothingToWithdraw,
    NotLost,
    close_opportunity,
    reopen_opportunity,
    withdraw_closure,
)
from wendu.opportunities.actions.findable import deal_words, index_many
from wendu.opportunities.actions.findings import (
    FindingKind,
    GoneAlready,
    NotInTheDecision,
    bring_back_finding,
    correct_finding,
    declare_kinds,
    take_back_finding,
    write_finding,
)
from wendu.opportunities.actions.load import End, NewDeal, load_deals
from wendu.opportunities.actions.people import (
    BadWeight,
    NotOfThisCustomer,
    remove_influencer,
    set_influencer,
)
from wendu.opportunities.actions.purging import purge_opportunity
from wendu.opportunities.actions.rests import (
    BadResumeDay,
    NotPaused,
    pause_opportunity,
    resume_opportunity,
)
from wendu.opportunities.actions.stages import NotNextStage, move_stage, selling_steps
from wendu.opportunities.actions.standing import (
    BadRestart,
    FutureDay,
    NotOpen,
    ReasonNeeded,
    TooEarly,
    state_of,
)

__all__ = [
    "BadCurrency",
    "BadFirstStage",
    "BadRestart",
    "BadResumeDay",
    "BadWeight",
    "Diagnosed",
    "End",
    "FindingKind",
    "FutureDay",
    "GoneAlready",
    "LossNeedsReason",
    "NegativeAmount",
    "NewDeal",
    "NotAtSigning",
    "NotBeingImplemented",
    "NotInTheDecision",
    "NotLost",
    "NotNextStage",
    "NotOfThisCustomer",
    "NotOpen",
    "NotPaused",
    "NothingToWithdraw",
    "OpenedTooLate",
    "OpportunityIdTaken",
    "OtherCauseNeedsWhy",
    "ReasonNeeded",
    "TooEarly",
    "bring_back_finding",
    "change_deal_owner",
    "close_opportunity",
    "correct_finding",
    "deal_words",
    "declare_kinds",
    "delete_opportunity",
    "edit_opportunity",
    "index_many",
    "load_deals",
    "move_stage",
    "open_opportunity",
    "pause_opportunity",
    "purge_opportunity",
    "remove_influencer",
    "reopen_opportunity",
    "restore_opportunity",
    "resume_opportunity",
    "selling_steps",
    "set_influencer",
    "state_of",
    "take_back_finding",
    "withdraw_closure",
    "write_finding",
]

"""What the offers room refuses, and how to mend it."""

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError


class TheirWordsNeeded(ActionError):
    """Only the customer can say that something arrived or is settled."""

    code = "their_words_needed"
    field = "words"
    message = _("Write how the person put it; only the customer can say that it arrived or is settled.")


class NotOneToFive(ActionError):
    """Importance and severity are numbers from one to five."""

    code = "not_one_to_five"
    message = _("Enter a number from 1 to 5.")


class NotZeroToTen(ActionError):
    """What is told in points has ten of them."""

    code = "worth_points"
    message = _("Give 0 to 10 points, or leave it empty if nobody knows.")


class AlreadyWritten(ActionError):
    """Some findings exist once per deal, or once per person."""

    code = "already_written"
    message = _("This is written down already. Correct the one that stands instead of adding a second.")


class NotNegative(ActionError):
    """Value and cost are amounts."""

    code = "worth_negative"
    message = _("An amount cannot be below zero. Enter 0 or more, or leave it empty if nobody knows.")


class EvidenceUnnamed(ActionError):
    """Evidence says what it is."""

    code = "evidence_unnamed"
    field = "evidence"
    message = _("Say what the evidence is: the figures, the case, whom to ask.")


class PartOfItself(ActionError):
    """A solution is not made of itself, nor of what it is part of."""

    code = "part_of_itself"
    field = "parts"
    message = _("%(part)s contains this solution already. Take it out of the parts.")


class MayNotBeNamed(ActionError):
    """A customer's name stands in the library only if the customer allows it."""

    code = "may_not_be_named"
    field = "customer_name"
    message = _("A name needs the customer's consent, and consent needs a name: give both, or neither.")


class PieceGone(ActionError):
    """What was taken back is not changed any more."""

    code = "piece_gone"
    message = _("This was taken back already. Bring it back first, or write it down anew.")


class SolutionRetired(ActionError):
    """What is out of use is not used any more."""

    code = "solution_retired"
    message = _("%(name)s is out of use. Choose another solution, or have it put back in use.")


class NotTakenIn(ActionError):
    """What is only suggested is not shown to customers yet."""

    code = "solution_not_taken_in"
    message = _("%(name)s is only suggested. Whoever keeps the library takes it in first.")


class DealNotWon(ActionError):
    """Only what has won a deal goes from one person's experience into the firm's library."""

    code = "deal_not_won"
    message = _("Only what won a deal goes into the library. Close the deal as won first.")


class NoNeedYet(ActionError):
    """Before anybody said what he wants, a proposal is a brochure (method: 3.13)."""

    code = "no_need_yet"
    message = _(
        "Nobody has said yet that he wants something solved; a proposal now would be a brochure. Write down a need in"
        " their own words first; in a tender, what its papers ask for counts."
    )


class ProposalSent(ActionError):
    """What the customer holds in his hands is not changed behind his back."""

    code = "proposal_sent"
    message = _("This version was sent already and stays as it is. Begin a new version and change that one.")


class SentTooEarly(ActionError):
    """An empty paper is not sent."""

    code = "proposal_empty"
    field = "sent_on"
    message = _("Nothing is written in it yet. Write at least one section before it is sent.")


class ProposalFull(ActionError):
    """One deal has so many versions and no more."""

    code = "proposal_versions"
    message = _("This deal has %(most)s versions of its proposal, as many as are kept. Change the latest one instead.")


class NotBelowZero(ActionError):
    """What is expected, promised and reached are numbers from zero on."""

    code = "expectation_negative"
    message = _("A number here cannot be below zero. Enter 0 or more, or leave it empty if nobody knows.")


class RangeReversed(ActionError):
    """The best result is at least as good as the usual one."""

    code = "range_reversed"
    field = "best"
    message = _("The best result is worse than the usual one. Swap the two, or tick that less is better.")


class NeedOfAnotherDeal(ActionError):
    """An expectation stands on a need of its own deal."""

    code = "need_of_another_deal"
    field = "demand_id"
    message = _("This need belongs to another deal. Choose one of this deal, or leave it empty.")


class NotOfAHundred(ActionError):
    """A tax is a share of a hundred."""

    code = "not_of_a_hundred"
    field = "tax"
    message = _("A tax is a number from 0 to 100, in per cent. Correct it, or leave it empty.")

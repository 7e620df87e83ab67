"""What can be wrong with a draft or a change of the log; every sentence says how to mend it."""

from collections.abc import Sequence
from typing import Self

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError


class DraftError(ActionError):
    """One field of a draft that cannot be stored as it is."""

    def at(self, field: str) -> Self:
        """Name the field of the draft, with dots and positions inside lists (`promises.0.due_on`)."""
        self.field = field
        return self


class DayToCome(DraftError):
    """A touch is logged after it happened."""

    code = "day_to_come"
    message = _("%(day)s is still to come. Log it once it has happened, or plan it as a step.")


class DayTooOld(DraftError):
    """A year nobody kept a log in: a slip of the pen."""

    code = "day_too_old"
    message = _("%(day)s lies before the year 2000. Check the year.")


class DayTooFar(DraftError):
    """A day so far away that it is a slip of the pen."""

    code = "day_too_far"
    message = _("%(day)s is more than ten years away. Check the year.")


class DayBeforeTouch(DraftError):
    """What was agreed in a touch lies after it."""

    code = "day_before_touch"
    message = _("%(day)s lies before the touch of %(touched)s. Choose that day or a later one.")


class DayMissing(DraftError):
    """What is to be done is to be done by a day."""

    code = "day_missing"
    message = _("The day is missing. Say by when.")


class EndBeforeStart(DraftError):
    """Days run forward."""

    code = "end_before_start"
    message = _("The last day %(end)s lies before the first day %(start)s. Choose a later end.")


class SpellTooLong(DraftError):
    """A silence of more than a year is no quiet period."""

    code = "spell_too_long"
    message = _("%(days)s days are too long a silence; at most %(limit)s. Choose an earlier end.")


class NotAChoice(DraftError):
    """A symbol this product does not know."""

    code = "not_a_choice"
    message = _("“%(value)s” is not known here. Choose one of: %(choices)s.")


class TextTooLong(DraftError):
    """A text its column cannot hold."""

    code = "text_too_long"
    message = _("%(length)s characters are too many; %(limit)s fit. Shorten the text.")


class TextMissing(DraftError):
    """An entry that says nothing."""

    code = "text_missing"
    message = _("The text is missing. Say in a few words what it is about.")


class TooMany(DraftError):
    """More entries than one touch can bring."""

    code = "too_many"
    message = _("%(count)s entries are too many for one touch; %(limit)s fit. Log the rest as a second touch.")


class OutOfRange(DraftError):
    """A number outside its scale."""

    code = "out_of_range"
    message = _("%(value)s does not lie between %(least)s and %(most)s. Enter a whole number in between.")


class AnsweredTwice(DraftError):
    """One question has one answer."""

    code = "answered_twice"
    message = _("The question “%(indicator)s” is answered twice. Keep one answer.")


class ForeignContact(DraftError):
    """Somebody else's person."""

    code = "foreign_contact"
    message = _(
        "This person does not belong to %(customer)s. Choose one of its contacts, or add the person there first."
    )


class ForeignOpportunity(DraftError):
    """Somebody else's opportunity."""

    code = "foreign_opportunity"
    message = _("This opportunity does not belong to %(customer)s. Choose one of its own, or none.")


class OpportunityClosed(DraftError):
    """Nothing more is logged for a closed opportunity, least of all its signature."""

    code = "opportunity_closed"
    message = _("This opportunity was closed on %(day)s. Reopen it first, or choose another one or none.")


class NotAnOpenTail(DraftError):
    """Only an open problem of this customer can be closed."""

    code = "not_an_open_tail"
    message = _("This problem is not an open one of %(customer)s. Reload the page and choose again.")


class TailRaisedLater(DraftError):
    """A problem is not solved before it was raised."""

    code = "tail_raised_later"
    message = _("This problem was raised on %(day)s, after this touch. Choose a later day, or leave it open.")


class RefusalWithoutNoSale(DraftError):
    """Two answers that contradict each other."""

    code = "refusal_without_no_sale"
    message = _("Something refused goes with the outcome “Refused”. Choose that outcome, or take the refusal out.")


class WhichOpportunity(DraftError):
    """An order wins one opportunity, and there are several."""

    code = "which_opportunity"
    message = _("%(customer)s has %(count)s open opportunities. Choose the one that was signed.")


class NothingToSign(DraftError):
    """An order needs something that was signed."""

    code = "nothing_to_sign"
    message = _("%(customer)s has no open opportunity. Name the order (and its amount) to sign it now.")


class AlreadyLogged(DraftError):
    """One number of another system stands for one touch."""

    code = "already_logged"
    message = _("A touch with the number “%(external_id)s” exists already. Change that one, or use another number.")


class CustomerGone(DraftError):
    """Nothing is logged for a deleted customer."""

    code = "customer_gone"
    message = _("%(customer)s has been deleted. Restore the customer first.")


class DraftRefused(ActionError):
    """A draft with at least one error; nothing was written."""

    code = "draft_refused"
    message = _("Nothing was saved yet. Mend what is marked and save again.")

    def __init__(self, errors: Sequence[DraftError]) -> None:
        super().__init__()
        self.errors = tuple(errors)

    def text(self) -> str:
        """Say everything that is to be mended, one sentence after the other."""
        return " ".join(error.text() for error in self.errors)


class AlreadyUndone(ActionError):
    """What was taken back is not changed."""

    code = "already_undone"
    message = _("This touch has been undone. Restore it first.")


class NotUndone(ActionError):
    """Only what was taken back can be restored."""

    code = "not_undone"
    message = _("This touch stands. There is nothing to restore.")


class AlreadySettled(ActionError):
    """A promise or commitment is settled once."""

    code = "already_settled"
    message = _("This is settled already, on %(day)s. Reload the page to see it.")


class SettledBeforeMade(ActionError):
    """Nothing is settled before it was agreed."""

    code = "settled_before_made"
    message = _("%(day)s lies before the day it was agreed, %(since)s. Choose a later day.")
    field = "on"


class NewDayMissing(ActionError):
    """Agreeing anew means a later day."""

    code = "new_day_missing"
    message = _("Agreeing anew needs a new day after %(day)s. Choose one.")
    field = "due_on"


class TailIsClosed(ActionError):
    """A closed problem is not closed again."""

    code = "tail_is_closed"
    message = _("This problem is closed already. Reload the page to see it.")


class TailIsOpen(ActionError):
    """An open problem is not opened again."""

    code = "tail_is_open"
    message = _("This problem is open already. Reload the page to see it.")


class AlreadyWithdrawn(ActionError):
    """A quiet period is withdrawn once."""

    code = "already_withdrawn"
    message = _("This quiet period has been withdrawn already. Reload the page to see it.")

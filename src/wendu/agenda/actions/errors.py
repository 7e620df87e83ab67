"""What is refused about steps and rests, and how to go on."""

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError


class StepHasEnded(ActionError):
    """What is done or cancelled cannot be changed."""

    code = "step_has_ended"
    message = _("This step is already done or cancelled. Reload the page.")


class StepIsOpen(ActionError):
    """What still has to be done is not opened again."""

    code = "step_is_open"
    message = _("This step is still to be done. Reload the page.")


class DayIsPast(ActionError):
    """Nothing can be planned for yesterday."""

    code = "day_is_past"
    message = _("This day is over. Choose today or a later day.")
    field = "on"


class NothingToDo(ActionError):
    """A step must say what to do."""

    code = "step_says_nothing"
    message = _("Say what is to be done.")
    field = "do"


class ChangedAgain(ActionError):
    """A way back leads to what stood before, not over what came since."""

    code = "step_changed_again"
    message = _("This step was changed again since. Open it and set it as you want it.")


class NotSnoozed(ActionError):
    """Nothing is put off."""

    code = "not_snoozed"
    message = _("This customer is not put off any more. Reload the page.")

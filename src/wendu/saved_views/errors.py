"""Why a view is refused, and how to mend it."""

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError

LONGEST_NAME = 40
LONGEST_QUERY = 2000


class BadName(ActionError):
    """A view is called by a name of bounded length."""

    code = "view_name"
    message = _("A view needs a name of 1 to %(longest)s characters. Shorten it or give it one.")
    field = "name"

    def __init__(self) -> None:
        super().__init__(longest=LONGEST_NAME)


class NameTaken(ActionError):
    """Nobody has two views of one name."""

    code = "view_name_taken"
    message = _("You have a view “%(name)s” already. Choose another name.")
    field = "name"


class QueryTooLong(ActionError):
    """The list asks for more than can be kept."""

    code = "view_query_too_long"
    message = _("This list asks for too much to be saved. Take some conditions away.")


class TeamNeeded(ActionError):
    """A view for a team says which one."""

    code = "view_team_needed"
    message = _("Choose the team the view is for.")
    field = "team"


class NotYourTeam(ActionError):
    """One shares with the teams one leads."""

    code = "view_team_not_yours"
    message = _("You can share a view with your own team or one below it. Choose one of these.")
    field = "team"


class OnlyForOneself(ActionError):
    """What a whole role opens with is seen by everybody."""

    code = "view_not_for_all"
    message = _("A view only you see cannot open first for a role. Share it with everybody first.")
    field = "roles"


class NothingToTakeBack(ActionError):
    """The view was never changed, or the change is no longer the latest."""

    code = "view_nothing_to_take_back"
    message = _("There is nothing to take back any more. Reload the page.")


class ViewNotDeleted(ActionError):
    """Only what was deleted is brought back."""

    code = "view_not_deleted"
    message = _("This view is not deleted. Reload the page.")

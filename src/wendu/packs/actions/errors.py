"""Why a playbook is not written as asked."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError
from wendu.playbooks import PlaybookError


class PackRefused(ActionError):
    """The playbook cannot be used; `problems` lists everything that is wrong in it."""

    code = "pack_refused"
    message = _("The playbook cannot be published yet: %(problems)s")

    def __init__(self, error: PlaybookError) -> None:
        chinese = (get_language() or "zh").startswith("zh")
        self.problems = error.problems
        words = [f"{one.path}: {one.zh if chinese else one.en}" for one in error.problems]
        super().__init__(problems="; ".join(words))


class NoSuchVersion(ActionError):
    """A copy is made of something that was published."""

    code = "pack_no_such_version"
    message = _("There is no version “%(version)s”. Choose one from the list.")


class DraftGone(ActionError):
    """A draft that was thrown away or published is no longer written on."""

    code = "pack_draft_gone"
    message = _("This draft was published or thrown away. Go back to the list of versions.")


class DraftBehind(ActionError):
    """What somebody else published meanwhile is not overwritten unseen."""

    code = "pack_draft_behind"
    message = _("Another version was published since. Bring the draft up to it first, then publish.")


class CountingMoved(ActionError):
    """Yet another version was published while one was choosing."""

    code = "pack_counting_moved"
    message = _("Yet another version was published just now. Look at what changed again.")


class ChoiceMissing(ActionError):
    """Where both changed the same place somebody has to choose."""

    code = "pack_choice_missing"
    message = _("Choose one side at each place both changed.")


class VersionTaken(ActionError):
    """A version, once published, never changes: readings refer to it."""

    code = "pack_version_taken"
    message = _("Version %(version)s of this playbook has been published already. Give it a higher number.")
    field = "version"


class NoSuchPiece(ActionError):
    """Somebody else took it out of the draft meanwhile, or put it back."""

    code = "pack_no_such_piece"
    message = _("This is not in the draft any more, or is there already. Look at the draft again.")

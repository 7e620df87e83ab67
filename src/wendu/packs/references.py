"""What uses a piece of the playbook; rooms above say so when they start, this room does not know them."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from wendu.kernel.errors import ActionError

Users = Callable[[str], int]

_users: dict[str, Users] = {}


class PieceInUse(ActionError):
    """A piece of the playbook that rows still name."""

    code = "pack_piece_in_use"
    message = _("%(count)s customers bear it, those in the recycle bin included. Give them another one first.")


def register_users(root: str, users: Users) -> None:
    """Have asked how many rows name an entry of this part of the playbook, by its code."""
    _users[root] = users


def refuse_what_is_used(place: str) -> None:
    """Raise `PieceInUse` if rows still name what stands at this place."""
    root, _dot, code = place.rpartition(".")
    count = _users[root](code) if root in _users else 0
    if count:
        raise PieceInUse(count=f"{count:,}")

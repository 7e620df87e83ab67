"""What uses a piece of the playbook; rooms above say so when they start, this room does not know them."""

from collections.abc import Callable

from django.utils.translation import ngettext_lazy

from wendu.kernel.errors import ActionError

Users = Callable[[str], int]


class PieceInUse(ActionError):
    """A piece of the playbook that rows still name."""

    code = "pack_piece_in_use"
    message = ngettext_lazy(
        "%(count)s customer bears it, the recycle bin included. Give it another one first.",
        "%(count)s customers bear it, those in the recycle bin included. Give them another one first.",
        "count",
    )


class CauseInUse(PieceInUse):
    """A cause for which customers left: its words are still read."""

    code = "pack_cause_in_use"
    message = ngettext_lazy(
        "%(count)s customer left for it, and its page says so. Change its words instead.",
        "%(count)s customers left for it, and their pages say so. Change its words instead.",
        "count",
    )


_users: dict[str, tuple[Users, type[PieceInUse]]] = {}


def register_users(root: str, users: Users, refusal: type[PieceInUse] = PieceInUse) -> None:
    """Have asked how many rows name an entry of this part of the playbook, by its code, and say what stands against."""
    _users[root] = (users, refusal)


def refuse_what_is_used(place: str) -> None:
    """Raise `PieceInUse` if rows still name what stands at this place."""
    root, _dot, code = place.rpartition(".")
    if root not in _users:
        return
    users, refusal = _users[root]
    count = users(code)
    if count:
        raise refusal(count=count)

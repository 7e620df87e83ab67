"""Refusals a person can understand: what is wrong and how to mend it, in that person's language."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ActionError(Exception):
    """An action refused; nothing was written. Subclasses set `code`, `message` and perhaps `field`."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str | Promise] = _("This cannot be done. Check the entries and try again.")
    field: str | None = None

    def __init__(self, **params: object) -> None:
        super().__init__(self.code, params)
        self.params = params

    def text(self) -> str:
        """Say in the reader's language what is wrong and how to mend it."""
        return str(self.message % self.params) if self.params else str(self.message)

    def __str__(self) -> str:
        return self.text()


class Denied(ActionError):
    """The actor has no right to this verb on this thing; says who has."""

    code = "denied"
    message = _("You do not have the right to do this. It can be done by: %(who)s.")


class Stale(ActionError):
    """Someone else changed the row since the editor opened it."""

    code = "stale"
    message = _("Someone else has changed this in the meantime. Reload the page and enter your change again.")


class TooOften(ActionError):
    """So much was asked for in a minute that others would have to wait; says when it can go on."""

    code = "too_often"
    message = _(
        "You have asked for this %(most)s times within a minute, as often as one may. Go on in %(seconds)s seconds."
    )

    @property
    def seconds(self) -> int:
        """How long to wait."""
        return int(str(self.params.get("seconds", 60)))

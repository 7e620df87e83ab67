"""What whoever may write finds on the page of a deal: where things are written down, opened and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.web.shell import address

from .icons import icon
from .markup import NOTHING, escaped


@dataclass(frozen=True)
class Pen:
    """Who writes on the page of which deal: whether findings, whether who decides, and the token the forms carry."""

    deal: UUID
    may_write: bool
    token: str
    may_name: bool = False

    def at(self, kind: str) -> str:
        """Where findings of a kind are written down."""
        return address("opportunities:findings", self.deal, kind)

    def link(self, url: str, words: str) -> str:
        """Words that open a form, for whoever may write."""
        return f'<a href="{url}" data-drawer>{escaped(words)}</a>' if self.may_write else escaped(words)

    def take_back(self, place: str, uuid: UUID) -> SafeString:
        """The button that takes a finding back; its place is the address of its kind."""
        if not self.may_write:
            return NOTHING
        url, answer = f"{escaped(place)}{uuid}/removal/", 'hx-target="#toasts" hx-swap="beforeend"'
        return SafeString(
            f'<form class="x" method="post" action="{url}" hx-post="{url}" {answer}>{self._button}</form>'
        )

    @cached_property
    def _button(self) -> str:
        """The same in all of these forms."""
        words = escaped(_("Take back"))
        return (
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{self.token}">'
            f'<button type="submit" class="btn btn-icon btn-sm btn-quiet" aria-label="{words}" title="{words}">'
            f"{icon('x')}</button>"
        )

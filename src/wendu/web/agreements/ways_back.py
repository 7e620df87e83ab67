"""Out of sight and back again: one answer for every kind of thing a customer agreed to.

What goes is found among what stands, what comes back among all one sees; both answer with a toast, the first of them
with the way back in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise

from wendu.access.verbs import customer_of
from wendu.kernel.clock import now
from wendu.web.fragments import person
from wendu.web.touches.answers import told

Act = Callable[..., Any]


def seen(request: HttpRequest, model: type[Any], uuid: UUID, *related: str, path: str = "") -> Any:
    """A thing of a customer one sees, taken out of sight or not; `path` leads to what holds it, which stands."""
    standing = {f"{path}deleted_at__isnull": True} if path else {}
    rows = model.objects.visible_to(person(request)).filter(**{f"{path}customer__deleted_at__isnull": True}, **standing)
    near = (f"{path}customer__owner", f"{path}customer__team", *related)
    return get_object_or_404(rows.select_related(*near), uuid=uuid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removable:
    """One kind of thing: the acts that take it away and bring it back, what is said, and where one goes on reading.

    `named` is what the acts call it; `path` leads from it to what holds the customer, empty: it holds it itself.
    """

    model: type[Any]
    named: str
    remove: Act
    restore: Act
    gone: Promise
    back: Promise
    way_back: str
    path: str = ""
    page: Callable[[Any], str] | None = None

    def removal(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Take it out of sight."""
        row = seen(request, self.model, uuid, path=self.path)
        self.remove(**{self.named: row}, actor=person(request), at=now())
        undo = reverse(self.way_back, args=[row.uuid])
        return told(request, customer_of(row), str(self.gone), undo_url=undo, back=self._page(row))

    def restoration(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Bring it back, in the toast that asked for it."""
        row = seen(request, self.model, uuid, path=self.path)
        self.restore(**{self.named: row}, actor=person(request), at=now())
        in_place = not request.headers.get("HX-Target")
        return told(request, customer_of(row), str(self.back), in_place=in_place, back=self._page(row))

    def _page(self, row: Any) -> str:
        return self.page(row) if self.page else ""

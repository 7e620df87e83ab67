"""Addresses of what was merged: they lead to what it became, for whoever sees that; for everybody else to nothing."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from wendu.customers.queries import is_now


class Elsewhere(Exception):
    """What is looked at has another address now; the middleware leads there."""

    def __init__(self, old: UUID, new: UUID) -> None:
        super().__init__(f"{old} is {new} now")
        self.old, self.new = str(old), str(new)


def found_or_forwarded(request: HttpRequest, rows: QuerySet[Any], uuid: UUID | None) -> Any:
    """Find among visible rows; of one that was merged, what it became.

    Reading goes on at the new address. What is sent from a page that was open before is taken for what it became, so
    that nothing typed is lost.
    """
    found = rows.filter(uuid=uuid).first()
    if found is not None and found.merged_into_id is None:
        return found
    now = is_now(rows, uuid) if uuid is not None else None
    if now is None or uuid is None:
        raise Http404
    if request.method in ("GET", "HEAD"):
        raise Elsewhere(uuid, now.uuid)
    return now

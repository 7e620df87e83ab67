"""Finding the products of the firm's library that rows name: by our id, their number, else their name."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from wendu.exchange.errors import ProductNotFound, SeveralFound
from wendu.exchange.values import uuid_from
from wendu.kernel.names import tidy_line
from wendu.offers.models import Solution


class Library:
    """The lines of the library that some names may mean (one query); everybody in the firm reads it."""

    def __init__(self, names: Iterable[str]) -> None:
        wanted = {tidy_line(name) for name in names if name}
        uuids = {uuid for name in wanted if (uuid := uuid_from(name)) is not None}
        self._by_uuid: dict[UUID, Solution] = {}
        self._by_number: dict[str, Solution] = {}
        self._by_name: dict[str, list[Solution]] = {}
        meant = Q(name__in=wanted) | Q(sheet__code__in=wanted) | Q(uuid__in=uuids)
        for row in Solution.objects.filter(meant).select_related("sheet").order_by("pk") if wanted else ():
            self._by_uuid[row.uuid] = row
            self._by_name.setdefault(row.name, []).append(row)
            sheet = getattr(row, "sheet", None)
            if sheet is not None and sheet.code:
                self._by_number[sheet.code] = row

    def one(self, name: str) -> Solution:
        """Give the product a name means; one still in use goes before those that were retired."""
        uuid = uuid_from(name)
        if uuid in self._by_uuid:
            return self._by_uuid[uuid]
        if name in self._by_number:
            return self._by_number[name]
        found = self._by_name.get(name, [])
        rows = [row for row in found if row.retired_at is None] or found
        if len(rows) > 1:
            raise SeveralFound(value=name[:60]).at("product")
        if not rows:
            raise ProductNotFound(value=name[:60]).at("product")
        return rows[0]

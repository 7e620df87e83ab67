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
            sheet = getattr(row, "sheet", None)
            self.add(row, sheet.code if sheet is not None else "")

    def add(self, row: Solution, number: str) -> None:
        """Take one in that is there."""
        self._by_uuid[row.uuid] = row
        self._by_name.setdefault(row.name, []).append(row)
        if number:
            self._by_number[number] = row

    def meant(self, uuid: UUID | None, number: str, name: str) -> Solution | None:
        """The line a row is about: by our id, its number, else the only one in use of this name.

        One that bears another number is another one.
        """
        if uuid is not None and uuid in self._by_uuid:
            return self._by_uuid[uuid]
        if number in self._by_number:
            return self._by_number[number]
        taken = {row.pk for row in self._by_number.values()} if number else set()
        rows = [row for row in self._by_name.get(name, ()) if row.retired_at is None and row.pk not in taken]
        if len(rows) > 1:
            raise SeveralFound(value=name[:60]).at("name")
        return rows[0] if rows else None

    def one(self, name: str) -> Solution:
        """Give the product a name means; one still in use goes before those that were retired."""
        uuid = uuid_from(name)
        if uuid is not None and uuid in self._by_uuid:
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

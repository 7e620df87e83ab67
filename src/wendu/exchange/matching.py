"""Finding the customers that rows name: by their number, else by their name, a fixed number of queries a batch."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wendu.customers.models import Customer
from wendu.exchange.errors import RowRefused, SeveralFound
from wendu.kernel.entity import carrying
from wendu.kernel.names import normalise_name, tidy_line


class Known(NamedTuple):
    """A customer that is there, with the columns by which rows are matched and told apart."""

    pk: int
    name: str
    name_key: str
    external_id: str
    owner_id: int | None
    parent_id: int | None
    kind: str
    market: str
    industry: str
    product_kind: str
    sale_kind: str
    tier: str
    province: str
    city: str
    address: str
    headcount: int | None
    source_text: str
    note: str
    custom: dict[str, Any]
    bucket_of_id: int | None
    deleted_at: Any


@dataclass(slots=True)
class Found:
    """The customers of a batch; `hidden` numbers belong to some that are deleted or not for the actor's eyes."""

    by_number: dict[str, Known] = field(default_factory=dict)
    by_key: dict[str, list[Known]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def one(self, name: str, refusal: type[RowRefused], at: str) -> Known:
        """Give the customer a name means: its number, its exact name, else the only one of this name key."""
        name = tidy_line(name)
        if name in self.by_number:
            return self.by_number[name]
        found = only(self.by_key.get(normalise_name(name), ()), name, at)
        if found is None:
            raise refusal(value=name[:60]).at(at)
        return found


def only(alike: Iterable[Known], name: str, at: str) -> Known | None:
    """Choose among customers of one name key: the one of exactly this name, else the only one."""
    rows = list(alike)
    exact = [row for row in rows if row.name == name]
    choice = exact if len(exact) == 1 else rows
    if len(choice) > 1:
        raise SeveralFound(value=name[:60]).at(at)
    return choice[0] if choice else None


def find_customers(names: Iterable[str], actor: Any, *, numbers: Iterable[str] = ()) -> Found:
    """Find by number or name what the actor can see (`numbers`: by number only): two queries, three for a narrow view.

    Neither query asks for more than the index of its column holds: what is deleted or hidden is sorted out here.
    """
    wanted = {tidy_line(name) for name in names if name}
    found = Found()
    carried = wanted | set(numbers)
    rows = _rows(Customer.objects.filter(carrying(carried))) if carried else []
    keys = {normalise_name(name) for name in wanted - {row.external_id for row in rows if row.deleted_at is None}}
    alike = _rows(Customer.objects.filter(name_key__in=keys).order_by("pk")) if keys else []
    seen = _seen([*rows, *alike], actor)
    for row in rows:
        if row.pk in seen:
            found.by_number[row.external_id] = row
        else:
            found.hidden.add(row.external_id)
    for row in alike:
        if row.pk in seen:
            found.by_key.setdefault(row.name_key, []).append(row)
    return found


def _rows(rows: Any) -> list[Known]:
    return [Known(*row) for row in rows.values_list(*Known._fields)]


def _seen(rows: list[Known], actor: Any) -> set[int]:
    standing = {row.pk for row in rows if row.deleted_at is None and row.bucket_of_id is None}
    if actor is None or actor.is_admin or not standing:
        return standing
    return set(Customer.objects.visible_to(actor).filter(pk__in=standing).values_list("pk", flat=True))

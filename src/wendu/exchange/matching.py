"""Finding the customers that rows name: by their number, else by their name, a fixed number of queries a batch."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from wendu.customers.models import Customer
from wendu.exchange.errors import RowRefused, SeveralFound
from wendu.exchange.values import uuid_from
from wendu.kernel.names import normalise_name, tidy_line
from wendu.kernel.prepared import Among, prepared


class Known(NamedTuple):
    """A customer that is there, with the columns by which rows are matched and told apart."""

    pk: int
    name: str
    name_key: str
    external_id: str
    owner_id: int | None
    parent_id: int | None
    referrer_id: int | None
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
    brand_note: int | None
    source_text: str
    note: str
    custom: dict[str, Any]
    bucket_of_id: int | None
    deleted_at: Any
    merged_into_id: int | None


@dataclass(slots=True)
class Found:
    """The customers of a batch; `hidden` numbers belong to some that are deleted or not for the actor's eyes.

    A number or name of what was merged means what it became: `former` are those numbers and name keys.
    """

    by_uuid: dict[UUID, Known] = field(default_factory=dict)
    by_number: dict[str, Known] = field(default_factory=dict)
    former: set[str] = field(default_factory=set)
    by_key: dict[str, list[Known]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def one(self, name: str, refusal: type[RowRefused], at: str) -> Known:
        """Give the customer a name means: its number, our id, its exact name, else the only one of this name key."""
        name = tidy_line(name)
        if name in self.by_number:
            return self.by_number[name]
        uuid = uuid_from(name)
        if uuid in self.by_uuid:
            return self.by_uuid[uuid]
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


def find_customers(
    names: Iterable[str], actor: Any, *, numbers: Iterable[str] = (), uuids: Iterable[UUID] = ()
) -> Found:
    """Find by number, id or name what the actor can see: two queries, one more for ids and one for a narrow view.

    `numbers` and `uuids` are found as such only; `names` may be any of the three.

    One more looks for what merged ones became, if there are any.

    Neither query asks for more than the index of its column holds: what is deleted or hidden is sorted out here.
    """
    wanted = {tidy_line(name) for name in names if name}
    found = Found()
    carried = wanted | set(numbers)
    rows = _known(_numbered(carried)) if carried else []
    keys = {normalise_name(name) for name in wanted - {row.external_id for row in rows if row.deleted_at is None}}
    alike = _known(_named(keys)) if keys else []
    ids = {*uuids, *filter(None, map(uuid_from, wanted))}
    by_id = _by_uuid(ids) if ids else {}
    now = _became([*rows, *alike, *by_id.values()])
    seen = _seen([*rows, *alike, *by_id.values(), *now.values()], actor)
    for uuid, row in by_id.items():
        stands = now.get(row.merged_into_id or 0, row)
        if stands.pk in seen:
            found.by_uuid[uuid] = stands
            found.former.update({str(uuid)} if stands is not row else ())
        else:
            found.hidden.add(str(uuid))
    for row in rows:
        stands = now.get(row.merged_into_id or 0, row)
        if stands.pk in seen:
            found.by_number[row.external_id] = stands
            found.former.update({row.external_id} if stands is not row else ())
        else:
            found.hidden.add(row.external_id)
    for row in sorted(alike, key=lambda row: row.merged_into_id is not None):
        stands = now.get(row.merged_into_id or 0, row)
        known = found.by_key.get(row.name_key, [])
        if stands.pk not in seen or stands.pk in {each.pk for each in known}:
            continue
        if stands is row:
            found.by_key.setdefault(row.name_key, []).append(row)
        elif not known:  # who bears the name now is meant, and only else who bore it
            found.by_key[row.name_key] = [stands]
            found.former.add(row.name_key)
    return found


def _became(rows: Iterable[Known]) -> dict[int, Known]:
    """What merged customers are now, by key."""
    keys = {row.merged_into_id for row in rows if row.merged_into_id is not None}
    return {row.pk: row for row in _known(_by_key(keys))} if keys else {}


def _by_uuid(uuids: set[UUID]) -> dict[UUID, Known]:
    rows = Customer.objects.filter(uuid__in=uuids).values_list("uuid", *Known._fields)
    return {uuid: Known(*values) for uuid, *values in rows}


@prepared
def _numbered(numbers: Collection[str]) -> QuerySet[Any, Any]:
    """Those that carry a number of another system, said so that the index of such numbers answers."""
    return Customer.objects.exclude(external_id="").filter(Among("external_id", numbers)).values_list(*Known._fields)


@prepared
def _named(keys: Collection[str]) -> QuerySet[Any, Any]:
    return Customer.objects.filter(Among("name_key", keys)).order_by("pk").values_list(*Known._fields)


@prepared
def _by_key(keys: Collection[int]) -> QuerySet[Any, Any]:
    return Customer.objects.filter(Among("pk", keys)).values_list(*Known._fields)


def _known(rows: Iterable[tuple[Any, ...]]) -> list[Known]:
    return list(map(Known._make, rows))


def _seen(rows: list[Known], actor: Any) -> set[int]:
    standing = {row.pk for row in rows if row.deleted_at is None and row.bucket_of_id is None}
    if actor is None or actor.is_admin or not standing:
        return standing
    return set(Customer.objects.visible_to(actor).filter(pk__in=standing).values_list("pk", flat=True))

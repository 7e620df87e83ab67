"""Bring in customers and people by the thousand: plain columns instead of models, journaled without telling anyone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from wendu.access.verbs import permit
from wendu.customers.models import Collaborator, Contact, ContactPoint, Customer
from wendu.identity.models import User
from wendu.journal.actions import entry_values, record_values
from wendu.kernel.bulk import blank_columns, next_keys, write_values
from wendu.kernel.changes import plain
from wendu.kernel.entity import kind_of, new_uuid
from wendu.search import actions as search
from wendu.search.findable import Prepared, Words

KIND_CUSTOMER, KIND_CONTACT, KIND_POINT = kind_of(Customer), kind_of(Contact), kind_of(ContactPoint)
DERIVED = ("name_key", "team_id", "owner_id", "parent_id", "referrer_id")
Point = tuple[str, str, str]


class NewCustomer(NamedTuple):
    """A customer to take up: its columns, its own numbers, and the words it answers to."""

    values: Mapping[str, Any]
    words: Words
    points: Sequence[Point] = ()


class NewPerson(NamedTuple):
    """A person to add to a customer: the columns, the numbers (kind, value, as written), and the words."""

    customer_id: int
    values: Mapping[str, Any]
    words: Words
    points: Sequence[Point] = ()


def load_customers(rows: Sequence[NewCustomer], *, actor: User | None, at: datetime) -> list[int]:
    """Take up many customers in a fixed number of statements and give their keys; the caller has them judged."""
    permit(actor, "import.run")
    if not rows:
        return []
    keys, same = next_keys(Customer, len(rows)), {**blank_columns(Customer), "created_at": at}
    written = [{**same, "uuid": new_uuid(), **row.values, "id": key} for row, key in zip(rows, keys, strict=True)]
    write_values(Customer, written, keyed=True)
    record_values(
        [
            entry_values(
                "customer.created",
                subject=(KIND_CUSTOMER, key),
                customer_id=key,
                actor=actor,
                at=at,
                after=_said_of_customer(row.values),
            )
            for row, key in zip(rows, keys, strict=True)
        ]
    )
    own = [(None, key, point) for row, key in zip(rows, keys, strict=True) for point in row.points]
    load_points(own, actor=actor, at=at)
    search.index_new(
        Prepared(KIND_CUSTOMER, key, values["uuid"], key, row.words)
        for row, key, values in zip(rows, keys, written, strict=True)
    )
    return keys


def load_people(rows: Sequence[NewPerson], *, actor: User | None, at: datetime) -> list[int]:
    """Add many people with their numbers in a fixed number of statements and give their keys."""
    permit(actor, "import.run")
    if not rows:
        return []
    keys, same = next_keys(Contact, len(rows)), {**blank_columns(Contact), "created_at": at}
    written = [
        {**same, "uuid": new_uuid(), **row.values, "customer_id": row.customer_id, "id": key}
        for row, key in zip(rows, keys, strict=True)
    ]
    write_values(Contact, written, keyed=True)
    _write_points((key, row.customer_id, row.points) for row, key in zip(rows, keys, strict=True))
    record_values(
        [
            entry_values(
                "contact.added",
                subject=(KIND_CONTACT, key),
                customer_id=row.customer_id,
                actor=actor,
                at=at,
                after=_said_of_person(row),
            )
            for row, key in zip(rows, keys, strict=True)
        ]
    )
    search.index_new(
        Prepared(KIND_CONTACT, key, values["uuid"], row.customer_id, row.words)
        for row, key, values in zip(rows, keys, written, strict=True)
    )
    return keys


def load_points(points: Sequence[tuple[int | None, int, Point]], *, actor: User | None, at: datetime) -> None:
    """Add many numbers to people or to customers themselves (person, customer, number), each with its own entry."""
    permit(actor, "import.run")
    if not points:
        return
    keys = next_keys(ContactPoint, len(points))
    write_values(ContactPoint, [_point(*point, key) for point, key in zip(points, keys, strict=True)], keyed=True)
    record_values(
        [
            entry_values(
                "contact_point.added",
                subject=(KIND_POINT, key),
                customer_id=customer,
                actor=actor,
                at=at,
                after={"contact": contact, "kind": kind, "value": value},
            )
            for (contact, customer, (kind, value, _)), key in zip(points, keys, strict=True)
        ]
    )


def load_collaborators(pairs: Collection[tuple[int, int]], *, actor: User | None, at: datetime) -> None:
    """Let people (customer, person) work on customers beside their owners, as part of bringing in what they work on."""
    permit(actor, "import.run")
    if not pairs:
        return
    there = Collaborator.objects.filter(customer_id__in={customer for customer, _ in pairs})
    new = sorted(set(pairs) - set(there.values_list("customer_id", "user_id")))
    write_values(Collaborator, [{"customer_id": customer, "user_id": user, "since": at} for customer, user in new])
    record_values(
        [
            entry_values(
                "customer.collaborator_added",
                subject=(KIND_CUSTOMER, customer),
                customer_id=customer,
                actor=actor,
                at=at,
                after={"user": user},
            )
            for customer, user in new
        ]
    )


def _write_points(owners: Iterator[tuple[int | None, int, Sequence[Point]]]) -> None:
    write_values(
        ContactPoint, [_point(contact, customer, each) for contact, customer, points in owners for each in points]
    )


def _point(contact: int | None, customer: int, point: Point, key: int | None = None) -> dict[str, Any]:
    kind, value, written = point
    return {
        "id": key,
        "contact_id": contact,
        "customer_id": customer,
        "kind": kind,
        "value": value,
        "written": written[:200],
    }


def _said_of_customer(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal keeps of a new customer: all that was said."""
    said = _said(values, blank_columns(Customer))
    brought = {"referrer": values["referrer_id"]} if values.get("referrer_id") else {}
    return {**said, "owner": values.get("owner_id"), "parent": values.get("parent_id"), **brought}


def _said_of_person(row: NewPerson) -> dict[str, Any]:
    """What the journal keeps of a new person: all that was said, of the numbers only their kinds."""
    said = _said(row.values, blank_columns(Contact))
    return {**said, "is_main": row.values.get("is_main", False), "points": [kind for kind, _, _ in row.points]}


def _said(values: Mapping[str, Any], blank: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items() if name not in DERIVED and value != blank[name]}

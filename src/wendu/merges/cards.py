"""Customers as they are compared, in bulk: a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from hashlib import blake2b

from wendu.customers.choices import PointKind
from wendu.customers.models import Contact, ContactPoint, Customer
from wendu.merges.scoring import Card

PHONES = (PointKind.MOBILE, PointKind.PHONE)
COLUMNS = ("pk", "name_key", "kind", "province", "city", "industry", "parent")


def cards_of(customer_ids: Collection[int]) -> dict[int, Card]:
    """The cards of standing customers, three queries; who is gone has none."""
    keys = list(customer_ids)
    reach: dict[int, set[str]] = defaultdict(set)
    mail: dict[int, set[str]] = defaultdict(set)
    people: dict[int, set[str]] = defaultdict(set)
    there = ContactPoint.objects.filter(customer_id__in=keys).exclude(contact__deleted_at__isnull=False)
    for pk, kind, value in there.values_list("customer_id", "kind", "value"):
        (reach if kind in PHONES else mail)[pk].add(value)
    persons = Contact.objects.filter(customer_id__in=keys, deleted_at__isnull=True, left_on__isnull=True)
    for pk, name in persons.values_list("customer_id", "name"):
        people[pk].add(name)
    rows = Customer.objects.standing().filter(pk__in=keys).only(*COLUMNS)
    return {
        row.pk: Card(
            row.pk,
            row.name_key,
            kind=row.kind,
            province=row.province,
            city=row.city,
            industry=row.industry,
            parent=row.parent_id,
            numbers=frozenset(reach[row.pk]),
            addresses=frozenset(mail[row.pk]),
            people=frozenset(people[row.pk]),
        )
        for row in rows
    }


def number_of(key: str) -> int:
    """A key as a number the database sorts by; two keys of one number would only be compared needlessly."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)

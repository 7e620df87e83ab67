"""Where a notification leads: to the customer it is about, else to the page on which what it tells can be seen."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from wendu.agenda.models import Notification
from wendu.customers.models import Customer
from wendu.desk.table.names import uuid_of
from wendu.identity.models import User
from wendu.web.shell import address


def leads_to(row: Notification, user: User) -> str:
    """The page to open; of a customer this person no longer sees, the list of notifications."""
    return wheres([row], user)[0]


def wheres(rows: Iterable[Notification], user: User) -> list[str]:
    """The same of several (one query)."""
    told = list(rows)
    asked = {row.customer_uuid for row in told if row.customer_uuid}
    seen = Customer.objects.visible_to(user).filter(uuid__in=asked) if asked else Customer.objects.none()
    known = set(seen.values_list("uuid", flat=True))
    return [_of(row, is_seen=row.customer_uuid in known) for row in told]


def _of(row: Notification, *, is_seen: bool) -> str:
    if row.customer_uuid:
        return address("customers:page", uuid=row.customer_uuid) if is_seen else reverse("notifications:list")
    if table := row.params.get("export"):
        return address("exports:page", uuid=UUID(table))
    if row.code == "steps_planned":
        return f"{reverse('calendar:page')}?on={row.params.get('on', '')}"
    if row.code in ("customers_given", "customers_returned", "customers_restored", "book_handed"):
        return reverse("customers:list")
    if row.code == "customers_deleted":
        return reverse("recycle:list")
    batch = uuid_of(str(row.params.get("batch"))) if row.code == "batch_done" else None
    return reverse("bulk:batch", args=[batch]) if batch else reverse("notifications:list")

"""Tables out: what a person may see, streamed, numbers masked where the role asks for it, no cell ever live."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db.models import Prefetch, QuerySet

from wendu.access.masking import clear_for, shown_values
from wendu.access.verbs import permit
from wendu.customers.choices import PointKind
from wendu.customers.models import Contact, ContactPoint, Customer
from wendu.exchange.cells import as_string, guarded
from wendu.exchange.errors import UnknownFormat, UnknownKind
from wendu.exchange.vocabulary import KINDS
from wendu.identity.models import User
from wendu.identity.queries import colleagues
from wendu.kernel.money import Money
from wendu.opportunities.choices import Stage
from wendu.opportunities.models import Closure, Opportunity
from wendu.touches.models import Touch, TouchContact

CHUNK = 2000
LONGEST_BOOK_CELL = 32_767
Cells = Sequence[str]
POINT_COLUMNS = (PointKind.MOBILE, PointKind.PHONE, PointKind.EMAIL, PointKind.WECHAT)


def run_export(path: Path, *, kind: str, actor: Any, at: datetime) -> int:  # noqa: ARG001  a door passes its moment
    """Write a table of one kind; says how many rows."""
    permit(actor, "export.run")
    if kind not in KINDS:
        raise UnknownKind(kind=kind, allowed=", ".join(KINDS))
    header, rows = _TABLES[kind]
    writers: dict[str, Callable[..., int]] = {".csv": _write_csv, ".xlsx": _write_book}
    if path.suffix.lower() not in writers:
        raise UnknownFormat(file=path.name)
    return writers[path.suffix.lower()](path, header, rows(actor))


def _write_csv(path: Path, header: Cells, rows: Iterator[Cells]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for count, row in enumerate(rows, start=1):  # noqa: B007  the latest number is the result
            writer.writerow([guarded(cell) for cell in row])
    return count


def _write_book(path: Path, header: Cells, rows: Iterator[Cells]) -> int:
    """Write a workbook row by row; every cell is text, so that nothing is computed and no phone loses a digit."""
    count = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for place, head in enumerate(header):
            sheet.write_string(0, place, head)
        for count, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(count, place, as_string(cell)[:LONGEST_BOOK_CELL])
    return count


def _seen(rows: Any, actor: Any) -> Any:
    """Rows the actor may see; the system itself sees all that is not deleted."""
    if actor is not None:
        return rows.visible_to(actor)
    path = rows.all().customer_path
    return rows.filter(**{f"{path}deleted_at__isnull": True})


def _streamed(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """Read by the key, a chunk at a time: no cursor stays open and memory stays flat."""
    latest = 0
    while chunk := list(rows.filter(pk__gt=latest).order_by("pk")[:CHUNK]):
        yield chunk
        latest = chunk[-1].pk


def _numbers(points: Sequence[ContactPoint], *, clear: bool) -> list[str]:
    found = []
    for kind in POINT_COLUMNS:
        values = [point.value for point in points if point.kind == kind]
        found.append("; ".join(shown_values(values, clear=clear)))
    return found


def _clear(actor: Any, customers: Sequence[Customer]) -> set[int]:
    return {customer.pk for customer in customers} if actor is None else clear_for(actor, customers)


def _users(actor: Any) -> Iterator[Cells]:
    people = User.objects.select_related("team") if actor is None else colleagues(actor)
    for chunk in _streamed(people.select_related("team__parent").order_by()):
        for user in chunk:
            team = user.team
            parent = team.parent.name if team and team.parent else ""
            capacity = "" if user.daily_capacity is None else str(user.daily_capacity)
            yield (
                user.username,
                user.full_name,
                user.email,
                user.phone,
                user.role,
                team.name if team else "",
                parent,
                capacity,
            )


def _customers(actor: Any) -> Iterator[Cells]:
    own = ContactPoint.objects.filter(contact__isnull=True)
    rows = _seen(Customer.objects, actor).filter(bucket_of__isnull=True).select_related("owner", "parent")
    for chunk in _streamed(rows.prefetch_related(Prefetch("contact_points", own, to_attr="own_points"))):
        clear = _clear(actor, chunk)
        for customer in chunk:
            plain = [getattr(customer, name) for name in _CUSTOMER_TEXTS]
            yield (
                *plain,
                "" if customer.headcount is None else str(customer.headcount),
                customer.owner.username if customer.owner else "",
                (customer.parent.external_id or customer.parent.name) if customer.parent else "",
                *_numbers(customer.own_points, clear=customer.pk in clear),
            )


def _contacts(actor: Any) -> Iterator[Cells]:
    rows = _seen(Contact.objects, actor).filter(deleted_at__isnull=True).select_related("customer")
    for chunk in _streamed(rows.prefetch_related("contact_points")):
        clear = _clear(actor, [contact.customer for contact in chunk])
        for contact in chunk:
            yield (
                contact.external_id,
                contact.name,
                contact.customer.external_id or contact.customer.name,
                contact.job_title,
                contact.department,
                *_numbers(list(contact.contact_points.all()), clear=contact.customer_id in clear),
                contact.left_on.isoformat() if contact.left_on else "",
                "1" if contact.do_not_contact else "",
                contact.note,
            )


def _touches(actor: Any) -> Iterator[Cells]:
    there = Prefetch("participants", TouchContact.objects.select_related("contact").order_by("pk"))
    rows = _seen(Touch.objects, actor).filter(undone_at__isnull=True).select_related("customer", "author")
    for chunk in _streamed(rows.select_related("opportunity").prefetch_related(there)):
        for touch in chunk:
            deal = touch.opportunity
            yield (
                touch.external_id,
                touch.touched_on.isoformat(),
                touch.kind,
                touch.customer.external_id or touch.customer.name,
                "; ".join(link.contact.name for link in touch.participants.all()),
                touch.author.username if touch.author else "",
                "1" if touch.is_two_way else "0",
                "1" if touch.is_proactive else "0",
                touch.outcome,
                touch.refusal,
                touch.objective,
                touch.value_note,
                touch.note,
                (deal.external_id or deal.title) if deal else "",
                touch.agreed_on.isoformat() if touch.agreed_on else "",
            )


def _deals(actor: Any) -> Iterator[Cells]:
    ends = Prefetch("closures", Closure.objects.filter(reopened_on__isnull=True), to_attr="ends")
    rows = _seen(Opportunity.objects, actor).filter(deleted_at__isnull=True).select_related("customer", "owner")
    for chunk in _streamed(rows.prefetch_related(ends)):
        for deal in chunk:
            end = deal.ends[0] if deal.ends else None
            amount = "" if deal.amount_minor is None else str(Money(deal.amount_minor, deal.currency).amount)
            is_bucket = deal.customer.bucket_of_id is not None
            yield (
                deal.external_id,
                deal.title,
                "" if is_bucket else deal.customer.external_id or deal.customer.name,
                deal.owner.username if deal.owner else "",
                deal.product,
                amount,
                "1" if deal.amount_is_estimated else "",
                deal.currency,
                deal.stage if deal.stage in _SELLING else "",
                end.outcome if end else "",
                deal.opened_on.isoformat() if deal.opened_on else "",
                deal.expected_on.isoformat() if deal.expected_on else "",
                end.closed_on.isoformat() if end else "",
                end.reason if end else "",
                deal.note,
            )


_SELLING = (Stage.ST1, Stage.ST2, Stage.ST3, Stage.ST4)
_CUSTOMER_TEXTS = (
    *("external_id", "name", "kind", "market", "industry", "product_kind", "sale_kind", "tier"),
    *("province", "city", "address", "source_text", "note"),
)
_POINTS = tuple(kind.value for kind in POINT_COLUMNS)
_TABLES: dict[str, tuple[Cells, Callable[[Any], Iterator[Cells]]]] = {
    "users": (
        ("username", "full_name", "email", "phone", "role", "team", "team_parent", "daily_capacity"),
        _users,
    ),
    "customers": ((*_CUSTOMER_TEXTS, "headcount", "owner", "parent", *_POINTS), _customers),
    "contacts": (
        (
            *("external_id", "contact", "customer", "job_title", "department", *_POINTS),
            *("left_on", "do_not_contact", "note"),
        ),
        _contacts,
    ),
    "touches": (
        (
            *("external_id", "touched_on", "kind", "customer", "contact", "author", "is_two_way", "is_proactive"),
            *("outcome", "refusal", "objective", "value_note", "note", "opportunity", "agreed_on"),
        ),
        _touches,
    ),
    "opportunities": (
        (
            *("external_id", "title", "customer", "owner", "product", "amount", "amount_is_estimated", "currency"),
            *("stage", "outcome", "opened_on", "expected_on", "closed_on", "reason", "note"),
        ),
        _deals,
    ),
}

"""The tables that go out: the rows a person may see of each kind, and columns that come in again by their names."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from wendu.customers.choices import CustomerKind, Market, ProductKind, SaleKind, Tier
from wendu.customers.models import Contact, Customer
from wendu.exchange.findings.agreed import AGREED
from wendu.exchange.findings.loader import SORTS
from wendu.exchange.outgoing.columns import Cells, Column, code, day, flag, ident, looked_up, number, text
from wendu.exchange.outgoing.contracts import contracts
from wendu.exchange.outgoing.deals import deals
from wendu.exchange.outgoing.findings import agreed_of, findings_of
from wendu.exchange.outgoing.naming import reference
from wendu.exchange.outgoing.orders import orders
from wendu.exchange.outgoing.own_fields import own_columns
from wendu.exchange.outgoing.points import point_columns
from wendu.exchange.outgoing.products import products
from wendu.exchange.outgoing.receipts import receipts
from wendu.exchange.outgoing.subscriptions import subscriptions
from wendu.exchange.outgoing.told import touches
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.sight import seen
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.identity.queries import colleagues
from wendu.packs.queries import current_playbook


class Outgoing(NamedTuple):
    """A table: the rows the reader may see, and every column they have."""

    rows: QuerySet[Any]
    columns: list[Column]


def table_of(kind: str, actor: Any, wording: Wording) -> Outgoing:
    """The whole table of a kind, as far as this person may see it (`None`: the system itself)."""
    rows, columns = _TABLES[kind](actor, wording)
    return Outgoing(rows, columns)


def customer_columns(actor: Any, wording: Wording) -> list[Column]:
    """Every column of a customer."""
    return [
        ident(),
        text("external_id"),
        text("name"),
        code("kind", wording.of(CustomerKind)),
        code("market", wording.of(Market)),
        code("industry", wording.named(current_playbook().factors.industry)),
        code("product_kind", wording.of(ProductKind)),
        code("sale_kind", wording.of(SaleKind)),
        code("tier", wording.of(Tier)),
        *(text(name) for name in ("province", "city", "address", "source_text", "note")),
        number("headcount"),
        number("brand_note"),
        looked_up("owner", "owner_id", wording.people()),
        reference("parent", "parent_id", actor),
        reference("referrer", "referrer_id", actor),
        *point_columns(actor),
        *own_columns("customers", wording),
    ]


def _customers(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    return seen(Customer.objects, actor).filter(bucket_of__isnull=True), customer_columns(actor, wording)


def _contacts(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    return seen(Contact.objects, actor).filter(deleted_at__isnull=True), [
        ident(),
        text("external_id"),
        text("contact", "name"),
        reference("customer", "customer_id", actor),
        text("job_title"),
        text("department"),
        *point_columns(actor, of="customer__"),
        day("left_on"),
        flag("do_not_contact", wording.flags(only_yes=True)),
        text("note"),
        *own_columns("contacts", wording),
    ]


def _users(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    people = User.objects.all() if actor is None else colleagues(actor)
    return people.order_by(), [
        *(text(name) for name in ("username", "full_name", "email", "phone")),
        code("role", wording.of(Role)),
        Column("team", ("team__name",), _or_nothing, typed=True),
        Column("team_parent", ("team__parent__name",), _or_nothing, typed=True),
        number("daily_capacity"),
    ]


def _or_nothing(values: Sequence[str | None]) -> Cells:
    return [value or "" for value in values]


_TABLES: dict[str, Callable[[Any, Wording], tuple[QuerySet[Any], list[Column]]]] = {
    "users": _users,
    "customers": _customers,
    "contacts": _contacts,
    "touches": touches,
    "opportunities": deals,
    "orders": orders,
    "receipts": receipts,
    "subscriptions": subscriptions,
    "contracts": contracts,
    "products": products,
    **{kind: findings_of(kind) for kind in SORTS},
    **{kind: agreed_of(kind) for kind in AGREED},
}

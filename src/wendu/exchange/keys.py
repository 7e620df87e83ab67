"""By what one row of a file may mean what another row of it brought: numbers and names, of its own and of others."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from wendu.exchange.findings.agreed import AGREED, AgreedDraft
from wendu.exchange.findings.loader import SORTS, FindingDraft
from wendu.exchange.loaders.contract_rows import ContractDraft
from wendu.exchange.loaders.customers import CustomerDraft
from wendu.exchange.loaders.deal_rows import DealDraft, home_key
from wendu.exchange.loaders.order_rows import OrderDraft
from wendu.exchange.loaders.people_book import PersonDraft
from wendu.exchange.loaders.product_rows import ProductDraft
from wendu.exchange.loaders.receipts import ReceiptDraft
from wendu.exchange.loaders.subscription_rows import SubscriptionDraft
from wendu.exchange.loaders.touches import TouchRowDraft
from wendu.exchange.shaping import Row
from wendu.kernel.names import normalise_name, tidy_line

Traded = ReceiptDraft | SubscriptionDraft | ContractDraft | ProductDraft
Key = tuple[Any, ...]
Keys = tuple[tuple[Key, ...], tuple[Key, ...]]


def _customer(_row: Row, draft: CustomerDraft) -> Keys:
    own: tuple[Key, ...] = (("n", draft.key), *((("#", draft.number),) if draft.number else ()))
    above = [tidy_line(name) for name in draft.above.values()]
    return _with_id(own, draft.uuid), tuple(key for name in above for key in (("n", normalise_name(name)), ("#", name)))


def _contact(row: Row, draft: PersonDraft) -> Keys:
    home, number = normalise_name(row.values["customer"]), draft.given.get("external_id")
    own: tuple[Key, ...] = ((home, draft.given["name"].casefold()), *((("#", number),) if number else ()))
    return _with_id(own, draft.uuid), ()


def _deal(_row: Row, draft: DealDraft) -> Keys:
    place = (home_key(draft), draft.given["title"], draft.given.get("opened_on"))
    own = ("#", draft.number) if draft.number else place
    return _with_id((own,), draft.uuid), ()


def _touch(_row: Row, draft: TouchRowDraft) -> Keys:
    given, author = draft.given, draft.author.pk if draft.author else None
    number, home = given.get("external_id"), normalise_name(draft.customer)
    own = ("#", number) if number else (home, author, given["touched_on"], given["kind"], given.get("note", ""))
    return _with_id((own,), draft.uuid), ()


def _order(_row: Row, draft: OrderDraft) -> Keys:
    own = ("#", draft.number) if draft.number else (normalise_name(draft.customer), *draft.said, draft.nth)
    return _with_id((own,), draft.uuid), ()


def _finding(_row: Row, draft: FindingDraft | AgreedDraft | Traded) -> Keys:
    return _with_id((draft.key,), draft.uuid), ()


def _with_id(own: tuple[Key, ...], uuid: UUID | None) -> tuple[Key, ...]:
    return (*own, ("#", str(uuid))) if uuid else own


KEYS: dict[str, Callable[[Row, Any], Keys]] = {
    "customers": _customer,
    "contacts": _contact,
    "opportunities": _deal,
    "touches": _touch,
    "orders": _order,
    **dict.fromkeys((*SORTS, *AGREED, "receipts", "subscriptions", "contracts", "products"), _finding),
}

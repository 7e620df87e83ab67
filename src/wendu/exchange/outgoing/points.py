"""Numbers and addresses on their way out, as this reader may see them."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet

from wendu.access.masking import MASKED_ROLES, clear_for, shown_values
from wendu.customers.choices import PointKind
from wendu.customers.models import ContactPoint, Customer
from wendu.exchange.outgoing.columns import Cells, Column
from wendu.exchange.outgoing.wording import MASKED
from wendu.kernel.prepared import Among, prepared

KINDS = (PointKind.MOBILE, PointKind.PHONE, PointKind.EMAIL, PointKind.WECHAT)


def point_columns(actor: Any, *, of: str = "") -> list[Column]:
    """One column a kind of number: of customers themselves, or of their people (`of` leads to the customer)."""
    is_masked = actor is not None and actor.role in MASKED_ROLES
    held, paths = _Held(actor, is_masked=is_masked, of_people=bool(of)), ("pk", f"{of}pk", f"{of}owner_id")
    name = MASKED if is_masked else ""
    return [Column(f"{kind.value}{name}", paths, _writer(held, kind.value), typed=True) for kind in KINDS]


def _writer(held: "_Held", kind: str) -> Any:
    return lambda keys, customers, owners: held.texts(kind, keys, customers, owners)


@prepared
def _of_people(keys: Sequence[int]) -> QuerySet[Any, Any]:
    rows = ContactPoint.objects.filter(Among("contact_id", keys)).order_by("pk")
    return rows.values_list("contact_id", "kind", "value")


@prepared
def _of_customers(keys: Sequence[int]) -> QuerySet[Any, Any]:
    rows = ContactPoint.objects.filter(Among("customer_id", keys), contact__isnull=True).order_by("pk")
    return rows.values_list("customer_id", "kind", "value")


class _Held:
    """The numbers of the rows at hand, read once for all kinds."""

    def __init__(self, actor: Any, *, is_masked: bool, of_people: bool) -> None:
        self._actor, self._is_masked, self._of_people = actor, is_masked, of_people
        self._keys: Sequence[int] = ()
        self._found: dict[tuple[int, str], list[str]] = {}
        self._clear: set[int] = set()

    def texts(self, kind: str, keys: Sequence[int], customers: Sequence[int], owners: Sequence[int | None]) -> Cells:
        """The numbers of one kind of each row."""
        if keys is not self._keys:
            self._read(keys, customers, owners)
        found = self._found
        if not self._is_masked:
            return ["; ".join(found[key, kind]) if (key, kind) in found else "" for key in keys]
        return [
            "; ".join(shown_values(found.get((key, kind), ()), clear=customer in self._clear))
            for key, customer in zip(keys, customers, strict=True)
        ]

    def _read(self, keys: Sequence[int], customers: Sequence[int], owners: Sequence[int | None]) -> None:
        self._keys, self._found = keys, {}
        for key, kind, value in _of_people(keys) if self._of_people else _of_customers(keys):
            self._found.setdefault((key, kind), []).append(value)
        if self._is_masked:
            owned = dict(zip(customers, owners, strict=True))
            them = [SimpleNamespace(pk=pk, owner_id=owner) for pk, owner in owned.items()]
            self._clear = clear_for(self._actor, them, of=Customer)

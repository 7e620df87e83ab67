"""What a customer is called in the rows about it, so that a file that comes back finds exactly this one."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wendu.customers.models import Customer
from wendu.exchange.outgoing.columns import Cells, Column
from wendu.exchange.sight import seen
from wendu.kernel.prepared import Among, Blank, Worded, answer, prepared, word

Named = tuple[int, UUID, str, str, str]


def reference(name: str, path: str, actor: Any) -> Column:
    """A customer that a row is about: its number, else its name, else - where another bears that name - its id.

    One the actor does not see is not named.
    """
    rows = seen(Customer.objects, actor).filter(Among("pk", Blank(0)), bucket_of__isnull=True)
    question = word(rows.order_by().values_list("pk", "uuid", "external_id", "name", "name_key"))
    return Column(name, (path,), lambda keys: _texts(keys, question), typed=True)


def _texts(keys: Sequence[int | None], question: Worded) -> Cells:
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return [""] * len(keys)
    rows: list[Any] = answer(question, (wanted,))
    unclear = _unclear([row for row in rows if not row[2]])
    texts = {pk: number or (str(uuid) if pk in unclear else name) for pk, uuid, number, name, _ in rows}
    return [texts.get(key, "") if key is not None else "" for key in keys]


def _unclear(nameless: Sequence[Named]) -> set[int]:
    """Those whose name means others, too: by its spelling, or because it is the number of another."""
    if not nameless:
        return set()
    alike = Counter(key for (key,) in _alike({row[4] for row in nameless}))
    numbers = {number for (number,) in _numbered({row[3] for row in nameless})}
    return {pk for pk, _, _, name, key in nameless if alike[key] > 1 or name in numbers}


@prepared
def _alike(keys: Collection[str]) -> QuerySet[Any, Any]:
    return Customer.objects.filter(Among("name_key", keys), deleted_at__isnull=True).values_list("name_key")


@prepared
def _numbered(names: Collection[str]) -> QuerySet[Any, Any]:
    return Customer.objects.filter(~Q(external_id=""), Among("external_id", names)).values_list("external_id")

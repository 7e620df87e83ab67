"""Opportunities on their way out."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from wendu.exchange.outgoing.columns import Cells, Column, code, day, flag, ident, looked_up, text
from wendu.exchange.outgoing.naming import reference
from wendu.exchange.outgoing.own_fields import own_columns
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.sight import seen
from wendu.kernel.money import Money
from wendu.kernel.prepared import Among, prepared
from wendu.opportunities.choices import LossReason, Outcome, Stage
from wendu.opportunities.models import Closure, Opportunity

SELLING = (Stage.ST1, Stage.ST2, Stage.ST3, Stage.ST4)
End = tuple[str, date, str]


def deals(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    """The opportunities a person sees, with every column."""
    rows = seen(Opportunity.objects, actor).filter(deleted_at__isnull=True)
    return rows, deal_columns(actor, wording)


def deal_columns(actor: Any, wording: Wording) -> list[Column]:
    """Every column of an opportunity; after it is won its stage is no longer a matter of selling."""
    ends = _Ends()
    stages = wording.of(Stage, but={stage.value: "" for stage in Stage if stage not in SELLING})
    outcomes, reasons = wording.of(Outcome), wording.of(LossReason)
    return [
        ident(),
        text("external_id"),
        text("title"),
        reference("customer", "customer_id", actor),
        looked_up("owner", "owner_id", wording.people()),
        text("product"),
        Column("amount", ("amount_minor", "currency"), amounts),
        flag("amount_is_estimated", wording.flags(only_yes=True)),
        text("currency"),
        code("stage", stages),
        _end("outcome", ends, lambda end: outcomes.get(end[0], end[0])),
        day("opened_on"),
        day("expected_on"),
        _end("closed_on", ends, lambda end: end[1].isoformat()),
        _end("reason", ends, lambda end: reasons.get(end[2], end[2])),
        text("note"),
        *own_columns("opportunities", wording),
    ]


def amounts(minor: Sequence[int | None], currencies: Sequence[str]) -> Cells:
    """Amounts in the large unit of their currency; nothing while unknown."""
    pairs = zip(minor, currencies, strict=True)
    return ["" if value is None else str(Money(value, currency).amount) for value, currency in pairs]


@prepared
def _closed(keys: Sequence[int]) -> QuerySet[Any, Any]:
    rows = Closure.objects.filter(Among("opportunity_id", keys), reopened_on__isnull=True)
    return rows.values_list("opportunity_id", "outcome", "closed_on", "reason")


class _Ends:
    """How the opportunities at hand ended, read once for all columns."""

    def __init__(self) -> None:
        self._keys: Sequence[int] = ()
        self._found: dict[int, End] = {}

    def of(self, keys: Sequence[int]) -> list[End | None]:
        """The end of each that has one."""
        if keys is not self._keys:
            self._keys, self._found = keys, {key: (outcome, on, reason) for key, outcome, on, reason in _closed(keys)}
        return [self._found.get(key) for key in keys]


def _end(name: str, ends: _Ends, write: Callable[[End], str]) -> Column:
    return Column(name, ("pk",), lambda keys: ["" if end is None else write(end) for end in ends.of(keys)])

"""Contracts on their way out: what they say and how far they are, each with the one whose place it takes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wendu.agreements.choices import ContractKind, ContractState
from wendu.agreements.models import Contract, ContractMove
from wendu.exchange.outgoing.columns import Cells, Column, code, day, flag, ident, looked_up, number, text
from wendu.exchange.outgoing.deals import amounts
from wendu.exchange.outgoing.naming import reference
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.sight import seen
from wendu.kernel.prepared import Among, prepared

WITH_REASON = (ContractState.TERMINATED, ContractState.CANCELLED)


def contracts(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
    """The contracts a person sees."""
    rows = seen(Contract.objects, actor).filter(deleted_at__isnull=True)
    return rows, [
        ident(),
        text("external_id", "number"),
        reference("customer", "customer_id", actor),
        text("title"),
        code("kind", wording.of(ContractKind)),
        code("state", wording.of(ContractState)),
        Column("amount", ("amount_minor", "currency"), amounts),
        text("currency"),
        *(day(name) for name in ("signed_on", "starts_on", "ends_on")),
        number("notice_days"),
        flag("renews", wording.flags()),
        day("ended_on"),
        Column("reason", ("pk", "state"), _reasons, typed=True),
        Column("follows", ("follows_id",), _earlier, typed=True),
        looked_up("owner", "owner_id", wording.people()),
        *(text(name) for name in ("paper", "terms")),
    ]


def _reasons(keys: Sequence[int], states: Sequence[str]) -> Cells:
    """Why each was terminated or cancelled, as its latest step says."""
    over = {pk for pk, state in zip(keys, states, strict=True) if state in WITH_REASON}
    texts: dict[int, str] = dict(_said(over)) if over else {}
    return [texts.get(pk, "") for pk in keys]


def _earlier(keys: Sequence[int | None]) -> Cells:
    """By its number, else by our id; one that was deleted is not named."""
    wanted = {key for key in keys if key is not None}
    rows = list(_named(wanted)) if wanted else []
    texts = {pk: number or str(UUID(str(uuid))) for pk, uuid, number in rows}
    return [texts.get(key, "") if key is not None else "" for key in keys]


@prepared
def _said(keys: Any) -> QuerySet[Any, Any]:
    rows = ContractMove.objects.filter(Among("contract_id", keys)).order_by("pk")
    return rows.values_list("contract_id", "reason")


@prepared
def _named(keys: Any) -> QuerySet[Any, Any]:
    return Contract.objects.standing().filter(Among("pk", keys)).values_list("pk", "uuid", "number")

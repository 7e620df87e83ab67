"""Tables of promises and commitments: what became of what was agreed; they arise in a touch, and in no table alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from wendu.exchange.errors import AgreementUnknown, ClosedHere, CustomerNotFound, ValueMissing
from wendu.exchange.findings.cells import chosen
from wendu.exchange.loaders.fields import column_reader, day_reader, gather
from wendu.exchange.report import UNCHANGED, UPDATED
from wendu.exchange.run import SKIP, Former, Run, Verdict
from wendu.exchange.shaping import Row
from wendu.exchange.sight import seen
from wendu.exchange.values import uuid_from
from wendu.kernel.errors import ActionError
from wendu.kernel.names import normalise_name, tidy_line
from wendu.touches.actions import DraftRefused, settle_commitment, settle_promise
from wendu.touches.choices import CommitmentState, PromiseState
from wendu.touches.models import Commitment, Promise


class Agreed(NamedTuple):
    """A kind of agreement: its table, and the action that says what became of one."""

    model: Any
    settle: Callable[..., object]
    name: str


AGREED = {
    "promises": Agreed(Promise, settle_promise, "promise"),
    "commitments": Agreed(Commitment, settle_commitment, "commitment"),
}
ANEW = PromiseState.RENEGOTIATED
"""Agreed anew needs another day, so that it is said on the page."""


@dataclass(slots=True)
class AgreedDraft:
    """An agreement as a row tells of it."""

    given: dict[str, Any]
    uuid: UUID | None = None
    customer: str = ""
    key: tuple[Any, ...] = ()


class AgreedLoader:
    """Rows that are promises of ours, or commitments of a customer."""

    def __init__(self, run: Run) -> None:
        self.run, self.agreed = run, AGREED[run.shape.kind]
        day, blank = day_reader(run), self.agreed.model()
        self._readers = {"what": column_reader(blank, "what"), "due_on": day, "settled_on": day}
        self._readers["state"] = chosen(blank._meta.get_field("state"))
        self.former: Former = {}

    def prepare(self, row: Row) -> tuple[AgreedDraft, list[ActionError]]:
        """Read and check one row, without the database."""
        refusals: list[ActionError] = []
        values = row.values
        draft = AgreedDraft(gather(values, self._readers, refusals), uuid_from(values.get("uuid", "")))
        draft.customer = tidy_line(values.get("customer", ""))
        needed = ("customer", "what", "due_on") if draft.uuid is None else ()
        refusals.extend(ValueMissing().at(name) for name in needed if not values.get(name))
        told = (draft.given.get("what", ""), draft.given.get("due_on"))
        draft.key = ("#", draft.uuid) if draft.uuid else (normalise_name(draft.customer), *told)
        return draft, refusals

    def write(self, _rows: Sequence[Row], drafts: Sequence[AgreedDraft]) -> tuple[list[Verdict], set[int]]:
        """Write a batch, each row on its own."""
        verdicts = []
        for draft in drafts:
            verdict = Verdict()
            try:
                with transaction.atomic():
                    verdict.what = self._bring(draft)
            except DraftRefused as refused:
                verdict.refusals.extend(refused.errors)
            except ActionError as refusal:
                verdict.refusals.append(refusal)
            verdicts.append(verdict)
        return verdicts, set()

    def _bring(self, draft: AgreedDraft) -> str:
        row = self._row(draft)
        if row is None:
            raise AgreementUnknown
        state, on = draft.given.get("state", ""), draft.given.get("settled_on")
        if state in ("", CommitmentState.OPEN, row.state) or self.run.on_match == SKIP:
            return UNCHANGED
        if row.state != CommitmentState.OPEN or state == ANEW:
            raise ClosedHere(state=row.get_state_display()).at("state")
        said = PromiseState.KEPT if state == PromiseState.KEPT_LATE else state
        self.agreed.settle(**{self.agreed.name: row}, state=said, actor=self.run.actor, at=self.run.at, on=on)
        return UPDATED

    def _row(self, draft: AgreedDraft) -> Any:
        rows = seen(self.agreed.model.objects, self.run.actor).standing().select_related("customer", "touch")
        if draft.uuid and (found := rows.filter(uuid=draft.uuid).first()) is not None:
            return found
        if not draft.customer:
            return None
        home = self.run.find_customers([draft.customer]).one(draft.customer, CustomerNotFound, "customer")
        same = {name: draft.given.get(name) for name in ("what", "due_on")}
        return rows.filter(customer_id=home.pk, **same).order_by("settled_on", "pk").first()

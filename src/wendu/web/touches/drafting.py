"""Between the fields of the form and the draft of the log, both ways."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Protocol

from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    OrderDraft,
    PromiseDraft,
    QuietDraft,
    TailDraft,
    TouchDraft,
)
from wendu.touches.choices import TouchOutcome
from wendu.touches.queries import proactive_by_default
from wendu.web.touches.fields import OTHER_DAY
from wendu.web.touches.offer import Offer


class LogForm(Protocol):
    """What is read of the form that fills in a draft."""

    cleaned_data: dict[str, Any]
    offer: Offer
    promises: Any
    tails: Any

    def amount(self) -> int | None:
        """The amount of an order in minor units."""
        ...


_FIELDS = {
    "contact_ids": "contacts",
    "commitment.contact_id": "commitment_contact",
    "commitment.what": "commitment_what",
    "commitment.due_on": "commitment_on",
    "opportunity_id": "opportunity",
    "closed_tail_ids": "closed_tails",
    "emotion_benefit": "benefit",
    "emotion_cost": "cost",
    "agreed_on": "agreed",
    "order.title": "order_title",
    "order.amount_minor": "order_amount",
    "quiet.starts_on": "quiet_from",
    "quiet.ends_on": "quiet_until",
    "quiet.reason": "quiet_reason",
    "quiet.note": "quiet_note",
}
_LINE = re.compile(r"(promises|tails)\.(\d+)\.?(\w*)")
_LEVELS = (2, 5, 8)


def draft_from(form: LogForm) -> TouchDraft | None:
    """Read the draft out of what is valid so far; without a kind and a day there is none."""
    said = form.cleaned_data
    if not said.get("kind") or not said.get("touched_on"):
        return None
    kind, outcome = said["kind"], said.get("outcome") or TouchOutcome.NONE.value
    return TouchDraft(
        kind=kind,
        touched_on=said["touched_on"],
        is_two_way=said["two_way"] == "yes" if said.get("two_way") else form.offer.frame.scale.heat.kinds[kind].two_way,
        is_proactive=proactive_by_default(kind, customer_started=False)
        if not said.get("started_by")
        else said["started_by"] == "us",
        opportunity_id=_number(said.get("opportunity")),
        contact_ids=tuple(int(pk) for pk in said.get("contacts") or ()),
        outcome=outcome,
        refusal=said.get("refusal", "") if outcome == TouchOutcome.NO_SALE else "",
        objective=said.get("objective", ""),
        value_note=said.get("value_note", ""),
        has_news=said.get("news") != "no",
        note=said.get("note", ""),
        commitment=_commitment(said) if outcome == TouchOutcome.ADVANCE else None,
        promises=tuple(
            PromiseDraft(what=row.get("what", ""), due_on=row.get("due_on")) for row in _rows(form.promises)
        ),
        tails=tuple(TailDraft(what=row["what"]) for row in _rows(form.tails) if row.get("what")),
        closed_tail_ids=tuple(int(pk) for pk in said.get("closed_tails") or ()),
        answers=_answers(form),
        emotion_benefit=_number(said.get("benefit")),
        emotion_cost=_number(said.get("cost")),
        guess=said.get("guess"),
        agreed_on=_agreed(said),
        quiet=_quiet(said),
        order=_order(form) if outcome == TouchOutcome.ORDER else None,
    )


def initial_from(draft: TouchDraft) -> dict[str, Any]:
    """Fill the form with what a touch says."""
    commitment, quiet, order = draft.commitment or CommitmentDraft(), draft.quiet, draft.order
    return {
        "kind": draft.kind,
        "touched_on": draft.touched_on,
        "two_way": "yes" if draft.is_two_way else "no",
        "started_by": "us" if draft.is_proactive else "them",
        "opportunity": str(draft.opportunity_id or ""),
        "contacts": [str(pk) for pk in draft.contact_ids],
        "outcome": draft.outcome,
        "refusal": draft.refusal or "purchase",
        "objective": draft.objective,
        "value_note": draft.value_note,
        "news": "yes" if draft.has_news else "no",
        "note": draft.note,
        "commitment_contact": str(commitment.contact_id or ""),
        "commitment_what": commitment.what,
        "commitment_on": commitment.due_on,
        "promises": [{"what": row.what, "due_on": row.due_on} for row in draft.promises],
        "tails": [{"what": row.what} for row in draft.tails],
        "closed_tails": [str(pk) for pk in draft.closed_tail_ids],
        "benefit": _level(draft.emotion_benefit),
        "cost": _level(draft.emotion_cost),
        "guess": draft.guess,
        "agreed": OTHER_DAY if draft.agreed_on else "",
        "other_day": draft.agreed_on,
        "quiet_from": quiet.starts_on if quiet else None,
        "quiet_until": quiet.ends_on if quiet else None,
        "quiet_reason": quiet.reason if quiet else "tender",
        "quiet_note": quiet.note if quiet else "",
        "order_title": order.title if order else "",
        **{f"q_{row.indicator}": str(row.value) for row in draft.answers},
        **{f"e_{row.indicator}": row.evidence for row in draft.answers},
    }


def field_of(name: str | None) -> tuple[str, int | None, str]:
    """Find where an error of the draft belongs: (line set, its position, the field's name)."""
    found = _LINE.fullmatch(name or "")
    if found is not None:
        return found[1], int(found[2]), {"contact_id": ""}.get(found[3], found[3])
    return "", None, _FIELDS.get(name or "", name or "")


def written(lines: Any) -> list[Any]:
    """The lines somebody wrote into."""
    return [each for each in lines.forms if any(getattr(each, "cleaned_data", {}).values())]


def _rows(lines: Any) -> list[dict[str, Any]]:
    return [each.cleaned_data for each in written(lines)]


def _commitment(said: dict[str, Any]) -> CommitmentDraft:
    return CommitmentDraft(
        contact_id=_number(said.get("commitment_contact")),
        what=said.get("commitment_what", ""),
        due_on=said.get("commitment_on"),
    )


def _order(form: LogForm) -> OrderDraft | None:
    title = form.cleaned_data.get("order_title", "")
    return OrderDraft(title=title, amount_minor=form.amount(), currency=form.offer.currency) if title else None


def _answers(form: LogForm) -> tuple[AnswerDraft, ...]:
    said = form.cleaned_data
    return tuple(
        AnswerDraft(
            axis=asked.axis,
            indicator=asked.code,
            value=int(said[f"q_{asked.code}"]),
            evidence=said.get(f"e_{asked.code}", ""),
        )
        for asked in form.offer.questions
        if said.get(f"q_{asked.code}")
    )


def _agreed(said: dict[str, Any]) -> date | None:
    chosen: str = said.get("agreed") or ""
    if chosen == OTHER_DAY:
        other: date | None = said.get("other_day")
        return other
    return date.fromisoformat(chosen) if chosen else None


def _quiet(said: dict[str, Any]) -> QuietDraft | None:
    starts_on, ends_on = said.get("quiet_from"), said.get("quiet_until")
    if starts_on is None and ends_on is None:
        return None
    return QuietDraft(
        starts_on=starts_on or said["touched_on"],
        ends_on=ends_on or starts_on or said["touched_on"],
        reason=said.get("quiet_reason") or "other",
        note=said.get("quiet_note", ""),
    )


def _number(text: Any) -> int | None:
    return int(text) if text not in (None, "") else None


def _level(value: int | None) -> str:
    """The nearest of little, medium and much."""
    return "" if value is None else str(min(_LEVELS, key=lambda level: abs(level - value)))

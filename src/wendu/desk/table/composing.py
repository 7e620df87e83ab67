"""Composing a filter step by step: rows of a form become groups of conditions; what cannot be asked is said there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from wendu.desk.table.asked import Asked
from wendu.desk.table.errors import BadFilter
from wendu.desk.table.fields import FIELDS, OWN, TEXT
from wendu.desk.table.language import CONDITIONS_AT_MOST, GROUPS_AT_MOST, VALUES_AT_MOST, Condition, Filter
from wendu.desk.table.names import Names
from wendu.desk.table.narrowing import meaning_of

ROWS_AT_MOST = GROUPS_AT_MOST * CONDITIONS_AT_MOST
LONGEST_VALUE = 200
COMMAS = "，、;；"


@dataclass(slots=True)
class Draft:
    """One condition being composed: in which group it stands, what is typed, and what is wrong with it."""

    group: int
    condition: Condition
    problem: str = ""


def drafts_of(asked: Asked) -> list[Draft]:
    """The conditions of a list as rows to change."""
    return [Draft(place, condition) for place, group in enumerate(asked.filter.groups) for condition in group]


def drafts_from(sent: Any) -> list[Draft]:
    """The rows a form sent (a QueryDict), with what was added and without what was dropped."""
    rows = [_draft(sent, place) for place in range(ROWS_AT_MOST) if sent.get("drop") != str(place)]
    found = [draft for draft in rows if draft is not None]
    for group in range(GROUPS_AT_MOST):
        code = sent.get(f"add.{group}", "")
        if code in FIELDS or code.startswith(OWN):
            found.append(Draft(group, Condition(code[:50], "")))
    return sorted(found[:ROWS_AT_MOST], key=lambda draft: draft.group)


def filter_of(drafts: Sequence[Draft]) -> Filter:
    """The filter the rows make; a group without a row asks nothing."""
    groups = sorted({draft.group for draft in drafts})
    return Filter(tuple(tuple(draft.condition for draft in drafts if draft.group == group) for group in groups))


def check(drafts: Sequence[Draft], names: Names) -> bool:
    """Give each row its usual comparison and say what is wrong with it; tells whether all of them can be asked."""
    for draft in drafts:
        known = names.field(draft.condition.field)
        if known is not None and draft.condition.op not in known.ops:
            draft.condition = replace(draft.condition, op=known.ops[0])
        if known is not None and known.kind == TEXT and draft.condition.op == "in":
            draft.condition = replace(draft.condition, values=_parted(draft.condition.values))
        try:
            meaning_of(draft.condition, names)
        except BadFilter as wrong:
            draft.problem = wrong.text()
    return not any(draft.problem for draft in drafts)


def _draft(sent: Any, place: int) -> Draft | None:
    code, group = sent.get(f"f.{place}", ""), sent.get(f"g.{place}", "0")
    if not (code in FIELDS or code.startswith(OWN)) or group not in map(str, range(GROUPS_AT_MOST)):
        return None
    typed = [value.replace("\x00", "").strip()[:LONGEST_VALUE] for value in sent.getlist(f"v.{place}")]
    values = tuple(value for value in typed if value)[:VALUES_AT_MOST]
    return Draft(int(group), Condition(code[:50], sent.get(f"o.{place}", "")[:20], values))


def _parted(values: tuple[str, ...]) -> tuple[str, ...]:
    """Several words typed into one box."""
    text = ",".join(values)
    for sign in COMMAS:
        text = text.replace(sign, ",")
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))[:VALUES_AT_MOST]

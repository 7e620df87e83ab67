"""Where a filter is composed and the columns are chosen: forms that answer with the address of a list."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wendu.coach.frame import Frame
from wendu.coach.ways import Ways
from wendu.desk.table import fields
from wendu.desk.table.asked import Asked, asked_from
from wendu.desk.table.chosen import CHOSEN, Pairs, field_choices, op_choices, value_choices
from wendu.desk.table.composing import Draft, check, drafts_from, drafts_of, filter_of
from wendu.desk.table.fields import VALUES
from wendu.desk.table.labels import field_label
from wendu.desk.table.language import GROUPS_AT_MOST
from wendu.desk.table.names import Names, names_for
from wendu.desk.table.op_words import SPANS
from wendu.desk.table.page import narrowed_to
from wendu.desk.table.sentence import sentence
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.web.fragments import is_fragment, person

UNPROCESSABLE = 422
BOXES = {fields.DAY: "date", fields.MOMENT: "date", fields.NUMBER: "number", fields.HEAT: "number"}


@dataclass(frozen=True, slots=True)
class Row:
    """One condition as the form shows it: its comparisons, and the boxes or choices for its values."""

    place: int
    group: int
    code: str
    label: str
    op: str
    ops: Pairs
    choices: list[tuple[str, str, bool]]
    boxes: list[str]
    box: str
    problem: str


@require_safe
def composing(request: HttpRequest) -> HttpResponse:
    """Compose a filter: each step shows what it makes; the last one leads to the list."""
    user, frame = person(request), Frame.at(now())
    asked = asked_from(QueryDict(request.GET.get("list", "")))
    drafts = drafts_from(request.GET) if "step" in request.GET else drafts_of(asked)
    names = names_for(user, frame, [*asked.always, *(draft.condition for draft in drafts)])
    is_fine = check(drafts, names)
    composed = replace(asked, filter=filter_of(drafts), problem=None)
    is_last = request.GET.get("step") == "show"
    if is_last and is_fine:
        return to_list(request, composed)
    rows = [_row(place, draft, user, names) for place, draft in enumerate(drafts)]
    context = {
        "groups": _groups(rows, more=request.GET.get("step") == "group"),
        "fields": field_choices(names),
        "list_query": asked.query(),
        "words": sentence(composed, names) if is_fine else "",
        "count": _count(user, composed, names) if is_fine else "",
        "shows_problems": is_last,
    }
    return to_step(request, "customers/_composing.html", context, is_wrong=is_last)


def to_list(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Leave the form for the list it made."""
    address = f"{reverse('customers:list')}?{asked.query()}"
    if not is_fragment(request):
        return redirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer


def to_step(request: HttpRequest, fragment: str, context: dict[str, Any], *, is_wrong: bool = False) -> HttpResponse:
    """Show the next step: in the drawer, or as a page."""
    in_drawer = is_fragment(request)
    template = fragment if in_drawer else "customers/drawer_page.html"
    context = {**context, "in_drawer": in_drawer, "fragment": fragment}
    return render(request, template, context, status=UNPROCESSABLE if is_wrong else 200)


def _groups(rows: list[Row], *, more: bool) -> list[tuple[int, list[Row]]]:
    """The groups there are, at least one, and perhaps an empty one to fill."""
    numbers = sorted({row.group for row in rows}) or [0]
    if more and len(numbers) < GROUPS_AT_MOST:
        numbers.append(
            next(number for number in range(GROUPS_AT_MOST) if number > max(numbers) or number not in numbers)
        )
    return [(number, [row for row in rows if row.group == number]) for number in numbers]


def _count(user: User, asked: Asked, names: Names) -> str:
    count, more = Ways(user, narrowed_to(asked, names)).count()
    return f"{count:,}+" if more else f"{count:,}"


def _row(place: int, draft: Draft, user: User, names: Names) -> Row:
    condition, field = draft.condition, names.field(draft.condition.field)
    if field is None:
        return Row(place, draft.group, condition.field, condition.field, "", [], [], [], "", draft.problem)
    number, typed = VALUES[condition.op][1], list(condition.values)
    chooses = field.kind in CHOSEN and bool(number)
    offered = value_choices(field, user, names) if chooses else []
    if field.kind == fields.TEXT and condition.op == "in":
        typed, number = [", ".join(typed)], 1
    return Row(
        place=place,
        group=draft.group,
        code=condition.field,
        label=field_label(field, names),
        op=condition.op,
        ops=op_choices(field),
        choices=[(code, words, code in condition.values) for code, words in offered],
        boxes=[] if chooses else [*typed, "", ""][: min(number, 2)],
        box="number" if condition.op in SPANS else BOXES.get(field.kind, "text"),
        problem=draft.problem,
    )

"""What the page of one batch and the list of them show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.access.verbs import can
from wendu.bulk.choices import Deed, Outcome
from wendu.bulk.models import Batch
from wendu.bulk.queries import batches_of, counted, counted_each, latest_job, some_of
from wendu.customers.choices import FieldAbout
from wendu.customers.models import Customer, CustomField
from wendu.desk.table.asked import EVERYONE
from wendu.identity.models import User
from wendu.jobs.choices import JobState
from wendu.web.bulk.wording import Named, deed_words, done_words, undone_words
from wendu.web.fragments import is_fragment, person

PAGE = 100
WHICH: dict[str, dict[str, Any]] = {
    "done": {"outcome": Outcome.DONE},
    "denied": {"outcome": Outcome.DENIED},
    "kept": {"was_kept": True},
}
STOPPED = (JobState.FAILED, JobState.CANCELLED)
ICONS = {Deed.OWNER: "send", Deed.TAG: "tag", Deed.STEP: "calendar", Deed.FIELD: "edit", Deed.DELETE: "trash"}


@dataclass(frozen=True, slots=True)
class Line:
    """One batch in the list: what was done to how many, and whether it can still go back."""

    row: Batch
    words: str
    icon: str
    done: int
    left: int
    kept: int
    is_own: bool
    may_undo: bool


def visible_batch(request: HttpRequest, uuid: UUID) -> Batch:
    """A batch of this person's own; anybody else's is not there."""
    found: Batch = get_object_or_404(batches_of(person(request)), uuid=uuid)
    return found


def lines_of(rows: Sequence[Batch], user: User) -> list[Line]:
    """Batches for the list (two queries)."""
    numbers, names = counted_each(rows), _names_in(rows)
    return [
        Line(
            row=row,
            words=deed_words(row, names),
            icon=ICONS[Deed(row.deed)],
            done=found[Outcome.DONE],
            left=found[Outcome.ALREADY] + found[Outcome.DENIED],
            kept=found["kept"],
            is_own=row.actor_id == user.pk,
            may_undo=may_undo(row, found[Outcome.DONE]),
        )
        for row in rows
        for found in (numbers[row.pk],)
    ]


def may_undo(row: Batch, done: int) -> bool:
    """Whether there is anything to take back, and nobody has begun to."""
    return row.done_at is not None and row.undoing_at is None and bool(done)


def shown(request: HttpRequest, row: Batch, errors: list[str] | None = None) -> HttpResponse:
    """The page of a batch that was begun, or while it runs the piece of it that changes."""
    job, found, user = latest_job(row), counted(row), person(request)
    runs = job is not None and job.is_open
    context = {
        "row": row,
        "words": deed_words(row, _names_in([row])),
        "is_own": row.actor_id == user.pk,
        "job": job,
        "runs": runs,
        "found": found,
        "names": _names(row, found),
        "may_stop": runs and can(user, "job.cancel", job),
        "may_resume": job is not None and job.state in STOPPED and can(user, "job.retry", job),
        "may_undo": may_undo(row, found[Outcome.DONE]),
        "errors": errors or [],
        "list_url": list_url(row),
    }
    template = "bulk/_batch.html" if is_fragment(request) else "bulk/batch.html"
    answer = render(request, template, context, status=422 if errors else 200)
    if is_fragment(request) and not runs and row.done_at is not None:
        answer.content += _toast(request, row, found).encode()
    return answer


def all_of(request: HttpRequest, row: Batch, code: str) -> HttpResponse:
    """Every customer of a batch with one outcome, page by page."""
    page = request.GET.get("page", "")
    number = max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < len("100000") else 1
    found = some_of(row, start=(number - 1) * PAGE, limit=PAGE + 1, **WHICH[code])
    titles = {
        "done": pgettext("customers", "Changed"),
        "denied": _("Not yours to change"),
        "kept": _("Changed since"),
    }
    context = {
        "row": row,
        "title": titles[code],
        "words": deed_words(row, _names_in([row])),
        "customers": found[:PAGE],
        "earlier_url": f"?of={code}&page={number - 1}" if number > 1 else "",
        "next_url": f"?of={code}&page={number + 1}" if len(found) > PAGE else "",
    }
    return render(request, "bulk/customers.html", context)


def _toast(request: HttpRequest, row: Batch, found: Counter[str]) -> str:
    """What came of it in the background, with the way back at hand, for who looked on."""
    if row.undoing_at is not None:
        words, undo_url = undone_words(row, found), ""
    else:
        words, undo_url = done_words(row, found), reverse("bulk:undoing", args=[row.uuid])
    shown = {"words": words, "undo_url": undo_url if may_undo(row, found[Outcome.DONE]) else ""}
    return render_to_string("shell/_toast.html", shown, request=request)


def list_url(row: Batch) -> str:
    """The list a batch was begun from."""
    return f"{reverse('customers:list')}?{row.query or f'view={EVERYONE}'}"


def _names(row: Batch, found: dict[str, int]) -> dict[str, list[Customer]]:
    """The first customers by name: changed, not to be changed, and changed by others since."""
    return {code: some_of(row, **rows) for code, rows in WHICH.items() if found[code]}


def _names_in(rows: Sequence[Batch]) -> Named:
    """The new owners by their keys, and the company's own fields by their codes, as far as these batches name any."""
    keys = {row.told["owner"] for row in rows if row.deed == Deed.OWNER and row.told}
    codes = {row.told["field"] for row in rows if row.deed == Deed.FIELD and row.told}
    owners = User.objects.filter(pk__in=keys) if keys else ()
    fields = CustomField.objects.filter(about=FieldAbout.CUSTOMER, code__in=codes) if codes else ()
    return Named({user.pk: user.display_name for user in owners}, {field.code: field for field in fields})

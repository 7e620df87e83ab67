"""What the pages of exports show: each with its state and what can be done with it, and the list it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.coach.frame import Frame
from wendu.desk.deal import state_words
from wendu.desk.table.asked import asked_from
from wendu.desk.table.names import names_for
from wendu.desk.table.sentence import sentence
from wendu.exports.choices import Kind
from wendu.exports.models import Export
from wendu.exports.queries import exports_of, jobs_of
from wendu.identity.models import User
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.web.fragments import is_fragment, person

STOPPED = (JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Line:
    """One export: what it is, whose rows, how it stands."""

    row: Export
    job: Job | None
    title: str
    whose: str

    @property
    def runs(self) -> bool:
        """Whether it is still being written."""
        return self.row.forgotten_at is None and self.job is not None and self.job.is_open

    @property
    def is_stopped(self) -> bool:
        """Whether it broke off, or was stopped, and can be written after all."""
        stopped = self.job is not None and self.job.state in STOPPED
        return self.row.done_at is None and self.row.forgotten_at is None and stopped

    @property
    def until(self) -> str:
        """The day on which the file is forgotten."""
        return date_format(timezone.localtime(self.row.kept_until).date(), "SHORT_DATE_FORMAT")


def visible_export(request: HttpRequest, uuid: UUID) -> Export:
    """An export of this person's own; anybody else's is not there."""
    found: Export = get_object_or_404(exports_of(person(request)).select_related("actor"), uuid=uuid)
    return found


def lines_of(rows: Sequence[Export], user: User) -> list[Line]:
    """Exports for the list."""
    jobs = jobs_of(rows)
    return [Line(row, jobs.get(row.pk), row.file_name, whose(row.kind, row.query, user)) for row in rows]


def shown(request: HttpRequest, row: Export, *, refused: ActionError | None = None) -> HttpResponse:
    """The page of one export, or while it is written the piece of it that changes."""
    line = lines_of([row], person(request))[0]
    context: dict[str, Any] = {"line": line, "row": row, "errors": [refused.text()] if refused else []}
    context["back_url"] = list_url(row.kind, row.query)
    template = "exports/_row.html" if is_fragment(request) and refused is None else "exports/page.html"
    return render(request, template, context, status=422 if refused else 200)


def whose(kind: str, query: str, user: User) -> str:
    """Which rows of a kind: those of a list, in words, or everything one sees."""
    if kind == Kind.ACCOUNT:
        return _("all rooms, of everybody")
    if not query:
        return _("everything you see")
    if kind == Kind.OPPORTUNITIES:
        state = QueryDict(query).get("state", "open")
        return state_words(state) if state in ("open", "paused", "won", "lost", "all") else ""
    asked = asked_from(QueryDict(query))
    words = sentence(asked, names_for(user, Frame.at(now()), asked.conditions))
    return words or pgettext("rows of a list", "everybody")


def list_url(kind: str, query: str) -> str:
    """The list a table was taken from, or that of all exports."""
    views = {Kind.CUSTOMERS: "customers:list", Kind.OPPORTUNITIES: "opportunities:list"}
    return f"{reverse(views[Kind(kind)])}?{query}" if query and kind in views else ""

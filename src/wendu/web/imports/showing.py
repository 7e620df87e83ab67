"""What the page of one file shows: its columns with what they probably are, the try, how far it is, what came of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.access.verbs import can
from wendu.exchange.vocabulary import NEEDED
from wendu.identity.models import User
from wendu.imports.actions import KEPT, guessed
from wendu.imports.choices import Kind, OnMatch
from wendu.imports.models import Import
from wendu.imports.queries import field_choices, first_rejected, imports_of, latest_job
from wendu.jobs.choices import JobState
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.web.fragments import is_fragment, person

STOPPED = (JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: what its head and first cells say, and the field it fills."""

    place: int
    head: str
    cells: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Count:
    """One number of a try or of an import."""

    code: str
    words: str
    number: int

    @property
    def look(self) -> str:
        """How it is drawn: rows somebody has to look at stand out."""
        if not self.number:
            return "none"
        return "late" if self.code == "rejected" else ""


def visible_import(request: HttpRequest, uuid: UUID) -> Import:
    """A file of this person's own; anybody else's is not there."""
    found: Import = get_object_or_404(imports_of(person(request)), uuid=uuid)
    return found


def shown(
    request: HttpRequest, row: Import, *, refused: ActionError | None = None, chosen: dict[str, str] | None = None
) -> HttpResponse:
    """The page of a file, or while machine work runs the piece of it that changes."""
    context = {**_state(row, person(request)), "errors": [refused.text()] if refused else []}
    if is_fragment(request) and refused is None:
        return render(request, "imports/_state.html", context)
    if row.begun_at is None and row.forgotten_at is None:
        context |= _columns(row, chosen)
    return render(request, "imports/page.html", context, status=422 if refused else 200)


def counts_of(found: dict[str, Any]) -> list[Count]:
    """Created, updated, unchanged and rejected rows in words."""
    words = {
        "created": _("new"),
        "updated": _("updated"),
        "unchanged": _("unchanged"),
        "rejected": pgettext("rows of a file", "not taken"),
    }
    return [Count(code, word, int(found.get(code, 0))) for code, word in words.items()]


def _state(row: Import, user: User) -> dict[str, Any]:
    job = latest_job(row)
    runs = job is not None and job.is_open
    place = dict(job.cursor.get("place", {})) if job is not None and row.begun_at else {}
    trial: dict[str, Any] = row.trial or {}
    old = row.begun_at is not None and row.begun_at < now() - KEPT
    return {
        "row": row,
        "kind": Kind(row.kind).label,
        "job": job,
        "runs": runs,
        "may_resume": job is not None and job.state in STOPPED and not row.forgotten_at and can(user, "job.retry", job),
        "may_undo": bool(row.done_at) and row.undoing_at is None and not old and row.kind != Kind.USERS,
        "counts": counts_of(row.counts or place),
        "trial": counts_of(trial) if trial else [],
        "reasons": trial.get("reasons", []),
        "rejected": first_rejected(row) if row.done_at else [],
        "keeps_rejects": bool(row.done_at) and row.forgotten_at is None and bool(row.count("rejected")),
        "on_match": OnMatch(row.on_match).label,
        "named": _named(row),
    }


def _columns(row: Import, chosen: dict[str, str] | None) -> dict[str, Any]:
    fields = chosen or guessed(row)
    words = dict(field_choices(row.kind))
    return {
        "columns": [
            Column(place, head, _cells(row, place), fields.get(str(place), "")) for place, head in enumerate(row.header)
        ],
        "fields": list(words.items()),
        "needed": [" / ".join(words[name] for name in names) for names in NEEDED[row.kind]],
        "ways": OnMatch.choices,
        "sheets": row.sheets if len(row.sheets) > 1 else [],
        "template": row.template if not row.columns else None,
    }


def _cells(row: Import, place: int) -> tuple[str, ...]:
    """What the first rows say in one column; a row may be shorter than the header."""
    return tuple(cells[place] for cells in row.samples if len(cells) > place and cells[place])


def _named(row: Import) -> list[tuple[str, str]]:
    """What each column that counts is, once that is settled."""
    words = dict(field_choices(row.kind))
    return [(row.header[int(place)], words.get(name, name)) for place, name in row.columns.items()]

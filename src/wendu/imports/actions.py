"""Bringing a file in: keeping it, saying what its columns are, trying it out, beginning, and taking all of it back."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.exchange.errors import FileRefused, UnknownFormat, UnknownKind
from wendu.exchange.files.workbooks import BOOKS, TEXT
from wendu.exchange.maps import ImportMap
from wendu.exchange.reading import Table, open_table
from wendu.exchange.shaping import Shape
from wendu.identity.models import User
from wendu.imports.choices import Kind, OnMatch
from wendu.imports.models import ColumnTemplate, Import
from wendu.imports.queries import columns_by, field_choices, guess_columns
from wendu.jobs.actions import enqueue
from wendu.jobs.pace import keep_pace
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare

declare("import.uploaded", "import.understood", "import.begun", "import.undoing", "import.discarded")

CARRY, TRY, UNDO = "imports.carry_out", "imports.try_out", "imports.take_back"
LARGEST_BYTES, MEGABYTE = 200_000_000, 1_000_000
MOST_COLUMNS = 400
KEPT, LONGEST_NAME, LONGEST_SHEET = timedelta(days=30), 200, 100
SAMPLES, LONGEST_GLIMPSE = 3, 80


class FileTooLarge(FileRefused):
    """More than one upload may hold."""

    code = "file_too_large"
    field = "file"
    message = _("The file is larger than %(most)s MB. Cut it into several files, or use `wendu import` on the server.")


class TooManyColumns(FileRefused):
    """A table nobody could look through."""

    code = "too_many_columns"
    field = "file"
    message = _("The file has %(found)s columns; %(most)s are the most. Take out those that are not needed.")


class FieldTwice(ActionError):
    """Two columns cannot both fill one field."""

    code = "field_twice"
    field = "columns"
    message = _("Two columns are given to “%(field)s”. Leave one of them aside.")


class AlreadyBegun(ActionError):
    """What has begun is not begun again, and its columns are settled."""

    code = "import_begun"
    message = _("This file is being brought in already, or was. Upload it again to bring it in anew.")


class FileForgotten(ActionError):
    """The file itself is kept for a while only."""

    code = "file_forgotten"
    message = _("This file is no longer kept. Upload it again.")


class NotUnderstood(ActionError):
    """Nobody said what the columns are."""

    code = "columns_missing"
    message = _("Say first what the columns are.")


class NotToUndo(ActionError):
    """Too late, too early, or done already."""

    code = "import_not_undoable"
    message = _("This import cannot be taken back: it is not done, was taken back already, or is older than 30 days.")


class OtherKind(ActionError):
    """A template is for one kind of file."""

    code = "template_of_other_kind"
    field = "template"
    message = _("The template “%(name)s” is for another kind of rows. Choose another one, or none.")


def keep_file(
    *, kind: str, name: str, chunks: Iterable[bytes], actor: User, at: datetime, template: ColumnTemplate | None = None
) -> Import:
    """Keep a file somebody sent and look at it whole; one that cannot be read leaves nothing behind."""
    permit(actor, "import.users" if kind == Kind.USERS else "import.run")
    if kind not in Kind.values:
        raise UnknownKind(kind=kind[:LONGEST_NAME], allowed=", ".join(Kind.values))
    suffix = Path(name).suffix.lower()
    if suffix not in (*TEXT, *BOOKS):
        raise UnknownFormat(file=name[:LONGEST_NAME])
    if template is not None and template.kind != kind:
        raise OtherKind(name=template.name)
    row = Import(kind=kind, file_name=Path(name).name[:LONGEST_NAME], suffix=suffix, actor=actor, uploaded_at=at)
    if template is not None:
        row.template, row.on_match = template, template.on_match
    row.folder.mkdir(parents=True)
    try:
        _write(row.source, chunks)
        _take_in(row, open_table(row.source))
        with transaction.atomic():
            row.save()
            record("import.uploaded", subject=row, actor=actor, at=at, after=_told(row))
    except BaseException:
        shutil.rmtree(row.folder, ignore_errors=True)
        raise
    return row


@transaction.atomic
def choose_sheet(*, row: Import, sheet: str, actor: User, at: datetime) -> Import:
    """Read another sheet of a workbook; what was said of the columns of the one before is forgotten."""
    permit(actor, "import.undo", row.actor)
    _refuse_begun(row)
    before = {"sheet": row.sheet}
    _take_in(row, open_table(row.source, sheet=sheet))
    row.columns, row.trial = {}, None
    row.save(update_fields=["header", "rows", "samples", "sheet", "sheets", "columns", "trial"])
    record("import.understood", subject=row, actor=actor, at=at, before=before, after={"sheet": row.sheet})
    return row


@transaction.atomic
def understand(*, row: Import, columns: Mapping[int, str], on_match: str, actor: User, at: datetime) -> Import:
    """Settle which column fills which field, refusing what cannot be read so, and have it tried out."""
    permit(actor, "import.undo", row.actor)
    _refuse_begun(row)
    chosen = {str(place): name for place, name in sorted(columns.items()) if name}
    words = dict(field_choices(row.kind))
    names = list(chosen.values())
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise FieldTwice(field=words.get(twice, twice))
    known = {place: name for place, name in chosen.items() if int(place) < len(row.header) and name in words}
    Shape(row.kind, row.header, as_map(row.kind, known))
    before = _understood(row)
    row.columns, row.on_match, row.trial = known, OnMatch(on_match).value, None
    row.save(update_fields=["columns", "on_match", "trial"])
    if before != (after := _understood(row)):
        record("import.understood", subject=row, actor=actor, at=at, before=before, after=after)
    keep_pace(actor)
    enqueue(TRY, actor=actor, key=f"import try {row.pk}", row=row.pk, language=get_language())
    return row


@transaction.atomic
def begin_import(*, row: Import, actor: User, at: datetime) -> Import:
    """Have a file brought in."""
    permit(actor, "import.users" if row.kind == Kind.USERS else "import.run")
    permit(actor, "import.undo", row.actor)
    if not row.is_understood:
        raise NotUnderstood
    _refuse_begun(row)
    if not Import.objects.filter(pk=row.pk, begun_at__isnull=True).update(begun_at=at):
        raise AlreadyBegun
    row.begun_at = at
    record("import.begun", subject=row, actor=actor, at=at, after=_told(row))
    keep_pace(actor)
    enqueue(CARRY, actor=actor, key=f"import {row.pk}", row=row.pk, language=get_language())
    return row


@transaction.atomic
def undo_import(*, row: Import, actor: User, at: datetime) -> Import:
    """Have everything taken back that came in with a file and that nobody worked on since."""
    permit(actor, "import.undo", row.actor)
    mine = Import.objects.filter(pk=row.pk, begun_at__gt=at - KEPT, undoing_at__isnull=True)
    if row.kind == Kind.USERS or not mine.exclude(done_at=None).update(undoing_at=at):
        raise NotToUndo
    row.undoing_at = at
    told = {"kind": row.kind, "file": row.file_name}
    record("import.undoing", subject=row, actor=actor, at=at, before=told)
    enqueue(UNDO, actor=actor, key=f"import undo {row.pk}", row=row.pk)
    return row


@transaction.atomic
def discard(*, row: Import, actor: User, at: datetime) -> None:
    """Forget a file that was never brought in."""
    permit(actor, "import.undo", row.actor)
    _refuse_begun(row)
    record("import.discarded", subject=row, actor=actor, at=at, before=_told(row))
    folder = row.folder
    row.delete()
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def forget_files(*, at: datetime) -> int:
    """Let go of files that were sent long ago; what came of them stays written down. Says how many."""
    old = Import.objects.filter(forgotten_at__isnull=True, uploaded_at__lt=at - KEPT)
    found = list(old[:200])
    for row in found:
        shutil.rmtree(row.folder, ignore_errors=True)
    return old.filter(pk__in=[row.pk for row in found]).update(forgotten_at=at)


def map_of(row: Import) -> ImportMap:
    """How the columns of a file are understood, as the engine reads it."""
    return as_map(row.kind, row.columns)


def guessed(row: Import) -> dict[str, str]:
    """What the columns are said to be, else what they probably are."""
    if not row.columns and row.template is not None:
        return columns_by(row.template, row.header)
    return row.columns or guess_columns(row.kind, row.header)


def as_map(kind: str, columns: Mapping[str, str]) -> ImportMap:
    """Columns by their places, as the engine reads them."""
    places = {int(place): name for place, name in columns.items()}
    return ImportMap.model_validate({"kind": kind, "places": places})


def _take_in(row: Import, table: Table) -> None:
    """Note what a page shows of a file."""
    _refuse_too_wide(table.header)
    row.header, row.rows = [glimpse(head) for head in table.header], table.count
    row.samples = [[glimpse(cell) for cell in cells] for _number, cells in islice(table.rows(), SAMPLES)]
    row.sheet, row.sheets = table.sheet[:LONGEST_SHEET], [name[:LONGEST_SHEET] for name in table.sheets]


def _told(row: Import) -> dict[str, object]:
    return {"kind": row.kind, "file": row.file_name, "rows": row.rows}


def _understood(row: Import) -> dict[str, object]:
    heads = {name: glimpse(row.header[int(place)]) for place, name in row.columns.items()}
    return {"columns": heads, "on_match": row.on_match}


def _refuse_begun(row: Import) -> None:
    if row.begun_at is not None:
        raise AlreadyBegun
    if row.forgotten_at is not None:
        raise FileForgotten


def glimpse(cell: str) -> str:
    """As much of a cell as a page shows, and by which a column is known again."""
    return cell if len(cell) <= LONGEST_GLIMPSE else f"{cell[:LONGEST_GLIMPSE]}…"


def _refuse_too_wide(header: Sequence[str]) -> None:
    if len(header) > MOST_COLUMNS:
        raise TooManyColumns(found=len(header), most=MOST_COLUMNS)


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST_BYTES:
                raise FileTooLarge(most=LARGEST_BYTES // MEGABYTE)
            file.write(chunk)

"""Files brought in: whose they are, what their columns may be, and what is known about the work on them."""

from collections.abc import Mapping, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import get_language

from wendu.access.verbs import can
from wendu.customers.queries import standing_fields
from wendu.exchange.loaders.own_labels import own_labels
from wendu.exchange.rejects import Rejected, rejected_rows
from wendu.exchange.shaping import CUSTOM
from wendu.exchange.vocabulary import ABOUT, all_fields, field_word, fields_of, key_of
from wendu.identity.models import User
from wendu.imports.choices import Kind
from wendu.imports.models import ColumnTemplate, Import
from wendu.jobs.models import Job

LEARNED_FROM, SHOWN_REJECTS = 50, 50


def imports_of(user: User) -> QuerySet[Import]:
    """The files this person brought in, latest first; an administrator sees all."""
    rows = Import.objects.all() if user.is_admin else Import.objects.filter(actor=user)
    return rows.select_related("actor", "template").order_by("-pk")


def kinds_for(user: User) -> list[tuple[str, str]]:
    """What this person may bring in."""
    if not can(user, "import.run"):
        return []
    return [(kind, str(word)) for kind, word in Kind.choices if kind != Kind.USERS or can(user, "import.users")]


def field_choices(kind: str) -> list[tuple[str, str]]:
    """The fields a column of such a file may fill, in the reader's language."""
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    found = [(name, field_word(kind, name, language)) for name in all_fields(kind)]
    if kind in ABOUT:
        rows = standing_fields(ABOUT[kind])
        found += [(f"{CUSTOM}{row.code}", row.label_zh if language == "zh" else row.label_en) for row in rows]
    return found


def guess_columns(kind: str, header: Sequence[str]) -> dict[str, str]:
    """What the columns of a file probably are: by their names, else as the latest files of this kind were understood.

    Each field is given to one column only, the first.
    """
    known, learned = {**own_labels(kind), **fields_of(kind)}, _learned(kind)
    allowed = {name for name, _ in field_choices(kind)}
    found: dict[str, str] = {}
    for place, head in enumerate(header):
        name = known.get(key_of(head)) or learned.get(key_of(head), "")
        if not name and head.startswith(CUSTOM):
            name = head
        if name in allowed and name not in found.values():
            found[str(place)] = name
    return found


def templates_for(user: User) -> list[ColumnTemplate]:
    """The templates this person may read a file by: all of the firm, for the kinds of file they may bring in."""
    kinds = [kind for kind, _ in kinds_for(user)]
    return list(ColumnTemplate.objects.filter(kind__in=kinds).select_related("made_by").order_by("kind", "name", "pk"))


def columns_by(template: ColumnTemplate, header: Sequence[str]) -> dict[str, str]:
    """What the columns of a file are as a template says; columns it does not know are left aside."""
    allowed = {name for name, _ in field_choices(template.kind)}
    named = {key_of(head): name for head, name in template.columns.items()}
    found: dict[str, str] = {}
    for place, head in enumerate(header):
        name = named.get(key_of(head), "")
        if name in allowed and name not in found.values():
            found[str(place)] = name
    return found


def first_rejected(row: Import) -> list[Rejected]:
    """The first rows that were not taken, with why."""
    if row.forgotten_at is not None or not row.rejects.exists():
        return []
    return list(islice(rejected_rows(row.rejects), SHOWN_REJECTS))


def latest_job(row: Import) -> Job | None:
    """The machine work on it: the try, the import itself, or the way back, whichever was asked for last."""
    keys = [f"import {row.pk}", f"import try {row.pk}", f"import undo {row.pk}"]
    return Job.objects.filter(key__in=keys).order_by("-pk").first()


def _learned(kind: str) -> Mapping[str, str]:
    """How columns of this kind of file were understood lately, by the words they are named with; the latest counts."""
    found: dict[str, str] = {}
    rows = Import.objects.filter(kind=kind, begun_at__isnull=False).order_by("-pk")
    for header, columns in rows.values_list("header", "columns")[:LEARNED_FROM]:
        for place, name in columns.items():
            if int(place) < len(header):
                found.setdefault(key_of(header[int(place)]), name)
    return found

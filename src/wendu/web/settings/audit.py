"""The audit log: who did what to which thing, narrowed, page by page, and as a table to take away."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wendu.desk.audit import Line, lines
from wendu.exchange.cells import guarded
from wendu.identity.models import User
from wendu.identity.queries import people
from wendu.journal.actions import note_export
from wendu.journal.queries import Narrowing, audited
from wendu.kernel.clock import now
from wendu.web.fragments import person
from wendu.web.house_time import HOUSE
from wendu.web.patience import unhurried
from wendu.web.settings.audit_form import AuditForm
from wendu.web.settings.playbook.told import AsItCounts
from wendu.web.settings.sections import enter, shown

KEY = "audit"
PAGE, BATCH = 50, 1000


@require_safe
@unhurried
def audit(request: HttpRequest) -> HttpResponse:
    """One page of the journal, latest first."""
    section, user = enter(request, KEY), person(request)
    form = _form(request)
    rows = list(audited(user, form.narrowing(), after=_after(request))[: PAGE + 1])
    asked = form.asked()
    context = {
        "form": form,
        "lines": lines(rows[:PAGE], book=AsItCounts()),
        "asked": asked,
        "export_url": _address("settings:audit_export", asked),
        "first_url": _address("settings:audit", asked) if request.GET.get("after") else "",
        "next_url": _address("settings:audit", {**asked, "after": rows[PAGE - 1].pk}) if len(rows) > PAGE else "",
    }
    return shown(request, section, "settings/audit.html", context, status=422 if form.errors else 200)


@require_POST
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same as a table, row by row as it is read; that somebody took it away stands in the journal, too."""
    section, user = enter(request, KEY), person(request)
    form = _form(request)
    if form.errors:
        return shown(request, section, "settings/audit.html", {"form": form}, status=422)
    note_export(actor=user, at=now(), narrowed=form.asked())
    answer = StreamingHttpResponse(_table(user, form.narrowing()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate(timezone=HOUSE):%Y-%m-%d}.csv"'
    return answer


def _form(request: HttpRequest) -> AuditForm:
    form = AuditForm(request.GET, people=list(people(person(request), at=now())))
    form.is_valid()
    return form


def _after(request: HttpRequest) -> int | None:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else None


def _address(view: str, asked: dict[str, Any]) -> str:
    return f"{reverse(view)}?{urlencode(asked)}" if asked else reverse(view)


def _table(user: User, wanted: Narrowing) -> Iterator[str]:
    writer = csv.writer(_Passing())
    heads = (_("When"), _("Who"), _("Door"), _("What happened"), _("Code"), _("About"), _("Before"), _("After"))
    yield "\ufeff" + str(writer.writerow([*heads, _("Note")]))
    after, book = None, AsItCounts()
    while rows := list(audited(user, wanted, after=after)[:BATCH]):
        for line in lines(rows, book=book):
            yield str(writer.writerow([guarded(cell) for cell in _cells(line)]))
        after = rows[-1].pk


def _cells(line: Line) -> list[str]:
    before = "; ".join(f"{each.name}: {each.before}" for each in line.changes if each.before)
    after = "; ".join(f"{each.name}: {each.after}" for each in line.changes if each.after)
    at = timezone.localtime(line.at, HOUSE).strftime("%Y-%m-%d %H:%M:%S")
    return [at, line.actor, line.door, line.words, line.verb, line.name, before, after, line.note]


class _Passing:
    """A file for the CSV writer that hands every row on instead of keeping it."""

    def write(self, text: str) -> str:
        return text
